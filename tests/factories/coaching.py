"""Coaches and sessions."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from tests.factories.people import NOW, make_person
from tests.factories.programs import fellow_of, make_engagement
from throughline.coaching.actions import add_coach, assign_coach, log_session, plan_session
from throughline.coaching.models import Coach, CoachingEngagement, CoachingSession
from throughline.people.models import Network, Person
from throughline.programs.models import DistrictEngagement
from throughline.teams.models import Team


def make_coach(network: Network | None = None, *, now: datetime = NOW, **fields: Any) -> Coach:
    """A contracted coach who can take six."""
    return add_coach(make_person(network, now=now), by=None, now=now, **fields)


def make_coaching(
    engagement: DistrictEngagement | None = None,
    *,
    coach: Coach | None = None,
    coachee: Person | None = None,
    team: Team | None = None,
    now: datetime = NOW,
) -> CoachingEngagement:
    """A coach beside the fellow of a district, unless a person or a team is named."""
    engagement = engagement or make_engagement()
    if team is None:
        coachee = coachee or fellow_of(engagement)
    return assign_coach(
        coach or make_coach(engagement.network, now=now),
        engagement=engagement,
        coachee=coachee,
        team=team,
        by=None,
        now=now,
    )


def plan(coaching: CoachingEngagement, *, day: date, now: datetime = NOW) -> CoachingSession:
    """An hour at ten, planned by the coach."""
    return plan_session(
        coaching, day=day, starts_local=time(10, 0), minutes=60, by=coaching.coach.person, now=now
    )


def make_session(
    coaching: CoachingEngagement | None = None, *, now: datetime = NOW, **fields: Any
) -> CoachingSession:
    """Two hours on site on the day before, logged by the coach."""
    coaching = coaching or make_coaching(now=now)
    given: dict[str, Any] = {
        "day": date(2026, 11, 23),
        "starts_local": time(10, 0),
        "minutes": 120,
        "mode": "on_site",
        "topics": ["policy"],
        "by": coaching.coach.person,
        "log_key": uuid4(),
    }
    return log_session(coaching, now=now, **{**given, **fields})
