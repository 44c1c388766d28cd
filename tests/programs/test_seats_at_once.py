"""Seats while several people press at the same moment, on SQLite and PostgreSQL."""

from __future__ import annotations

from functools import partial

import pytest

from tests.factories.people import NOW, make_person
from tests.factories.programs import blueprint_text, make_cohort
from tests.factories.threads import at_once
from throughline.core.errors import DomainError
from throughline.programs.actions.take_seat import take_seat

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.requirement("RELN-03")
def test_eight_people_at_once_get_the_three_seats_that_there_are():
    cohort = make_cohort(source=blueprint_text().replace("\nmax = 12", "\nmax = 3", 1))
    people = [make_person(cohort.network) for _ in range(8)]

    results = at_once([partial(take_seat, cohort, person=one, by=None, now=NOW) for one in people])

    refused = [one for one in results if isinstance(one, DomainError)]
    assert len(refused) == 5
    assert sorted(seat.number for seat in cohort.seats.all() if seat.is_taken) == [1, 2, 3]
    assert cohort.seats.values("person").distinct().count() == 3


def test_one_person_pressing_eight_times_at_once_gets_one_seat():
    cohort = make_cohort()
    person = make_person(cohort.network)

    results = at_once([lambda: take_seat(cohort, person=person, by=None, now=NOW)] * 8)

    assert len({seat.pk for seat in results}) == 1  # type: ignore[attr-defined]
