"""The host's staff name the coaches of their network."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.conftest import TwoNetworks
from tests.factories.coaching import make_coach, make_coaching
from tests.factories.counting import queries_of
from tests.factories.people import NOW, make_person
from tests.factories.programs import make_cohort, make_engagement
from throughline.coaching.actions import name_coach
from throughline.coaching.models import Coach
from throughline.core.errors import BadInput, NotAllowed
from throughline.people.actions import add_person
from throughline.people.models import Person

SignIn = Callable[[Person | None], Client]
FORM = {
    "full_name": "Ottoline Quarry",
    "email": "ottoline@coaches.example",
    "belongs": "mentor",
    "is_former_superintendent": "on",
    "load_cap": "4",
}


def test_staff_name_somebody_new_and_twice_is_once(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    client = as_person(two_networks.our_director)

    empty = client.get("/coaching/coaches/").content.decode()
    sent = [client.post("/coaching/coaches/", FORM).status_code for _time in range(2)]
    listed = client.get("/coaching/coaches/").content.decode()

    coach = Coach.objects.get()
    assert "no coaches yet" in empty
    assert sent == [302, 302]
    assert (str(coach), coach.belongs, coach.is_former_superintendent, coach.load_cap) == (
        "Ottoline Quarry", "mentor", True, 4,
    )  # fmt: skip
    assert coach.network == two_networks.ours
    assert "0 of 4" in listed


def test_who_has_the_address_already_becomes_the_coach(two_networks: TwoNetworks) -> None:
    known = add_person(
        two_networks.ours, full_name="Ottoline Quarry", email="Ottoline@Coaches.example", by=None,
        now=NOW,
    )  # fmt: skip

    coach = name_coach(
        full_name="O. Quarry", email="ottoline@coaches.example", by=two_networks.our_director,
        now=NOW,
    )  # fmt: skip

    assert (coach.person, str(coach)) == (known, "Ottoline Quarry")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"full_name": " "}, "full_name"),
        ({"email": " "}, "email"),
        ({"belongs": "wizard"}, "belongs"),
        ({"load_cap": 0}, "load_cap"),
        ({"load_cap": 31}, "load_cap"),
    ],
)
def test_a_coach_who_is_not_described_is_not_named(
    two_networks: TwoNetworks, wrong: dict[str, Any], field: str
) -> None:
    given = {"full_name": "Ottoline Quarry", "email": "ottoline@coaches.example", "load_cap": 6}

    with pytest.raises(BadInput) as refused:
        name_coach(**{**given, **wrong}, by=two_networks.our_director, now=NOW)

    assert refused.value.field == field
    assert not Coach.objects.exists()


def test_a_minor_is_not_named(two_networks: TwoNetworks) -> None:
    add_person(
        two_networks.ours, full_name="A Student", email="student@school.example", by=None, now=NOW,
        is_minor=True,
    )  # fmt: skip

    with pytest.raises(BadInput, match="minor"):
        name_coach(
            full_name="A Student", email="student@school.example", by=two_networks.our_director,
            now=NOW,
        )  # fmt: skip


def test_nobody_but_staff_names_coaches(two_networks: TwoNetworks, as_person: SignIn) -> None:
    coach = make_coach(two_networks.ours).person

    with pytest.raises(NotAllowed):
        name_coach(full_name="A Friend", email="friend@coaches.example", by=coach, now=NOW)
    found = [
        as_person(person).get("/coaching/coaches/").status_code
        for person in (coach, make_person(two_networks.ours))
    ]

    assert found == [404, 404]
    assert Coach.objects.count() == 1


def test_a_form_with_a_mistake_keeps_what_was_typed(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    client = as_person(two_networks.our_director)

    page = client.post("/coaching/coaches/", FORM | {"load_cap": "none", "email": "ottoline"})

    assert page.status_code == 422
    words = page.content.decode()
    for expected in ("Ottoline Quarry", "Enter an e-mail address like", "load_cap"):
        assert expected in words


def test_coaches_of_another_network_are_not_listed(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    theirs = make_coach(two_networks.theirs)

    page = as_person(two_networks.our_director).get("/coaching/coaches/").content.decode()

    assert str(theirs) not in page


def test_the_list_takes_the_same_queries_however_long_it_is(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    cohort = make_cohort(two_networks.ours)
    client = as_person(two_networks.our_director)

    counts = []
    for _more in range(3):
        make_coaching(make_engagement(cohort))
        counts.append(queries_of(client, "/coaching/coaches/"))

    assert counts[0] == counts[2]
