"""What the shell of a page needs: navigation, the moment, theme, direction of writing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_bidi

from throughline.core import clock
from throughline.ui import navigation

THEMES = ("light", "dark")
PRODUCT = "Throughline"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return what ``ui/base.html`` reads. Navigation is asked for only when a page shows it."""
    person = getattr(request, "person", None)
    theme = request.COOKIES.get("theme", "")
    return {
        "nav": SimpleLazyObject(lambda: navigation.items(navigation.NAVIGATION, request)),
        "account_items": SimpleLazyObject(lambda: navigation.items(navigation.ACCOUNT, request)),
        "now": clock.now(),
        "person": person,
        "site_name": str(getattr(person, "network", None) or PRODUCT),
        "sign_in_href": resolve_url(settings.LOGIN_URL),
        "sign_out_href": _address("account_logout"),
        "theme": theme if theme in THEMES else "",
        "languages": settings.LANGUAGES,
        "language": get_language() or settings.LANGUAGE_CODE,
        "direction": "rtl" if get_language_bidi() else "ltr",
    }


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
