"""Codes that are sent to a further address, by allauth's own process for them."""

from __future__ import annotations

from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.core.exceptions import ImmediateHttpResponse
from django.utils.translation import gettext as _

from throughline.core.errors import WrongState
from throughline.people.http import SignedInRequest


def send_code(request: SignedInRequest, email: str) -> None:
    """Send a code to an address; nothing but this session knows of it until it is entered.

    Raises
    ------
    WrongState
        A code went there in the last minutes.
    """
    try:
        EmailVerificationProcess.initiate(request=request, user=request.user, email=email)
    except ImmediateHttpResponse:
        raise WrongState(
            _("We sent a code there a moment ago. Use it, or ask again in a few minutes."),
            field="email",
        ) from None


def code_waiting(request: SignedInRequest) -> EmailVerificationProcess | None:
    """Return the code that this session waits for; nothing if it ran out or was another account's."""
    process = EmailVerificationProcess.resume(request)
    if process is None or process.user is None or process.user.pk != request.user.pk:
        return None
    return process
