"""A program of another shape, written from the manual alone, passes, plays and shows its own words."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.blueprints import errors, notes
from tests.factories.people import make_neighbor
from throughline.admissions.models import Call
from throughline.convenings.models import Event
from throughline.core import chance, clock
from throughline.ledger.queries.balances import balances
from throughline.people.models import Person
from throughline.programs.models import CalendarItem
from throughline.rehearsal.play import play
from throughline.rehearsal.running import lead_of
from throughline.rehearsal.stage import Stage
from throughline.teams.models import Team

SIXTH = Path(__file__).parents[1] / "programs" / "sixth.toml"
TODAY = date(2027, 2, 16)
FOREIGN = re.compile(r"\b(fellow|design team|convening|apply|application)s?\b", re.IGNORECASE)
"""Words of other programs, and of one that takes applications."""


def test_a_program_of_another_shape_passes_every_check_without_a_note():
    source = SIXTH.read_text(encoding="utf-8")

    assert (errors(source), notes(source)) == ([], [])


@pytest.mark.slow
@pytest.mark.django_db
def test_a_program_of_another_shape_plays_as_its_host_wrote_it():
    stage, said = played()

    assert said == [
        "Lantern Circle Cohort 1 opens; the staff name its districts.",
        "The districts begin and convene.",
        "Its forms of nomination and of acceptance are not sent to anybody yet; the staff named "
        "the districts.",
        "Not played yet: prices and agreements; stipends and fees to people; groups across "
        "districts.",
    ]
    rounds = CalendarItem.objects.filter(cohort=stage.cohort, series="round").order_by("number")
    assert [(one.title, one.on.weekday(), str(one.starts_local)) for one in rounds] == [
        ("Round", 3, "17:30:00")
    ] * 6
    assert len({(one.on.year, one.on.month) for one in rounds}) == 6
    assert {event.mode for event in Event.objects.all()} == {"virtual"}
    assert len(stage.engagements) == 6
    assert not Team.objects.exists()
    assert not Call.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db
def test_people_of_a_program_of_another_shape_read_its_words_and_no_others():
    stage, _said = played()
    leader = lead_of(stage.engagements[0])

    with clock.at(stage.end):
        public = read(reverse("home:program", args=[stage.version.program.ref]))
        home = read("/", as_person=leader)
        staff = read("/", as_person=stage.director)
        rounds = read(reverse("convenings:events"), as_person=leader)

    assert "Places are given by invitation." in public
    assert "rounds of 2 hours" in public
    assert "Nomination closes" in public
    assert "Every steward is paid 1,800 dollars in two parts." in public
    assert "with your own" not in public
    assert FOREIGN.findall(public.replace("Convenings", "")) == []
    assert "Round 6" in rounds
    assert "Lantern Circle Cohort 1" in home
    assert "is not complete" not in staff


@pytest.mark.slow
@pytest.mark.django_db
def test_rounds_that_took_place_are_had_and_the_stipend_is_still_to_come():
    stage, _said = played()
    leader = lead_of(stage.engagements[0])

    had = {one.promise_key: one for one in balances(leader, stage.cohort)}

    assert (had["rounds"].delivered, had["rounds"].granted) == (6, 6)
    assert (had["stipend"].delivered, had["stipend"].free) == (0, 2)


def played() -> tuple[Stage, list[str]]:
    """Play the program; return the stage and what was said meanwhile."""
    said: list[str] = []
    with chance.repeatable(1):
        stage = play(SIXTH.read_text(encoding="utf-8"), today=TODAY, seed=1, progress=said.append)
    make_neighbor()
    return stage, said


def read(path: str, *, as_person: Person | None = None) -> str:
    """Return what a page says to this person, without its tags."""
    client = Client()
    if as_person is not None:
        client.force_login(
            as_person.account_link.account,
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
    answer = client.get(path)
    assert answer.status_code == 200
    body = answer.content.decode().partition("<body")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())
