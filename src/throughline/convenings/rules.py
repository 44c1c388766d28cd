"""Who may plan, publish, register, answer and check in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from throughline.convenings.enums import EventState, Mode
from throughline.convenings.models import Block, Event, Seat
from throughline.core.decision import YES, Decision, no
from throughline.meetings.rules import can_reply
from throughline.people.enums import STAFF_ROLES, Verb
from throughline.people.models import Person, Scope
from throughline.people.rights import delegated
from throughline.programs.enums import SEATED_STATES
from throughline.programs.models import DistrictEngagement
from throughline.programs.rules import leads
from throughline.ui import spelling


def can_staff(by: Person | None, scope: Scope) -> Decision:
    """Staff of the cohort, or of what lies above it; the system may always."""
    if by is None or by.holds(scope, *STAFF_ROLES):
        return YES
    return no(_("Only the host's staff can do this."))


def missing(event: Event) -> Sequence[str]:
    """Return what an event still needs before it can be published."""
    wanted = []
    if event.first_day is None:
        wanted.append(_("days"))
    if event.mode != Mode.VIRTUAL and not event.place_words.strip():
        wanted.append(_("a place"))
    return wanted


def can_publish(by: Person | None, event: Event) -> Decision:
    """Staff publish an event that has its days and its place."""
    if not (decision := can_staff(by, event.scope)):
        return decision
    if wanted := missing(event):
        return no(
            _("%(event)s still needs %(what)s before it can be published.")
            % {"event": event.called, "what": _(" and ").join(wanted)}
        )
    return YES


def can_book(by: Person | None, engagement: DistrictEngagement) -> Decision:
    """The district's leader, the assistant whom she named or staff book for a district."""
    if can_staff(by, engagement.scope) or (by is not None and leads(by, engagement.scope_id)):
        return YES
    refusal = no(_("Only the leader of this district, or the assistant she named, can book."))
    return delegated(by, engagement.scope, Verb.BOOK, refusal) if by else refusal


def can_register(by: Person | None, event: Event, engagement: DistrictEngagement) -> Decision:
    """Who books for a district books seats at a published event of its cohort."""
    if engagement.cohort.scope_id != event.scope_id:
        return no(_("This district is not in the cohort that meets there."))
    if engagement.state not in SEATED_STATES:
        return no(_("Only districts of the cohort have seats there."))
    if event.state not in {EventState.PUBLISHED, EventState.HAPPENED}:
        return no(_("Seats can be booked once the event is published and until it is closed."))
    return can_book(by, engagement)


def can_answer(by: Person | None, seat: Seat, block: Block) -> Decision:
    """She, the assistant who answers for her, or staff say whether she comes, until it begins."""
    if seat.event.state != EventState.PUBLISHED:
        return no(_("Answers can be changed until it begins. Tell the registration desk."))
    return can_reply(by, block.occasion, seat.person)


def can_check_in(by: Person | None, block: Block, now: datetime) -> Decision:
    """Staff mark who is here, from the morning of the day until the event is closed."""
    if not (decision := can_staff(by, block.event.scope)):
        return decision
    if block.event.state not in {EventState.PUBLISHED, EventState.HAPPENED}:
        return no(_("Check-in is open while an event is published and not yet closed."))
    occasion = block.occasion
    if now.astimezone(ZoneInfo(occasion.zone)).date() < occasion.day:
        day = spelling.day(occasion.day)
        return no(_("Check-in opens on %(day)s.") % {"day": day})
    return YES
