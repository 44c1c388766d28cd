"""A participant who reads Spanish: titles that were stored in English when the cohort opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.factories.convenings import PLACE, make_event, make_events, seat_of_fellow
from tests.factories.counting import queries_of
from tests.factories.people import NOW, make_staff
from tests.factories.programs import blueprint_text, make_cohort
from throughline.convenings import letters
from throughline.convenings.actions import publish_event
from throughline.convenings.models import Event
from throughline.convenings.queries import todo_items
from throughline.people.actions.choose_language import choose_language
from throughline.people.models import Person

pytestmark = pytest.mark.django_db

SignIn = Callable[[Person | None], Client]
THEME = '"convenings.series.network.themes.lever-3.title"'


def spanish_fellow(event: Event) -> Person:
    person = seat_of_fellow(event).person
    choose_language(person, "es", by=person, now=NOW)
    return person


def spanish_director(event: Event) -> Person:
    director = make_staff(event.network)
    choose_language(director, "es", by=director, now=NOW)
    return director


def without(line: str) -> str:
    """RELN without the Spanish of one text."""
    return "".join(
        one for one in blueprint_text().splitlines(keepends=True) if not one.startswith(line)
    )


def test_a_page_names_the_event_and_its_agenda_in_the_language_of_its_reader(as_person: SignIn):
    event = make_event()
    client = as_person(spanish_fellow(event))

    page = client.get(reverse("convenings:event", args=[event.ref])).text
    listed = client.get(reverse("convenings:events")).text
    home = client.get("/").text

    assert "<h1>La participación de las familias y la comunidad</h1>" in page
    for english in ("Network convening", "Engaging", "Consultancy"):
        assert english not in page + listed + home
    assert "Consultoría en tríadas" in page
    assert "Encuentro 3" in page
    assert ">La participación de las familias y la comunidad</a>" in listed
    assert ">La participación de las familias y la comunidad</a>" in home


def test_what_is_asked_and_the_file_for_a_calendar_say_it_too(as_person: SignIn):
    event = make_event()
    fellow = spanish_fellow(event)

    with override("es"):
        [asked] = todo_items(fellow, now=NOW + timedelta(days=60))
    file = as_person(fellow).get(reverse("convenings:event_file", args=[event.ref])).content

    assert asked.title == "Diga si asistirá: Encuentro 3"
    assert b"SUMMARY:Encuentro 3" in file
    assert b"onvening" not in file


def test_a_letter_names_the_event_in_the_language_of_its_reader():
    event = make_event()

    with override("es"):
        letter = letters.canceled(event, because="The hall is closed.")

    assert letter.subject == "Se canceló: La participación de las familias y la comunidad"
    assert "“La participación de las familias y la comunidad”" in letter.body


def test_what_a_host_typed_stays_as_she_typed_it():
    [event, *_rest] = make_events()
    Event.objects.filter(pk=event.pk).update(theme="Courage, out loud")
    event.refresh_from_db()

    with override("es"):
        heading = event.heading

    assert (heading, heading.language) == ("Courage, out loud", "")


def test_what_the_file_does_not_translate_stays_english_and_says_so():
    cohort = make_cohort(source=without(THEME))
    event = publish_event(make_events(cohort)[2], place_words=PLACE, by=None, now=NOW)

    with override("es"):
        heading = event.heading
        called = event.called

    assert (heading, heading.language) == (event.theme, "en")
    assert (called, called.language) == ("Encuentro 3", "es")


def test_a_heading_that_stays_english_carries_its_language_on_the_page(as_person: SignIn):
    cohort = make_cohort(source=without(THEME))
    event = publish_event(make_events(cohort)[2], place_words=PLACE, by=None, now=NOW)
    director = spanish_director(event)

    page = as_person(director).get(reverse("convenings:event", args=[event.ref])).text

    assert f'<h1><span lang="en">{event.theme}</span></h1>' in page
    assert f"<title>{event.theme}" in page


@pytest.mark.slow
def test_spanish_takes_as_many_queries_as_english(as_person: SignIn):
    event = make_event()
    for other in make_events(event.scope.cohort):
        if other.pk != event.pk:
            publish_event(other, place_words=PLACE, by=None, now=NOW)
    fellow = seat_of_fellow(event).person
    client = as_person(fellow)
    pages = [
        "/",
        reverse("convenings:events"),
        reverse("convenings:event", args=[event.ref]),
        reverse("ledger:promised"),
    ]

    def counted() -> list[int]:
        return [(client.get(url), queries_of(client, url))[1] for url in pages]

    english = counted()
    choose_language(fellow, "es", by=fellow, now=NOW)

    assert counted() == english
