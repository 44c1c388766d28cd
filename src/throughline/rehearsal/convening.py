"""Sixth act: convenings that have happened were attended; the next one is being answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from throughline.convenings.actions.check_in import check_in
from throughline.convenings.actions.close_event import close_event
from throughline.convenings.actions.confirm_seat import confirm_seat
from throughline.convenings.actions.place_event import place_event
from throughline.convenings.actions.publish_event import publish_event
from throughline.convenings.enums import EventState, SeatState
from throughline.convenings.models import Event, Seat
from throughline.core import chance
from throughline.messaging.actions.compose_message import compose_message
from throughline.programs.models import Cohort
from throughline.rehearsal import words
from throughline.rehearsal.running import lead_of, replace_leader
from throughline.rehearsal.stage import Stage, playing

ASKED_BEFORE = timedelta(days=80)
ABSENT = 5
"""Every so many-th seat misses a half-day, the way life is."""


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
        _answer(stage, event, stage.has_come(begins))
        if stage.has_come(begins + timedelta(days=4)):
            _attend(stage, event)


def hold_a_letter(stage: Stage) -> None:
    """Leave one message in the outbox: written, addressed and not yet released."""
    fellows = [lead_of(engagement) for engagement in stage.engagements]
    with playing(stage.end - timedelta(hours=9)) as now:
        compose_message(
            stage.network,
            key="book-your-travel",
            kind="action",
            subject="Book your travel to the next convening",
            body="Dear {person.name}, it takes about ten minutes, and your assistant can do it.",
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
    return event.place_words or words.PLACES[number % len(words.PLACES)]


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
            missing = (number + 3 * turn) % 23 == ABSENT
            with playing(last) as now:
                check_in(
                    block, person, status="absent" if missing else "present",
                    tap=UUID(bytes=chance.token_bytes(16), version=4), by=stage.coordinator, now=now,
                )  # fmt: skip
    with playing(last + timedelta(days=2)) as now:
        event.refresh_from_db()
        if event.state != EventState.CLOSED:
            close_event(event, by=stage.coordinator, now=now)
