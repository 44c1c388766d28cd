"""A team's meetings: the list, and who leads it plans, moves and calls them off."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.meetings import queries
from throughline.meetings.actions import cancel_occasion, move_occasion, skip_occasion
from throughline.meetings.actions.plan_meetings import plan_meeting, plan_series
from throughline.meetings.enums import OccasionKind
from throughline.meetings.models import Occasion
from throughline.meetings.rules import can_change, can_plan_meetings
from throughline.meetings.turns import Proposal, proposal_for
from throughline.meetings.web.forms import MeetingForm, MoveForm, OffForm, SeriesForm
from throughline.people.http import SignedInRequest
from throughline.teams.models import Team
from throughline.teams.queries import team_tabs

HOUR = 60


@page("signed-in")
@require_GET
def team(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show when a team meets."""
    found = _team(request, ref)
    context = {
        "team": found,
        "tabs": team_tabs(found, request.path),
        "meetings": queries.meetings_of(request.person, found, now=clock.now()),
        "may_plan": can_plan_meetings(request.person, found),
    }
    return render(request, "meetings/team.html", context)


@page("signed-in")
@require_http_methods(["GET", "POST"])
def plan(request: SignedInRequest, ref: str) -> HttpResponse:
    """Plan one meeting of a team."""
    found = _team(request, ref, to_plan=True)
    proposal = proposal_for(found)
    form = MeetingForm(
        request.POST or None,
        zone=found.engagement.cohort.zone,
        has_rails=proposal.most is not None,
        initial={"starts_local": proposal.starts_local, "minutes": proposal.most or HOUR},
    )
    if request.method == "POST" and form.is_valid():
        try:
            plan_meeting(
                found, **form.cleaned_data, by=request.person, now=clock.now(),
                once=request.POST.get("once"),
            )  # fmt: skip
        except DomainError as error:
            _refuse(form, error)
        else:
            messages.success(request, _("Planned. It is in the calendar of everybody of the team."))
            return redirect("meetings:team", ref=ref)
    title = _("Plan one meeting")
    return _form_page(
        request, "meetings/plan.html", form, title=title, team=found, proposal=proposal
    )


@page("signed-in")
@require_http_methods(["GET", "POST"])
def series(request: SignedInRequest, ref: str) -> HttpResponse:
    """Plan one meeting a month; what the program says stands there already."""
    found = _team(request, ref, to_plan=True)
    proposal = proposal_for(found)
    form = SeriesForm(
        request.POST or None,
        zone=found.engagement.cohort.zone,
        has_rails=proposal.most is not None,
        initial=_proposed(found, proposal),
    )
    if request.method == "POST" and form.is_valid():
        try:
            planned = plan_series(
                found, **form.given(), by=request.person, now=clock.now(),
                once=request.POST.get("once"),
            )  # fmt: skip
        except DomainError as error:
            _refuse(form, error)
        else:
            number = planned.occasions.count()
            said = ngettext(
                "%(number)d meeting is planned, and in the calendar of everybody of the team.",
                "%(number)d meetings are planned, and in the calendar of everybody of the team.",
                number,
            )
            messages.success(request, said % {"number": number})
            return redirect("meetings:team", ref=ref)
    title = _("Plan one meeting a month")
    return _form_page(
        request, "meetings/plan.html", form, title=title, team=found, proposal=proposal
    )


@page("signed-in")
@require_http_methods(["GET", "POST"])
def move(request: SignedInRequest, ref: str) -> HttpResponse:
    """Give a meeting another time or place."""
    meeting = _meeting(request, ref)
    form = MoveForm(
        request.POST or None,
        initial={
            "day": meeting.day, "starts_local": meeting.starts_local,
            "place_words": meeting.place_words, "seen": meeting.sequence,
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            move_occasion(meeting, **form.cleaned_data, by=request.person, now=clock.now())
        except DomainError as error:
            _refuse(form, error)
        else:
            messages.success(request, _("Moved. Everybody's calendar follows."))
            return redirect("meetings:team", ref=meeting.scope.team.ref)
    return _form_page(request, "meetings/move.html", form, meeting=meeting)


@page("signed-in")
@require_http_methods(["GET", "POST"])
def off(request: SignedInRequest, ref: str) -> HttpResponse:
    """Skip a turn of a series, or cancel a meeting, and say why."""
    meeting = _meeting(request, ref)
    form = OffForm(request.POST or None, is_turn=meeting.series_id is not None)
    if request.method == "POST" and form.is_valid():
        act = skip_occasion if form.is_skipped else cancel_occasion
        try:
            act(meeting, because=form.cleaned_data["because"], by=request.person, now=clock.now())
        except DomainError as error:
            _refuse(form, error)
        else:
            messages.success(request, _("Called off. Everybody's calendar follows."))
            return redirect("meetings:team", ref=meeting.scope.team.ref)
    return _form_page(request, "meetings/off.html", form, meeting=meeting)


def _team(request: SignedInRequest, ref: str, *, to_plan: bool = False) -> Team:
    """Return a team that she sees, ``to_plan`` only for who may; else nothing is there."""
    seen = Team.objects.visible_to(request.person).select_related(
        "scope", "engagement__district", "engagement__cohort__version"
    )
    if to_plan:
        found = get_object_or_404(seen, ref=ref)
        return found if can_plan_meetings(request.person, found) else get_object_or_404(seen.none())
    return get_object_or_404(seen, ref=ref)


def _meeting(request: SignedInRequest, ref: str) -> Occasion:
    """Return a team's meeting that she may change; else nothing is there."""
    seen = Occasion.objects.visible_to(request.person).filter(
        kind=OccasionKind.TEAM_MEETING, scope__team__isnull=False
    )
    found = get_object_or_404(seen.select_related("scope__team__engagement__district"), ref=ref)
    return found if can_change(request.person, found) else get_object_or_404(seen.none())


def _proposed(found: Team, proposal: Proposal) -> dict[str, Any]:
    nth, _space, weekday = proposal.rule.partition(" ")
    cohort = found.engagement.cohort
    return {
        "nth": nth, "weekday": weekday, "starts_local": proposal.starts_local,
        "minutes": proposal.most or HOUR, "skips": proposal.skips,
        "starts_on": max(clock.today(), cohort.starts_on), "ends_on": cohort.ends_on,
    }  # fmt: skip


def _refuse(form: forms.Form, error: DomainError) -> None:
    form.add_error(error.field if error.field in form.fields else None, str(error))


def _form_page(
    request: SignedInRequest, template: str, form: forms.Form, **context: object
) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, template, {**context, "form": form}, status=status)
