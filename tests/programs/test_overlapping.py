"""Cohort after cohort: the next recruits while this one runs, editions stand side by side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.people import NOW, make_network, make_staff
from tests.factories.programs import blueprint_text, make_cohort, make_engagement
from throughline.admissions.models import Call
from throughline.core.blueprint.editing import put
from throughline.core.blueprint.faults import Place
from throughline.core.errors import BadInput
from throughline.people.models import Person
from throughline.programs.actions.move_cohort import move_cohort
from throughline.programs.enums import CohortState
from throughline.programs.models import Cohort, DistrictEngagement

AsPerson = Callable[[Person | None], Client]


def rhythm(every: str | None = "18 months", **cohort: object) -> str:
    values: dict[Place, Any] = {("program", "cohort", key): value for key, value in cohort.items()}
    return put(blueprint_text(), {("program", "cohort", "every"): every, **values})


@pytest.mark.requirement("NEWS-09")
@pytest.mark.django_db
def test_the_next_cohort_is_cloned_and_recruits_while_this_one_runs(as_person: AsPerson):
    cohort = make_cohort(source=rhythm(), label="Cohort 4")
    move_cohort(cohort, CohortState.RECRUITING, by=None, now=NOW)
    move_cohort(cohort, CohortState.RUNNING, by=None, now=NOW)
    client = as_person(make_staff(cohort.network))

    page = client.get(reverse("programs:cohort", args=[cohort.ref]))
    query = "program=reln&amp;starts_on=2027-11-15&amp;label=Cohort+5"
    assert query in page.text
    shown = client.get(f"{reverse('programs:open')}?{query.replace('&amp;', '&')}")
    client.post(
        reverse("programs:open"),
        {"program": "reln", "starts_on": "2027-11-15", "label": "Cohort 5"},
    )

    following = Cohort.objects.get(label="Cohort 5")
    assert "Every date" in shown.text
    assert following.version == cohort.version
    assert Call.objects.filter(cohort=following).exists()
    assert Cohort.objects.get(pk=cohort.pk).state == CohortState.RUNNING


@pytest.mark.django_db
def test_a_program_that_runs_one_at_a_time_refuses_a_second_with_the_day():
    cohort = make_cohort(source=rhythm(overlap=False))

    with pytest.raises(BadInput, match="one cohort at a time, and Cohort 4 runs until"):
        make_cohort(
            cohort.network, source=cohort.version.source, label="Cohort 5",
            starts_on=date(2027, 9, 6),
        )  # fmt: skip
    later = make_cohort(
        cohort.network, source=cohort.version.source, label="Cohort 5", starts_on=date(2027, 11, 15)
    )

    assert later.starts_on > cohort.ends_on


@pytest.mark.requirement("LERN-36")
@pytest.mark.django_db
def test_regional_editions_of_one_file_stand_side_by_side_and_past_ones_stay(as_person: AsPerson):
    network = make_network()
    source = blueprint_text("lern")
    past = make_cohort(network, source=source, label="Midwest 2023–24", starts_on=date(2023, 9, 1))
    now = make_cohort(network, source=source, label="Midwest 2026–27", starts_on=date(2026, 9, 1))
    other = make_cohort(network, source=source, label="South 2026–27", starts_on=date(2026, 9, 1))
    for cohort in (past, now, other):
        move_cohort(cohort, CohortState.RECRUITING, by=None, now=NOW)
        make_engagement(cohort, name=f"District of {cohort.label}")

    listed = as_person(make_staff(network)).get(reverse("programs:cohorts")).text
    public = Client().get(reverse("home:program", args=[now.program.ref])).text

    assert {past.version, now.version} == {other.version}
    assert all(label in listed for label in (past.label, now.label, other.label))
    assert "Midwest 2023–24" in public
    assert (
        DistrictEngagement.objects.get(cohort=past).district.name == "District of Midwest 2023–24"
    )


@pytest.mark.requirement("RELN-10")
@pytest.mark.django_db
def test_the_calendar_shows_the_stretches_between_convenings_with_their_tasks(as_person: AsPerson):
    cohort = make_cohort()

    page = as_person(make_staff(cohort.network)).get(
        reverse("programs:calendar", args=[cohort.ref])
    )

    stretches = [
        "Before Network convening 1",
        *(f"Between Network convening {n} and Network convening {n + 1}" for n in range(1, 5)),
        "After Network convening 5",
    ]
    places = [page.text.index(f"<strong>{title}</strong>") for title in stretches]
    assert places == sorted(places)
    assert page.text.count("Book travel and lodging") == 5
    assert page.text.count("At any time: On-site coaching, Strategic consultation") == 6
