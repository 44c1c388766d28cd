"""Faculty, partners and experts take part in a cohort without a seat, and see no more than that."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.conftest import TwoNetworks
from tests.factories.admissions import make_call, make_draft
from tests.factories.coaching import make_coaching, make_session
from tests.factories.convenings import make_event
from tests.factories.counting import queries_of
from tests.factories.inquiry import make_challenge, make_real_team
from tests.factories.people import NOW, make_person, make_staff
from tests.factories.programs import blueprint_text, make_cohort
from throughline.admissions.models import Application
from throughline.audit.models import AuditEvent
from throughline.coaching.models import CoachingEngagement, CoachingSession
from throughline.convenings.models import Event
from throughline.core.errors import BadInput, NotAllowed
from throughline.inquiry.models import Challenge
from throughline.people.actions import give_role
from throughline.people.enums import Role
from throughline.people.models import Organization, Person, RoleAssignment
from throughline.programs.actions.invite_around import invite_around, leave_cohort
from throughline.programs.around import AROUND, around_words, people_around
from throughline.programs.models import Cohort
from throughline.teams.models import Team

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

As = Callable[[Person | None], Client]
ADA = {
    "full_name": "Ada Okoro", "email": "ada@partner.example", "role": "partner",
    "organization": "River Institute",
}  # fmt: skip


def url(cohort: Cohort) -> str:
    return reverse("programs:around", args=[cohort.ref])


def words(content: bytes) -> str:
    return " ".join(content.decode().split())


def test_a_director_invites_a_partner_once_however_often_it_is_sent(
    two_networks: TwoNetworks, as_person: As
):
    cohort = make_cohort(two_networks.ours)
    client = as_person(two_networks.our_director)

    for _press in range(2):
        assert client.post(url(cohort), ADA).headers["Location"] == url(cohort)

    [found] = people_around(two_networks.our_director, cohort)
    assert (found.person.full_name, found.word, found.organization) == (
        "Ada Okoro", "Partner", "River Institute",
    )  # fmt: skip
    assert AuditEvent.objects.filter(verb="gave role", key=found.person.ref).count() == 1
    assert Organization.objects.filter(name="River Institute").count() == 1
    page = words(client.get(url(cohort)).content)
    assert "Ada Okoro" in page and "River Institute" in page
    assert f'<a href="{url(cohort)}" aria-current="page">People around it</a>' in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"full_name": ""}, "Enter a name."),
        ({"email": "ada"}, "Enter an e-mail address like name@district.org."),
        ({"role": "director"}, "Select a valid choice."),
        ({"role": ""}, "Choose one of these roles."),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field_and_nothing_typed_is_lost(
    two_networks: TwoNetworks, as_person: As, change: dict[str, str], said: str
):
    cohort = make_cohort(two_networks.ours)

    page = as_person(two_networks.our_director).post(url(cohort), {**ADA, **change})

    assert page.status_code == 422
    assert said in words(page.content)
    assert 'value="River Institute"' in words(page.content)
    assert not RoleAssignment.objects.filter(role__in=AROUND).exists()


def test_only_these_roles_only_by_a_director_and_never_a_minor(two_networks: TwoNetworks):
    cohort, director = make_cohort(two_networks.ours), two_networks.our_director
    coordinator = make_staff(two_networks.ours, Role.COORDINATOR)
    make_person(two_networks.ours, email="ada@partner.example", is_minor=True)

    for by, role, error in (
        (director, "reviewer", BadInput),
        (coordinator, "partner", NotAllowed),
        (two_networks.their_director, "partner", NotAllowed),
        (director, "partner", BadInput),
    ):
        with pytest.raises(error):
            invite_around(cohort, **{**ADA, "role": role}, by=by, now=NOW)

    assert not RoleAssignment.objects.filter(role__in=AROUND).exists()


def test_a_coordinator_reads_who_is_there_and_that_a_director_invites(
    two_networks: TwoNetworks, as_person: As
):
    cohort = make_cohort(two_networks.ours)
    invite_around(cohort, **ADA, by=two_networks.our_director, now=NOW)
    client = as_person(make_staff(two_networks.ours, Role.COORDINATOR))

    page = words(client.get(url(cohort)).content)

    assert "Ada Okoro" in page
    assert "Only a director gives roles." in page
    assert "Invite this person" not in page and "End this role" not in page
    assert client.post(url(cohort), {**ADA, "email": "b@b.example"}).status_code == 422


def test_others_find_neither_the_page_nor_the_way_to_end_a_role(
    two_networks: TwoNetworks, as_person: As
):
    cohort = make_cohort(two_networks.ours)
    ada = invite_around(cohort, **ADA, by=two_networks.our_director, now=NOW)
    end = reverse("programs:part", args=[cohort.ref, ada.ref, "partner"])

    for other in (ada, make_person(two_networks.ours), two_networks.their_director):
        client = as_person(other)
        assert client.get(url(cohort)).status_code == 404
        assert client.post(url(cohort), ADA).status_code == 404
        assert client.post(end).status_code == 404

    assert people_around(two_networks.our_director, cohort) != []


def test_a_role_is_ended_after_a_question_and_only_one_of_these(
    two_networks: TwoNetworks, as_person: As
):
    cohort, director = make_cohort(two_networks.ours), two_networks.our_director
    ada = invite_around(cohort, **ADA, by=director, now=NOW)
    end = reverse("programs:part", args=[cohort.ref, ada.ref, "partner"])
    client = as_person(director)

    asked = words(client.get(end).content)
    client.post(end)

    assert "End the role of Ada Okoro?" in asked
    assert people_around(director, cohort) == []
    assert client.post(end).status_code == 404
    held = give_role(ada, Role.REVIEWER, cohort.scope, by=director, now=NOW)
    with pytest.raises(BadInput):
        leave_cohort(held, by=director, now=NOW)
    assert (
        client.get(reverse("programs:part", args=[cohort.ref, ada.ref, "reviewer"])).status_code
        == 404
    )


@pytest.mark.requirement("RELN-50")
@pytest.mark.parametrize("role", AROUND)
def test_who_is_around_a_cohort_sees_its_events_and_nothing_of_districts_and_coaching(
    two_networks: TwoNetworks, as_person: As, role: Role
):
    event = make_event(two_networks.ours)
    cohort = event.scope.cohort
    make_session(make_coaching(cohort.engagements.get()))
    team, lead, _member = make_real_team(cohort)
    make_challenge(team, lead)
    elsewhere = make_event(two_networks.theirs)
    draft = make_draft(make_call(two_networks.ours))
    person = invite_around(
        cohort, full_name="Ada Okoro", email="ada@faculty.example", role=role,
        by=two_networks.our_director, now=NOW,
    )  # fmt: skip
    client = as_person(person)

    assert list(Event.objects.visible_to(person)) == [event]
    for hidden in (Application, CoachingEngagement, CoachingSession, Challenge, Team):
        assert hidden.objects.exists()
        assert not hidden.objects.visible_to(person).exists()
    assert client.get(reverse("convenings:event", args=[event.ref])).status_code == 200
    assert client.get(reverse("convenings:event", args=[elsewhere.ref])).status_code == 404
    assert client.get(reverse("teams:team", args=[team.ref])).status_code == 404
    assert client.get(reverse("admissions:application", args=[draft.ref])).status_code == 404
    assert 'href="/convenings/"' in words(client.get("/").content)


def test_roles_have_the_names_that_the_program_gives_them(two_networks: TwoNetworks):
    source = blueprint_text().replace(
        '[people.roles.partner]\nkind = "partner"\n',
        '[people.roles.ally]\nkind = "partner"\n',
    )
    version = make_cohort(two_networks.ours, source=source).version

    assert dict(around_words(version))["partner"] == "Ally"
    with translation.override("es"):
        assert dict(around_words(version))["partner"] == "Ally"


def test_the_page_takes_as_many_queries_for_three_people_as_for_one(
    two_networks: TwoNetworks, as_person: As
):
    cohort, director = make_cohort(two_networks.ours), two_networks.our_director
    client = as_person(director)
    counted = []
    for names in (["Ada"], ["Ben", "Cara"]):
        for name in names:
            someone = {**ADA, "full_name": name, "email": f"{name}@partner.example"}
            invite_around(cohort, **someone, by=director, now=NOW)
        client.get(url(cohort))
        counted.append(queries_of(client, url(cohort)))

    assert counted[0] == counted[1]
