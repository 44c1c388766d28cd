"""Plan a coaching session."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from throughline.audit import once as sent_once
from throughline.audit import trail
from throughline.coaching.enums import Mode
from throughline.coaching.models import CoachingEngagement, CoachingSession
from throughline.coaching.rules import can_plan
from throughline.core.errors import NotAllowed
from throughline.ledger.actions.book import book
from throughline.ledger.enums import EntryKind, Unit
from throughline.ledger.models import Entitlement
from throughline.ledger.queries import entitlement_on
from throughline.meetings.actions import invite, plan_occasion
from throughline.meetings.enums import OccasionKind, Part
from throughline.meetings.models import Occasion
from throughline.people.models import Person


@transaction.atomic
def plan_session(
    coaching: CoachingEngagement,
    *,
    day: date,
    starts_local: time,
    minutes: int,
    mode: str = Mode.ON_SITE,
    zone: str = "",
    place_words: str = "",
    overrun_reason: str = "",
    by: Person | None,
    now: datetime,
    once: UUID | str | None = None,
) -> CoachingSession:
    """Plan time of a coach with whom she coaches; both get it into their calendars.

    The same ``once`` again returns the first session. Beyond what was promised it takes an
    ``overrun_reason`` of the staff.

    Raises
    ------
    NotAllowed
        ``by`` is neither the coach nor on the staff, or no more can be booked.
    """
    if not (decision := can_plan(by, coaching)):
        raise NotAllowed(decision.reason)
    sent = sent_once.claim(coaching.network_id, once, by.pk if by else None, "plan", now)
    if sent.result:
        return CoachingSession.objects.get(ref=sent.result)
    session = new_session(
        coaching, day=day, starts_local=starts_local, minutes=minutes, mode=mode,
        zone=zone, place_words=place_words, by=by, now=now,
    )  # fmt: skip
    if coaching.entitlement is not None:
        entitlement = entitlement_on(coaching.entitlement, day)
        entry = book(
            entitlement,
            kind=EntryKind.SCHEDULED,
            quantity=quantity_of(entitlement, minutes),
            happened_on=day,
            source=source_of(session),
            by=by,
            now=now,
            overrun_reason=overrun_reason,
        )
        Occasion.objects.filter(pk=session.occasion_id).update(scheduled_entry=entry)
        session.occasion.refresh_from_db()
    trail.record(by, "planned", session, now=now, scope=coaching.scope_id)
    sent.keep(session.ref)
    return session


def new_session(
    coaching: CoachingEngagement,
    *,
    day: date,
    starts_local: time,
    minutes: int,
    mode: str,
    zone: str,
    place_words: str,
    by: Person | None,
    now: datetime,
) -> CoachingSession:
    """Make the time and the session on it. Call it inside an action that asked its rule."""
    occasion = plan_occasion(
        coaching.scope,
        kind=OccasionKind.COACHING,
        day=day,
        starts_local=starts_local,
        zone=zone or zone_of(coaching),
        minutes=minutes,
        place_words=place_words,
        by=by,
        now=now,
    )
    invite(occasion, person=coaching.coach.person, part=Part.HOST, by=by, now=now)
    if coaching.team is not None:
        invite(occasion, scope=coaching.team.scope, by=by, now=now)
    else:
        invite(occasion, person=coaching.coachee, by=by, now=now)
    session: CoachingSession = CoachingSession.objects.create(
        network_id=coaching.network_id, occasion=occasion, coaching=coaching, mode=mode
    )
    return session


def zone_of(coaching: CoachingEngagement) -> str:
    """Return whose clock a session follows: that of who is coached."""
    own = coaching.coachee.zone if coaching.coachee is not None else ""
    return own or coaching.engagement.cohort.zone


def quantity_of(entitlement: Entitlement, minutes: int) -> int:
    """Return what a session draws: its minutes, or one where sessions are counted."""
    return minutes if entitlement.promise.unit == Unit.MINUTES else 1


def source_of(session: CoachingSession, number: int = 1) -> str:
    """Return under what a session is booked, planned and delivered alike; corrections count on."""
    return f"coaching.session:{session.pk}#{number}"
