"""Pages of teams: who opens them, what they take, how many questions they ask."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import TwoNetworks
from tests.factories.counting import queries_of
from tests.factories.people import NOW, make_person, make_staff
from tests.factories.programs import fellow_of, make_cohort, make_engagement
from tests.factories.teams import make_member, make_team
from throughline.people.enums import Role
from throughline.people.models import Person
from throughline.teams.actions.activate_team import form_team
from throughline.teams.actions.invite_member import invite_member
from throughline.teams.enums import MemberState, TeamState
from throughline.teams.models import Team, TeamMembership
from throughline.teams.queries import todo_items

pytestmark = pytest.mark.django_db

AsPerson = Callable[[Person | None], Client]
NAME = {"full_name": "New Name", "email": "new@district.example", "title": "", "kind": "teacher"}


def page_of(team: Team, name: str = "team") -> str:
    return reverse(f"teams:{name}", args=[team.ref])


def test_the_team_is_open_to_its_members_its_leader_and_staff_only(
    two_networks: TwoNetworks, as_person: AsPerson
):
    team = make_team(make_engagement(make_cohort(two_networks.ours)))
    member = team.memberships.get(position=1).person
    peer = fellow_of(make_engagement(team.engagement.cohort, name="Oak County"))

    seen = [
        as_person(person).get(page_of(team)).status_code
        for person in (member, fellow_of(team.engagement), two_networks.our_director)
    ]
    hidden = [
        as_person(person).get(page_of(team)).status_code
        for person in (peer, make_person(two_networks.ours), two_networks.their_director)
    ]

    assert (seen, hidden) == ([200, 200, 200], [404, 404, 404])
    assert as_person(None).get(page_of(team)).status_code == 302


def test_members_see_names_and_no_addresses(as_person: AsPerson):
    team = make_team()
    member, other = team.memberships.all()[:2]

    body = as_person(member.person).get(page_of(team)).content.decode()

    assert other.full_name in body
    assert other.email not in body
    assert "Name another member" not in body


def test_a_leader_names_a_member_and_loses_nothing_when_something_is_wrong(as_person: AsPerson):
    team = make_team(members=2, state=TeamState.PROPOSED)
    leader = as_person(fellow_of(team.engagement))

    wrong = leader.post(page_of(team), {**NAME, "email": "nowhere"})
    taken = leader.post(page_of(team), {**NAME, "email": team.memberships.all()[0].email})
    right = leader.post(page_of(team), NAME)

    assert (wrong.status_code, taken.status_code, right.status_code) == (422, 422, 302)
    assert 'value="New Name"' in wrong.content.decode()
    assert "already on the roster" in taken.content.decode()
    assert team.memberships.get(email="new@district.example").kind == "teacher"


def test_a_member_who_posts_to_the_roster_is_refused(as_person: AsPerson):
    team = make_team()
    member = team.memberships.get(position=1)
    other = team.memberships.get(position=2)
    client = as_person(member.person)

    assert client.post(page_of(team), NAME).status_code == 422
    assert client.post(page_of(team, "invite")).status_code == 422
    assert client.post(reverse("teams:remove", args=[other.ref])).status_code == 404
    assert team.memberships.live().count() == 5


def test_a_member_finds_no_page_that_takes_her_off_the_roster(as_person: AsPerson):
    member = make_team().memberships.get(position=1)
    client = as_person(member.person)

    for name in ("teams:remove", "teams:replace"):
        assert client.get(reverse(name, args=[member.ref])).status_code == 404
        assert client.post(reverse(name, args=[member.ref]), NAME).status_code == 404


@pytest.mark.requirement("RELN-28")
def test_starting_with_four_is_refused_on_the_page(as_person: AsPerson):
    team = make_team(members=4, state=TeamState.FORMING)

    response = as_person(fellow_of(team.engagement)).post(page_of(team, "start"))

    assert response.status_code == 422
    assert "Your design team has 4 members; it needs 5 to 7." in response.content.decode()


def test_a_leader_invites_and_starts(as_person: AsPerson):
    team = make_team(members=5, state=TeamState.FORMING)
    make_member(team)
    leader = as_person(fellow_of(team.engagement))

    asked = leader.post(page_of(team, "invite"), follow=True)
    started = leader.post(page_of(team, "start"), follow=True)

    assert "1 invitation is on its way." in asked.content.decode()
    assert "The team has started." in started.content.decode()


def test_only_a_director_waives_on_the_page(as_person: AsPerson):
    team = make_team(members=4, state=TeamState.FORMING)
    url, reason = page_of(team, "waive"), {"reason": "Two schools."}
    coordinator = as_person(make_staff(team.network, role=Role.COORDINATOR))
    director = as_person(make_staff(team.network))

    assert as_person(fellow_of(team.engagement)).post(url, reason).status_code == 404
    assert coordinator.post(url, reason).status_code == 422
    assert director.post(url, {"reason": ""}).status_code == 422
    assert director.post(url, reason).status_code == 302
    assert "Two schools." in director.get(page_of(team)).content.decode()


def test_a_member_is_taken_off_after_a_question_and_replaced_by_a_form(as_person: AsPerson):
    team = make_team()
    leader = as_person(fellow_of(team.engagement))
    first, second = team.memberships.all()[:2]
    remove, replace = (
        reverse("teams:remove", args=[first.ref]), reverse("teams:replace", args=[second.ref]),
    )  # fmt: skip

    assert leader.get(remove).status_code == 200
    assert leader.post(remove).status_code == 302
    assert leader.get(remove).status_code == 404
    assert leader.post(replace, {**NAME, "full_name": ""}).status_code == 422
    assert leader.post(replace, NAME).status_code == 302

    states = dict(team.memberships.values_list("pk", "state"))
    assert (states[first.pk], states[second.pk]) == (MemberState.LEFT, MemberState.LEFT)
    assert team.memberships.get(replaces=second).full_name == "New Name"


def invited(team: Team) -> tuple[TeamMembership, Person]:
    member = make_member(team)
    invite_member(member, by=None, now=NOW)
    return member, Person.objects.get(aliases__value=member.email)


def test_the_invited_person_answers_for_herself(two_networks: TwoNetworks, as_person: AsPerson):
    engagement = make_engagement(make_cohort(two_networks.ours))
    team = form_team(make_team(engagement, 0, state=TeamState.PROPOSED), by=None, now=NOW)
    member, person = invited(team)
    url = reverse("teams:answer", args=[member.ref])

    strangers = [fellow_of(engagement), two_networks.our_director, two_networks.their_director]
    assert [as_person(one).get(url).status_code for one in strangers] == [404, 404, 404]
    client = as_person(person)
    assert "would like you on its team" in client.get(url).content.decode()
    assert client.post(url, {"answer": "yes"}).headers["Location"] == page_of(team)
    assert client.get(page_of(team)).status_code == 200
    assert client.get(url).status_code == 200


def test_a_no_needs_no_reason_and_stays_a_no(as_person: AsPerson):
    team = form_team(make_team(members=0, state=TeamState.PROPOSED), by=None, now=NOW)
    member, person = invited(team)
    url = reverse("teams:answer", args=[member.ref])
    client = as_person(person)

    assert [item.href for item in todo_items(person, now=NOW)] == [url]
    assert client.post(url, {"answer": "no"}).status_code == 302
    late = client.post(url, {"answer": "yes"})

    assert late.status_code == 422
    assert "already been answered" in late.content.decode()
    assert todo_items(person, now=NOW) == []


def test_my_teams_leads_straight_to_the_only_one(as_person: AsPerson):
    team = make_team()
    url = reverse("teams:mine")

    assert as_person(fellow_of(team.engagement)).get(url).headers["Location"] == page_of(team)
    make_team(make_engagement(team.engagement.cohort, name="Oak County"))
    assert as_person(make_staff(team.network)).get(url).status_code == 200
    assert "No team yet" in as_person(make_person(team.network)).get(url).content.decode()


def test_a_longer_roster_asks_no_more_questions(as_person: AsPerson):
    cohort = make_cohort()
    small = make_team(make_engagement(cohort), members=1, state=TeamState.PROPOSED)
    large = make_team(
        make_engagement(cohort, name="Oak County"), members=7, state=TeamState.PROPOSED
    )
    director = as_person(make_staff(cohort.network))
    queries_of(director, page_of(small))

    assert queries_of(director, page_of(large)) == queries_of(director, page_of(small))


def test_more_teams_ask_no_more_questions(as_person: AsPerson):
    cohort = make_cohort()
    director = as_person(make_staff(cohort.network))
    for name in ("A", "B"):
        make_team(make_engagement(cohort, name=name), 0, state=TeamState.PROPOSED)
    few = queries_of(director, reverse("teams:mine"))
    for name in ("C", "D", "E"):
        make_team(make_engagement(cohort, name=name), 0, state=TeamState.PROPOSED)

    assert queries_of(director, reverse("teams:mine")) == few
