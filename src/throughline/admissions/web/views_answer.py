"""The applicant reads her decision and answers an offer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.admissions.actions.answer_offer import answer_offer
from throughline.admissions.enums import DecisionState, Outcome
from throughline.admissions.letters import decided
from throughline.admissions.models import Application, Decision
from throughline.admissions.rules import can_answer, is_signer
from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.messaging.queries import values_for
from throughline.messaging.wording import as_html, fill
from throughline.people.http import SignedInRequest
from throughline.programs.words import words_of


@page("signed-in")
@require_http_methods(["GET", "POST"])
def answer(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show a released decision in the words of its letter; accept or decline."""
    mine = Application.objects.visible_to(request.person).written_by(request.person)
    seen = Decision.objects.visible_to(request.person).filter(
        application__ref=ref, application__in=mine.values("pk")
    )
    decision = get_object_or_404(
        seen.exclude(state=DecisionState.STAGED).select_related(
            "application__call__cohort__program", "application__call__cohort__version",
            "application__lead__network", "application__engagement__district",
            "application__engagement__cohort", "application__team", "application__scope", "seat",
        )
    )  # fmt: skip
    error = ""
    if request.method == "POST":
        try:
            answer_offer(
                decision,
                accept=request.POST.get("answer") == "accept",
                by=request.person,
                now=clock.now(),
                once=request.POST.get("once"),
            )
        except DomainError as refusal:
            error = str(refusal)
        else:
            messages.success(request, _said(decision))
            return redirect("admissions:answer", ref=ref)
    return render(
        request,
        "admissions/answer.html",
        _context(request, decision, error),
        status=422 if error else 200,
    )


def _said(decision: Decision) -> str:
    if decision.state == DecisionState.ACCEPTED:
        return _("The seat is yours. Welcome.")
    return _("We have your answer. Thank you for telling us.")


def _context(request: SignedInRequest, decision: Decision, error: str) -> dict[str, Any]:
    application = decision.application
    letter = decided(decision, answer_by=decision.answer_by or clock.now())
    place = getattr(application, "waiting", None)
    values = values_for(application.lead, request.person.network)
    body = fill(letter.body, values)
    return {
        "decision": decision,
        "application": application,
        "call": application.call,
        "is_offer": decision.outcome == Outcome.OFFER,
        "is_open": decision.is_open_offer(clock.now()),
        "is_waiting": decision.outcome == Outcome.WAITLIST
        and decision.state == DecisionState.RELEASED,
        "rank": place.rank if place else None,
        "may_answer": can_answer(request.person, decision, clock.now()),
        "signs": is_signer(request.person, application),
        "subject": fill(letter.subject, values),
        "body": as_html("\n\n".join(_without_buttons(body))),
        "error": error,
        "words": words_of(application.call.cohort.version),
    }


def _without_buttons(body: str) -> list[str]:
    """Leave out the letter's button: the page has its own."""
    return [one for one in body.split("\n\n") if not one.startswith("[")]
