"""Write down what a coaching session was: two minutes, one action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.coaching.actions.plan_session import new_session, quantity_of, source_of
from throughline.coaching.enums import Mode, NoteKind
from throughline.coaching.models import CoachingEngagement, CoachingSession, Note
from throughline.coaching.rules import can_log
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.locks import take
from throughline.core.tiers import Tier
from throughline.ledger.actions.book import book
from throughline.ledger.enums import EntryKind
from throughline.ledger.queries import entitlement_on
from throughline.meetings.actions import commit, hold_occasion, move_occasion
from throughline.meetings.enums import OccasionState
from throughline.meetings.models import Occasion
from throughline.people.models import Person, Scope
from throughline.people.tiered import write_tiered

MOST = 720
"""Minutes of a day of coaching; more is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What somebody does by when; by default the person who is coached."""

    words: str
    due_on: date
    owner: Person | None = None


@transaction.atomic
def log_session(
    coaching: CoachingEngagement,
    *,
    day: date,
    starts_local: time,
    minutes: int,
    mode: str,
    topics: Sequence[str] = (),
    shared_summary: str = "",
    shared_with: str = Tier.PAIR,
    private_note: str = "",
    next_steps: Sequence[NextStep] = (),
    travel_minutes: int = 0,
    overrun_reason: str = "",
    session: CoachingSession | None = None,
    by: Person | None,
    now: datetime,
    log_key: UUID,
) -> CoachingSession:
    """Log a session that was planned (``session``) or not; the same ``log_key`` again changes nothing.

    The time is held and delivered in the ledger, next steps become commitments, the summary is
    read by the two (or the team), the private note by the coach alone.

    Raises
    ------
    NotAllowed
        ``by`` is not the coach, or more would be drawn than is left.
    BadInput
        The day is to come, the length makes no sense, or a text has no reader.
    WrongState
        The planned session was logged before, or canceled.
    """
    if not (decision := can_log(by, coaching)):
        raise NotAllowed(decision.reason)
    assert by is not None  # noqa: S101 - nobody else passes the rule
    take(coaching)
    logged = CoachingSession.objects.filter(coaching=coaching, log_key=log_key).first()
    if logged is not None:
        return logged
    check_log(minutes, travel_minutes, mode)
    if session is None:
        session = new_session(
            coaching, day=day, starts_local=starts_local, minutes=minutes, mode=mode, zone="",
            place_words="", by=by, now=now,
        )  # fmt: skip
    else:
        session = _planned(session, coaching, day, starts_local, by=by, now=now)
    if session.occasion.starts_at > now:
        raise BadInput(_("A session is logged once it has begun."), field="day")
    _fill(session, mode=mode, topics=topics, travel_minutes=travel_minutes, log_key=log_key)
    hold_occasion(session.occasion, minutes=minutes, by=by, now=now)
    _deliver(session, minutes, overrun_reason, by=by, now=now)
    write_note(session, NoteKind.SHARED_SUMMARY, shared_with, shared_summary, by=by, now=now)
    write_note(session, NoteKind.PRIVATE_NOTE, Tier.MINE, private_note, by=by, now=now)
    for step in next_steps:
        commit(
            coaching.scope, words=step.words, owner=step.owner or coaching.coachee or by,
            due_on=step.due_on, by=by, now=now, occasion=session.occasion,
        )  # fmt: skip
    trail.record(
        by, "logged", session, now=now, scope=coaching.scope_id, fields=["minutes", "mode"]
    )
    return session


def check_log(minutes: int, travel_minutes: int, mode: str) -> None:
    """Refuse a length, a way to meet or a time on the road that makes no sense.

    Raises
    ------
    BadInput
        Which of them, and why.
    """
    if not 0 < minutes <= MOST:
        raise BadInput(_("Say how many minutes it took, up to 12 hours."), field="minutes")
    if mode not in Mode.values:
        raise BadInput(_("Say how you met."), field="mode")
    if travel_minutes and mode != Mode.ON_SITE:
        raise BadInput(_("Only sessions on site have time on the road."), field="travel_minutes")


def _planned(
    session: CoachingSession,
    coaching: CoachingEngagement,
    day: date,
    starts_local: time,
    *,
    by: Person,
    now: datetime,
) -> CoachingSession:
    """Take up a planned session, where it really took place in time."""
    occasion = session.occasion
    if session.coaching_id != coaching.pk or occasion.state != OccasionState.PLANNED:
        raise WrongState(_("This session was logged before, or was canceled."))
    move_occasion(occasion, day=day, starts_local=starts_local, by=by, now=now)
    return session


def _fill(
    session: CoachingSession,
    *,
    mode: str,
    topics: Sequence[str],
    travel_minutes: int,
    log_key: UUID,
) -> None:
    """Fill the session in, once: whoever comes second finds it logged."""
    moved = CoachingSession.objects.filter(pk=session.pk, log_key=None).update(
        mode=mode, topics=list(topics), travel_minutes=travel_minutes, log_key=log_key
    )
    if not moved:
        raise WrongState(_("This session was logged before."))
    session.mode, session.topics = mode, list(topics)
    session.travel_minutes, session.log_key = travel_minutes, log_key


def _deliver(
    session: CoachingSession, minutes: int, overrun_reason: str, *, by: Person, now: datetime
) -> None:
    """Deliver the minutes; what was booked for the session is released in the same moment."""
    entitlement = session.coaching.entitlement
    if entitlement is None:
        return
    booked = session.occasion.scheduled_entry
    entitlement = (
        booked.entitlement if booked else entitlement_on(entitlement, session.occasion.day)
    )
    entry = book(
        entitlement,
        kind=EntryKind.DELIVERED,
        quantity=quantity_of(entitlement, minutes),
        happened_on=session.occasion.day,
        source=source_of(session),
        by=by,
        now=now,
        overrun_reason=overrun_reason,
    )
    Occasion.objects.filter(pk=session.occasion_id).update(
        delivered_entry=entry, scheduled_entry=None
    )
    session.occasion.refresh_from_db()


def write_note(
    session: CoachingSession, kind: str, tier: str, words: str, *, by: Person, now: datetime
) -> None:
    """Write a text about a session, if there are words. Call it inside an action.

    Raises
    ------
    BadInput
        Nobody could read it, or not these.
    """
    if not words.strip():
        return
    coaching = session.coaching
    if tier not in {Tier.MINE, Tier.PAIR, Tier.TEAM}:
        raise BadInput(_("Choose who reads this."), field="shared_with")
    note = Note(
        network_id=session.network_id,
        session=session,
        kind=kind,
        author=by,
        tier=tier,
        counterpart=coaching.coachee if tier == Tier.PAIR else None,
        scope=team_scope(coaching) if tier == Tier.TEAM else coaching.scope,
        written_at=now,
    )
    write_tiered(note, words.strip())


def team_scope(coaching: CoachingEngagement) -> Scope:
    """Return where a text for the team lives: the team that is coached, else the leader's own."""
    team = coaching.team or coaching.engagement.teams.live().order_by("pk").first()
    return team.scope if team is not None else coaching.scope
