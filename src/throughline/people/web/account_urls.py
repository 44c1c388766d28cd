"""Sign-in and second factor: allauth's views, each with its audience."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from csp.decorators import csp_update
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.views.generic import RedirectView

from throughline.core.pages import page

public = page("public")
with_code = csp_update({"img-src": ["data:"]})
"""The picture that an authenticator app scans is part of the page itself."""


def confirm_email(request: HttpRequest) -> HttpResponseBase:
    """Ask a newcomer for the code that was sent; who is signed in has nothing to confirm."""
    if request.user.is_authenticated:
        return redirect("/")
    return account.email_verification_sent(request)


to_code = RedirectView.as_view(pattern_name="account_request_login_code", query_string=True)

urlpatterns = [
    path("login/", public(to_code), name="account_login"),
    path("login/code/", public(account.request_login_code), name="account_request_login_code"),
    path(
        "login/code/confirm/", public(account.confirm_login_code), name="account_confirm_login_code"
    ),
    path("logout/", public(account.logout), name="account_logout"),
    path("signup/", public(account.signup), name="account_signup"),
    path("inactive/", public(account.account_inactive), name="account_inactive"),
    path(
        "confirm-email/",
        public(confirm_email),
        name="account_email_verification_sent",
    ),
    path("reauthenticate/", public(account.reauthenticate), name="account_reauthenticate"),
    path("2fa/", public(mfa.index), name="mfa_index"),
    path("2fa/authenticate/", public(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", public(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", public(with_code(totp.activate_totp)), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", public(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "2fa/recovery-codes/", public(recovery.view_recovery_codes), name="mfa_view_recovery_codes"
    ),
    path(
        "2fa/recovery-codes/generate/",
        public(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        public(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
