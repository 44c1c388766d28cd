"""Programs, cohorts and districts in them, played from the shipped blueprint."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from importlib.resources import files
from itertools import count

from tests.factories.people import NOW, make_district, make_network, make_person
from throughline.convenings.actions.place_event import place_event
from throughline.convenings.models import Event
from throughline.people.actions import give_role
from throughline.people.enums import Role
from throughline.people.models import Network, Organization, Person
from throughline.programs.actions.begin_engagement import begin_engagement
from throughline.programs.actions.import_blueprint import import_blueprint
from throughline.programs.actions.move_engagement import activate_engagement
from throughline.programs.actions.open_cohort import open_cohort
from throughline.programs.enums import EngagementState
from throughline.programs.models import BlueprintVersion, Cohort, DistrictEngagement

STARTS_ON = date(2026, 5, 11)
"""The first day of a factory's cohort: seven months before ``NOW``."""

_numbers = count(1)


@cache
def blueprint_text(name: str = "reln") -> str:
    """A blueprint as it ships."""
    return (files("throughline") / "blueprints" / f"{name}.toml").read_text(encoding="utf-8")


def make_version(
    network: Network | None = None, *, source: str = "", now: datetime = NOW
) -> BlueprintVersion:
    """A published blueprint, by default RELN as it ships."""
    network = network or make_network()
    return import_blueprint(network, source or blueprint_text(), by=None, now=now)


def make_cohort(
    network: Network | None = None,
    *,
    source: str = "",
    key: str = "",
    label: str = "Cohort 4",
    starts_on: date = STARTS_ON,
    now: datetime = NOW,
) -> Cohort:
    """A cohort of RELN with its seats, phases and dates; further ones need another key."""
    version = make_version(network, source=source, now=now)
    return open_cohort(
        version.program,
        version=version,
        starts_on=starts_on,
        key=key or f"cohort-{next(_numbers)}",
        label=label,
        by=None,
        now=now,
    )


def place_events(cohort: Cohort, *, now: datetime = NOW) -> None:
    """Give every convening of a cohort a place, so that the cohort can be published."""
    for event in Event.objects.filter(scope=cohort.scope_id):
        place_event(event, place_words="Old Depot, Atlanta", by=None, now=now)


def make_engagement(
    cohort: Cohort | None = None,
    *,
    district: Organization | None = None,
    name: str = "Maple County",
    state: str = EngagementState.ACTIVE,
    fellow: Person | None = None,
    now: datetime = NOW,
) -> DistrictEngagement:
    """A district in a cohort, by default active, with a fellow who leads it (``fellow_of``)."""
    cohort = cohort or make_cohort()
    district = district or make_district(cohort.network, name=name)
    begins = EngagementState.APPLYING if state == "applying" else EngagementState.OFFERED
    engagement = begin_engagement(cohort, district, state=begins, by=None, now=now)
    fellow = fellow or make_person(cohort.network)
    give_role(fellow, Role.FELLOW, engagement.scope, by=None, now=now)
    if state == EngagementState.ACTIVE:
        activate_engagement(engagement, by=None, now=now)
    return engagement


def fellow_of(engagement: DistrictEngagement) -> Person:
    """The person who leads this district now."""
    assignment = engagement.scope.roles.filter(role=Role.FELLOW, to_on=None).get()
    return assignment.person
