"""The ledger under stale readers, retries and people who book at the same moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from tests.factories.ledger import make_entitlement, make_entry, make_promise
from tests.factories.machines import Undone, play
from tests.factories.people import NOW, make_staff
from tests.factories.programs import fellow_of, make_engagement
from tests.factories.threads import at_once
from throughline.core.errors import DomainError
from throughline.ledger.actions.answer_add_on import answer_add_on
from throughline.ledger.actions.ask_for_more import ask_for_more
from throughline.ledger.actions.close_period import close_period
from throughline.ledger.actions.open_entitlement import open_entitlement
from throughline.ledger.actions.reverse import reverse
from throughline.ledger.enums import EntryKind
from throughline.ledger.models import AddOn, Entitlement, Entry
from throughline.ledger.rules import Sums, sums_of

LATER = datetime(2026, 9, 1, 12, tzinfo=UTC)
"""Two weeks after the first quarter of the factory's cohort, and more: it can be closed."""


class TwoReaders(Undone):
    """Two people with stale pages of two quarters book, deliver, release, retry, correct and add.

    Between them a day passes on which the first quarter is closed.
    """

    def __init__(self) -> None:
        super().__init__()
        engagement = make_engagement()
        promise = make_promise(engagement.cohort, period="quarter", quantity=300, carry="2 hours")
        self.quarters = open_entitlement(
            promise, scope=engagement.scope, engagement=engagement, by=None, now=NOW
        )[:2]
        self.director, self.leader = make_staff(engagement.network), fellow_of(engagement)
        self.pages = [
            [Entitlement.objects.get(pk=one.pk) for one in self.quarters] for _person in range(2)
        ]
        self.asked: list[AddOn] = []
        self.seen: Mapping[int, tuple[object, ...]] = {}

    def stale(self, page: int, quarter: int) -> Entitlement:
        return self.pages[page][quarter]

    @rule(
        page=st.integers(0, 1),
        quarter=st.integers(0, 1),
        kind=st.sampled_from(["scheduled", "delivered", "unscheduled"]),
        session=st.integers(1, 5),
        minutes=st.sampled_from([60, 90, 120]),
        times=st.integers(1, 2),
        reason=st.sampled_from(["", "", "Agreed with the director."]),
    )
    def book(
        self,
        page: int,
        quarter: int,
        kind: str,
        session: int,
        minutes: int,
        times: int,
        reason: str,
    ) -> None:
        for _ in range(times):
            try:
                make_entry(
                    self.stale(page, quarter), minutes, kind=kind,
                    source=f"tests.session:{quarter}:{session}", by=self.director,
                    overrun_reason=reason,
                )  # fmt: skip
            except DomainError:
                return

    @rule(which=st.integers(0, 50), times=st.integers(1, 2))
    def correct(self, which: int, times: int) -> None:
        entries = list(Entry.objects.filter(entitlement__in=self.quarters))
        for _ in range(times):
            try:
                reverse(entries[which % len(entries)], reason="Wrong.", by=self.director, now=NOW)
            except DomainError:
                return

    @rule(page=st.integers(0, 1), quarter=st.integers(0, 1), minutes=st.sampled_from([30, 90]))
    def ask(self, page: int, quarter: int, minutes: int) -> None:
        stale = self.stale(page, quarter)
        self.asked.append(
            ask_for_more(stale, quantity=minutes, reason="More.", by=self.leader, now=NOW)
        )

    @precondition(lambda self: self.asked)
    @rule(which=st.integers(0, 20), grant=st.booleans(), times=st.integers(1, 2))
    def answer(self, which: int, grant: bool, times: int) -> None:
        """Answer from a page that may show a question answered long ago."""
        for _ in range(times):
            try:
                answer_add_on(
                    self.asked[which % len(self.asked)], grant=grant, answer="Not now.",
                    by=self.director, now=NOW,
                )  # fmt: skip
            except DomainError:
                return

    @rule()
    def take_a_lapse_back(self) -> None:
        lapsed = (
            Entry.objects.standing().filter(entitlement=self.quarters[0], kind="expired").last()
        )
        if lapsed is not None:
            reverse(lapsed, reason="It was too early.", by=self.director, now=NOW)

    @rule(page=st.integers(0, 1), times=st.integers(1, 2))
    def close(self, page: int, times: int) -> None:
        for _ in range(times):
            close_period(self.stale(page, 0), by=None, now=LATER)

    @invariant()
    def the_balance_is_what_the_entries_say(self) -> None:
        found = sums_of([one.pk for one in self.quarters])
        for quarter in self.quarters:
            entries = list(Entry.objects.filter(entitlement=quarter).order_by("pk"))
            gone = {entry.reverses_id for entry in entries}
            standing = [e for e in entries if e.kind != "reversed" and e.pk not in gone]
            total = {
                kind: sum(entry.quantity for entry in standing if entry.kind == kind)
                for kind in EntryKind.values
            }
            sums = found.get(quarter.pk, Sums())
            assert sums == Sums(
                granted=total["granted"] + total["carried"],
                delivered=total["delivered"],
                scheduled=total["scheduled"] - total["unscheduled"],
                expired=total["expired"],
                carried=total["carried"],
            )
            assert len({(entry.source, entry.kind) for entry in entries}) == len(entries)
            assert sums.free >= 0 or any(entry.overrun_reason for entry in standing)
            assert sums.carried <= 120

    @invariant()
    def history_is_only_added_to(self) -> None:
        entries = Entry.objects.filter(entitlement__in=self.quarters)
        now = {
            row[0]: row[1:]
            for row in entries.values_list(
                "pk", "entitlement", "kind", "quantity", "source", "reverses", "overrun_reason"
            )
        }
        assert {pk: now.get(pk) for pk in self.seen} == self.seen
        self.seen = now

    @invariant()
    def what_was_granted_beyond_the_promise_has_its_entry_once(self) -> None:
        granted = AddOn.objects.filter(entitlement__in=self.quarters, state="granted")
        assert all(one.entry is not None and one.entry.quantity == one.quantity for one in granted)
        sources = Entry.objects.filter(source__startswith="ledger.add_on:", kind="granted")
        assert sources.count() == granted.count()


