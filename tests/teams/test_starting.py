"""When a team may start: its size is a rule, its cabinet member advice."""

from __future__ import annotations

import pytest

from tests.factories.people import NOW, make_person, make_staff
from tests.factories.programs import blueprint_text, fellow_of, make_cohort, make_engagement
from tests.factories.teams import make_team
from throughline.core.decision import no
from throughline.core.errors import BadInput, NotAllowed
from throughline.people.enums import Role
from throughline.programs.actions.move_engagement import decline_engagement, withdraw_engagement
from throughline.teams import hooks
from throughline.teams.actions.activate_team import activate_team, end_team, waive_rule
from throughline.teams.actions.leave_team import leave_team
from throughline.teams.enums import SIZE_RULE, MemberState, TeamState
from throughline.teams.models import TeamWaiver
from throughline.teams.queries import advice, todo_items
from throughline.teams.rules import about_size, can_activate

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("RELN-28")
@pytest.mark.parametrize("members", [5, 7])
def test_a_team_of_five_to_seven_starts(members: int):
    team = make_team(members=members, state=TeamState.FORMING)
    fellow = fellow_of(team.engagement)

    activate_team(team, by=fellow, now=NOW)

    assert team.state == TeamState.ACTIVE
    assert set(team.memberships.values_list("state", flat=True)) == {MemberState.ACTIVE}
    with pytest.raises(NotAllowed, match="already started"):
        activate_team(team, by=fellow, now=NOW)


@pytest.mark.requirement("RELN-28")
def test_a_team_of_four_is_refused_with_what_it_needs():
    team = make_team(members=4, state=TeamState.FORMING)

    with pytest.raises(NotAllowed) as refusal:
        activate_team(team, by=fellow_of(team.engagement), now=NOW)

    assert str(refusal.value) == "Your design team has 4 members; it needs 5 to 7."
    team.refresh_from_db()
    assert team.state == TeamState.FORMING


def test_names_that_have_not_said_yes_do_not_count():
    team = make_team(members=5, state=TeamState.FORMING)
    member = team.memberships.first()
    assert member is not None
    leave_team(member, by=None, now=NOW)

    assert can_activate(None, team).reason == "Your design team has 4 members; it needs 5 to 7."


def test_a_program_may_count_the_leader():
    counting = blueprint_text().replace("count_lead = false", "count_lead = true")
    engagement = make_engagement(make_cohort(source=counting))

    team = make_team(engagement, members=4)

    assert team.state == TeamState.ACTIVE


@pytest.mark.requirement("RELN-32")
def test_a_team_without_a_cabinet_member_is_advised_and_starts():
    team = make_team(members=5, cabinet=0, state=TeamState.FORMING)

    said = advice(team)
    activate_team(team, by=fellow_of(team.engagement), now=NOW)

    assert said == [
        "Your design team should include at least one member of the cabinet-level team."
    ]
    assert team.state == TeamState.ACTIVE
    assert advice(make_team(make_engagement(), members=5, cabinet=1)) == []


def test_a_team_that_shrinks_while_it_works_is_flagged_and_goes_on():
    team = make_team(members=5)
    member = team.memberships.last()
    assert member is not None

    leave_team(member, by=None, now=NOW)

    team.refresh_from_db()
    assert team.state == TeamState.ACTIVE
    assert advice(team) == ["Your design team has 4 members; it needs 5 to 7."]


def test_a_director_waives_the_size_once_with_a_reason():
    team = make_team(members=4, state=TeamState.FORMING)
    director = make_staff(team.network)
    coordinator = make_staff(team.network, role=Role.COORDINATOR)

    for person in (coordinator, fellow_of(team.engagement), None):
        with pytest.raises(NotAllowed, match="Only a director"):
            waive_rule(team, rule=SIZE_RULE, reason="Small.", by=person, now=NOW)
    with pytest.raises(BadInput, match="Say why"):
        waive_rule(team, rule=SIZE_RULE, reason=" ", by=director, now=NOW)
    for _ in range(2):
        waive_rule(team, rule=SIZE_RULE, reason="Two schools.", by=director, now=NOW)
    activate_team(team, by=fellow_of(team.engagement), now=NOW)

    assert (team.state, TeamWaiver.objects.count(), advice(team)) == (TeamState.ACTIVE, 1, [])


def test_strangers_start_nothing_and_a_proposed_team_waits_for_its_place():
    proposed = make_team(make_engagement(state="offered"), state=TeamState.PROPOSED)
    forming = make_team(state=TeamState.FORMING)

    with pytest.raises(NotAllowed, match="once its district has a place"):
        activate_team(proposed, by=None, now=NOW)
    with pytest.raises(NotAllowed, match="Only the leader"):
        activate_team(forming, by=make_person(forming.network), now=NOW)


def test_every_reason_of_higher_apps_is_given(monkeypatch: pytest.MonkeyPatch):
    team = make_team(state=TeamState.FORMING)
    monkeypatch.setattr(hooks, "MAY_ACTIVATE", [lambda _: no("One."), lambda _: no("Two.")])

    with pytest.raises(NotAllowed, match=r"One\. Two\."):
        activate_team(team, by=None, now=NOW)


def test_a_team_ends_with_its_district():
    declined = make_engagement(state="offered")
    proposed = make_team(declined, state=TeamState.PROPOSED)
    working = make_team(make_engagement(declined.cohort, name="Oak County"))

    decline_engagement(declined, by=fellow_of(declined), now=NOW)
    withdraw_engagement(working.engagement, by=None, now=NOW)

    for team, state in ((proposed, TeamState.DISSOLVED), (working, TeamState.ENDED)):
        team.refresh_from_db()
        assert team.state == state
        assert end_team(team, by=None, now=NOW).state == state


@pytest.mark.parametrize(
    ("size", "fewest", "most", "said"),
    [
        (1, 5, 7, "Your crew has 1 member; it needs 5 to 7."),
        (8, 5, 7, "Your crew has 8 members; it needs 5 to 7."),
        (1, 2, None, "Your crew has 1 member; it needs at least 2."),
        (9, None, 8, "Your crew has 9 members; it can have at most 8."),
        (3, None, None, ""),
    ],
)
def test_what_is_wrong_with_a_size_is_said_in_a_sentence(
    size: int, fewest: int | None, most: int | None, said: str
):
    assert about_size(size, fewest=fewest, most=most, word="crew") == said


def test_what_a_leader_and_an_invited_person_owe():
    team = make_team(members=3, state=TeamState.PROPOSED)
    fellow = fellow_of(team.engagement)

    titles = [item.title for item in todo_items(fellow, now=NOW)]
    complete = make_team(make_engagement(team.engagement.cohort, name="Oak County"),
                         state=TeamState.FORMING)  # fmt: skip
    ready = [item.title for item in todo_items(fellow_of(complete.engagement), now=NOW)]

    assert titles == ["Name 2 more members of your design team"]
    assert ready == ["Start your design team"]
