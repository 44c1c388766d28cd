"""Everything that is kept about a person is hers to see and to take along."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.conftest import TwoNetworks
from tests.factories.admissions import make_application, make_call
from tests.factories.coaching import make_coaching, make_session
from tests.factories.counting import queries_of
from tests.factories.people import NOW, make_person
from tests.factories.programs import make_cohort, make_engagement
from throughline.audit.models import AccessEvent
from throughline.coaching.models import Note
from throughline.people.actions import end_role
from throughline.people.enums import Role
from throughline.people.models import Person, RoleAssignment
from throughline.people.sealing import destroy_key

pytestmark = pytest.mark.django_db

As = Callable[[Person | None], Client]
PAGE, FILE = "/you/data/", "/you/data/file/"
GONE = NOW + timedelta(days=3)


def file_of(client: Client) -> dict[str, list[dict[str, object]]]:
    response = client.get(FILE)
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    kept: dict[str, list[dict[str, object]]] = json.loads(response.content)["kept"]
    return kept


def talked(two_networks: TwoNetworks) -> tuple[Person, Person]:
    """A coach and the fellow she wrote a summary and a private note about."""
    coaching = make_coaching(make_engagement(make_cohort(two_networks.ours)))
    make_session(
        coaching, shared_summary="Bring the rule.", shared_with="pair", private_note="Slow down."
    )
    assert coaching.coachee is not None
    return coaching.coach.person, coaching.coachee


def test_a_private_note_is_in_its_authors_file_and_in_no_other(
    two_networks: TwoNetworks, as_person: As
):
    coach, fellow = talked(two_networks)

    (hers, his) = (file_of(as_person(one)) for one in (coach, fellow))

    assert [one["words"] for one in hers["coaching.note"]] == ["Bring the rule.", "Slow down."]
    assert [one["words"] for one in his["coaching.note"]] == ["Bring the rule."]
    assert "Slow down." not in json.dumps(his)


def test_the_page_shows_what_the_file_holds(two_networks: TwoNetworks, as_person: As):
    _coach, fellow = talked(two_networks)

    page = as_person(fellow).get(PAGE).content.decode()

    for words in ("Bring the rule.", fellow.full_name, "Your coaching", FILE):
        assert words in page
    assert "Slow down." not in page


def test_who_has_left_still_reads_and_takes_it_along(two_networks: TwoNetworks, as_person: As):
    coach, _fellow = talked(two_networks)
    for role in RoleAssignment.objects.filter(person=coach):
        end_role(role, by=None, now=NOW)
    coach = Person.objects.get(pk=coach.pk)
    client = as_person(coach)

    assert not coach.live_roles
    assert client.get(PAGE).status_code == 200
    assert len(file_of(client)["coaching.note"]) == Note.objects.count() == 2


def test_a_stranger_to_the_network_and_a_visitor_get_nothing(
    two_networks: TwoNetworks, as_person: As
):
    coach, _fellow = talked(two_networks)

    visitor = as_person(None).get(FILE)
    theirs = file_of(as_person(make_person(two_networks.theirs)))

    assert visitor.status_code == 302
    assert coach.full_name not in json.dumps(theirs)
    assert "coaching.note" not in theirs


def test_where_the_key_is_gone_the_rest_is_there(two_networks: TwoNetworks, as_person: As):
    coach, _fellow = talked(two_networks)
    destroy_key(coach, now=GONE)

    kept = file_of(as_person(coach))

    assert [one.get("words") for one in kept["coaching.note"]] == [None, None]
    assert kept["people.person"][0]["full_name"] == coach.full_name


def test_taking_it_along_is_noted_and_she_reads_it(two_networks: TwoNetworks, as_person: As):
    coach, _fellow = talked(two_networks)
    client = as_person(coach)

    file_of(client)

    look = AccessEvent.objects.get(about=coach.pk)
    assert (look.viewer, look.why) == (coach.pk, "export")
    looks = client.get(PAGE).content.decode().split('id="looks"')[1]
    assert f"{coach.full_name}: You" in looks


def test_questions_speak_the_programs_words(two_networks: TwoNetworks, as_person: As):
    application = make_application(make_call(two_networks.ours))
    asked = str(file_of(as_person(application.lead))["forms.answer"])

    assert "that you can attend each convening in full" in asked
    assert "{word" not in asked.lower()


def test_the_queries_do_not_grow_with_what_is_kept(two_networks: TwoNetworks, as_person: As):
    coaching = make_coaching(make_engagement(make_cohort(two_networks.ours)))
    make_session(coaching, private_note="One.")
    client = as_person(coaching.coach.person)
    client.get(PAGE)
    before = queries_of(client, PAGE)

    for _time in range(4):
        make_session(coaching, private_note="More.")

    assert queries_of(client, PAGE) == before


def test_a_staff_member_finds_no_door_to_the_data_of_others(
    two_networks: TwoNetworks, as_person: As
):
    coach, fellow = talked(two_networks)
    director = make_person(two_networks.ours, role=Role.DIRECTOR)

    mine = json.dumps(file_of(as_person(director)))

    for words in (coach.full_name, fellow.full_name, "Bring the rule.", "Slow down."):
        assert words not in mine
