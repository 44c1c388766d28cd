"""Which object of our network stands at each address, in the played world."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.world import World
from throughline.admissions.models import (
    Application,
    Conflict,
    Decision,
    ExceptionCase,
    ReviewAssignment,
)
from throughline.convenings.models import Block, Event, Seat
from throughline.meetings.models import Commitment, Occasion
from throughline.messaging.models import Message
from throughline.people.models import Delegation
from throughline.teams.models import TeamMembership

Arguments = Callable[[World], list[Any]]


def call(world: World) -> list[Any]:
    """The call of the cohort that runs: decided long ago."""
    assert world.ours.call is not None
    return [world.ours.call.ref]


def cohort(world: World) -> list[Any]:
    """The cohort that runs."""
    return [world.ours.cohort.ref]


def accepted(world: World) -> Application:
    """The application of the first district that was seated."""
    return Application.objects.get(engagement=world.ours.engagements[0])


def application(world: World) -> list[Any]:
    """An application that was accepted."""
    return [accepted(world).ref]


def decision(world: World) -> list[Any]:
    """The decision of an accepted application."""
    return [Decision.objects.get(application=accepted(world)).ref]


def reading(world: World) -> ReviewAssignment:
    """An application that our reviewer read."""
    reader = world.people["reviewer"]
    return ReviewAssignment.objects.filter(reviewer=reader, state="published").earliest("pk")


def review(world: World) -> list[Any]:
    """A review that our reviewer wrote."""
    return [reading(world).review.ref]


def case(world: World) -> list[Any]:
    """A case that a person decided."""
    return [ExceptionCase.objects.filter(application__call=world.ours.call).earliest("pk").ref]


def tie(world: World) -> list[Any]:
    """A tie of a reader."""
    return [Conflict.objects.filter(application__call=world.ours.call).earliest("pk").ref]


def pair(world: World) -> list[Any]:
    """Who coaches the superintendent."""
    return [world.session.coaching.ref]


def session(world: World) -> list[Any]:
    """A session of the two."""
    return [world.session.ref]


def next_event(world: World) -> Event:
    """The convening that is being answered."""
    published = Event.objects.filter(scope=world.ours.cohort.scope_id, state="published")
    return published.earliest("first_day")


def event(world: World) -> list[Any]:
    """A convening that is published."""
    return [next_event(world).ref]


def seat(world: World) -> list[Any]:
    """The superintendent's seat at it."""
    return [Seat.objects.get(event=next_event(world), person=world.people["superintendent"]).ref]


def half_day(world: World) -> list[Any]:
    """A half-day of a convening."""
    return [Block.objects.filter(event=next_event(world)).earliest("position").ref]


def registration(world: World) -> list[Any]:
    """A convening, and the superintendent's district."""
    return [next_event(world).ref, world.ours.engagements[0].ref]


def occasion(world: World) -> list[Any]:
    """A half-day to which the superintendent is invited."""
    found = Occasion.objects.concerning(_person(world, "superintendent"))
    return [found.filter(kind="block").earliest("starts_at").ref]


def commitment(world: World) -> list[Any]:
    """Something that somebody promised, if anybody did."""
    found = Commitment.objects.filter(network=world.ours.network).first()
    return [found.ref if found else "0000000000"]


def place(world: World) -> list[Any]:
    """The superintendent's district: public, and loaded."""
    district = world.ours.engagements[0].district.place
    assert district is not None
    return [district.code]


def finding(world: World) -> list[Any]:
    """A figure that the team kept."""
    return [world.finding.ref]


def challenge(world: World) -> list[Any]:
    """The team's challenge."""
    return [world.challenge.ref]


def team(world: World) -> list[Any]:
    """The superintendent's team."""
    return [world.team.ref]


def member(world: World) -> list[Any]:
    """Somebody of that team."""
    return [TeamMembership.objects.filter(team=world.team).earliest("position").ref]


def letter(world: World) -> list[Any]:
    """A message that waits in the outbox."""
    return [Message.objects.filter(network=world.ours.network, state="held").earliest("pk").ref]


def assistant(world: World) -> list[Any]:
    """What the superintendent lets somebody do."""
    given = Delegation.objects.filter(network=world.ours.network)
    return [given.earliest("pk").ref]


def program(world: World) -> list[Any]:
    """Our program."""
    return [world.ours.cohort.program.ref]


def part(world: World) -> list[Any]:
    """A page of the application."""
    return [accepted(world).ref, "goals"]


def code(world: World) -> list[Any]:
    """A code that leads nowhere."""
    return ["no-such-code"]


def feed(world: World) -> list[Any]:
    """The secret address of the superintendent's calendar."""
    return [world.feed]


def nothing(world: World) -> list[Any]:
    """No argument."""
    return []


def _person(world: World, role: str) -> Any:
    return world.people[role]
