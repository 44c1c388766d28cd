"""Pages of a reader: her list, the question about ties, and one application at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from throughline.admissions.actions.declare_conflict import declare_conflict
from throughline.admissions.actions.submit_review import save_review, submit_review
from throughline.admissions.districts import districts_of
from throughline.admissions.dossier import AnswerLine, Dossier
from throughline.admissions.models import Review
from throughline.admissions.printing import file_name, for_reader
from throughline.admissions.queries import given_by_others, my_reviews
from throughline.admissions.reading import (
    figures,
    place_of,
    read_for,
    source_of,
    the_rest,
    title_of,
)
from throughline.admissions.rules import can_review, sees_others
from throughline.admissions.ties import years_before
from throughline.admissions.web.forms import TieForm, sent
from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.people.http import SignedInRequest
from throughline.programs.words import words_of
from throughline.ui.exports.pdf import send_pdf

RELATED = (
    "assignment__application__engagement__district__place",
    "assignment__application__engagement__cohort",
    "assignment__application__call__cohort__program",
    "assignment__application__call__cohort__version",
    "assignment__application__lead",
    "assignment__application__team",
    "assignment__phase__rubric",
    "assignment__phase__call",
)


@page("signed-in")
@require_GET
def reviews(request: SignedInRequest) -> HttpResponse:
    """Show what she reads, and what is done."""
    lines = my_reviews(request.person)
    left = sum(not line.review.is_in for line in lines)
    return render(request, "admissions/reviews.html", {"lines": lines, "left": left})


@page("signed-in")
@require_http_methods(["GET", "POST"])
def tie(request: SignedInRequest, ref: str) -> HttpResponse:
    """Ask whether she has a tie, before anything can be read."""
    found = _found(request, ref)
    assignment = found.assignment
    application = assignment.application
    since = years_before(clock.today(), assignment.phase.conflict_years)
    form = TieForm(sent(request), since=str(since.year))
    if request.method == "POST" and form.is_valid():
        try:
            conflict = declare_conflict(
                assignment, answer=form.cleaned_data["tie"], by=request.person, now=clock.now()
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            if conflict is None:
                return redirect("admissions:review", ref=ref)
            messages.success(
                request, _("Thank you. Somebody else reads this one, and it is off your list.")
            )
            return redirect("admissions:reviews")
    context = {
        "review": found,
        "application": application,
        "form": form,
        "team": list(application.team.memberships.live()),
        "words": words_of(application.call.cohort.version),
        **_place_in_list(request, found),
    }
    return render(request, "admissions/tie.html", context, status=422 if form.errors else 200)


@page("signed-in")
@require_http_methods(["GET", "POST"])
def review(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show answers with their criteria; save or send what she gives."""
    found = _found(request, ref)
    if found.assignment.no_tie_at is None:
        return redirect("admissions:tie", ref=ref)
    error: DomainError | None = None
    if request.method == "POST":
        try:
            if request.POST.get("later") or request.POST.get("autosave"):
                save_review(
                    found,
                    levels=_levels(request.POST),
                    comment=request.POST.get("comment", ""),
                    by=request.person,
                    now=clock.now(),
                )
                if request.POST.get("later"):
                    messages.success(request, _("Saved. Come back when you like."))
                    return redirect("admissions:reviews")
            else:
                submit_review(
                    found,
                    levels=_levels(request.POST),
                    comment=request.POST.get("comment", ""),
                    by=request.person,
                    now=clock.now(),
                    once=request.POST.get("once"),
                )
                messages.success(request, _("Your review is in."))
                return _open_next(request)
        except DomainError as refusal:
            error = refusal
    return render(
        request,
        "admissions/review.html",
        _context(request, found, error),
        status=422 if error else 200,
    )


@page("signed-in")
@require_GET
def review_file(request: SignedInRequest, ref: str) -> HttpResponse:
    """Send what her page shows of the application, to print or keep."""
    found = _found(request, ref)
    if found.assignment.no_tie_at is None:
        return redirect("admissions:tie", ref=ref)
    document = for_reader(found, by=request.person, now=clock.now())
    return send_pdf(document, file_name(found.assignment.application))


@dataclass(frozen=True, slots=True)
class Step:
    """One level of a criterion on the page."""

    points: int
    anchor: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion with the answers that are read for it."""

    key: str
    label: str
    steps: list[Step]
    answers: list[AnswerLine]
    error: str


def _context(request: SignedInRequest, found: Review, error: DomainError | None) -> dict[str, Any]:
    application = found.assignment.application
    dossier = Dossier(application)
    facts = districts_of(request.person, [application])[application.ref]
    chosen = {
        score.criterion_id: score.level.points for score in found.scores.select_related("level")
    }
    if request.method == "POST":
        sent = _levels(request.POST)
        criteria = found.assignment.phase.rubric.criteria.all()
        chosen |= {one.pk: sent[one.key] for one in criteria if one.key in sent}
    read = read_for(dossier, found.assignment.phase.rubric.criteria.prefetch_related("levels"))
    judged = [
        Judged(
            one.criterion.key,
            one.by.label,
            [
                Step(points, anchor, chosen.get(one.criterion.pk) == points)
                for points, anchor in one.by.anchors.items()
            ],
            one.answers,
            str(error) if error and error.field == one.criterion.key else "",
        )
        for one in read
    ]
    return {
        "review": found,
        "application": application,
        "judged": judged,
        "rest": the_rest(dossier, read),
        "scored": sum(any(step.is_chosen for step in one.steps) for one in judged),
        "comment": request.POST.get("comment", found.comment),
        "error": error,
        "may_review": can_review(request.person, found),
        "others": given_by_others(found) if sees_others(found) else None,
        "figures": figures(dossier, facts),
        "source": source_of(application, facts),
        "facts": facts,
        "place_words": place_of(application),
        "title": title_of(dossier),
        "words": dossier.words,
        **_place_in_list(request, found),
    }


def _levels(sent: Mapping[str, Any]) -> dict[str, int]:
    """Return the points that the form carries, by criterion; nonsense is left out."""
    prefix = "level-"
    return {
        name.removeprefix(prefix): int(value)
        for name, value in sent.items()
        if name.startswith(prefix) and str(value).isdigit()
    }


def _found(request: SignedInRequest, ref: str) -> Review:
    return get_object_or_404(
        Review.objects.visible_to(request.person).mine(request.person).select_related(*RELATED),
        ref=ref,
    )


def _place_in_list(request: SignedInRequest, found: Review) -> dict[str, Any]:
    keys = list(
        Review.objects.visible_to(request.person)
        .mine(request.person)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    return {"place": keys.index(found.pk) + 1, "of": len(keys)}


def _open_next(request: SignedInRequest) -> HttpResponse:
    left = [line.review for line in my_reviews(request.person) if not line.review.is_in]
    if left:
        return redirect("admissions:review", ref=left[0].ref)
    return redirect("admissions:reviews")
