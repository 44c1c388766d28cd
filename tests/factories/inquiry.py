"""A team of a real district, and the challenge that it begins."""

from __future__ import annotations

from tests.factories.evidence import make_finding, make_graduation
from tests.factories.people import NOW, make_person
from tests.factories.programs import make_engagement
from throughline.evidence.models import Finding
from throughline.inquiry.actions import start_challenge
from throughline.inquiry.models import Challenge
from throughline.people.actions import add_organization, give_role
from throughline.people.enums import OrganizationKind, Role
from throughline.people.models import Person
from throughline.programs.models import Cohort
from throughline.teams.actions.propose_team import propose_team
from throughline.teams.models import Team

WORDS = {
    "who": "Students with disabilities",
    "experience": "are moved to a certificate track before they are asked",
    "where_": "at both of our high schools",
    "since": "since at least 2012",
}


def make_real_team(cohort: Cohort) -> tuple[Team, Person, Person]:
    """A team whose district has its published figures, its lead, and a member."""
    network = cohort.network
    place = make_graduation(network)
    district = add_organization(
        network,
        kind=OrganizationKind.DISTRICT_OFFICE,
        name=place.name,
        place=place,
        by=None,
        now=NOW,
    )
    team = propose_team(
        make_engagement(cohort, district=district), name="Design team", by=None, now=NOW
    )
    lead = make_person(network, role=Role.TEAM_LEAD, scope=team.scope)
    member = make_person(network, role=Role.MEMBER, scope=team.scope)
    return team, lead, member


def make_team_finding(team: Team, by: Person, *, tier: str = "team") -> Finding:
    """A finding that a member kept."""
    place = team.engagement.district.place
    assert place is not None
    return make_finding(by, place, team.scope, tier=tier)


def make_challenge(team: Team, by: Person, *, tier: str = "team") -> Challenge:
    """A draft that rests on a finding."""
    finding = make_team_finding(team, by)
    return start_challenge(team, finding=finding, **WORDS, tier=tier, by=by, now=NOW)


def make_member(team: Team, role: str = Role.MEMBER) -> Person:
    """One more person in the team."""
    person = make_person(team.network)
    give_role(person, role, team.scope, by=None, now=NOW)
    return Person.objects.get(pk=person.pk)
