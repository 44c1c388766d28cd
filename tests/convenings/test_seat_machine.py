"""Whatever stale tabs, an assistant, two devices and retries do: no half-day is spent twice."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import strategies as some
from hypothesis.stateful import invariant, rule

from tests.factories.convenings import make_event, seat_of_fellow
from tests.factories.machines import Undone, play
from tests.factories.people import NOW, make_person
from throughline.convenings.actions import check_in, confirm_seat
from throughline.convenings.enums import TAKEN
from throughline.convenings.models import Block, Event, Seat, SeatBlock
from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.ledger.models import Entry
from throughline.ledger.rules import Sums, sums_of
from throughline.meetings.models import Attendance, Reply
from throughline.people.actions import delegate
from throughline.people.enums import Verb
from throughline.people.models import Person

TABS, DEVICES = 2, 2
coming = some.sampled_from(["yes", "no", "one_day"])


class Seats(Undone):
    """A fellow and her assistant answer in old tabs; at the door two devices mark her."""

    event: ClassVar[Event]
    assistant: ClassVar[Person]

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = NOW
        self.seat = seat_of_fellow(self.event)
        self.fellow = self.seat.person
        self.tabs = [self._tab() for _ in range(TABS)]
        self.devices = [self._blocks() for _ in range(DEVICES)]
        self.last: tuple[int, str, bool] | None = None

    def _tab(self) -> Seat:
        return Seat.objects.select_related("event__scope__cohort", "person").get(pk=self.seat.pk)

    def _blocks(self) -> list[Block]:
        blocks = Block.objects.filter(event=self.event).select_related(
            "event__scope", "occasion__scope"
        )
        return list(blocks.order_by("position"))

    @rule(tab=some.integers(0, TABS - 1), answer=coming, is_assistant=some.booleans())
    def answer(self, tab: int, answer: str, is_assistant: bool) -> None:
        self.last = (tab, answer, is_assistant)
        by = Person.objects.get(pk=(self.assistant if is_assistant else self.fellow).pk)
        with clock.at(self.now):
            try:
                with transaction.atomic():
                    confirm_seat(
                        self.tabs[tab], coming=answer, day=self.event.last_day, by=by, now=self.now
                    )
            except DomainError:
                self.tabs[tab] = self._tab()

    @rule()
    def send_the_last_answer_again(self) -> None:
        if self.last is not None:
            self.answer(*self.last)

    @rule(
        device=some.integers(0, DEVICES - 1),
        half_day=some.integers(0, 3),
        status=some.sampled_from(["present", "remote", "absent", "excused"]),
        tap=some.integers(0, 3),
    )
    def mark(self, device: int, half_day: int, status: str, tap: int) -> None:
        block = self.devices[device][half_day]
        self.now = max(self.now, block.occasion.starts_at)
        with clock.at(self.now):
            try:
                with transaction.atomic():
                    check_in(
                        block, self.fellow, status=status, tap=UUID(int=4 * half_day + tap + 1, version=4),
                        by=None, now=self.now,
                    )  # fmt: skip
            except DomainError:
                return

    @invariant()
    def the_ledger_holds_what_is_expected_and_what_was_attended(self) -> None:
        half_days = list(SeatBlock.objects.filter(seat=self.seat))
        booked = [one for one in half_days if one.scheduled_entry_id]
        there = Attendance.objects.filter(person=self.fellow, status__in=["present", "remote"])
        held = Entry.objects.filter(entitlement__holder_person=self.fellow, kind="granted")
        sums = sums_of([one.entitlement_id for one in held])
        total = [
            one for pk, one in sums.items() if Entry.objects.filter(
                entitlement=pk, source__startswith="convenings.half_day"
            ).exists()
        ] or [Sums()]  # fmt: skip
        assert sum(one.scheduled for one in total) == len(booked)
        assert sum(one.delivered for one in total) == there.count()
        assert all(one.free >= 0 for one in total)

    @invariant()
    def seats_are_counted_as_they_are_taken(self) -> None:
        taken = Seat.objects.filter(event=self.event, state__in=TAKEN).count()
        assert Event.objects.get(pk=self.event.pk).seats_taken == taken

    @invariant()
    def there_is_one_reply_and_one_mark_for_a_half_day(self) -> None:
        for kept in (Reply, Attendance):
            rows = list(kept.objects.filter(person=self.fellow).values_list("occasion", flat=True))
            assert len(rows) == len(set(rows))


@pytest.mark.slow
@pytest.mark.django_db
def test_no_half_day_is_ever_booked_or_delivered_twice():
    event = make_event()
    fellow = seat_of_fellow(event).person
    Seats.event, Seats.assistant = event, make_person(event.network)
    registration = event.registrations.select_related("engagement__scope").get()
    delegate(
        fellow, Seats.assistant, registration.engagement.scope, [Verb.REPLY, Verb.BOOK],
        by=fellow, now=NOW,
    )  # fmt: skip

    play(Seats, runs=25, steps=12)
