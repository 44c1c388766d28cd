"""Pages of visitors, applicants and their assistants."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.admissions.test_selection import small
from tests.factories.admissions import fill, make_application, make_call, make_draft, make_season
from tests.factories.people import NOW, make_network, make_person, make_place, make_staff
from throughline.admissions.models import Application, Decision
from throughline.core import clock
from throughline.people.actions import delegate
from throughline.people.enums import Verb
from throughline.people.models import Person
from throughline.teams.actions.name_member import name_member

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

As = Callable[[Person | None], Client]


def url(name: str, *args: str) -> str:
    return reverse(f"admissions:{name}", args=args)


def words(content: bytes) -> str:
    return " ".join(content.decode().split())


@pytest.mark.requirement("RELN-52")
def test_a_visitor_is_answered_rule_by_rule_in_the_blueprints_words(as_person: As):
    call, away = make_call(), make_place("Halvorsen", "MO")

    page = as_person(None).get(
        url("check", call.ref),
        {"title": "Schools chief", "district": away.code, "dates": "yes", "commitment": "yes"},
    )

    assert page.status_code == 200
    shown = words(page.content)
    assert "You can apply. One point is for a person to decide." in shown
    for sentence in (
        "You lead at the executive level: superintendent, deputy superintendent",
        "Your district&#x27;s state is outside our region. Such candidates are considered case by case",
        "You confirm every network convening date.",
        "You sign the commitment.",
    ):
        assert sentence in shown


def test_a_rule_that_says_no_is_never_the_last_word(as_person: As):
    call, place = make_call(), make_place()

    page = as_person(None).get(
        url("check", call.ref),
        {"title": "Superintendent", "district": place.code, "dates": "yes", "commitment": "no"},
    )

    shown = words(page.content)
    assert "One rule says no. You can still ask a person." in shown
    assert "Start my application" in shown


def test_the_check_stores_nothing_and_answers_nonsense_beside_the_field(as_person: As):
    call = make_call()
    client = as_person(None)

    page = client.get(url("check", call.ref), {"title": "", "district": "Nowhere at all"})

    assert page.status_code == 422
    assert "Enter your title." in words(page.content)
    assert "No district is called" in words(page.content)
    assert not Application.objects.exists()


def test_a_section_says_what_readers_look_for_in_it_and_nothing_of_the_others(as_person):
    application = make_draft(make_call())
    address = url("part", application.ref, "goals")

    page = words(as_person(application.lead).get(address).content)

    assert "Commitment already acted on, with the board behind it" in page
    assert "Attendance is realistic" not in page
    assert "All dates held" not in page


def test_the_check_stands_in_the_name_of_the_network_and_leads_back(as_person):
    call = make_call()

    page = words(as_person(None).get(url("check", call.ref)).content)

    assert f"<span>{call.cohort.program.network}</span>" in page
    assert f'href="/p/{call.cohort.program.ref}/">About the program' in page


def test_the_check_of_a_cohort_that_is_planned_does_not_exist(as_person: As):
    call = make_call()
    call.cohort.__class__.objects.filter(pk=call.cohort_id).update(state="planned")

    assert as_person(None).get(url("check", call.ref)).status_code == 404


def test_a_person_starts_from_her_check_and_lands_on_the_task_list(as_person: As):
    call, place = make_call(), make_place()
    person = make_person(call.network)

    page = as_person(person).post(
        url("start", call.ref), {"district": place.code, "title": "superintendent"}
    )

    application = Application.objects.get()
    assert page.headers["Location"] == url("application", application.ref)
    shown = words(as_person(person).get(page.headers["Location"]).content)
    assert application.number in shown
    assert "1 of 4 sections are done" in shown


@pytest.mark.requirement("NEWS-01")
def test_autosave_says_when_and_a_plain_post_goes_on(as_person: As):
    application = make_draft()
    client = as_person(application.lead)
    section = url("part", application.ref, "goals")

    saved = client.post(section, {"vision": "Known.", "autosave": "1", "revisions": "{}"})
    assert saved.status_code == 200
    assert "Saved 10:00 am ET" in words(saved.content)
    onward = client.post(section, {"vision": "Known.", "revisions": '{"vision": 1}'})
    assert onward.headers["Location"] == url("part", application.ref, "team")
    later = client.post(section, {"vision": "K.", "revisions": '{"vision": 1}', "later": "1"})
    assert later.headers["Location"] == url("application", application.ref)


def test_a_stale_tab_sees_both_versions_and_loses_nothing(as_person: As):
    application = make_draft()
    client = as_person(application.lead)
    section = url("part", application.ref, "goals")
    client.post(section, {"vision": "First tab.", "revisions": "{}"})

    page = client.post(section, {"vision": "Second tab.", "revisions": "{}"})

    assert page.status_code == 409
    assert "First tab." in words(page.content)
    assert "Second tab." in words(page.content)


def test_an_assistant_writes_and_is_shown_neither_statement_nor_send_button(as_person: As):
    application = make_draft()
    assistant = make_person(application.network)
    delegate(
        application.lead, assistant, application.scope, [Verb.EDIT_APPLICATION],
        by=application.lead, now=NOW,
    )  # fmt: skip
    client = as_person(assistant)

    section = client.get(url("part", application.ref, "goals"))
    check = client.get(url("check_answers", application.ref))

    assert "can confirm this statement" in words(section.content)
    assert 'name="commitment"' not in section.content.decode()
    assert "Send application" not in words(check.content)
    saved = client.post(url("part", application.ref, "goals"), {"vision": "x", "revisions": "{}"})
    assert saved.status_code == 302
    assert client.get(url("withdraw", application.ref)).status_code == 404


@pytest.mark.requirement("NEWS-01")
def test_sending_from_the_page_twice_leads_to_one_receipt(as_person: As):
    application = make_draft()
    fill(application)
    name_member(application.team, full_name="A Member", by=application.lead, now=NOW)
    client, key = as_person(application.lead), str(uuid4())
    sent = {"attest": "on", "typed_name": "Me", "once": key}

    first = client.post(url("check_answers", application.ref), sent)
    again = client.post(url("check_answers", application.ref), sent)

    assert first.headers["Location"] == again.headers["Location"]
    receipt = words(client.get(first.headers["Location"]).content)
    assert f"Your number is <strong>{application.number}</strong>" in receipt


def test_an_unfinished_application_names_what_is_open_and_keeps_what_was_typed(as_person: As):
    application = make_draft()

    page = as_person(application.lead).post(
        url("check_answers", application.ref), {"attest": "on", "typed_name": "My Own Name"}
    )

    assert page.status_code == 422
    assert "answers are missing before you can send this" in words(page.content)
    assert "“Confirm that you can attend each network convening in full”" in words(page.content)
    assert 'value="My Own Name"' in page.content.decode()


def test_a_page_opened_before_the_deadline_and_sent_after_it_keeps_the_answers(as_person: As):
    application = make_draft()
    client = as_person(application.lead)

    with clock.at(application.call.last_moment + timedelta(seconds=1)):
        client = as_person(application.lead)
        page = client.post(
            url("part", application.ref, "goals"), {"vision": "Too late.", "revisions": "{}"}
        )

    assert page.status_code == 422
    assert "Applications for this cohort have closed." in words(page.content)
    assert "Too late." in words(page.content)


@pytest.mark.parametrize(
    "name", ["application", "check_answers", "receipt", "take_back", "withdraw", "answer"]
)
def test_a_stranger_and_another_network_find_no_application(as_person: As, name: str):
    application = make_application()
    address = url(name, application.ref)

    assert as_person(make_person(application.network)).get(address).status_code == 404
    assert as_person(make_staff(make_network())).get(address).status_code == 404
    assert as_person(None).get(address).status_code == 302


def test_withdrawing_is_asked_first(as_person: As):
    application = make_application()
    client = as_person(application.lead)

    assert "Withdraw your application?" in words(
        client.get(url("withdraw", application.ref)).content
    )
    client.post(url("withdraw", application.ref))

    application.refresh_from_db()
    assert application.state == "withdrawn"


def test_accepting_on_the_page_and_again_from_a_stale_tab(as_person: As):
    season = make_season(2, points=(4, 3), source=small(1, 1), stage="released")
    application = season.applications[0]
    decision = Decision.objects.get(application=application)
    assert decision.answer_by is not None
    with clock.at(decision.answer_by - timedelta(days=1)):
        client = as_person(application.lead)
        shown = words(client.get(url("answer", application.ref)).content)
        accepted = client.post(url("answer", application.ref), {"answer": "accept"})
        again = client.post(url("answer", application.ref), {"answer": "accept"})
        stale = client.post(url("answer", application.ref), {"answer": "decline"})

    assert "Accept the seat" in shown
    assert (accepted.status_code, again.status_code, stale.status_code) == (302, 302, 422)
    assert Decision.objects.filter(state="accepted").count() == 1


def test_before_release_the_applicants_page_says_in_review(as_person: As):
    season = make_season(1, points=(4,), source=small(), stage="signed")
    application = season.applications[0]
    client = as_person(application.lead)

    assert "In review" in words(client.get(url("application", application.ref)).content)
    assert client.get(url("answer", application.ref)).status_code == 404
