"""Sixth act: convenings that have happened were attended; the next one is being answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from throughline.convenings.actions.check_in import check_in
from throughline.convenings.actions.close_event import close_event
from throughline.convenings.actions.confirm_seat import confirm_seat
from throughline.convenings.actions.place_event import place_event
from throughline.convenings.actions.publish_event import publish_event
from throughline.convenings.enums import EventState, Mode, SeatState
from throughline.convenings.models import Event, Seat
from throughline.core import chance
from throughline.meetings.actions import close_commitment, commit
from throughline.meetings.enums import Mark
from throughline.meetings.models import Commitment
from throughline.messaging.actions.compose_message import compose_message
from throughline.messaging.actions.release_message import release_message
from throughline.messaging.enums import Kind, MessageState
from throughline.messaging.jobs import deliver_due
from throughline.messaging.models import Message
from throughline.people.models import Person
from throughline.programs.models import Cohort
from throughline.programs.words import words_of
from throughline.rehearsal import words
from throughline.rehearsal.running import lead_of, replace_leader
from throughline.rehearsal.stage import Stage, playing
from throughline.teams.models import Team

ASKED_BEFORE = timedelta(days=80)
MISSED = {5: Mark.ABSENT, 11: Mark.PARTIAL, 17: Mark.EXCUSED}
"""Who of each twenty-three people misses a half-day or a part of it, the way life is."""
KEPT = 5
"""Of so many promises of a team all but one are kept by the next convening."""


def convene(stage: Stage) -> None:
    """Publish what is near, answer, attend; leave the next one half answered."""
    replaced = False
    for number, event in enumerate(events_of(stage)):
        if event.first_day is None:
            continue
        begins = stage.at(event.first_day, 8)
        if not replaced and not stage.has_come(begins):
            replace_leader(stage)
            replaced = True
        if not stage.has_come(begins - ASKED_BEFORE):
            continue
        with playing(max(begins - ASKED_BEFORE, stage.at(stage.cohort.starts_on, 12))) as now:
            publish_event(event, place_words=_place(event, number), by=stage.coordinator, now=now)
            _release(stage, event, now)
        _answer(stage, event, stage.has_come(begins))
        if stage.has_come(begins + timedelta(days=4)):
            _attend(stage, event)
            _promise(stage, event, number)
            _look_back(stage, event, number)


def hold_a_letter(stage: Stage) -> None:
    """Leave one message in the outbox: written, addressed and not yet released."""
    fellows = [lead_of(engagement) for engagement in stage.engagements]
    travels = Event.objects.filter(scope=stage.cohort.scope_id).exclude(mode=Mode.VIRTUAL).exists()
    key, subject, body = words.TRAVEL_LETTER if travels else words.SCREEN_LETTER
    with playing(stage.end - timedelta(hours=9)) as now:
        compose_message(
            stage.network,
            key=key,
            kind="action",
            subject=words_of(stage.version).fill(subject),
            body=body,
            to=fellows,
            scope=stage.cohort.scope,
            about=("programs.cohort", stage.cohort.ref),
            by=stage.coordinator,
            now=now,
        )


def place_all(stage: Stage, cohort: Cohort, now: datetime) -> None:
    """Find a place for each event, so that the cohort can be published."""
    events = Event.objects.filter(scope=cohort.scope_id).order_by("first_day", "pk")
    for number, event in enumerate(events):
        place_event(event, place_words=_place(event, number), by=stage.director, now=now)


def events_of(stage: Stage) -> list[Event]:
    """Return the events of the cohort by day."""
    return list(Event.objects.filter(scope=stage.cohort.scope_id).order_by("first_day", "pk"))


def _place(event: Event, number: int) -> str:
    if event.mode == Mode.VIRTUAL:
        return event.place_words or words.ON_SCREEN
    return event.place_words or words.PLACES[number % len(words.PLACES)]


def _release(stage: Stage, event: Event, now: datetime) -> None:
    """Let the invitation go an hour after it was written."""
    held = Message.objects.filter(about_key=event.ref, state=MessageState.HELD)
    for message in held.select_related("scope", "network"):
        release_message(message, by=stage.coordinator, now=now + timedelta(hours=1))
    deliver_due(now=now + timedelta(hours=1))


def _look_back(stage: Stage, event: Event, number: int) -> None:
    """Write to the leaders what a convening left behind."""
    last = event.blocks.select_related("occasion").latest("position").occasion
    with playing(last.ends_at + timedelta(days=2, hours=20)) as now:
        compose_message(
            stage.network,
            key=f"look-back:{event.ref}",
            kind=Kind.NEWS,
            subject=f"After “{event}”: notes, photographs and what comes next",
            body=words_of(stage.version).fill(words.LOOKING_BACK[number % len(words.LOOKING_BACK)]),
            to=[lead_of(engagement) for engagement in stage.engagements],
            scope=stage.cohort.scope,
            about=("convenings.event", event.ref),
            by=stage.coordinator,
            now=now,
        )
        _release(stage, event, now)


def _answer(stage: Stage, event: Event, is_over: bool) -> None:
    seats = Seat.objects.filter(event=event, state=SeatState.HELD).select_related("person")
    for number, seat in enumerate(seats.order_by("pk")):
        if not is_over and number % 3 == 2:
            continue
        assert event.first_day is not None  # noqa: S101 - published
        asked = stage.at(event.first_day, 9) - ASKED_BEFORE + timedelta(days=3, minutes=11 * number)
        with playing(min(asked, stage.end - timedelta(minutes=number + 1))) as now:
            coming = "no" if number % 11 == 10 else "yes"
            confirm_seat(seat, coming=coming, by=seat.person, now=now)


def _attend(stage: Stage, event: Event) -> None:
    blocks = event.blocks.select_related("occasion__scope", "event__scope").order_by("position")
    people = [
        seat.person
        for seat in Seat.objects.filter(event=event, state=SeatState.CONFIRMED)
        .select_related("person")
        .order_by("pk")
    ]
    last = stage.end
    for turn, block in enumerate(blocks):
        for number, person in enumerate(people):
            last = block.occasion.starts_at + timedelta(minutes=3, seconds=number)
            status = MISSED.get((number + 3 * turn) % 23, Mark.PRESENT)
            with playing(last) as now:
                check_in(
                    block, person, status=status,
                    minutes=block.occasion.minutes // 2 if status == Mark.PARTIAL else None,
                    tap=UUID(bytes=chance.token_bytes(16), version=4), by=stage.coordinator, now=now,
                )  # fmt: skip
    with playing(last + timedelta(days=2)) as now:
        event.refresh_from_db()
        if event.state != EventState.CLOSED:
            close_event(event, by=stage.coordinator, now=now)


def _promise(stage: Stage, event: Event, number: int) -> None:
    """Let each team say what it does until it meets again, and what came of the last promise."""
    last = event.blocks.select_related("occasion").latest("position").occasion
    active = Team.objects.filter(state="active", engagement__in=stage.engagements)
    with playing(last.starts_at + timedelta(minutes=last.minutes - 5)) as now:
        for place, team in enumerate(active.select_related("scope", "engagement").order_by("pk")):
            lead = lead_of(team.engagement)
            open_ones = Commitment.objects.filter(scope=team.scope_id, closed_at=None)
            for promise in open_ones.select_related("owner", "scope"):
                if (place + number) % KEPT:
                    outcome = words.OUTCOMES[(place + number) % len(words.OUTCOMES)]
                    close_commitment(promise, outcome=outcome, by=promise.owner, now=now)
            commit(
                team.scope, words=words.TEAM_STEPS[(2 * place + number) % len(words.TEAM_STEPS)],
                owner=_promiser(team, place, lead), due_on=last.day + timedelta(days=60 + place),
                by=lead, now=now, occasion=last,
            )  # fmt: skip


def _promiser(team: Team, place: int, lead: Person) -> Person:
    members = [one.person for one in team.memberships.filter(state="active").order_by("position")]
    known = [person for person in members if person is not None]
    return known[place % len(known)] if known else lead
