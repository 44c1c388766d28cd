"""The life of a district in a cohort, and a leader who is succeeded."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.conftest import TwoNetworks
from tests.factories.people import NOW, make_district, make_person, make_staff
from tests.factories.programs import fellow_of, make_cohort, make_engagement
from throughline.audit.models import AuditEvent
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.people.actions import delegate, exclude, give_role
from throughline.people.enums import Role, Verb
from throughline.people.models import Person
from throughline.programs import hooks
from throughline.programs.actions.begin_engagement import begin_engagement
from throughline.programs.actions.move_engagement import (
    activate_engagement,
    decline_engagement,
    offer_engagement,
    pause_engagement,
    withdraw_engagement,
)
from throughline.programs.actions.succeed import succeed
from throughline.programs.enums import EngagementState
from throughline.programs.models import DistrictEngagement

pytestmark = pytest.mark.django_db


def test_a_district_begins_once_with_a_scope_of_its_own():
    cohort = make_cohort()
    district, applicant = make_district(cohort.network), make_person(cohort.network)

    first = begin_engagement(cohort, district, by=applicant, now=NOW)
    again = begin_engagement(cohort, district, by=applicant, now=NOW)

    assert (first.state, again) == (EngagementState.APPLYING, first)
    assert (first.scope.kind, first.scope.parent) == ("engagement", cohort.scope)
    assert AuditEvent.objects.filter(verb="began").count() == 1


def test_only_staff_offer_a_place_by_hand(two_networks: TwoNetworks):
    cohort = make_cohort(two_networks.ours)
    district = make_district(cohort.network)

    with pytest.raises(NotAllowed, match="Only staff"):
        begin_engagement(cohort, district, state="offered", by=make_person(cohort.network), now=NOW)
    with pytest.raises(NotAllowed, match="of this network"):
        begin_engagement(cohort, district, by=two_networks.their_director, now=NOW)
    with pytest.raises(NotAllowed, match="begins by applying"):
        begin_engagement(cohort, district, state="active", by=two_networks.our_director, now=NOW)
    with pytest.raises(BadInput, match="of this network"):
        begin_engagement(cohort, make_district(two_networks.theirs), by=None, now=NOW)


def test_an_applicant_is_offered_a_place_and_takes_it(monkeypatch: pytest.MonkeyPatch):
    engagement = make_engagement(state="applying")
    heard: list[object] = []
    monkeypatch.setattr(hooks, "ENGAGEMENT_BEGAN", [lambda one, by, now: heard.append(one)])

    with pytest.raises(NotAllowed, match="Only staff"):
        offer_engagement(engagement, by=fellow_of(engagement), now=NOW)
    with pytest.raises(WrongState, match="Applying"):
        activate_engagement(engagement, by=fellow_of(engagement), now=NOW)
    offer_engagement(engagement, by=make_staff(engagement.network), now=NOW)
    activate_engagement(engagement, by=fellow_of(engagement), now=NOW)

    assert (engagement.state, engagement.began_on) == (EngagementState.ACTIVE, NOW.date())
    assert heard == [engagement]
    with pytest.raises(WrongState, match="Active"):
        activate_engagement(engagement, by=fellow_of(engagement), now=NOW)


def test_a_paused_district_resumes_and_keeps_its_first_day():
    engagement = make_engagement()
    director = make_staff(engagement.network)
    first = engagement.began_on

    pause_engagement(engagement, by=director, now=NOW, reason="The seat changes hands.")
    activate_engagement(engagement, by=director, now=NOW)

    assert (engagement.state, engagement.began_on) == (EngagementState.ACTIVE, first)


def test_a_district_says_no_or_leaves_and_can_come_again(monkeypatch: pytest.MonkeyPatch):
    offered = make_engagement(state="offered")
    active = make_engagement(offered.cohort)
    heard: list[object] = []
    monkeypatch.setattr(hooks, "ENGAGEMENT_ENDED", [lambda one, by, now: heard.append(one)])

    decline_engagement(offered, by=fellow_of(offered), now=NOW)
    withdraw_engagement(active, by=fellow_of(active), now=NOW, reason="A hurricane.")
    with pytest.raises(WrongState):
        decline_engagement(active, by=None, now=NOW)
    again = begin_engagement(offered.cohort, offered.district, by=None, now=NOW)

    assert (offered.state, active.state, active.ended_reason) == (
        "declined", "withdrawn", "A hurricane.",
    )  # fmt: skip
    assert heard == [offered, active]
    assert again.pk != offered.pk


def test_strangers_and_peers_decide_nothing_for_a_district():
    engagement = make_engagement(state="offered")
    peer = fellow_of(make_engagement(engagement.cohort, name="Oak County"))
    everywhere = make_person(engagement.network)
    give_role(everywhere, Role.FELLOW, engagement.cohort.scope, by=None, now=NOW)

    for person in (peer, everywhere, make_person(engagement.network)):
        with pytest.raises(NotAllowed, match="Only the leader of this district"):
            activate_engagement(engagement, by=person, now=NOW)
        with pytest.raises(NotAllowed):
            withdraw_engagement(engagement, by=person, now=NOW)


def sees(person: Person, engagement: DistrictEngagement) -> bool:
    return DistrictEngagement.objects.visible_to(person).filter(pk=engagement.pk).exists()


def test_a_district_is_seen_by_its_people_their_assistants_and_staff(two_networks: TwoNetworks):
    engagement = make_engagement(make_cohort(two_networks.ours))
    fellow, assistant = fellow_of(engagement), make_person(two_networks.ours)
    delegate(fellow, assistant, engagement.scope, [Verb.REPLY], by=fellow, now=NOW)
    peer = fellow_of(make_engagement(engagement.cohort, name="Oak County"))
    conflicted = make_staff(two_networks.ours)
    exclude(conflicted, engagement.scope, "conflict", source="a tie", by=None, now=NOW)

    assert [sees(one, engagement) for one in (fellow, assistant, two_networks.our_director)] == [
        True, True, True,
    ]  # fmt: skip
    assert [sees(one, engagement) for one in (peer, conflicted, two_networks.their_director)] == [
        False, False, False,
    ]  # fmt: skip


def test_the_database_refuses_a_second_live_engagement_and_an_active_one_without_a_day():
    engagement = make_engagement()
    other = make_engagement(engagement.cohort, name="Oak County", state="applying")

    with pytest.raises(IntegrityError), transaction.atomic():
        DistrictEngagement.objects.filter(pk=other.pk).update(district=engagement.district)
    with pytest.raises(IntegrityError), transaction.atomic():
        DistrictEngagement.objects.filter(pk=other.pk).update(state="active")


@pytest.mark.requirement("RELN-33")
def test_a_leader_who_leaves_is_followed_and_the_work_goes_on():
    engagement = make_engagement()
    director = make_staff(engagement.network)
    leaving, taking_over = fellow_of(engagement), make_person(engagement.network)
    assistant = make_person(engagement.network)
    delegate(leaving, assistant, engagement.scope, [Verb.REPLY], by=leaving, now=NOW)

    succession = succeed(
        engagement, leaving=leaving, taking_over=taking_over, role=Role.FELLOW, by=director, now=NOW
    )

    after = {one: Person.objects.get(pk=one.pk) for one in (leaving, taking_over, assistant)}
    assert [sees(after[one], engagement) for one in (leaving, taking_over, assistant)] == [
        False, True, False,
    ]  # fmt: skip
    engagement.refresh_from_db()
    assert engagement.state == EngagementState.ACTIVE
    assert (succession.leaving, succession.taking_over) == (leaving, taking_over)
    assert list(engagement.scope.roles.order_by("pk").values_list("person", "to_on")) == [
        (leaving.pk, NOW.date()), (taking_over.pk, None),
    ]  # fmt: skip


def test_succeeding_twice_changes_nothing_and_nobody_follows_herself(
    monkeypatch: pytest.MonkeyPatch,
):
    engagement = make_engagement()
    director = make_staff(engagement.network)
    leaving, follower = fellow_of(engagement), make_person(engagement.network)
    heard: list[object] = []
    monkeypatch.setattr(hooks, "SUCCEEDED", [lambda one, by, now: heard.append(one)])
    step: dict[str, Any] = {"role": Role.FELLOW, "by": director, "now": NOW}

    with pytest.raises(BadInput, match="somebody else"):
        succeed(engagement, leaving=leaving, taking_over=leaving, **step)
    with pytest.raises(WrongState, match="does not hold this role"):
        succeed(engagement, leaving=follower, taking_over=leaving, **step)
    with pytest.raises(NotAllowed, match="Only a director"):
        succeed(engagement, leaving=leaving, taking_over=follower, **{**step, "by": leaving})
    first = succeed(engagement, leaving=leaving, taking_over=follower, **step)
    again = succeed(engagement, leaving=leaving, taking_over=follower, **step)

    assert first == again
    assert heard == [first]
