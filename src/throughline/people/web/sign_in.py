"""How allauth signs people in here: by a code in the mail, without passwords."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse


class Adapter(DefaultAccountAdapter):
    """Words and codes of sign-in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return True

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:welcome")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:welcome")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("people:welcome")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send at once: whoever waits for a code does not wait for the outbox."""
        message: EmailMessage = self.render_mail(
            template_prefix, email, {"email": email, **context}
        )
        message.send()

    def send_account_already_exists_mail(self, email: str) -> None:
        context = {"signin_url": reverse("account_request_login_code")}
        self.send_mail("account/email/account_already_exists", email, context)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who signed in a moment ago is asked nothing more before the recovery codes are shown."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        return not any(record["at"] > fresh for record in records)

    def format_email_subject(self, subject: str) -> str:
        return subject
