"""The ledger under stale readers, retries and people who book at the same moment."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from tests.factories.ledger import make_entitlement, make_entry
from tests.factories.machines import Undone, play
from tests.factories.people import NOW, make_staff
from tests.factories.programs import make_engagement
from tests.factories.threads import at_once
from throughline.core.errors import DomainError
from throughline.ledger.actions.reverse import reverse
from throughline.ledger.models import Entitlement, Entry
from throughline.ledger.rules import Sums, sums_of


class TwoReaders(Undone):
    """Two people with stale pages book, deliver, release, retry and correct."""

    def __init__(self) -> None:
        super().__init__()
        engagement = make_engagement()
        entitlement = make_entitlement(engagement, quantity=300)
        self.director = make_staff(engagement.network)
        self.pages = [Entitlement.objects.get(pk=entitlement.pk) for _ in range(2)]
        self.entitlement = entitlement

    @rule(
        page=st.integers(0, 1),
        kind=st.sampled_from(["scheduled", "delivered", "unscheduled"]),
        session=st.integers(1, 5),
        minutes=st.sampled_from([60, 90, 120]),
        times=st.integers(1, 2),
        reason=st.sampled_from(["", "", "Agreed with the director."]),
    )
    def book(
        self, page: int, kind: str, session: int, minutes: int, times: int, reason: str
    ) -> None:
        for _ in range(times):
            try:
                make_entry(
                    self.pages[page], minutes, kind=kind, source=f"tests.session:{session}",
                    by=self.director, overrun_reason=reason,
                )  # fmt: skip
            except DomainError:
                return

    @rule(which=st.integers(0, 50), times=st.integers(1, 2))
    def correct(self, which: int, times: int) -> None:
        entries = list(Entry.objects.filter(entitlement=self.entitlement))
        for _ in range(times):
            try:
                reverse(entries[which % len(entries)], reason="Wrong.", by=self.director, now=NOW)
            except DomainError:
                return

    @invariant()
    def the_balance_is_what_the_entries_say(self) -> None:
        entries = list(Entry.objects.filter(entitlement=self.entitlement).order_by("pk"))
        gone = {entry.reverses_id for entry in entries}
        standing = [e for e in entries if e.kind != "reversed" and e.pk not in gone]
        total = {
            kind: sum(entry.quantity for entry in standing if entry.kind == kind)
            for kind in ("granted", "scheduled", "unscheduled", "delivered")
        }
        sums = sums_of([self.entitlement.pk]).get(self.entitlement.pk, Sums())
        assert sums == Sums(
            granted=total["granted"],
            delivered=total["delivered"],
            scheduled=total["scheduled"] - total["unscheduled"],
        )
        assert len({(entry.source, entry.kind) for entry in entries}) == len(entries)
        assert sums.free >= 0 or any(entry.overrun_reason for entry in standing)


@pytest.mark.slow
@pytest.mark.django_db
def test_no_order_of_two_stale_readers_spends_an_entitlement_twice():
    play(TwoReaders, runs=20, steps=15)


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
