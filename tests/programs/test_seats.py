"""Places in a cohort: named, limited, never given twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from tests.factories.machines import Undone, play
from tests.factories.people import NOW, make_district, make_person, make_staff
from tests.factories.programs import blueprint_text, fellow_of, make_cohort, make_engagement
from throughline.audit.models import AuditEvent, AuditReason
from throughline.core.errors import BadInput, DomainError, NotAllowed, WrongState
from throughline.programs.actions.begin_engagement import begin_engagement
from throughline.programs.actions.take_seat import free_seat, take_seat
from throughline.programs.models import Cohort, CohortSeat, DistrictEngagement

pytestmark = pytest.mark.django_db


def small_cohort(places: int = 2) -> Cohort:
    """A cohort with this many places."""
    return make_cohort(source=blueprint_text().replace("\nmax = 12", f"\nmax = {places}", 1))


def seat_somebody(cohort: Cohort, **fields: Any) -> CohortSeat:
    return take_seat(
        cohort, person=make_person(cohort.network), **{"by": None, "now": NOW, **fields}
    )


def fill(cohort: Cohort) -> None:
    for _ in range(cohort.seats.count()):
        seat_somebody(cohort)


def test_seats_are_taken_in_order_and_once_per_district():
    engagement = make_engagement()
    cohort = engagement.cohort

    first = take_seat(cohort, engagement=engagement, by=fellow_of(engagement), now=NOW)
    again = take_seat(cohort, engagement=engagement, by=None, now=NOW)
    second = seat_somebody(cohort)

    assert (first.number, again, second.number) == (1, first, 2)
    assert AuditEvent.objects.filter(verb="seated").count() == 2


@pytest.mark.requirement("RELN-03")
def test_the_thirteenth_seat_is_refused():
    cohort = make_cohort()
    fill(cohort)

    with pytest.raises(WrongState, match="All 12 seats are taken"):
        seat_somebody(cohort)

    assert cohort.seats.count() == 12


@pytest.mark.requirement("RELN-03")
def test_staff_add_a_thirteenth_seat_with_a_reason_that_stays():
    cohort = make_cohort()
    director = make_staff(cohort.network)
    fill(cohort)

    seat = seat_somebody(cohort, by=director, extra_reason="Two districts merge in July.")

    assert (seat.number, seat.is_extra, seat.extra_by) == (13, True, director)
    assert seat.extra_reason == "Two districts merge in July."
    assert AuditReason.objects.get().words == "Two districts merge in July."


@pytest.mark.requirement("RELN-03")
def test_nobody_else_adds_a_seat_whatever_the_reason():
    cohort = make_cohort()
    fill(cohort)
    engagement = make_engagement(cohort)

    with pytest.raises(NotAllowed, match="Only the host's staff can add a seat"):
        take_seat(
            cohort, engagement=engagement, by=fellow_of(engagement), now=NOW, extra_reason="Please."
        )


def test_a_program_that_allows_no_more_seats_adds_none():
    text = blueprint_text().replace("\nmax = 12", "\nmax = 1", 1)
    cohort = make_cohort(source=text.replace('"refuse unless overridden"', '"refuse"'))
    fill(cohort)

    with pytest.raises(NotAllowed, match="allows no more"):
        seat_somebody(cohort, by=make_staff(cohort.network), extra_reason="Please.")


def test_a_leader_takes_no_seat_before_it_is_offered():
    engagement = make_engagement(state="applying")

    with pytest.raises(NotAllowed, match="was not offered"):
        take_seat(engagement.cohort, engagement=engagement, by=fellow_of(engagement), now=NOW)


def test_strangers_seat_nobody():
    engagement = make_engagement()
    stranger = make_person(engagement.network)

    with pytest.raises(NotAllowed):
        take_seat(engagement.cohort, engagement=engagement, by=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        take_seat(engagement.cohort, person=stranger, by=stranger, now=NOW)


def test_a_seat_has_exactly_one_holder_of_this_cohort():
    cohort, elsewhere = make_cohort(), make_engagement()

    with pytest.raises(BadInput, match="one district or one person"):
        take_seat(cohort, by=None, now=NOW)
    with pytest.raises(BadInput, match="another cohort"):
        take_seat(cohort, engagement=elsewhere, by=None, now=NOW)
    with pytest.raises(BadInput, match="another network"):
        take_seat(cohort, person=make_person(elsewhere.network), by=None, now=NOW)


def test_a_freed_seat_is_free_again_and_freeing_twice_is_harmless():
    cohort = small_cohort()
    seat = seat_somebody(cohort)
    stale = CohortSeat.objects.get(pk=seat.pk)

    free_seat(seat, by=None, now=NOW)
    follower = seat_somebody(cohort)
    free_seat(stale, by=None, now=NOW)

    assert follower.number == 1
    follower.refresh_from_db()
    assert follower.is_taken
    assert AuditEvent.objects.filter(verb="freed").count() == 1


def test_an_extra_seat_goes_away_with_its_holder():
    cohort = small_cohort(1)
    director = make_staff(cohort.network)
    fill(cohort)
    extra = seat_somebody(cohort, by=director, extra_reason="Late.")

    free_seat(extra, by=director, now=NOW)

    assert list(cohort.seats.values_list("number", "is_extra")) == [(1, False)]


def test_a_seat_that_falls_free_beside_an_extra_one_is_not_given_without_a_reason():
    cohort = small_cohort(2)
    director = make_staff(cohort.network)
    fill(cohort)
    seat_somebody(cohort, by=director, extra_reason="Late.")

    free_seat(cohort.seats.get(number=1), by=director, now=NOW)

    with pytest.raises(WrongState, match="All 2 seats are taken"):
        seat_somebody(cohort)


def test_the_database_refuses_what_the_rules_forbid():
    engagement = make_engagement()
    cohort = engagement.cohort
    take_seat(cohort, engagement=engagement, by=None, now=NOW)
    seats = CohortSeat.objects.filter(cohort=cohort)
    person = make_person(cohort.network)
    forbidden = [
        lambda: seats.filter(number=2).update(engagement=engagement),
        lambda: seats.filter(number=2).update(number=1),
        lambda: seats.filter(number=1).update(person=person),
        lambda: seats.filter(number=2).update(is_extra=True),
        lambda: seats.filter(number__in=[2, 3]).update(person=person),
    ]

    for attempt in forbidden:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()


class TwoTabs(Undone):
    """Two members of staff with stale pages seat districts, retry, and free seats."""

    def __init__(self) -> None:
        super().__init__()
        self.cohort = small_cohort(3)
        self.director = make_staff(self.cohort.network)
        self.districts: list[DistrictEngagement] = [
            begin_engagement(
                self.cohort, make_district(self.cohort.network), state="offered", by=None, now=NOW
            )
            for _ in range(5)
        ]
        self.stale: list[CohortSeat] = list(self.cohort.seats.all())
        self.reasons = 0

    @rule(
        district=st.integers(0, 4), times=st.integers(1, 2), reason=st.sampled_from(["", "Late."])
    )
    def seat(self, district: int, times: int, reason: str) -> None:
        for _ in range(times):
            try:
                seat = take_seat(
                    self.cohort,
                    engagement=self.districts[district],
                    by=self.director,
                    now=NOW,
                    extra_reason=reason,
                )
            except DomainError:
                continue
            self.stale.append(seat)

    @rule(which=st.integers(0, 200))
    def free(self, which: int) -> None:
        seat = self.stale[which % len(self.stale)]
        if seat.is_taken:
            free_seat(seat, by=self.director, now=NOW)

    @invariant()
    def no_seat_is_spent_twice(self) -> None:
        taken = [seat for seat in self.cohort.seats.all() if seat.is_taken]
        holders = [seat.engagement_id for seat in taken]
        assert len(holders) == len(set(holders))
        extra = [seat for seat in taken if seat.is_extra]
        assert all(seat.extra_reason and seat.extra_by_id for seat in extra)
        assert len(taken) - len(extra) <= 3


@pytest.mark.slow
def test_no_order_of_two_stale_tabs_spends_a_seat_twice():
    play(TwoTabs, runs=12, steps=12)
