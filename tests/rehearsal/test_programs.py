"""Every program that ships is played as far as the product goes, and the rest is said."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps

from tests.factories.people import make_neighbor
from throughline.coaching.models import CoachingEngagement, CoachingSession
from throughline.convenings.models import Event
from throughline.core import chance
from throughline.meetings.enums import OccasionState
from throughline.meetings.models import Attendance, Commitment
from throughline.messaging.models import Message
from throughline.programs.models import Cohort
from throughline.rehearsal import unplayed
from throughline.rehearsal.play import SHIPPED, play
from throughline.rehearsal.stage import Stage

TODAY = date(2027, 3, 2)


def played(program: str, *, districts: int = 4) -> tuple[Stage, list[str]]:
    """Play a program; return the stage and what was said meanwhile."""
    said: list[str] = []
    source = (SHIPPED / f"{program}.toml").read_text(encoding="utf-8")
    with chance.repeatable(1):
        stage = play(source, today=TODAY, seed=1, progress=said.append, districts=districts)
    make_neighbor()
    return stage, said


@pytest.mark.slow
@pytest.mark.django_db
def test_news_is_played_from_its_call_to_its_convenings() -> None:
    stage, said = played("news")

    assert len(stage.applications) == 4
    assert len(stage.engagements) == 3
    states = Counter(Event.objects.filter(scope=stage.cohort.scope).values_list("state", flat=True))
    assert states["closed"] > 0
    assert len(set(Attendance.objects.values_list("status", flat=True))) > 1
    assert set(stage.people) == {
        "director", "coordinator", "reviewer", "coach", "superintendent", "assistant", "teacher",
        "applicant",
    }  # fmt: skip
    assert said[-1] == (
        "Not played yet: listening to students and families; measures and tests of change; "
        "prices and agreements; reports; the library and its groups; services on request; "
        "groups across districts."
    )


@pytest.mark.slow
@pytest.mark.django_db
def test_a_program_that_leaves_numbers_open_is_played_with_made_up_ones() -> None:
    stage, said = played("lee")

    assert (stage.call, len(stage.engagements)) == (None, 6)
    assert said[-3:-1] == [
        "The program leaves 2 numbers to its host; this demo made them up.",
        "Its form of acceptance is not sent to anybody yet; the staff named the districts.",
    ]
    assert said[-1].startswith("Not played yet: its course, week by week;")


@pytest.mark.slow
@pytest.mark.django_db
def test_coaches_of_a_demo_meet_leaders_the_way_people_do() -> None:
    stage, _said = played("eon")

    held = CoachingSession.objects.filter(occasion__state=OccasionState.HELD)
    for session in held.select_related("occasion"):
        local = session.occasion.starts_at.astimezone(ZoneInfo(session.occasion.zone))
        assert (local.weekday() < 5, 8 <= local.hour < 18, bool(session.topics)) == (
            True, True, True,
        )  # fmt: skip
    assert len(held) > 6 * len(stage.engagements) - 6
    assert len({session.mode for session in held}) > 1
    pairs = CoachingEngagement.objects.active()
    ahead = pairs.filter(
        sessions__occasion__state=OccasionState.PLANNED,
        sessions__occasion__day__range=(TODAY, TODAY + timedelta(days=14)),
    )
    assert pairs.count() > ahead.distinct().count() > pairs.count() / 2
    forgotten = CoachingSession.objects.get(
        occasion__state=OccasionState.PLANNED, occasion__day__lt=TODAY
    )
    assert forgotten.occasion.day + timedelta(days=7) < TODAY
    assert forgotten.coaching.coach.person == stage.people["coach"]


@pytest.mark.slow
@pytest.mark.django_db
def test_people_of_a_demo_owe_something_soon_and_have_read_their_letters() -> None:
    stage, _said = played("lern")

    owed = Commitment.objects.filter(closed_at=None)
    assert owed.filter(due_on__range=(TODAY, TODAY + timedelta(days=21))).exists()
    assert Commitment.objects.exclude(closed_at=None).exclude(outcome="").exists()
    states = dict(Message.objects.order_by().values_list("key", "state"))
    assert states.pop("try-your-link") == "held"
    assert set(states.values()) == {"sent"}
    assert Cohort.objects.filter(network=stage.network).exists()


def test_what_is_said_to_be_missing_is_no_app_that_is_here() -> None:
    here = {app.label for app in apps.get_app_configs()}

    assert here & set(unplayed.MISSING) == set()


def test_numbers_that_a_program_leaves_open_are_filled_in() -> None:
    source = '[a]\namount = "?"\n[b]\nmax = "?"\nname = "Why?"\n'

    assert unplayed.fill_in(source) == (
        '[a]\namount = "500 USD"\n[b]\nmax = 12\nname = "Why?"\n', 2,
    )  # fmt: skip
