"""What a blueprint promises, and what a district gets of it when it begins."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.factories.ledger import make_entry, make_promise, open_promises
from tests.factories.people import NOW, make_person
from tests.factories.programs import fellow_of, make_cohort, make_engagement
from throughline.core.errors import NotAllowed, WrongState
from throughline.ledger.actions.make_promises import make_promises
from throughline.ledger.actions.open_engagement import open_engagement
from throughline.ledger.actions.open_entitlement import add_months, open_entitlement
from throughline.ledger.enums import Overrun, Per, Unit
from throughline.ledger.models import Entitlement, Entry, Promise
from throughline.ledger.queries import balances, entitlement_drawing, entitlement_for
from throughline.ledger.rules import in_words
from throughline.people.actions import give_role
from throughline.people.enums import Role
from throughline.people.models import Person
from throughline.programs.actions.succeed import succeed
from throughline.programs.enums import EngagementState

pytestmark = pytest.mark.django_db


def test_a_cohort_makes_the_promises_of_its_blueprint_once():
    cohort = make_cohort()

    make_promises(cohort, None, NOW)

    promised = Promise.objects.filter(cohort=cohort).exclude(kind="cost")
    assert list(promised.values_list("key", "label", "unit", "quantity", "per", "overrun")) == [
        ("convening-days", "10 days of network convenings", Unit.HALF_DAYS, 20, Per.PERSON,
         Overrun.ALLOW),
        ("services", "Services on request", Unit.MINUTES, None, Per.ENGAGEMENT, Overrun.ASK),
        ("events", "Events on request", Unit.SESSIONS, None, Per.PERSON, Overrun.ALLOW),
    ]  # fmt: skip


def test_costs_are_covered_for_each_fellow_and_nobody_else():
    cohort = make_cohort()

    covered = Promise.objects.filter(cohort=cohort, kind="cost")

    assert list(covered.values_list("label", "per", "role")) == [
        ("Travel is covered", Per.PERSON, Role.FELLOW),
        ("Lodging is covered", Per.PERSON, Role.FELLOW),
        ("Meals are covered", Per.PERSON, Role.FELLOW),
        ("Learning materials are covered", Per.PERSON, Role.FELLOW),
    ]


def test_a_district_begins_together_with_what_it_was_promised():
    engagement = make_engagement(state="offered")
    fellow = fellow_of(engagement)

    opened = open_engagement(engagement, fellows=[fellow], by=fellow, now=NOW)
    again = open_engagement(engagement, fellows=[fellow], by=fellow, now=NOW)

    assert (engagement.state, [one.pk for one in again]) == (
        EngagementState.ACTIVE, [one.pk for one in opened],
    )  # fmt: skip
    granted = Entry.objects.filter(kind="granted")
    assert list(granted.values_list("quantity", "entitlement__holder_person")) == [(20, fellow.pk)]
    assert [
        (one.promise_key, one.granted, one.remaining) for one in balances(fellow, engagement.cohort)
    ][:3] == [("convening-days", 20, 20), ("services", None, None), ("events", None, None)]


def test_nothing_is_granted_before_a_place_is_offered_or_by_a_stranger():
    applying = make_engagement(state="applying")
    offered = make_engagement(applying.cohort, name="Oak County", state="offered")

    with pytest.raises(WrongState):
        open_engagement(applying, fellows=[fellow_of(applying)], by=None, now=NOW)
    with pytest.raises(NotAllowed):
        open_engagement(offered, fellows=[], by=make_person(offered.network), now=NOW)

    assert Entitlement.objects.count() == 0


def test_what_a_leader_has_left_goes_to_who_follows_her_once():
    engagement = make_engagement()
    open_promises(engagement)
    leaving, follower = fellow_of(engagement), make_person(engagement.network)
    key: dict[str, Any] = {"promise_key": "convening-days", "cohort": engagement.cohort}
    held = entitlement_for(person=leaving, **key)
    assert held is not None
    make_entry(held, 4, kind="scheduled", source="tests.event:1")
    make_entry(held, 4, kind="delivered", source="tests.event:1")
    make_entry(held, 4, kind="scheduled", source="tests.event:2")

    for _ in range(2):
        succeed(
            engagement, leaving=leaving, taking_over=follower, role=Role.FELLOW, by=None, now=NOW
        )

    after = Person.objects.get(pk=follower.pk)
    days = [
        (one.person_id, one.granted, one.delivered, one.scheduled, one.free)
        for one in balances(after, engagement.cohort)
        if one.promise_key == "convening-days"
    ]
    assert sorted(days) == [(leaving.pk, 20, 4, 0, 0), (follower.pk, 16, 0, 0, 16)]


def test_a_delivery_finds_what_it_draws_on_by_the_table_of_the_blueprint():
    engagement = make_engagement()
    open_promises(engagement)
    fellow, cohort = fellow_of(engagement), engagement.cohort

    days = entitlement_drawing("convenings.series.network", cohort=cohort, person=fellow)
    hours = entitlement_drawing(
        "coaching.services.consultation", cohort=cohort, engagement=engagement
    )
    nothing = entitlement_drawing("learning.weeks", cohort=cohort, engagement=engagement)

    assert days is not None
    assert hours is not None
    assert (days.promise.key, hours.promise.key, nothing) == ("convening-days", "services", None)


def test_a_promise_of_each_quarter_is_granted_quarter_by_quarter():
    engagement = make_engagement(make_cohort(starts_on=date(2027, 1, 31)))
    promise = make_promise(engagement.cohort, period="quarter", quantity=180)

    opened = open_entitlement(
        promise, scope=engagement.scope, engagement=engagement, by=None, now=NOW
    )

    spans = [(one.valid_from, one.valid_to) for one in opened]
    assert spans[:2] == [
        (date(2027, 1, 31), date(2027, 4, 29)),
        (date(2027, 4, 30), date(2027, 7, 30)),
    ]
    assert (len(spans), spans[-1][1]) == (6, engagement.cohort.ends_on)
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)


def test_quantities_are_said_as_people_say_them():
    said = [
        in_words(20, Unit.HALF_DAYS), in_words(3, Unit.HALF_DAYS), in_words(2, Unit.HALF_DAYS),
        in_words(90, Unit.MINUTES), in_words(60, Unit.MINUTES), in_words(1, Unit.VISITS),
    ]  # fmt: skip

    assert said == ["10 days", "1.5 days", "1 day", "1.5 hours", "1.0 hour", "1 visit"]


def test_a_peer_district_sees_nothing_of_another():
    mine = make_engagement()
    theirs = make_engagement(mine.cohort, name="Oak County")
    open_promises(mine)
    open_promises(theirs)
    member = make_person(mine.network)
    give_role(member, Role.MEMBER, mine.scope, by=None, now=NOW)

    seen = Entitlement.objects.visible_to(member)

    assert set(seen.values_list("engagement", flat=True)) == {mine.pk}
