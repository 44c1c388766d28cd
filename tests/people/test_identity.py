"""People describe themselves: each for herself, nobody else reads it, and it can be taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from tests.factories.identity import make_learner
from tests.factories.people import NOW, make_network, make_person, make_staff
from throughline.audit.models import AuditEvent
from throughline.core.errors import BadInput, NotAllowed
from throughline.people.actions import end_role
from throughline.people.actions.describe_oneself import describe_oneself, take_back_description
from throughline.people.enums import Role
from throughline.people.identity import Given
from throughline.people.models import EquityIdentity, Person
from throughline.people.sealing import destroy_key
from throughline.people.self_description import kept_of

pytestmark = pytest.mark.django_db

As = Callable[[Person | None], Client]
PAGE, REMOVE = "/you/about/", "/you/about/remove/"
SOURCE = Path(__file__).parents[2] / "src" / "throughline"
OWN = "county-principals/schooling"


def words(content: bytes) -> str:
    return " ".join(content.decode().split())


def events(person: Person) -> list[list[str]]:
    found = AuditEvent.objects.filter(verb="changed", key=person.ref).order_by("pk")
    return [event.fields for event in found]


def given(person: Person) -> dict[str, Given]:
    return {key: one.given for key, one in kept_of(person).items()}


def test_an_answer_is_kept_with_the_edition_and_the_words_that_were_read():
    person = make_learner("schooling")

    describe_oneself(person, {OWN: Given(("boarding", "village"), "Far away")}, by=person, now=NOW)

    kept = kept_of(person)[OWN]
    assert (kept.title, kept.version) == ("Schooling", "2026")
    assert kept.given == Given(("village", "boarding"), "Far away")
    assert kept.said == ["A village school", "A boarding school"]


def test_sent_twice_it_is_kept_once_and_the_trail_holds_no_answer():
    person = make_learner("gender")

    for _time in range(2):
        describe_oneself(person, {"gender": Given((), "marigold")}, by=person, now=NOW)

    assert events(person) == [["identity"]]
    assert EquityIdentity.objects.count() == 1


def test_no_table_holds_the_words():
    person = make_learner("gender")
    describe_oneself(person, {"gender": Given(("woman",), "marigold")}, by=person, now=NOW)

    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM people_equityidentity")
        [(sealed,)] = cursor.fetchall()

    assert b"marigold" not in bytes(sealed)
    assert b"woman" not in bytes(sealed)


def test_what_is_not_sent_stays_and_what_is_emptied_goes():
    person = make_learner("gender", "religion")
    describe_oneself(
        person, {"gender": Given(("man",)), "religion": Given(("sikh",))}, by=person, now=NOW
    )

    describe_oneself(person, {"gender": Given()}, by=person, now=NOW)

    assert given(person) == {"religion": Given(("sikh",))}


def test_the_row_is_gone_when_nothing_is_left():
    person = make_learner("gender")
    describe_oneself(person, {"gender": Given(("man",))}, by=person, now=NOW)

    describe_oneself(person, {"gender": Given()}, by=person, now=NOW)

    assert not EquityIdentity.objects.exists()
    assert events(person) == [["identity"], ["identity"]]


def test_taking_back_removes_everything_once_even_without_a_key():
    person = make_learner("gender")
    describe_oneself(person, {"gender": Given(("man",))}, by=person, now=NOW)
    destroy_key(person, now=NOW)

    take_back_description(person, by=person, now=NOW)
    take_back_description(person, by=person, now=NOW)

    assert not EquityIdentity.objects.exists()
    assert events(person) == [["identity"], ["identity"]]


@pytest.mark.parametrize(
    ("key", "answer", "sentence"),
    [
        ("gender", Given(("nobody",)), "Choose an answer of the list."),
        ("gender", Given(("man", "not-said")), "You prefer not to say, and answered too."),
        ("gender", Given(("not-said",), "But"), "You prefer not to say, and answered too."),
        ("gender", Given((), "x" * 301), "Use at most 300 characters."),
        ("race-us", Given(("asian", "white")), "Choose one answer."),
        (OWN, Given(("village", "none")), "“None” stands alone. Keep it, or the others."),
        ("religion", Given(("sikh",)), "This is not asked of you."),
    ],
)
def test_an_answer_that_cannot_be_right_is_refused(key: str, answer: Given, sentence: str):
    person = make_learner("gender", "race-us", "schooling")

    with pytest.raises(BadInput, match=re.escape(sentence)) as refused:
        describe_oneself(person, {key: answer}, by=person, now=NOW)

    assert refused.value.field == key
    assert not EquityIdentity.objects.exists()


def test_nobody_says_it_for_another():
    person = make_learner("gender")
    director = make_staff(person.network)
    describe_oneself(person, {"gender": Given(("man",))}, by=person, now=NOW)

    with pytest.raises(NotAllowed):
        describe_oneself(person, {"gender": Given(("woman",))}, by=director, now=NOW)
    with pytest.raises(NotAllowed):
        take_back_description(person, by=director, now=NOW)

    assert given(person) == {"gender": Given(("man",))}


def test_the_row_of_another_is_in_no_ones_sight():
    person = make_learner("gender")
    describe_oneself(person, {"gender": Given(("man",))}, by=person, now=NOW)

    assert EquityIdentity.objects.visible_to(person).count() == 1
    assert not EquityIdentity.objects.visible_to(make_staff(person.network)).exists()
    assert not EquityIdentity.objects.visible_to(make_person()).exists()


def test_who_is_under_age_is_not_asked(as_person: As):
    student = make_learner("gender", is_minor=True, role=Role.STUDENT)

    page = as_person(student).get(PAGE)

    assert "Students under age are not asked about themselves here." in words(page.content)
    assert "What is your gender?" not in words(page.content)
    assert as_person(student).post(PAGE, {"gender": "man"}).status_code == 422
    assert not EquityIdentity.objects.exists()


def test_a_person_has_one_row():
    person = make_learner("gender")
    describe_oneself(person, {"gender": Given(("man",))}, by=person, now=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        EquityIdentity.objects.create(network=person.network, person=person, sealed=b"x")


def test_no_query_of_another_app_can_reach_the_answers():
    named = re.compile(r"EquityIdentity|equityidentity|kept_of|self_description")
    outside = [
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if path.relative_to(SOURCE).parts[0] != "people"
        and named.search(path.read_text(encoding="utf-8"))
    ]
    backwards = [
        field.name
        for model in (Person, type(make_network()))
        for field in model._meta.get_fields()
        if field.related_model is EquityIdentity
    ]

    assert (outside, backwards) == ([], [])


@pytest.mark.requirement("LEE-23")
def test_a_program_asks_what_it_lists_in_its_words_and_us_categories_only_if_named(as_person: As):
    world = make_learner("religion", "schooling", "mother-language")
    states = make_learner("race-us-2024")

    abroad = words(as_person(world).get(PAGE).content)
    at_home = words(as_person(states).get(PAGE).content)

    questions = [
        "What is your religion or belief?",
        "Which schools did the participant in you go to?",
        "Which language did you learn first?",
    ]
    assert [one for one in questions if one in abroad] == questions
    assert "Middle Eastern or North African" not in abroad
    assert "Black or African American" not in abroad
    assert "Middle Eastern or North African" in at_home
    assert "religion or belief" not in at_home


@pytest.mark.requirement("EON-27")
def test_the_page_keeps_shows_changes_and_removes(as_person: As):
    person = make_learner("gender", "schooling")
    client = as_person(person)
    own = "county-principals_schooling"

    kept = client.post(
        PAGE,
        {"gender": ["nonbinary"], "gender_words": "marigold", own: ["village", "boarding"]},
        follow=True,
    )
    shown = words(kept.content)
    client.post(REMOVE)

    assert "Kept for you alone." in shown
    assert "marigold</textarea>" in shown
    assert shown.count(" checked") == 3
    assert "marigold" not in words(client.get(PAGE).content)
    assert not EquityIdentity.objects.exists()


def test_a_choice_of_one_can_be_undone(as_person: As):
    person = make_learner("race-us")
    client = as_person(person)
    client.post(PAGE, {"race-us": "asian"})

    client.post(PAGE, {"race-us": ""})

    assert not EquityIdentity.objects.exists()


def test_wrong_input_is_answered_beside_its_field_and_nothing_typed_is_lost(as_person: As):
    person = make_learner("gender", "race-us", "schooling")

    page = as_person(person).post(
        PAGE,
        {
            "gender": ["man", "not-said"],
            "gender_words": "tulip " * 60,
            "race-us": "martian",
            "county-principals_schooling": ["none", "village"],
            "county-principals_schooling_words": "poppy",
        },
    )

    shown = words(page.content)
    assert page.status_code == 422
    assert "4 things to put right" in shown
    assert "Use at most 300 characters." in shown
    assert "You prefer not to say, and answered too. Keep one of the two." in shown
    assert "Choose an answer of the list." in shown
    assert "“None” stands alone." in shown
    assert "tulip tulip" in shown
    assert "poppy</textarea>" in shown
    assert not EquityIdentity.objects.exists()


def test_who_left_the_program_still_reads_and_removes_what_she_said(as_person: As):
    person = make_learner("schooling")
    describe_oneself(person, {OWN: Given(("village",), "Far away")}, by=person, now=NOW)
    for held in person.roles.all():
        end_role(held, by=None, now=NOW - timedelta(days=7))

    page = words(as_person(person).get(PAGE).content)

    assert "The programs that you are in ask nothing about you." in page
    assert "<b>Schooling</b> · A village school Far away" in page
    assert "Remove my answers" in page


def test_without_her_key_the_page_says_so_and_offers_to_remove(as_person: As):
    person = make_learner("gender")
    describe_oneself(person, {"gender": Given(("man",))}, by=person, now=NOW)
    destroy_key(person, now=NOW)

    page = as_person(person).get(PAGE)

    assert "Your earlier answers cannot be opened" in words(page.content)
    assert "What is your gender?" not in words(page.content)
    assert as_person(person).post(PAGE, {"gender": "woman"}).status_code == 422


def test_the_page_says_who_reads_and_how_figures_leave(as_person: As):
    page = words(as_person(make_learner("gender")).get(PAGE).content)

    assert "No reader of applications, no staff, no coach, no team and no assistant" in page
    assert "Figures about groups of people leave only through a release" in page
    assert "I prefer not to say" in page
    assert "Gender, in your own words" in page


def test_a_stranger_is_asked_to_sign_in(as_person: As):
    assert as_person(None).get(PAGE).status_code == 302
    assert as_person(None).post(REMOVE).status_code == 302


def test_the_page_speaks_spanish_down_to_the_options(as_person: As):
    person = make_learner("gender", "schooling")
    Person.objects.filter(pk=person.pk).update(locale="es")
    client = as_person(person)

    page = words(client.get(PAGE, headers={"accept-language": "es"}).content)

    assert "¿Cuál es su género?" in page
    assert "No binario" in page
    assert "Una escuela de pueblo" in page
    assert "Prefiero no decirlo" in page
