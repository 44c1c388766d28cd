"""Pages where the list is chosen, signed and sent: staff and the selection committee."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from throughline.admissions.actions.adopt_selection import adopt_selection, take_back_selection
from throughline.admissions.actions.propose_selection import propose_selection
from throughline.admissions.actions.release_decisions import answer_until, release_decisions
from throughline.admissions.actions.stage_decision import (
    sign_decisions,
    stage_decision,
)
from throughline.admissions.enums import CallState, Outcome
from throughline.admissions.letters import decided
from throughline.admissions.models import Call, Decision, SelectionRun
from throughline.admissions.rules import can_release, can_sign_list
from throughline.admissions.staging import decisions, mark_of, release_blocks, staged_by_kind
from throughline.admissions.web.forms import DecisionForm, ReleaseForm, sent
from throughline.admissions.web.views_staff import call_context
from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.messaging.queries import values_for
from throughline.messaging.wording import as_html, fill
from throughline.people.http import SignedInRequest
from throughline.ui import spelling


def call_of(request: SignedInRequest, ref: str) -> Call:
    """Return a call that this person helps to decide, or 404."""
    seen = Call.objects.visible_to(request.person).decided_by(request.person)
    related = seen.select_related("cohort__program", "cohort__version", "cohort__scope", "rubric")
    return get_object_or_404(related, ref=ref)


def run_of(request: SignedInRequest, call: Call) -> SelectionRun | None:
    """Return the list that stands, if one was proposed."""
    seen = SelectionRun.objects.visible_to(request.person).current().filter(call=call)
    run = seen.order_by("-pk").first()
    if run is not None:
        run.call = call
    return run


@page("signed-in")
@require_POST
def propose(request: SignedInRequest, ref: str) -> HttpResponse:
    """Propose a list from the readers' means."""
    return _do(request, ref, "admissions:selection", _propose)


def _propose(call: Call, request: SignedInRequest) -> str:
    propose_selection(call, by=request.person, now=clock.now())
    return _("Here is a proposal. People decide.")


@page("signed-in")
@require_POST
def adopt(request: SignedInRequest, ref: str) -> HttpResponse:
    """Adopt the list; its decisions are staged, and nothing is sent."""
    return _do(request, ref, "admissions:decisions", _adopt, on_error="admissions:selection")


def _adopt(call: Call, request: SignedInRequest) -> str:
    run = run_of(request, call)
    if run is None:
        return _("There is no list yet.")
    adopt_selection(run, by=request.person, now=clock.now())
    return _("The list is adopted. Nothing is sent yet.")


@page("signed-in")
@require_POST
def take_back(request: SignedInRequest, ref: str) -> HttpResponse:
    """Put an adopted list away before anything was sent."""
    return _do(request, ref, "admissions:selection", _take_back)


def _take_back(call: Call, request: SignedInRequest) -> str:
    run = run_of(request, call)
    if run is None:
        return _("There is no list yet.")
    take_back_selection(run, by=request.person, now=clock.now())
    return _("The list is put away. You can propose another.")


@page("signed-in")
@require_POST
def sign(request: SignedInRequest, ref: str) -> HttpResponse:
    """Sign the staged list."""
    return _do(request, ref, "admissions:decisions", _sign)


def _sign(call: Call, request: SignedInRequest) -> str:
    shown = request.POST.get("list", "")
    count = sign_decisions(call, shown=shown, by=request.person, now=clock.now())
    return ngettext("You signed %(count)d decision.", "You signed %(count)d decisions.", count) % {
        "count": count
    }


def _do(
    request: SignedInRequest, ref: str, then: str, act: Any, *, on_error: str = ""
) -> HttpResponse:
    call = call_of(request, ref)
    try:
        said = act(call, request)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(on_error or then, ref=ref)
    messages.success(request, said)
    return redirect(then, ref=ref)


@page("signed-in")
@require_http_methods(["GET", "POST"])
def decisions_(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show what is staged, what blocks it, one letter as its reader gets it; release."""
    call = call_of(request, ref)
    form = ReleaseForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            count = release_decisions(
                call,
                has_read=form.cleaned_data["has_read"],
                by=request.person,
                now=clock.now(),
                once=request.POST.get("once"),
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(
                request,
                ngettext(
                    "%(count)d decision is on its way.",
                    "%(count)d decisions are on their way.",
                    count,
                )
                % {"count": count},
            )
            return redirect("admissions:decisions", ref=ref)
    until = answer_until(call, clock.now())
    mark = mark_of(call)  # before the list: whoever signs never signs more than it shows
    listed = list(decisions(request.person, call))
    context = call_context(call, "decisions", request.person) | {
        "form": form,
        "mark": mark,
        "is_staged": call.state == CallState.DECIDING,
        "is_sent": call.state == CallState.RELEASED,
        "decisions": listed,
        "kinds": staged_by_kind(listed, day=spelling.day(until.date())),
        "blocks": release_blocks(call) if call.state == CallState.DECIDING else [],
        "first_alternate": call.waitlist.filter(promoted_at=None, left_at=None)
        .select_related("application__engagement__district")
        .first(),
        "may_release": can_release(request.person, call),
        "may_sign": can_sign_list(request.person, call),
        "has_signed": all(
            request.person.is_in([one.signed_by_id, one.second_by_id]) for one in listed
        ),
        **_preview(request, listed, until),
    }
    return render(request, "admissions/decisions.html", context, status=422 if form.errors else 200)


def _preview(request: SignedInRequest, listed: list[Decision], until: Any) -> dict[str, Any]:
    chosen = next((one for one in listed if one.ref == request.GET.get("as")), None)
    offers = (one for one in listed if one.outcome == Outcome.OFFER)
    chosen = chosen or next(offers, None) or next(iter(listed), None)
    if chosen is None:
        return {}
    lead = chosen.application.lead
    letter = decided(chosen, answer_by=chosen.answer_by or until)
    values = values_for(lead, request.person.network)
    return {
        "chosen": chosen,
        "reader": lead,
        "subject": fill(letter.subject, values),
        "body": as_html(fill(letter.body, values)),
    }


@page("signed-in")
@require_http_methods(["GET", "POST"])
def decision(request: SignedInRequest, ref: str) -> HttpResponse:
    """Change one staged decision, with its reason and what the letter adds."""
    calls = Call.objects.visible_to(request.person).decided_by(request.person)
    seen = Decision.objects.visible_to(request.person).filter(
        application__call__in=calls.values("pk")
    )
    found = get_object_or_404(
        seen.select_related(
            "application__call__cohort__program", "application__call__cohort__version",
            "application__call__cohort__scope", "application__engagement__district",
            "application__lead",
        ),
        ref=ref,
    )  # fmt: skip
    start = {"outcome": found.outcome, "because": found.because, "feedback": found.feedback}
    form = DecisionForm(sent(request), initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            stage_decision(found, **form.cleaned_data, by=request.person, now=clock.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("Changed. Its signatures are asked for again."))
            return redirect("admissions:decisions", ref=found.application.call.ref)
    context = call_context(found.application.call, "decisions", request.person)
    context |= {"decision": found, "form": form}
    return render(request, "admissions/decision.html", context, status=422 if form.errors else 200)