@pytest.mark.slow
@pytest.mark.django_db
def test_no_order_of_two_stale_readers_spends_an_entitlement_twice():
    play(TwoReaders, runs=12, steps=15)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_ten_people_booking_at_once_book_no_more_than_there_is():
    entitlement = make_entitlement(quantity=480)

    results = at_once(
        [
            partial(make_entry, entitlement, 90, source=f"tests.session:{number}")
            for number in range(10)
        ]
    )

    assert sum(isinstance(one, Entry) for one in results) == 5
    assert sums_of([entitlement.pk])[entitlement.pk].free == 30


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_press_sent_eight_times_at_once_books_once():
    entitlement = make_entitlement(quantity=480)

    results = at_once([partial(make_entry, entitlement, 90, source="tests.session:1")] * 8)

    assert len({one.pk for one in results if isinstance(one, Entry)}) == 1
    assert sums_of([entitlement.pk])[entitlement.pk].delivered == 90


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_correction_sent_eight_times_at_once_is_written_once():
    entry = make_entry(make_entitlement(quantity=480), 90, source="tests.session:1")

    results = at_once([partial(reverse, entry, reason="Wrong.", by=None, now=NOW)] * 8)

    assert len({one.pk for one in results if isinstance(one, Entry)}) == 1
    assert sums_of([entry.entitlement_id])[entry.entitlement_id].delivered == 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_grant_is_not_taken_back_while_it_is_being_used():
    entitlement = make_entitlement(quantity=120)
    granted = Entry.objects.get(entitlement=entitlement, kind="granted")

    at_once(
        [
            partial(make_entry, entitlement, 120, source="tests.session:1"),
            partial(reverse, granted, reason="Wrong.", by=None, now=NOW),
        ]
        * 4
    )

    assert sums_of([entitlement.pk]).get(entitlement.pk, Sums()).free == 0
