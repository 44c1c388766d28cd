"""Any program that passes the check opens a cohort, or is refused in words."""

from __future__ import annotations

import os
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, assume, event, given, settings

from tests.blueprints.variations import Variation, variations
from tests.conftest import TwoNetworks
from tests.factories.people import NOW
from tests.factories.programs import place_events
from throughline.composition.sections import check
from throughline.core.errors import DomainError
from throughline.people.models import Person
from throughline.programs.actions.move_cohort import publish_cohort
from throughline.programs.actions.open_program import open_program
from throughline.programs.models import CalendarItem, Cohort

STARTS_ON = date(2027, 1, 11)
EXAMPLES = int(os.environ.get("THROUGHLINE_EXAMPLES", "15"))
"""Few, because a cohort is opened for each; more by hand after the format has changed."""


@pytest.mark.slow
@settings(
    deadline=None,
    max_examples=EXAMPLES,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[
        HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture,
    ],
)  # fmt: skip
@given(variation=variations())
def test_every_valid_program_opens_a_cohort_or_says_why_not(
    two_networks: TwoNetworks, variation: Variation
):
    blueprint, _faults = check(variation.text)
    assume(blueprint is not None)
    assert blueprint is not None

    with transaction.atomic():
        try:
            cohort = opened(variation.text, by=two_networks.our_director)
        except DomainError as refusal:
            event(str(refusal)[:60])
            assert len(str(refusal)) > 20
        else:
            dates = CalendarItem.objects.filter(cohort=cohort)
            planned = [one for one in blueprint.calendar(STARTS_ON) if one.key[:6] != "phase."]
            assert dates.count() == len(planned)
            assert not [one.title for one in dates if "{word" in one.title.lower()]
            page = Client().get(reverse("home:program", args=[cohort.program.ref]))
            assert page.status_code == 200
        transaction.set_rollback(True)


def opened(source: str, *, by: Person) -> Cohort:
    """Open a cohort of this program and announce it."""
    cohort = open_program(source, starts_on=STARTS_ON, label="Cohort 1", by=by, now=NOW)
    place_events(cohort)
    return publish_cohort(cohort, by=by, now=NOW)
