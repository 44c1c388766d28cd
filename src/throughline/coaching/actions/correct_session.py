"""Correct what was logged about a coaching session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.coaching.actions.log_session import check_log, write_note
from throughline.coaching.actions.plan_session import quantity_of, source_of
from throughline.coaching.enums import NoteKind
from throughline.coaching.models import CoachingSession
from throughline.coaching.rules import can_correct, can_rewrite
from throughline.core.errors import BadInput, NotAllowed
from throughline.core.locks import take
from throughline.core.tiers import Tier
from throughline.ledger.actions.book import book
from throughline.ledger.actions.reverse import reverse
from throughline.ledger.enums import EntryKind
from throughline.meetings.actions import hold_occasion
from throughline.meetings.models import Occasion
from throughline.people.models import Person


@transaction.atomic
def correct_session(
    session: CoachingSession,
    *,
    minutes: int,
    reason: str,
    mode: str | None = None,
    topics: Sequence[str] | None = None,
    travel_minutes: int | None = None,
    shared_summary: str | None = None,
    by: Person,
    now: datetime,
) -> CoachingSession:
    """Put right how long a session took and, by its coach, what it was; the same again is harmless.

    The ledger keeps the wrong entry, crossed out, and books the right one. What is left out stays
    as it was. A private note is nobody's to correct here.

    Raises
    ------
    NotAllowed
        ``by`` is neither the coach nor, for minutes alone, on the staff; or more would be drawn
        than is left.
    BadInput
        No reason is given, the length makes no sense, or a summary would disappear.
    """
    if not (decision := can_correct(by, session)):
        raise NotAllowed(decision.reason)
    own = (mode, topics, travel_minutes, shared_summary)
    if any(one is not None for one in own) and not (decision := can_rewrite(by, session)):
        raise NotAllowed(decision.reason)
    if not reason.strip():
        raise BadInput(_("Say what was wrong."), field="reason")
    take(session.coaching)
    session = CoachingSession.objects.select_related(
        "occasion__scope", "occasion__delivered_entry__entitlement__promise__cohort",
        "coaching__scope", "coaching__coachee", "coaching__team", "coaching__engagement",
    ).get(pk=session.pk)  # fmt: skip
    mode = session.mode if mode is None else mode
    travel_minutes = session.travel_minutes if travel_minutes is None else travel_minutes
    check_log(minutes, travel_minutes, mode)
    changed = _lasted(session, minutes, reason, by=by, now=now)
    wanted = {"mode": mode, "travel_minutes": travel_minutes}
    if topics is not None:
        wanted["topics"] = list(topics)
    changed += _fill(session, wanted)
    if shared_summary is not None:
        changed += _rewrite(session, shared_summary.strip(), by=by, now=now)
    if changed:
        trail.record(
            by, "corrected", session, now=now, scope=session.coaching.scope_id, fields=changed,
            reason=reason,
        )  # fmt: skip
    return session


def _lasted(
    session: CoachingSession, minutes: int, reason: str, *, by: Person, now: datetime
) -> list[str]:
    """Correct the length, and with it what was delivered."""
    if session.occasion.minutes == minutes:
        return []
    hold_occasion(session.occasion, minutes=minutes, by=by, now=now)
    wrong = session.occasion.delivered_entry
    if wrong is not None and wrong.quantity != quantity_of(wrong.entitlement, minutes):
        reverse(wrong, reason=reason, by=by, now=now)
        right = book(
            wrong.entitlement,
            kind=EntryKind.DELIVERED,
            quantity=quantity_of(wrong.entitlement, minutes),
            happened_on=session.occasion.day,
            source=source_of(session, number=int(wrong.source.rpartition("#")[2]) + 1),
            by=by,
            now=now,
            overrun_reason=reason,
        )
        Occasion.objects.filter(pk=session.occasion_id).update(delivered_entry=right)
        session.occasion.refresh_from_db()
    return ["minutes"]


def _fill(session: CoachingSession, wanted: dict[str, object]) -> list[str]:
    changed = [name for name, value in wanted.items() if getattr(session, name) != value]
    for name in changed:
        setattr(session, name, wanted[name])
    if changed:
        session.save(update_fields=changed)
    return changed


def _rewrite(session: CoachingSession, words: str, *, by: Person, now: datetime) -> list[str]:
    """Rewrite the coach's own summary for its readers; they stay the same."""
    note = session.notes.filter(kind=NoteKind.SHARED_SUMMARY, author__in=by.ids).first()
    if note is None:
        if not words:
            return []
        tier = Tier.PAIR if session.coaching.coachee is not None else Tier.TEAM
        write_note(session, NoteKind.SHARED_SUMMARY, tier, words, by=by, now=now)
        return ["shared_summary"]
    if note.words == words:
        return []
    if not words:
        raise BadInput(
            _("What was shared cannot be taken back. Write what is right instead."),
            field="shared_summary",
        )
    note.put(words)
    note.save(update_fields=["body", "sealed"])
    return ["shared_summary"]
