"""Every page says who may open it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

Audience = Literal["public", "signed-in", "staff"]
AUDIENCES: tuple[Audience, ...] = ("public", "signed-in", "staff")

Parameters = ParamSpec("Parameters")
Request = TypeVar("Request", bound=HttpRequest)
View = Callable[Concatenate[Request, Parameters], HttpResponse]


def page(
    audience: Audience,
) -> Callable[[View[Request, Parameters]], View[HttpRequest, Parameters]]:
    """Declare who may open a view.

    ``public``: everyone. ``signed-in``: a person of a network. ``staff``: a person with a live
    staff role somewhere in her network; which things she sees there is still up to
    ``visible_to``. Who is not signed in is asked to sign in; who is, and may not, gets 404.
    """
    if audience not in AUDIENCES:
        raise ValueError(f"audience is one of {AUDIENCES}, not {audience!r}")

    def declare(view: View[Request, Parameters]) -> View[HttpRequest, Parameters]:
        @wraps(view)
        def guarded(
            request: HttpRequest, *args: Parameters.args, **kwargs: Parameters.kwargs
        ) -> HttpResponse:
            person: Any = getattr(request, "person", None)
            if audience != "public":
                if person is None and request.user.is_authenticated:
                    return redirect(
                        f"{reverse('people:welcome')}?{urlencode({'next': request.get_full_path()})}"
                    )
                if person is None:
                    return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
                if audience == "staff" and not person.is_staff:
                    raise Http404
            response = view(request, *args, **kwargs)  # type: ignore[arg-type]
            if person is not None:
                response.headers.setdefault("Cache-Control", "no-store, private")
            return response

        guarded.audience = audience  # type: ignore[attr-defined]
        return guarded

    return declare
