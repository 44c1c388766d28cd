"""A program in the language of its reader: its words, its texts, and what stays a rule."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.factories.people import NOW, make_person
from tests.factories.programs import blueprint_text, make_cohort, make_version
from throughline.audit.models import AuditEvent
from throughline.composition.sections import check
from throughline.core.errors import BadInput, NotAllowed
from throughline.people.actions.choose_language import choose_language
from throughline.people.languages import language_of
from throughline.programs.actions.move_cohort import move_cohort
from throughline.programs.blueprint import ProgramSection
from throughline.programs.enums import CohortState
from throughline.programs.sections import section
from throughline.programs.words import words_of

SPANISH = """
[words.es]
participant = { one = "líder", other = "líderes" }

[translations.es]
"program.benefits.peers.text" = "Líderes de distritos que conocen los mismos desafíos."
"evidence.lenses.race" = "Raza y etnia"
"""


def in_english() -> str:
    """RELN as it ships, without its Spanish part at the end."""
    return blueprint_text().partition("[words.es]")[0]


def in_spanish() -> str:
    return in_english() + SPANISH


@pytest.mark.django_db
def test_words_and_texts_follow_the_reader_and_fall_back():
    version = make_version(source=in_spanish())

    with override("es"):
        words, program = words_of(version), section(version, "program", ProgramSection)
    english = section(version, "program", ProgramSection)

    assert (words.one("participant"), words.other("participant")) == ("líder", "líderes")
    assert words.one("team") == "design team"
    texts = {one.key: one.text for one in program.benefits}
    assert texts["peers"] == "Líderes de distritos que conocen los mismos desafíos."
    assert texts["costs"] == next(one.text for one in english.benefits if one.key == "costs")
    assert words_of(version).one("participant") == "fellow"
    assert next(one.text for one in english.benefits if one.key == "peers") != texts["peers"]


@pytest.mark.parametrize(
    "path",
    ["admissions.eligibility.executive.rule", "program.length", "program.benefits.nothing.text",
     "people.roles.fellow.kind"],
)  # fmt: skip
def test_only_what_people_read_is_translated(path: str):
    blueprint, faults = check(f'{in_english()}\n[translations.es]\n"{path}" = "otra"\n')

    assert blueprint is None
    assert [fault.expected for fault in faults if not fault.is_note] == [
        "the path of a text of this file that people read"
    ]


@pytest.mark.django_db
def test_a_visitor_reads_the_public_page_in_her_language_and_stays_on_it():
    cohort = make_cohort(source=in_spanish())
    move_cohort(cohort, CohortState.RECRUITING, by=None, now=NOW)
    url = reverse("home:program", args=[cohort.program.ref])
    client = Client()

    chosen = client.post(reverse("ui:language"), {"language": "es", "next": url})
    page = client.get(chosen["Location"])
    other = Client().get(url, headers={"accept-language": "es-MX,es;q=0.9"})
    away = client.post(reverse("ui:language"), {"language": "xx", "next": "https://elsewhere.org/"})

    assert chosen["Location"] == url
    assert '<html lang="es"' in page.text
    assert "Líderes de distritos que conocen los mismos desafíos." in page.text
    assert '<html lang="es"' in other.text
    assert away["Location"] == "/"
    assert '<html lang="es"' in client.get(url).text


@pytest.mark.django_db
def test_who_is_signed_in_keeps_her_language_for_every_device_and_letter(as_person):
    person = make_person()
    client = as_person(person)

    for _twice in range(2):
        client.post(reverse("ui:language"), {"language": "es", "next": "/"})

    person.refresh_from_db()
    assert language_of(person) == "es"
    assert '<html lang="es"' in as_person(person).get("/", follow=True).text
    assert AuditEvent.objects.filter(fields=["locale"], by=person.pk).count() == 1


@pytest.mark.django_db
def test_a_person_chooses_only_for_herself_and_only_what_is_spoken():
    person, other = make_person(), make_person()

    with pytest.raises(NotAllowed):
        choose_language(person, "es", by=other, now=NOW)
    with pytest.raises(BadInput):
        choose_language(person, "xx", by=person, now=NOW)

    assert language_of(person) == "en-us"
