"""Pages of coaching for coaches, those whom they coach, and staff."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from throughline.coaching import queries
from throughline.coaching.actions import log_session, plan_session
from throughline.coaching.actions.plan_session import zone_of
from throughline.coaching.enums import Mode
from throughline.coaching.models import CoachingEngagement, CoachingSession
from throughline.coaching.rules import can_correct
from throughline.coaching.web.beyond import ask_why
from throughline.coaching.web.forms import LogForm, PlanForm, length_of
from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.core.pages import page
from throughline.core.tiers import Tier
from throughline.ledger.actions.book import OverrunAsked
from throughline.meetings.enums import OccasionState
from throughline.meetings.models import Commitment
from throughline.people.http import SignedInRequest

LAST = 12
"""How many sessions each list of the first page holds."""


@page("signed-in")
@require_GET
def coaching(request: SignedInRequest) -> HttpResponse:
    """Show whom she coaches, who coaches her, and to staff who coaches whom."""
    person, now = request.person, clock.now()
    seen = CoachingEngagement.objects.visible_to(person)
    lines = queries.lines_of(seen.active(), now=now)
    coached = [one for one in lines if person.is_in([one.coaching.coach.person_id])]
    staffed = set(seen.staffed_by(person).values_list("pk", flat=True))
    context = {
        "coached": coached,
        "mine": [one for one in lines if one not in coached and one.coaching.pk not in staffed],
        "staffed": [one for one in lines if one.coaching.pk in staffed],
        "unlogged": queries.unlogged(person, now=now),
        "to_come": queries.to_come_of(person, now=now)[:LAST],
        "held": queries.held_of(person)[:LAST],
        "is_staff": person.is_staff,
    }
    return render(request, "coaching/coaching.html", context)


def _coaching(request: SignedInRequest, ref: str, *, for_staff: bool = False) -> CoachingEngagement:
    """Return coaching of which she is the coach (``for_staff``: or which she staffs), or nothing."""
    seen = CoachingEngagement.objects.visible_to(request.person)
    found = seen.coached_by(request.person)
    if for_staff:
        found = found | seen.staffed_by(request.person)
    return get_object_or_404(
        found.select_related(
            "coach__person", "coachee", "team", "scope", "engagement__district",
            "engagement__cohort__version", "entitlement__promise__cohort", "entitlement__engagement",
        ),
        ref=ref,
    )  # fmt: skip


@page("signed-in")
@require_http_methods(["GET", "POST"])
def log(request: SignedInRequest, ref: str) -> HttpResponse:
    """Log a session in two minutes."""
    found = _coaching(request, ref)
    planned = _planned(request, found)
    readers = queries.readers_of(found)
    tiers = [
        tier for tier, names in ((Tier.PAIR, readers.pair), (Tier.TEAM, readers.team)) if names
    ]
    form = LogForm(
        request.POST or None,
        topics=queries.topics_of(found),
        tiers=tiers,
        initial=_now_or_planned(found, planned) | {"shared_with": tiers[0] if tiers else ""},
    )
    if request.method == "POST" and form.is_valid():
        try:
            session = _log(request, found, planned, form)
        except OverrunAsked as error:
            ask_why(form, error, by=request.person)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _logged(found))
            return redirect("coaching:session", ref=session.ref)
    context = {
        "coaching": found,
        "planned": planned,
        "form": form,
        "readers": readers,
        "left": queries.left_of(found),
    }
    return render(request, "coaching/log.html", context, status=422 if form.errors else 200)


def _planned(request: SignedInRequest, found: CoachingEngagement) -> CoachingSession | None:
    """Return the planned session that the address names."""
    ref = request.GET.get("session", "")
    if not ref:
        return None
    return get_object_or_404(
        CoachingSession.objects.visible_to(request.person).select_related(
            "occasion__scope", "coaching__entitlement"
        ),
        ref=ref,
        coaching=found,
    )


def _now_or_planned(
    found: CoachingEngagement, planned: CoachingSession | None
) -> dict[str, object]:
    """Fill in what is known: the planned time, else an hour that has just ended."""
    fixed = {"log_key": uuid4(), "due_on": clock.today() + timedelta(days=14)}
    if planned is not None:
        return (
            fixed
            | length_of(planned.occasion.minutes)
            | {
                "day": planned.occasion.day,
                "starts_local": planned.occasion.starts_local,
                "mode": planned.mode,
            }
        )
    began = clock.now().astimezone(ZoneInfo(zone_of(found))) - timedelta(hours=1)
    return fixed | {
        "day": began.date(),
        "starts_local": began.time().replace(minute=0, second=0, microsecond=0),
        "length": "60",
        "mode": Mode.ON_SITE,
    }


def _log(
    request: SignedInRequest,
    found: CoachingEngagement,
    planned: CoachingSession | None,
    form: LogForm,
) -> CoachingSession:
    given = form.cleaned_data
    is_repeat = planned is not None and planned.log_key == given["log_key"]
    return log_session(
        found,
        session=None if is_repeat else planned,
        day=given["day"],
        starts_local=given["starts_local"],
        minutes=form.minutes,
        mode=given["mode"],
        topics=given["topics"],
        shared_summary=given["shared_summary"],
        shared_with=given["shared_with"] or Tier.PAIR,
        private_note=given["private_note"],
        next_steps=form.next_steps(),
        travel_minutes=given["travel_minutes"] or 0,
        overrun_reason=given["overrun_reason"],
        by=request.person,
        now=clock.now(),
        log_key=given["log_key"],
    )


def _logged(found: CoachingEngagement) -> str:
    """Return the thanks, with what is used of the promise now."""
    left = queries.left_of(found)
    if left is None or not left.granted:
        return _("Logged. Thank you.")
    said = _("Logged. Thank you. %(used)s of %(granted)s are used.")
    return said % {"used": left.used, "granted": left.granted}


@page("signed-in")
@require_http_methods(["GET", "POST"])
def plan(request: SignedInRequest, ref: str) -> HttpResponse:
    """Plan a session; both get it into their calendars. Staff may plan one beyond the promise."""
    found = _coaching(request, ref, for_staff=True)
    form = PlanForm(request.POST or None, initial={"length": "60", "mode": Mode.ON_SITE})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            plan_session(
                found,
                day=given["day"],
                starts_local=given["starts_local"],
                minutes=form.minutes,
                mode=given["mode"],
                place_words=given["place_words"],
                overrun_reason=given["overrun_reason"],
                by=request.person,
                now=clock.now(),
                once=request.POST.get("once"),
            )
        except OverrunAsked as error:
            ask_why(form, error, by=request.person)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("Planned. It is in both of your calendars."))
            return redirect("coaching:coaching")
    context = {"coaching": found, "form": form, "zone": zone_of(found)}
    return render(request, "coaching/plan.html", context, status=422 if form.errors else 200)


@page("signed-in")
@require_GET
def session(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show a session: its day, minutes, mode and topics, and the notes that this person may read."""
    found = get_object_or_404(
        CoachingSession.objects.visible_to(request.person).select_related(
            "occasion", "coaching__coach__person", "coaching__coachee", "coaching__team",
            "coaching__scope", "coaching__engagement__district",
            "coaching__engagement__cohort__version",
        ),
        ref=ref,
    )  # fmt: skip
    if found.occasion.state == OccasionState.CANCELLED:
        raise Http404
    is_coach = request.person.is_in([found.coaching.coach.person_id])
    context = {
        "session": found,
        "coaching": found.coaching,
        "topics": queries.topic_labels(found),
        "notes": queries.notes_of(request.person, found),
        "steps": Commitment.objects.visible_to(request.person)
        .filter(occasion=found.occasion_id)
        .select_related("owner"),
        "is_coach": is_coach,
        "is_coachee": request.person.is_in([found.coaching.coachee_id]),
        "is_planned": found.occasion.state == OccasionState.PLANNED,
        "may_correct": bool(can_correct(request.person, found)),
    }
    return render(request, "coaching/session.html", context)
