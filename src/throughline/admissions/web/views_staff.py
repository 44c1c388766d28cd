"""Pages of the host's staff: a call, its applications, exceptions and readers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.admissions.actions.assign_reviewers import assign_reviewers, name_reader
from throughline.admissions.actions.decide_exception import decide_exception
from throughline.admissions.actions.keep_ties import dismiss_tie
from throughline.admissions.dossier import Dossier
from throughline.admissions.models import Call, Conflict, ExceptionCase
from throughline.admissions.queries import (
    applications,
    person_at,
    reading_progress,
    tallies,
    ties,
)
from throughline.admissions.queries import cases as cases_of
from throughline.admissions.rules import can_decide_case, can_dismiss, can_staff
from throughline.admissions.web.forms import CaseForm, ReaderForm, ReasonForm, sent
from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.people.actions import add_person
from throughline.people.http import SignedInRequest
from throughline.people.models import Person
from throughline.programs.words import words_of
from throughline.ui.navigation import NavItem

PER_PAGE = 50

FOR_THE_COMMITTEE = ("selection", "decisions")
"""Pages of a call that are there for who selects without being on the staff."""


def subnav(call: Call, here: str, reader: Person | None = None) -> list[NavItem]:
    """Return the pages of one call; of them, those that this reader finds."""
    names = {
        "call": _("Applications"),
        "cases": _("Exceptions"),
        "reading": _("Reviews"),
        "selection": _("Selection"),
        "decisions": _("Decisions"),
    }
    found = names if reader is None or can_staff(reader, call) else FOR_THE_COMMITTEE
    return [
        NavItem(names[name], reverse(f"admissions:{name}", args=[call.ref]), current=name == here)
        for name in found
    ]


def call_context(call: Call, here: str, reader: Person | None = None) -> dict[str, Any]:
    """Return what every page of a call shows; ``reader`` where not all who open it are staff."""
    return {
        "call": call,
        "subnav": subnav(call, here, reader),
        "words": words_of(call.cohort.version),
        "program": call.cohort.program,
    }


def staffed_call(request: SignedInRequest, ref: str) -> Call:
    """Return a call that this person runs, or 404."""
    seen = Call.objects.visible_to(request.person).staffed_by(request.person)
    related = seen.select_related("cohort__program", "cohort__version", "cohort__scope", "rubric")
    return get_object_or_404(related, ref=ref)


@page("staff")
@require_GET
def calls(request: SignedInRequest) -> HttpResponse:
    """Show the calls that she runs; straight on when it is one."""
    found = list(
        Call.objects.visible_to(request.person)
        .staffed_by(request.person)
        .select_related("cohort__program")
        .order_by("-opens_at")
    )
    if len(found) == 1:
        return redirect("admissions:call", ref=found[0].ref)
    return render(request, "admissions/calls.html", {"calls": found})


@page("staff")
@require_GET
def call(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show the applications of a call: a page of fifty, with counts by state."""
    found = staffed_call(request, ref)
    state, search = request.GET.get("state", ""), request.GET.get("q", "").strip()
    listed = applications(request.person, found, state=state, search=search)
    counts = tallies(request.person, found)
    context = call_context(found, "call") | {
        "page": Paginator(listed, PER_PAGE).get_page(request.GET.get("page")),
        "tallies": counts,
        "total": sum(one.count for one in counts if one.key != "withdrawn"),
        "state": state,
        "search": search,
        "takes": found.takes_applications(clock.now()),
        "weight": sum(found.rubric.criteria.values_list("weight", flat=True))
        if found.rubric
        else 0,
    }
    return render(request, "admissions/call.html", context)


