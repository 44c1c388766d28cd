"""The stage of a rehearsal: who plays, which day it is, and what chance decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from random import Random
from zoneinfo import ZoneInfo

from throughline.admissions.models import Application, Call
from throughline.core import clock
from throughline.people.actions import add_person
from throughline.people.models import Network, Person
from throughline.programs.models import BlueprintVersion, Cohort, DistrictEngagement
from throughline.rehearsal.names import address_of, made_up_names

Progress = Callable[[str], None]


@dataclass
class Stage:
    """Everything that the acts of one rehearsal share. Acts add to it in turn."""

    chance: Random
    today: date
    progress: Progress
    key: str = "southern"
    """The network's key; another one plays beside it."""
    called: str = "Southern Equity Network"
    names: Iterator[str] = field(init=False)
    network: Network = field(init=False)
    director: Person = field(init=False)
    second: Person = field(init=False)
    """The other director, who signs too."""
    coordinator: Person = field(init=False)
    readers: list[Person] = field(default_factory=list)
    coaches: list[Person] = field(default_factory=list)
    version: BlueprintVersion = field(init=False)
    cohort: Cohort = field(init=False)
    call: Call | None = None
    applications: list[Application] = field(default_factory=list)
    engagements: list[DistrictEngagement] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    """Who walks in with a sign-in link, by role."""

    def __post_init__(self) -> None:
        self.names = made_up_names(self.chance)

    def person(self, domain: str, now: datetime) -> Person:
        """Add a made-up person with an address of her own."""
        name = next(self.names)
        return add_person(
            self.network, full_name=name, email=address_of(name, domain), by=None, now=now
        )

    def at(self, day: date, hour: int = 10, minute: int = 0) -> datetime:
        """Return an instant of a day in the network's zone."""
        zone = ZoneInfo(self.network.zone)
        return datetime.combine(day, time(hour, minute), zone).astimezone(UTC)

    @property
    def end(self) -> datetime:
        """The moment at which the rehearsal stops: early today, before anybody opens a page."""
        return datetime.combine(self.today, time(0, 30), UTC)

    def has_come(self, moment: datetime) -> bool:
        """Whether this moment lies before the end of the rehearsal."""
        return moment < self.end


@contextmanager
def playing(moment: datetime) -> Iterator[datetime]:
    """Stop the clock at ``moment`` while an act is played."""
    with clock.at(moment):
        yield moment
