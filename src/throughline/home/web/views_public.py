"""The first page, and the public page of a program."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from throughline.core import clock
from throughline.core.pages import page
from throughline.home.queries.front import home_of, programs_of
from throughline.home.queries.program_page import program_page
from throughline.programs.models import Program

ZONES = {
    "America/New_York": _("Eastern time (ET)"),
    "America/Chicago": _("Central time (CT)"),
    "America/Denver": _("Mountain time (MT)"),
    "America/Los_Angeles": _("Pacific time (PT)"),
}
"""Zones in which a visitor may read the dates; the host's own stands beside."""


@page("public")
@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """Lead a visitor to the programs, staff to their cohort, and everybody else to what is next."""
    person = getattr(request, "person", None)
    now = clock.now()
    if person is None:
        programs = programs_of(request.get_host())
        if len(programs) == 1:
            return redirect("home:program", ref=programs[0].ref)
        return render(request, "home/front.html", {"programs": programs})
    return render(request, "home/next.html", {"home": home_of(person, now=now)})


@page("public")
@require_GET
def program(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what a program promises, who can apply, and until when."""
    person = getattr(request, "person", None)
    found = get_object_or_404(Program.objects.visible_to(person).select_related("network"), ref=ref)
    shown = program_page(person, found, now=clock.now())
    if shown is None:
        raise Http404
    host_zone = shown.call.zone if shown.call else ""
    asked = request.GET.get("zone", "")
    context = {
        "page": shown,
        "words": shown.words,
        "site_name": str(found.network),
        "zones": ZONES.items(),
        "zone": asked if asked in ZONES else host_zone,
    }
    return render(request, "home/program.html", context)
