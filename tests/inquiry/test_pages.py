"""Pages of a challenge: the way from a figure to a sentence that the team agrees to."""

from __future__ import annotations

import html
import re
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories.counting import queries_of
from tests.factories.evidence import make_finding, make_graduation
from tests.factories.inquiry import (
    WORDS,
    make_challenge,
    make_member,
    make_real_team,
    make_team_finding,
)
from tests.factories.people import NOW, make_network, make_person, make_staff
from tests.factories.programs import fellow_of, make_cohort, make_engagement
from tests.factories.teams import make_team
from throughline.inquiry.actions import start_challenge
from throughline.inquiry.models import Challenge
from throughline.people.enums import Role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def team_of_three():
    return make_real_team(make_cohort(make_network()))


def words(response) -> str:
    """The text of a page, one space between words; marks inside a sentence are not words."""
    shown = re.sub(r"</?mark>", "", response.content.decode())
    text = re.sub(r"<(script|style|title).*?</\1>|<[^>]+>", " ", shown, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(text))


def form_of(**changes: str) -> dict[str, str]:
    given = {
        "who": WORDS["who"], "experience": WORDS["experience"], "where": "", "since": "",
        "why_now": "", "tier": "team", "once": str(uuid4()),
    }  # fmt: skip
    return {**given, **changes}


def test_a_member_goes_from_the_figure_to_the_challenge(as_person, team_of_three):
    team, _lead, member = team_of_three
    client = as_person(member)
    place = team.engagement.district.place
    kept = {
        "year": "2015", "comparator": "ALL", "group": "CWD", "tier": "team", "note": "",
        "once": str(uuid4()), "then": "challenge",
    }  # fmt: skip

    start = client.post(reverse("evidence:keep", args=[place.code]), kept)
    shown = client.get(start.url)
    begun = client.post(start.url, form_of())

    assert "Say it so that a student would nod" in words(shown)
    challenge = Challenge.objects.get()
    assert begun.url == reverse("inquiry:challenge", args=[challenge.ref])
    page = words(client.get(begun.url))
    assert challenge.sentence in page
    assert challenge.citations.get().finding.sentence in page


def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(as_person, team_of_three):
    team, _lead, member = team_of_three
    path = reverse("inquiry:use", args=[make_team_finding(team, member).ref])

    response = as_person(member).post(path, form_of(who="", since="since the flood"))

    assert response.status_code == 422
    assert "Say which students this is about." in words(response)
    assert "since the flood" in response.content.decode()
    assert Challenge.objects.count() == 0


def test_a_second_finding_is_added_to_the_challenge_that_stands(as_person, team_of_three):
    team, _lead, member = team_of_three
    challenge = make_challenge(team, member)
    path = reverse("inquiry:use", args=[make_team_finding(team, member).ref])
    client = as_person(member)

    assert "Add this finding to our challenge?" in words(client.get(path))
    for _ in range(2):
        assert client.post(path).url == reverse("inquiry:challenge", args=[challenge.ref])
    assert challenge.citations.count() == 2


def test_the_way_to_the_agreement(as_person, team_of_three):
    team, lead, member = team_of_three
    challenge = make_challenge(team, member)
    path = reverse("inquiry:challenge", args=[challenge.ref])
    client = as_person(member)

    assert "Add what students and families say, or say why it is missing." in words(
        client.get(path)
    )
    assert client.post(f"{path}missing/", {"kind": "voice", "reason": ""}).status_code == 422
    client.post(f"{path}missing/", {"kind": "voice", "reason": "We listen in January."})
    assert "We listen in January." in words(client.get(path))
    client.post(f"{path}ask/")
    client.post(f"{path}agree/", {"version": "1"})
    challenge.refresh_from_db()
    assert challenge.state == "proposed"
    assert 'name="version" value="1"' in as_person(lead).get(path).content.decode()
    as_person(lead).post(f"{path}agree/", {"version": "1"})

    page = words(client.get(path))
    assert "What we are trying to change" in page
    assert f"The team agreed, recorded by {lead.name}" in page


