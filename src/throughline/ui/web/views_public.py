"""Pages of the design layer, open to everyone."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from throughline.core import clock
from throughline.core.pages import page
from throughline.ui import hooks
from throughline.ui.context import THEMES
from throughline.ui.web import samples

ONE_YEAR = 60 * 60 * 24 * 365


@page("public")
@require_http_methods(["GET", "POST"])
def style(request: HttpRequest) -> HttpResponse:
    """Show every component in all its states. A post shows the form with its errors."""
    form = samples.SampleForm(request.POST or None)
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    context = samples.context(clock.today()) | {
        "form": form,
        "sample_direction": "rtl" if request.GET.get("dir") == "rtl" else "",
    }
    return render(request, "ui/style.html", context, status=status)


@page("public")
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or as the device says, and go back to where the reader was."""
    response = redirect(_back(request))
    if (chosen := request.POST.get("theme")) in THEMES:
        response.set_cookie(
            "theme",
            chosen,
            max_age=ONE_YEAR,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
    else:
        response.delete_cookie("theme")
    return response


@page("public")
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language that a reader chose, and go back to the page she was on."""
    response = redirect(_back(request))
    if (chosen := request.POST.get("language")) in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=ONE_YEAR,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
        person = getattr(request, "person", None)
        for heard in hooks.LANGUAGE_CHOSEN if person is not None else ():
            heard(person, str(chosen), by=person, now=clock.now())
    return response


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return target if is_ours else "/"
