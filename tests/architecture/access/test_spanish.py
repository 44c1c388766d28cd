"""Whoever reads Spanish meets no English title of the program: on no page, in no file."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.architecture.access.policy import POLICY
from tests.architecture.access.spanish import (
    ENGLISH_DATE,
    WRONG_PLURAL,
    crawl,
    english_texts,
    found_in,
)
from tests.factories.people import NOW
from tests.world import NOBODY, World, undone
from throughline.core import clock
from throughline.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

READERS = (NOBODY, "superintendent", "teacher", "applicant", "coach")

LEFT = {
    "Chief academic officer",  # typed into a roster
    "Listening session",  # typed into a plan
    "I am committed to addressing historical disparities in my system.",  # signed in English
    "Coaching",  # the word in both languages
}

AS_SENT = "/answer/"
"""Here stands a letter as it was sent, in the language of that day."""

AS_STORED = "/you/data/"
"""Here stands what is kept about the reader, word for word as it is stored, and the page says so."""


@pytest.mark.parametrize("role", READERS)
def test_no_english_title_of_the_program_reaches_who_reads_spanish(world: World, role: str):
    texts = english_texts(world.ours.version) - LEFT
    begin = [
        reverse(name, args=row.thing(world))
        for name, row in POLICY.items()
        if row.is_looked_at and role in row.there_for
    ]

    with undone(), clock.at(NOW):
        if person := world.people[role]:
            Person.objects.filter(pk=person.pk).update(locale="es")
        crawled = crawl(world.client(role), begin)
        read = [one for one in crawled if not one.path.startswith(AS_STORED)]

    assert {one.path: some for one in read if (some := found_in(one.said, texts))} == {}
    assert [
        (one.path, said)
        for one in read
        if not one.path.endswith(AS_SENT)
        for said in one.said
        if ENGLISH_DATE.search(said) or WRONG_PLURAL.search(said)
    ] == []
    pages = [one for one in read if one.back_to is not None]
    assert [one.path for one in pages if one.back_to.partition("?")[0] != one.path] == []
    assert len(pages) > 3
