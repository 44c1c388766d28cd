"""A program looks at results by dimensions of its own; US categories are one pack among others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.factories.inquiry import make_challenge, make_real_team, make_team_finding
from tests.factories.people import make_person
from tests.factories.programs import blueprint_text, make_cohort
from throughline.evidence.lenses import Lenses, lenses_at, lenses_for, lenses_of
from throughline.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

As = Callable[[Person | None], Client]
RELN = 'lenses = [["race", "Race and ethnicity"], ["economic", "Family income"], ["academic", "Academic outcome"]]'
WORLD = 'lenses = [["religion", "Religion"], ["mother-language", "Mother language"]]'


def elsewhere() -> str:
    """RELN with dimensions that no US file has."""
    lines = blueprint_text().split("\n")
    kept = [line for line in lines if not line.startswith('"evidence.lenses.')]
    return "\n".join(kept).replace(RELN, WORLD)


def words(content: bytes) -> str:
    return " ".join(content.decode().split())


def test_whoever_is_in_no_program_reads_the_file_by_its_own_pack():
    assert lenses_for(make_person()).choices() == [
        ("everything", "All groups"),
        ("race", "Race and ethnicity"),
        ("income", "Family income"),
        ("language", "Home language"),
        ("disability", "Disability"),
    ]


def test_a_program_names_its_dimensions_first_and_in_its_words():
    lenses = Lenses((("language", "Tongue"), ("economic", "Means"), ("religion", "Religion")))

    assert lenses.choices()[:3] == [
        ("everything", "All groups"), ("language", "Tongue"), ("income", "Means"),
    ]  # fmt: skip
    assert lenses.unknown() == ["Religion"]
    assert lenses.labels == ["Tongue", "Means", "Religion"]


def test_dimensions_are_read_in_the_language_of_the_reader():
    version = make_cohort().version

    with translation.override("es"):
        assert lenses_of(version).labels == [
            "Raza y etnia", "Ingresos familiares", "Resultados académicos",
        ]  # fmt: skip


def test_a_program_that_looks_at_religion_and_mother_language_offers_these(as_person: As):
    cohort = make_cohort(source=elsewhere())
    team, lead, _member = make_real_team(cohort)
    place = team.engagement.district.place
    assert place is not None
    client = as_person(lead)

    figures = client.get(reverse("evidence:graduation", args=[place.code]))
    finding = make_team_finding(team, lead)
    begins = client.get(reverse("inquiry:use", args=[finding.ref]))
    challenge = make_challenge(team, lead)
    edits = client.get(reverse("inquiry:challenge", args=[challenge.ref]))

    assert lenses_for(lead) == lenses_at(team.scope_id)
    assert "This program also looks at Religion and Mother language." in words(figures.content)
    for page in (begins, edits):
        assert "This program looks at: Religion; Mother language." in words(page.content)
        assert "Race and ethnicity" not in words(page.content)


def test_a_program_of_the_us_pack_is_told_of_no_gap_but_its_own(as_person: As):
    cohort = make_cohort()
    team, lead, _member = make_real_team(cohort)
    place = team.engagement.district.place
    assert place is not None

    page = words(as_person(lead).get(reverse("evidence:graduation", args=[place.code])).content)

    assert "This program also looks at Academic outcome." in page
    assert '<option value="income">Family income</option>' in page
