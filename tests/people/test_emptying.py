"""Who asks to be deleted gets an answer, and nothing personal is left anywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from tests.conftest import TwoNetworks
from tests.factories.coaching import make_coaching, make_session
from tests.factories.convenings import make_district_with_team
from tests.factories.counting import queries_of
from tests.factories.people import NOW, make_network, make_person, make_staff
from tests.factories.programs import make_cohort, make_engagement
from throughline.audit.models import AuditEvent, AuditReason
from throughline.coaching.models import Note
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.meetings.models import Attendance
from throughline.people.actions import end_role
from throughline.people.actions.ask_for_deletion import (
    ask_for_deletion,
    refuse_request,
    withdraw_request,
)
from throughline.people.actions.empty_person import empty_person
from throughline.people.enums import RequestState, Role
from throughline.people.models import Account, Person, PrivacyRequest, RoleAssignment
from throughline.people.sealing import KeyGone

pytestmark = pytest.mark.django_db

As = Callable[[Person | None], Client]
LATER = NOW + timedelta(days=3)


def gone_coach(two_networks: TwoNetworks) -> Person:
    """A coach who logged a session and left."""
    engagement = make_district_with_team(make_cohort(two_networks.ours), members=5)
    coaching = make_coaching(engagement, team=engagement.teams.get())
    make_session(
        coaching, shared_summary="Bring the rule.", shared_with="team", private_note="Slow down."
    )
    coach = coaching.coach.person
    Person.objects.filter(pk=coach.pk).update(full_name="Marigold Quillfeather", bio="Marigold")
    for role in RoleAssignment.objects.filter(person=coach):
        end_role(role, by=None, now=NOW, reason="Marigold moved away")
    return Person.objects.get(pk=coach.pk)


def everything() -> str:
    """Every value of every table, as text."""
    found: list[str] = []
    for model in apps.get_models():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            found.extend(str(row) for row in cursor.fetchall())
    return "\n".join(found)


def test_after_emptying_no_table_holds_a_name_an_address_or_a_reason(two_networks: TwoNetworks):
    coach, director = gone_coach(two_networks), make_staff(two_networks.ours)
    address = coach.address
    ask_for_deletion(coach, "Marigold is my name", by=coach, now=NOW)
    before = everything()
    assert "Marigold" in before
    assert address in before

    empty_person(coach, by=director, now=LATER)

    after = everything()
    assert "Marigold" not in after
    assert address not in after
    assert Person.objects.get(pk=coach.pk).full_name == "Former participant"


def test_private_texts_are_lost_and_shared_ones_and_minutes_stay(two_networks: TwoNetworks):
    coach, director = gone_coach(two_networks), make_staff(two_networks.ours)
    marks = Attendance.objects.count()

    empty_person(coach, by=director, now=LATER)

    private, shared = Note.objects.order_by("tier")
    assert shared.words == "Bring the rule."
    with pytest.raises(KeyGone):
        assert private.words
    assert Attendance.objects.count() == marks


def test_the_account_goes_and_with_it_every_way_in(two_networks: TwoNetworks, as_person: As):
    coach, director = gone_coach(two_networks), make_staff(two_networks.ours)
    client = as_person(coach)
    account = coach.account_link.account
    assert client.get("/you/").status_code == 200

    empty_person(coach, by=director, now=LATER)

    assert not Account.objects.filter(pk=account.pk).exists()
    assert client.get("/you/").status_code == 302


def test_an_account_that_leads_to_another_network_stays(two_networks: TwoNetworks):
    coach, director = gone_coach(two_networks), make_staff(two_networks.ours)
    other = make_person(two_networks.theirs, email=coach.address)
    assert other.account_link.account == coach.account_link.account

    empty_person(coach, by=director, now=LATER)

    assert Account.objects.filter(pk=other.account_link.account_id).exists()
    assert Person.objects.get(pk=other.pk).full_name == other.full_name


def test_the_trail_says_that_it_was_done_and_its_events_stay(two_networks: TwoNetworks):
    coach, director = gone_coach(two_networks), make_staff(two_networks.ours)
    before = AuditEvent.objects.count()

    empty_person(coach, by=director, now=LATER)
    empty_person(coach, by=director, now=LATER)

    assert AuditEvent.objects.count() == before + 1
    assert AuditEvent.objects.latest("pk").verb == "emptied"
    about = AuditReason.objects.filter(event__key=coach.ref, event__kind="people.person")
    assert {(one.words, one.salt) for one in about} == {("", "")}


def test_who_still_holds_a_role_is_not_emptied(two_networks: TwoNetworks):
    coach = make_coaching(make_engagement(make_cohort(two_networks.ours))).coach.person

    with pytest.raises(NotAllowed, match="still holds a role here"):
        empty_person(coach, by=make_staff(two_networks.ours), now=LATER)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.FUNDER, None])
def test_nobody_else_empties(two_networks: TwoNetworks, role: str | None):
    coach = gone_coach(two_networks)

    with pytest.raises(NotAllowed):
        empty_person(coach, by=make_person(two_networks.ours, role=role), now=LATER)
    with pytest.raises(NotAllowed):
        empty_person(coach, by=make_staff(two_networks.theirs), now=LATER)


def test_a_request_is_made_once_taken_back_and_made_again():
    person = make_person(make_network())

    first = ask_for_deletion(person, "", by=person, now=NOW)
    assert ask_for_deletion(person, "again", by=person, now=NOW) == first
    withdraw_request(first, by=person, now=NOW)
    withdraw_request(first, by=person, now=NOW)
    second = ask_for_deletion(person, "", by=person, now=LATER)

    assert second != first
    assert (second.due_on - LATER.date()).days == 30
    with pytest.raises(NotAllowed):
        ask_for_deletion(person, "", by=make_staff(person.network), now=LATER)


def test_a_refusal_has_a_reason_which_the_person_reads(two_networks: TwoNetworks, as_person: As):
    person, director = make_person(two_networks.ours), make_staff(two_networks.ours)
    asked = ask_for_deletion(person, "", by=person, now=NOW)
    with pytest.raises(BadInput):
        refuse_request(asked, "  ", by=director, now=LATER)

    refuse_request(asked, "A grant asks for it.", by=director, now=LATER)
    with pytest.raises(WrongState):
        withdraw_request(asked, by=person, now=LATER)

    assert "A grant asks for it." in as_person(person).get("/you/data/").content.decode()


def test_a_director_walks_from_the_request_to_the_empty_record(
    two_networks: TwoNetworks, as_person: As
):
    coach, director = gone_coach(two_networks), make_staff(two_networks.ours)
    hers, theirs = as_person(coach), as_person(director)
    assert hers.post("/you/data/deletion/", {"words": "Please."}).status_code == 302
    asked = PrivacyRequest.objects.get()

    assert "Answer a request about personal data" in theirs.get("/").content.decode()
    assert "Marigold Quillfeather" in theirs.get("/staff/requests/").content.decode()
    seen = theirs.get(f"/staff/requests/{asked.ref}/").content.decode()
    for words in ("Please.", "Notes that you wrote", "Private texts are lost with their key."):
        assert words in seen
    silent = theirs.post(f"/staff/requests/{asked.ref}/", {"reason": ""})
    done = theirs.post(f"/staff/requests/{asked.ref}/empty/")

    assert (silent.status_code, done.status_code) == (422, 302)
    asked.refresh_from_db()
    assert (asked.state, asked.words) == (RequestState.DONE, "")


def test_a_stranger_finds_no_request(two_networks: TwoNetworks, as_person: As):
    person = make_person(two_networks.ours)
    asked = ask_for_deletion(person, "", by=person, now=NOW)

    for stranger in (make_staff(two_networks.theirs), make_staff(two_networks.ours, "coordinator")):
        client = as_person(stranger)
        assert client.get(f"/staff/requests/{asked.ref}/").status_code == 404
        assert client.post(f"/staff/requests/{asked.ref}/empty/").status_code == 404


def test_the_list_of_requests_asks_the_same_number_of_queries(
    two_networks: TwoNetworks, as_person: As
):
    director = make_staff(two_networks.ours)
    client = as_person(director)

    def ask() -> None:
        person = make_person(two_networks.ours)
        ask_for_deletion(person, "", by=person, now=NOW)

    ask()
    client.get("/staff/requests/")
    before = queries_of(client, "/staff/requests/")
    for _time in range(5):
        ask()
    assert queries_of(client, "/staff/requests/") == before
