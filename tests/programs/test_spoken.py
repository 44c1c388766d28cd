"""Titles that were stored when a cohort opened, in the language of their reader."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.factories.people import NOW, make_staff
from tests.factories.programs import blueprint_text, make_cohort
from throughline.ledger.actions.make_promises import make_promises
from throughline.ledger.models import Promise
from throughline.ledger.naming import told_label
from throughline.people.actions.choose_language import choose_language
from throughline.programs.models import CalendarItem, Phase
from throughline.programs.titles import told_date, told_phase

pytestmark = pytest.mark.django_db


def without(*starts: str) -> str:
    """RELN without the lines that begin so."""
    lines = blueprint_text().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(starts))


@pytest.mark.parametrize(
    ("key", "english", "spanish"),
    [
        ("stage.application.closes", "Application closes", "Solicitud: cierra"),
        ("series.network.3", "Network convening", "Encuentro"),
        ("report.funder-final.1", "Final report to the funder due",
         "Informe final para quien financia: se entrega"),
        ("start", "Start", "Inicio"),
    ],
)  # fmt: skip
def test_a_date_is_named_by_the_same_composition_in_another_language(
    key: str, english: str, spanish: str
):
    item = CalendarItem.objects.get(cohort=make_cohort(), key=key)

    with override("es"):
        named = told_date(item.cohort.version, item)

    assert item.title == english
    assert (named, named.language) == (spanish, "es")


def test_a_title_that_the_file_does_not_translate_says_in_which_language_it_is():
    line = '"admissions.stages.application.title"'
    cohort = make_cohort(source=without(line, '"program.phases.see.title"'))
    phase = Phase.objects.get(cohort=cohort, key="see")

    with override("es"):
        told = told_phase(cohort.version, phase)
    in_english = told_phase(cohort.version, phase)

    assert (told, told.language) == ("Find the challenge", "en")
    assert (in_english, in_english.language) == ("Find the challenge", "")


def test_a_title_that_somebody_wrote_since_stays(as_person):
    item = CalendarItem.objects.get(cohort=make_cohort(), key="series.network.1")
    CalendarItem.objects.filter(pk=item.pk).update(title="The opening days")
    director = make_staff(item.network)
    choose_language(director, "es", by=director, now=NOW)

    page = as_person(director).get(reverse("programs:calendar", args=[item.cohort.ref])).text

    assert "The opening days" in page
    assert "Solicitud: cierra" in page
    assert "Application closes" not in page


def test_a_program_in_spanish_opens_a_cohort_in_spanish_and_is_read_in_english():
    source = without("[words.es]", "[translations.es]").partition(
        "# ---------------------------------------------------------------- Spanish"
    )[0]
    source = source.replace('short = "RELN"', 'short = "RELN"\nlanguage = "es"', 1)
    source = (
        source.replace("[words.en]", "[words.es]", 1).replace(
            'title = "Application"\n', 'title = "Solicitud"\n', 1
        )
        + '\n[translations.en]\n"admissions.stages.application.title" = "Application"\n'
    )
    item = CalendarItem.objects.get(
        cohort=make_cohort(source=source), key="stage.application.closes"
    )

    named = told_date(item.cohort.version, item)

    assert item.title == "Solicitud: cierra"
    assert (named, named.language) == ("Application closes", "en")


@pytest.mark.parametrize(
    ("key", "english", "spanish"),
    [
        ("convening-days", "10 days of network convenings", "10 días de encuentros"),
        ("services", "Services on request", "Servicios a pedido"),
        ("fellow-travel", "Travel is covered", "Viajes cubiertos"),
    ],
)  # fmt: skip
def test_a_promise_is_named_in_the_language_of_its_reader(key: str, english: str, spanish: str):
    cohort = make_cohort()
    make_promises(cohort, None, NOW)
    promise = Promise.objects.get(cohort=cohort, key=key)

    with override("es"):
        named = told_label(cohort.version, promise)

    assert promise.label == english
    assert (named, named.language) == (spanish, "es")


def test_a_promise_counted_in_its_own_word_says_it_once():
    cohort = make_cohort(source=blueprint_text("lern"))
    make_promises(cohort, None, NOW)
    labels = set(Promise.objects.filter(cohort=cohort).values_list("label", flat=True))

    assert {one for one in labels if "10" in one} == {"about 10 strategy sessions"}