def test_two_tabs_show_both_versions_and_lose_nothing(as_person, team_of_three):
    team, lead, member = team_of_three
    challenge = make_challenge(team, member)
    path = reverse("inquiry:challenge", args=[challenge.ref])
    edit = {"who": "W", "experience": challenge.experience, "revision": "1"}

    assert as_person(lead).post(path, {**edit, "who": "Students with IEPs"}).status_code == 302
    response = as_person(member).post(path, {**edit, "who": "Students in special education"})

    assert response.status_code == 422
    text = response.content.decode()
    assert "Students with IEPs" in text
    assert "Students in special education" in text


def test_strangers_staff_and_another_network_find_nothing(as_person, team_of_three):
    team, lead, member = team_of_three
    finding = make_team_finding(team, member)
    challenge = make_challenge(team, member)
    _team, elsewhere, _member = make_real_team(make_cohort(make_network("Another")))
    paths = [
        reverse("inquiry:challenge", args=[challenge.ref]),
        reverse("inquiry:use", args=[finding.ref]),
    ]

    for reader in (make_person(team.network), make_staff(team.network), elsewhere):
        assert [as_person(reader).get(path).status_code for path in paths] == [404, 404]
        assert as_person(reader).post(f"{paths[0]}ask/").status_code == 404
    assert as_person(lead).get(paths[0]).status_code == 200
    assert as_person(None).get(paths[0]).status_code == 302


def test_a_challenge_for_the_host_is_read_by_staff_and_not_written(as_person, team_of_three):
    team, _lead, member = team_of_three
    challenge = make_challenge(team, member, tier="host")
    path = reverse("inquiry:challenge", args=[challenge.ref])
    client = as_person(make_staff(team.network))

    page = words(client.get(path))
    client.post(path, {"who": "W", "experience": "E", "revision": "1"})

    challenge.refresh_from_db()
    assert (challenge.sentence in page, challenge.who) == (True, WORDS["who"])
    assert "Save the words" not in page
    assert challenge.citations.get().finding.sentence not in page


def test_the_page_takes_as_many_queries_with_three_findings_as_with_one(as_person, team_of_three):
    team, _lead, member = team_of_three
    challenge = make_challenge(team, member)
    path = reverse("inquiry:challenge", args=[challenge.ref])
    client = as_person(member)

    client.get(path)
    one = queries_of(client, path)
    for _ in range(2):
        client.post(reverse("inquiry:use", args=[make_team_finding(team, member).ref]))
    three = queries_of(client, path)

    assert one == three
    assert one <= 25


def test_the_list_shows_what_she_may_read_and_says_how_to_begin(as_person, team_of_three):
    team, _lead, member = team_of_three
    path = reverse("inquiry:challenges")

    assert "An equity challenge begins with a figure." in words(as_person(member).get(path))
    challenge = make_challenge(team, member)
    assert challenge.sentence in words(as_person(member).get(path))
    assert challenge.sentence not in words(as_person(make_person(team.network)).get(path))


def test_an_assistant_of_nobody_writes_nothing(as_person, team_of_three):
    team, _lead, member = team_of_three
    challenge = make_challenge(team, member, tier="network")
    guest = make_member(team, Role.GUEST)
    path = reverse("inquiry:challenge", args=[challenge.ref])

    as_person(guest).post(path, {"who": "W", "experience": "E", "revision": "1"})

    challenge.refresh_from_db()
    assert challenge.who == WORDS["who"]


def test_the_page_names_who_is_asked_to_its_team_only(as_person):
    team = make_team(make_engagement())
    lead = fellow_of(team.engagement)
    finding = make_finding(lead, make_graduation(team.network), team.scope)
    challenge = start_challenge(team, finding=finding, **WORDS, tier="cohort", by=lead, now=NOW)
    address = reverse("inquiry:challenge", args=[challenge.ref])
    joined = team.memberships.joined().first()

    inside = words(as_person(lead).get(address))
    neighbor = fellow_of(make_engagement(team.engagement.cohort, name="Next County"))
    outside = words(as_person(neighbor).get(address))

    assert "Who will be asked" in inside and joined.full_name in inside
    assert challenge.sentence in outside
    assert "Who will be asked" not in outside and joined.full_name not in outside