@page("staff")
@require_GET
def cases(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show what the rules leave to a person."""
    found = staffed_call(request, ref)
    listed = list(cases_of(request.person, found))
    context = call_context(found, "cases") | {
        "open": [one for one in listed if one.state == "open"],
        "decided": [one for one in listed if one.state != "open"],
    }
    return render(request, "admissions/cases.html", context)


@page("staff")
@require_http_methods(["GET", "POST"])
def case(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show one case with the application beside it; grant or refuse."""
    seen = ExceptionCase.objects.visible_to(request.person).select_related(
        "application__call__cohort__program", "application__call__cohort__version",
        "application__call__cohort__scope", "application__engagement__district__place",
        "application__engagement__cohort", "application__lead", "application__team", "decided_by",
    )  # fmt: skip
    found = get_object_or_404(seen, ref=ref)
    form = CaseForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            decide_exception(
                found,
                grant=form.cleaned_data["grant"] == "yes",
                because=form.cleaned_data["because"],
                by=request.person,
                now=clock.now(),
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("Decided, with your name and reason."))
            return redirect("admissions:cases", ref=found.application.call.ref)
    dossier = Dossier(found.application)
    context = call_context(found.application.call, "cases") | {
        "case": found,
        "application": found.application,
        "form": form,
        "may_decide": can_decide_case(request.person, found),
        "result": found.application.results.filter(rule=found.rule).first(),
        "sections": [(line.title, dossier.lines(line.key)) for line in dossier.parts],
    }
    return render(request, "admissions/case.html", context, status=422 if form.errors else 200)


@page("staff")
@require_GET
def reading(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show who reads how much, which ties there are, and what lacks a reader."""
    return _reading(request, staffed_call(request, ref), ReaderForm())


@page("staff")
@require_POST
def name_reader_(request: SignedInRequest, ref: str) -> HttpResponse:
    """Let somebody read; a new person gets a way to sign in."""
    found = staffed_call(request, ref)
    form = ReaderForm(request.POST)
    if form.is_valid():
        try:
            person = _person(request, form)
            name_reader(
                found,
                person,
                is_experienced=form.cleaned_data["is_experienced"],
                by=request.person,
                now=clock.now(),
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("%(name)s can read.") % {"name": person})
            return redirect("admissions:reading", ref=ref)
    return _reading(request, found, form, status=422)


def _person(request: SignedInRequest, form: ReaderForm) -> Person:
    email = form.cleaned_data["email"].strip().lower()
    known = person_at(request.person, email)
    return known or add_person(
        request.person.network,
        full_name=form.cleaned_data["full_name"],
        email=email,
        by=request.person,
        now=clock.now(),
    )


@page("staff")
@require_POST
def assign(request: SignedInRequest, ref: str) -> HttpResponse:
    """Give every application its readers."""
    found = staffed_call(request, ref)
    try:
        done = assign_reviewers(found, by=request.person, now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
        return _reading(request, found, ReaderForm(), status=422)
    messages.success(
        request,
        ngettext("%(count)d reader assigned.", "%(count)d readers assigned.", done.count)
        % {"count": done.count},
    )
    return redirect("admissions:reading", ref=ref)


def _reading(
    request: SignedInRequest, found: Call, form: ReaderForm, status: int = 200
) -> HttpResponse:
    phase = found.phases.first()
    wanted = phase.reviews_wanted if phase else 0
    listed = list(applications(request.person, found, state="in_review"))
    context = call_context(found, "reading") | {
        "form": form,
        "readers": reading_progress(request.person, found),
        "ties": list(ties(request.person, found)),
        "phase": phase,
        "wanted": wanted,
        "apart": [one for one in listed if phase and one.levels_apart >= phase.discuss_at],
        "unread": sum(one.review_count < wanted for one in listed),
        "in_review": len(listed),
        "takes": found.takes_applications(clock.now()),
        "waiting": applications(request.person, found, state="submitted").count(),
    }
    return render(request, "admissions/reading.html", context, status=status)


@page("staff")
@require_http_methods(["GET", "POST"])
def dismiss(request: SignedInRequest, ref: str) -> HttpResponse:
    """Set a tie aside, with a reason."""
    seen = Conflict.objects.visible_to(request.person).select_related(
        "reviewer", "application__engagement__district", "application__call__cohort__program",
        "application__call__cohort__version", "application__call__cohort__scope", "exclusion",
    )  # fmt: skip
    found = get_object_or_404(seen, ref=ref)
    form = ReasonForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            dismiss_tie(found, **form.cleaned_data, by=request.person, now=clock.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("The tie is set aside."))
            return redirect("admissions:reading", ref=found.application.call.ref)
    context = call_context(found.application.call, "reading") | {
        "tie": found,
        "form": form,
        "may_dismiss": can_dismiss(request.person, found),
    }
    return render(request, "admissions/dismiss.html", context, status=422 if form.errors else 200)
