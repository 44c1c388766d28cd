"""The director's and coordinator's page of a cohort."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from throughline.core import clock
from throughline.core.pages import page
from throughline.home.queries.cohort_page import cohort_page
from throughline.home.queries.front import cohort_of_staff
from throughline.home.queries.owed import owed_page
from throughline.home.queries.program_page import page_of_draft
from throughline.people.http import SignedInRequest
from throughline.programs.drafts import draft_of
from throughline.programs.models import Cohort, Program
from throughline.programs.rules import can_import
from throughline.programs.words import words_of


@page("staff")
@require_GET
def first_cohort(request: SignedInRequest) -> HttpResponse:
    """Lead to the cohort that runs, or to the list of programs while there is none."""
    found = cohort_of_staff(request.person)
    return redirect("home:cohort", ref=found.ref) if found else redirect("programs:cohorts")


@page("staff")
@require_GET
def draft(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show the public page as it would be on the draft of a program."""
    staffed = Program.objects.visible_to(request.person).staffed_by(request.person)
    program = get_object_or_404(staffed.select_related("scope", "network"), ref=ref)
    found = draft_of(program)
    if found is None or not can_import(request.person, program.scope):
        raise Http404
    shown = page_of_draft(found.version, now=clock.now())
    context = {"page": shown, "words": shown.words, "draft": found.version}
    return render(request, "home/program.html", context)


@page("staff")
@require_GET
def cohort(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show what to decide, what is ahead and where each district stands."""
    staffed = Cohort.objects.visible_to(request.person).staffed_by(request.person)
    found = get_object_or_404(staffed.select_related("version", "program"), ref=ref)
    shown = cohort_page(request.person, found, now=clock.now())
    return render(request, "home/cohort.html", {"page": shown, "words": shown.words})


@page("staff")
@require_GET
def owed(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show what is open in a cohort, person by person, late things first."""
    staffed = Cohort.objects.visible_to(request.person).staffed_by(request.person)
    found = get_object_or_404(staffed.select_related("version", "program"), ref=ref)
    shown = owed_page(request.person, found, kind=request.GET.get("kind", ""), now=clock.now())
    context = {"cohort": found, "page": shown, "words": words_of(found.version)}
    return render(request, "home/owed.html", context)
