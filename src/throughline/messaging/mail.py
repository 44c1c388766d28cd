"""The one door through which mail leaves: plain text, a simple HTML part, a stable Message-ID."""

from __future__ import annotations

from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from throughline.core import clock
from throughline.core.refs import new_ref
from throughline.messaging.wording import as_html, plain


def letter(
    *, to: str, subject: str, body: str, message_id: str, sender: str = ""
) -> EmailMultiAlternatives:
    """Return one mail to one address. The same ``message_id`` marks a second try as the same mail."""
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=plain(body) + "\n",
        from_email=sender or settings.DEFAULT_FROM_EMAIL,
        to=[to],
        headers={
            "Message-ID": f"<{message_id}@{_domain()}>",
            "Date": format_datetime(clock.now()),
            "Auto-Submitted": "auto-generated",
        },
    )
    content = {"subject": subject, "body": as_html(body), "site": settings.SITE_URL}
    mail.attach_alternative(render_to_string("messaging/letter.html", content), "text/html")
    return mail


def send_urgent(to: str, subject: str, body: str) -> None:
    """Send at once, past the outbox: a sign-in code is of no use in a queue.

    Raises
    ------
    OSError
        The mail server cannot be reached (smtplib's errors are of this kind too).
    """
    letter(to=to, subject=subject, body=body, message_id=f"urgent.{new_ref().lower()}").send()


def open_connection() -> BaseEmailBackend:
    """Return the connection over which a batch of letters goes: SMTP, or files in the data folder."""
    connection: BaseEmailBackend = get_connection(fail_silently=False)
    return connection


def _domain() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
