"""Who pays for a program is said on its public page, each sentence once."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.people import NOW, make_network
from tests.factories.programs import blueprint_text, make_cohort
from throughline.programs.actions.move_cohort import move_cohort
from throughline.programs.enums import CohortState

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ATLANTIC = '{ key = "atlantic", name = "The Atlantic Philanthropies", role = "funder", access = "releases", acknowledge = "Funded by The Atlantic Philanthropies.", source = "page: RELN-49" },'
RIVER = '{ key = "river", name = "River Fund", role = "funder", access = "releases" },'
GRANT = '\nacknowledge = "Funded by The Atlantic Philanthropies."'
RIVER_GRANTS = (
    '[billing.grants.buses]\nfunder = "river"\nacknowledge = "Buses are paid by River Fund."\n'
    '[billing.grants.meals]\nfunder = "river"\nacknowledge = "Meals are paid by River Fund."\n'
    '[billing.grants.quiet]\nfunder = "river"\n'
)


def behind(source: str) -> list[str]:
    """The lines of the public page under "Who is behind it"."""
    cohort = make_cohort(make_network(), source=source)
    move_cohort(cohort, CohortState.RECRUITING, by=None, now=NOW)
    page = Client().get(reverse("home:program", args=[cohort.program.ref])).content.decode()
    section = page.split('id="behind"')[1].split("</section>")[0]
    return re.findall(r"<li>(.*?)</li>", section)


def test_a_funder_and_its_grant_that_say_the_same_say_it_once():
    assert behind(blueprint_text()) == [
        "Southern Education Foundation", "Funded by The Atlantic Philanthropies.",
    ]  # fmt: skip


def test_each_grant_is_acknowledged_in_the_sentence_its_funder_asked_for():
    source = blueprint_text().replace(ATLANTIC, f"{ATLANTIC}\n  {RIVER}")
    source = source.replace("[billing.grants.atlantic]", f"{RIVER_GRANTS}[billing.grants.atlantic]")

    assert behind(source) == [
        "Southern Education Foundation",
        "Funded by The Atlantic Philanthropies.",
        "Buses are paid by River Fund.",
        "Meals are paid by River Fund.",
    ]


def test_a_funder_that_asked_for_no_sentence_is_named():
    source = blueprint_text().replace(ATLANTIC, f"{ATLANTIC}\n  {RIVER}")

    assert behind(source) == [
        "Southern Education Foundation", "Funded by The Atlantic Philanthropies.", "River Fund",
    ]  # fmt: skip


def test_a_grant_of_a_co_host_is_acknowledged_too():
    source = blueprint_text().replace('funder = "atlantic"', 'funder = "sef"')
    source = source.replace(GRANT, '\nacknowledge = "SEF pays the travel."')

    assert behind(source) == [
        "Southern Education Foundation", "SEF pays the travel.",
        "Funded by The Atlantic Philanthropies.",
    ]  # fmt: skip
