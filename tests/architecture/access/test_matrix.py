"""Every address, as every role of two networks: the table in `policy` and nothing else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.architecture.access import things
from tests.architecture.access.crawl import Round, Visit
from tests.architecture.access.policy import POLICY
from tests.factories.people import NOW
from tests.world import NOBODY, THEIRS, World, routes
from throughline.core import clock

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FOUND = {200, 302, 403, 410, 422}
"""A page, a way on, a form that is refused. 403 is allauth's, to whoever has no second factor."""

OF_NO_NETWORK = {things.nothing, things.code, things.feed, things.place}
"""What is no thing of ours: nothing, a wrong code, a secret that needs no network, a public place."""


def test_every_address_says_for_whom_it_is():
    assert {name for name, _pattern in routes()} == set(POLICY)


def test_a_role_finds_and_does_what_the_policy_says_and_nothing_else(gone_round: Round):
    role, visits = gone_round.role, gone_round.visits

    assert [wrong for name in POLICY if (wrong := differs(role, name, visits[name]))] == []


def differs(role: str, name: str, visit: Visit) -> str:
    """Say how a visit differs from the policy, or nothing."""
    row = POLICY[name]
    is_there = role in row.there_for
    if is_there != (set(visit.statuses) <= FOUND and not _is_turned_away(role, visit)):
        return f"{name}: answers {visit.statuses}, the policy says {'there' if is_there else 'not there'}"
    if not is_there and not _finds_nothing(role, visit):
        return f"{name}: answers {visit.statuses} instead of 404"
    if visit.did != (role in (row.done_by or ())):
        return f"{name}: {'does' if visit.did else 'does not do'} it, against the policy"
    return ""


def _is_turned_away(role: str, visit: Visit) -> bool:
    return role == NOBODY and visit.is_asked_in


def _finds_nothing(role: str, visit: Visit) -> bool:
    return _is_turned_away(role, visit) or set(visit.statuses) == {404}


def test_nothing_of_ours_is_there_for_the_other_network():
    shared = [
        name
        for name, row in POLICY.items()
        if row.thing not in OF_NO_NETWORK and row.there_for & set(THEIRS)
    ]

    assert shared == []


def test_an_application_with_a_tie_is_not_there_for_its_reader(world: World):
    client = world.client("tied reviewer")
    tie = things.tie_of(world)
    with clock.at(NOW):
        page = client.get(reverse("admissions:review", args=things.tied_review(world)))
        listed = client.get(reverse("admissions:reviews")).content.decode()

    assert page.status_code == 404
    assert str(tie.application.engagement) not in listed
