"""Pages where staff see a cohort's districts, seats and dates."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from throughline.core import clock
from throughline.core.pages import page
from throughline.people.http import SignedInRequest
from throughline.programs.drafts import programs_of
from throughline.programs.gaps import gaps_of
from throughline.programs.models import Cohort
from throughline.programs.queries import (
    calendar_of,
    cohort_tabs,
    cohorts_of_staff,
    districts_of,
    later_version,
    next_cohort,
    owed_before_publishing,
    phase_on,
)
from throughline.programs.rules import can_import, root_of
from throughline.programs.titles import lines_of
from throughline.programs.words import words_of


@page("staff")
@require_GET
def cohorts(request: SignedInRequest) -> HttpResponse:
    """Show the cohorts that this person administers."""
    may_open = can_import(request.person, root_of(request.person))
    context = {
        "cohorts": cohorts_of_staff(request.person),
        "may_open": may_open,
        "programs": programs_of(request.person) if may_open else [],
    }
    return render(request, "programs/cohorts.html", context)


@page("staff")
@require_GET
def cohort(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show who has a seat in a cohort, who leads each district, and who is on the way."""
    found = _cohort(request, ref)
    lines = districts_of(request.person, found)
    today = clock.today(found.zone)
    context = {
        "cohort": found,
        "lines": lines,
        "taken": sum(1 for line in lines if line.seat is not None),
        "owed": owed_before_publishing(found),
        "places": found.seats.filter(is_extra=False).count(),
        "may_replan": can_import(request.person, found.scope),
        "later": later_version(found),
        "following": urlencode(next_cohort(found, today)),
        "month": found.month_on(today),
        "phase": phase_on(found, today),
        "tabs": cohort_tabs(request.person, found, request.path),
        "words": words_of(found.version),
    }
    return render(request, "programs/cohort.html", context)


@page("staff")
@require_GET
def calendar(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show every date of a cohort, and why one was moved."""
    found = _cohort(request, ref)
    items = calendar_of(request.person, found)
    context = {
        "cohort": found,
        "lines": lines_of(found.version, items),
        "gaps": gaps_of(request.person, found, items),
        "today": clock.today(found.zone),
        "tabs": cohort_tabs(request.person, found, request.path),
        "words": words_of(found.version),
    }
    return render(request, "programs/calendar.html", context)


def _cohort(request: SignedInRequest, ref: str) -> Cohort:
    cohorts = Cohort.objects.visible_to(request.person).staffed_by(request.person)
    return get_object_or_404(cohorts.select_related("program", "version", "scope"), ref=ref)
