"""Occasions and what hangs on them."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID, uuid4

from tests.factories.people import NOW
from throughline.meetings.actions import invite, plan_occasion
from throughline.meetings.enums import OccasionKind
from throughline.meetings.models import Occasion
from throughline.people.models import Person, Scope


def make_occasion(
    scope: Scope,
    *,
    kind: str = OccasionKind.TEAM_MEETING,
    day: date = date(2026, 12, 4),
    starts_local: time = time(9, 0),
    zone: str = "America/New_York",
    minutes: int = 60,
    place_words: str = "",
    invited: tuple[Person, ...] = (),
    now: datetime = NOW,
) -> Occasion:
    """An hour on the morning of December 4, planned by the system."""
    occasion = plan_occasion(
        scope,
        kind=kind,
        day=day,
        starts_local=starts_local,
        zone=zone,
        minutes=minutes,
        place_words=place_words,
        by=None,
        now=now,
    )
    for person in invited:
        invite(occasion, person=person, by=None, now=now)
    return occasion


def new_tap() -> UUID:
    """What a phone makes for each tap."""
    return uuid4()
