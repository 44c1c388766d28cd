"""Every page says who may open it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Literal, TypeVar, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

Audience = Literal["public", "signed-in", "staff"]
AUDIENCES: tuple[Audience, ...] = ("public", "signed-in", "staff")

View = Callable[..., HttpResponseBase]
Declared = TypeVar("Declared", bound=View)


def page(audience: Audience) -> Callable[[Declared], Declared]:
    """Declare who may open a view.

    ``public``: everyone. ``signed-in``: a person of a network. ``staff``: a person with a live
    staff role somewhere in her network; which things she sees there is still up to
    ``visible_to``. Who is not signed in is asked to sign in; who is, and may not, gets 404.
    """
    if audience not in AUDIENCES:
        raise ValueError(f"audience is one of {AUDIENCES}, not {audience!r}")

    def declare(view: Declared) -> Declared:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            person: Any = getattr(request, "person", None)
            if audience != "public":
                if person is None:
                    return _ask_who(request)
                if audience == "staff" and not person.is_staff:
                    raise Http404
            response = view(request, *args, **kwargs)
            if person is not None:
                response.headers.setdefault("Cache-Control", "no-store, private")
            return response

        guarded.audience = audience  # type: ignore[attr-defined]
        return cast("Declared", guarded)

    return declare


def _ask_who(request: HttpRequest) -> HttpResponseBase:
    """Send a stranger to sign in, and an account without a person here to say her name."""
    if request.user.is_authenticated:
        after = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('people:welcome')}?{after}")
    return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
