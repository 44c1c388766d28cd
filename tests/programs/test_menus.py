"""A menu leads to what the network's programs have."""

from __future__ import annotations

import pytest

from tests.factories.people import NOW, make_network
from tests.factories.programs import blueprint_text, fellow_of, make_cohort, make_engagement
from throughline.people.models import Network
from throughline.programs.actions.move_cohort import keep_words
from throughline.programs.enums import CohortState
from throughline.programs.models import Cohort
from throughline.programs.words import PARTS, parts_of_network

pytestmark = pytest.mark.django_db


def cohort_of(network: Network, program: str) -> Cohort:
    """A cohort of a shipped program, whose words and parts the network keeps."""
    cohort = make_cohort(network, source=blueprint_text(program))
    keep_words(cohort)
    network.refresh_from_db()
    return cohort


@pytest.mark.parametrize(
    ("program", "parts"),
    [
        ("eon", {"coaching"}),
        ("lern", {"teams", "coaching", "challenges"}),
        ("reln", {"teams", "coaching", "challenges"}),
    ],
)
def test_a_network_keeps_which_parts_its_programs_have(program: str, parts: set[str]):
    network = make_network()

    cohort_of(network, program)

    assert parts_of_network(network) == parts


def test_parts_of_an_earlier_program_stay():
    network = make_network()

    cohort_of(network, "reln")
    cohort_of(network, "eon")

    assert parts_of_network(network) == PARTS


def test_a_network_that_kept_nothing_or_words_alone_may_have_every_part():
    network = make_network()
    before = parts_of_network(network)
    Network.objects.filter(pk=network.pk).update(settings={"words": {"language": "en"}})

    cohort_of(network, "eon")

    assert before == parts_of_network(network) == PARTS


def test_who_is_in_a_program_without_teams_is_shown_no_team_and_no_challenge(as_person):
    cohort = cohort_of(make_network(), "eon")
    Cohort.objects.filter(pk=cohort.pk).update(state=CohortState.RUNNING)
    fellow = fellow_of(make_engagement(cohort, now=NOW))

    page = as_person(fellow).get("/").text

    assert "Our team" not in page
    assert ">Challenge</a>" not in page
    assert ">Coaching</a>" in page
