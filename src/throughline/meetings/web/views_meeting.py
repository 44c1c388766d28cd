"""The page of a team's meeting: agenda, decisions, what was agreed, and who was there."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.meetings import queries
from throughline.meetings.actions import close_commitment, commit
from throughline.meetings.actions.close_meeting import close_meeting
from throughline.meetings.actions.minute import decide, put_on_agenda, take_off_agenda
from throughline.meetings.enums import CommitmentState, OccasionKind, OccasionState
from throughline.meetings.models import AgendaItem, Commitment, MeetingDecision, Occasion
from throughline.meetings.rules import can_change, can_take_part
from throughline.meetings.web.minute_forms import AgendaForm, CloseForm, CommitForm, DecisionForm
from throughline.people.http import SignedInRequest
from throughline.people.models import Person

MAY_BE_OPEN = {OccasionState.PLANNED, OccasionState.HELD}


@page("signed-in")
@require_http_methods(["GET", "POST"])
def meeting(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show a meeting; write on its agenda, what was decided and who does what."""
    found = _meeting(request, ref)
    people = queries.people_of(found.scope.team)
    forms_by_act: dict[str, forms.Form] = {
        "agenda": AgendaForm(), "decision": DecisionForm(), "promise": CommitForm(people=people),
    }  # fmt: skip
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act in forms_by_act:
            form = _bound(request, act, people)
            forms_by_act[act] = form
            if form.is_valid() and _written(request, found, act, form, people):
                return redirect("meetings:meeting", ref=ref)
        elif act in BUTTONS:
            BUTTONS[act](request, found)
            return redirect("meetings:meeting", ref=ref)
        else:
            raise Http404
    return _show(request, found, forms_by_act)


def _bound(request: SignedInRequest, act: str, people: list[Person]) -> forms.Form:
    if act == "promise":
        return CommitForm(request.POST, people=people)
    return AgendaForm(request.POST) if act == "agenda" else DecisionForm(request.POST)


def _written(
    request: SignedInRequest, found: Occasion, act: str, form: forms.Form, people: list[Person]
) -> bool:
    """Do what a form asks for; a refusal goes beside its field."""
    given, by, now, once = form.cleaned_data, request.person, clock.now(), request.POST.get("once")
    try:
        if act == "agenda":
            put_on_agenda(
                found, words=given["words"], minutes=given["item_minutes"], by=by, now=now,
                once=once,
            )  # fmt: skip
        elif act == "decision":
            decide(
                found, words=given["decision"], decided_how=given["decided_how"], by=by, now=now,
                once=once,
            )  # fmt: skip
        else:
            [owner] = [one for one in people if one.ref == given["owner"]]
            commit(
                found.scope, words=given["promise"], owner=owner, due_on=given["due_on"],
                occasion=found, by=by, now=now, once=once,
            )  # fmt: skip
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    return True


def _close_promise(request: SignedInRequest, found: Occasion) -> None:
    """Say that something the team had promised is done, or dropped."""
    seen = Commitment.objects.visible_to(request.person).filter(scope=found.scope_id)
    promised = get_object_or_404(seen, ref=request.POST.get("ref", ""))
    state = CommitmentState.DROPPED if request.POST["act"] == "drop" else CommitmentState.DONE
    try:
        close_commitment(promised, state=state, by=request.person, now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Closed: %(what)s") % {"what": promised.words})


def _take_off(request: SignedInRequest, found: Occasion) -> None:
    """Take something off the agenda."""
    seen = AgendaItem.objects.visible_to(request.person).filter(occasion=found.pk)
    item = get_object_or_404(seen, ref=request.POST.get("ref", ""))
    try:
        take_off_agenda(item, by=request.person, now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))


BUTTONS: dict[str, Callable[[SignedInRequest, Occasion], None]] = {
    "done": _close_promise, "drop": _close_promise, "off": _take_off,
}  # fmt: skip
"""What a button of the page does, by what it sends."""


@page("signed-in")
@require_http_methods(["GET", "POST"])
def close(request: SignedInRequest, ref: str) -> HttpResponse:
    """Say who was there and how long it took; again corrects it."""
    found = _meeting(request, ref)
    if not can_change(request.person, found):
        raise Http404
    marks = {one.person_id: one for one in found.marks.all()}
    decision_maker = {True: "yes", False: "no", None: ""}[found.decision_maker_present]
    form = CloseForm(
        request.POST or None,
        people=queries.people_of(found.scope.team),
        marks=marks,
        initial={"minutes": found.minutes, "decision_maker": decision_maker},
    )
    if request.method == "POST" and form.is_valid():
        try:
            close_meeting(
                found,
                minutes=form.cleaned_data["minutes"],
                marks=form.marks(),
                decision_maker_present=form.cleaned_data["decision_maker"] == "yes",
                overrun_reason=form.cleaned_data["overrun_reason"],
                by=request.person,
                now=clock.now(),
                once=request.POST.get("once"),
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("The meeting is closed. What is open follows to the next."))
            return redirect("meetings:meeting", ref=ref)
    context = {"meeting": found, "form": form}
    return render(request, "meetings/close.html", context, status=422 if form.errors else 200)


def _meeting(request: SignedInRequest, ref: str) -> Occasion:
    """Return a team's meeting that she sees."""
    return get_object_or_404(
        Occasion.objects.visible_to(request.person)
        .filter(kind=OccasionKind.TEAM_MEETING, scope__team__isnull=False)
        .select_related("scope__team__engagement__district"),
        ref=ref,
    )


def _show(
    request: SignedInRequest, found: Occasion, forms_by_act: dict[str, forms.Form]
) -> HttpResponse:
    person = request.person
    is_open = found.state in MAY_BE_OPEN
    may_plan = bool(can_change(person, found)) and is_open
    context = {
        "meeting": found,
        "agenda": AgendaItem.objects.visible_to(person).filter(occasion=found.pk),
        "carried": queries.agenda_commitments(person, found),
        "decisions": MeetingDecision.objects.visible_to(person).filter(occasion=found.pk),
        "agreed": Commitment.objects.visible_to(person)
        .filter(occasion=found.pk)
        .select_related("owner"),
        "marks": found.marks.select_related("person").order_by("pk"),
        "forms": forms_by_act,
        "may_write": bool(can_take_part(person, found)) and is_open,
        "may_plan": may_plan,
        "may_close": may_plan and found.starts_at <= clock.now(),
    }
    wrong = any(form.errors for form in forms_by_act.values())
    return render(request, "meetings/meeting.html", context, status=422 if wrong else 200)
