"""Links that work once: sign-in of a demo's roles, and the first host of an installation."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.core import chance
from throughline.core.errors import NotAllowed, WrongState
from throughline.people.models import OneTimeLink, Person

LIFETIME = timedelta(hours=24)
DEMO = "demo"
START = "start"


def make_link(purpose: str, *, person: Person | None = None, now: datetime) -> str:
    """Return the code of a new link that works once within 24 hours; only its HMAC is kept.

    Raises
    ------
    NotAllowed
        A demo link is asked for in a data folder that is not marked as a demo.
    """
    if purpose == DEMO and not settings.DEMO:
        raise NotAllowed("Sign-in links exist in a demo only.")
    code = base64.urlsafe_b64encode(chance.token_bytes(24)).decode().rstrip("=")
    OneTimeLink.objects.create(
        purpose=purpose, code_hmac=_hmac(purpose, code), person=person, expires_at=now + LIFETIME
    )
    return code


def find_link(purpose: str, code: str, *, now: datetime) -> OneTimeLink | None:
    """Return the unused, unexpired link with this code, or nothing."""
    return (
        OneTimeLink.objects.select_related("person__account_link__account")
        .filter(purpose=purpose, code_hmac=_hmac(purpose, code), used_at=None, expires_at__gt=now)
        .first()
    )


@transaction.atomic
def use_link(link: OneTimeLink, *, now: datetime) -> None:
    """Spend a link.

    Raises
    ------
    WrongState
        It was used, a moment ago or earlier, or has expired.
    """
    spent = OneTimeLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=now)
    if not spent.update(used_at=now):
        raise WrongState(_("This link has been used or has expired."))


def _hmac(purpose: str, code: str) -> str:
    key = f"{settings.SECRET_KEY}:{purpose}".encode()
    return hmac.new(key, code.encode(), hashlib.sha256).hexdigest()
