"""Events with districts that are expected at them."""

from __future__ import annotations

from datetime import datetime

from tests.factories.ledger import open_promises
from tests.factories.people import NOW
from tests.factories.programs import fellow_of, make_cohort, make_engagement
from tests.factories.teams import make_team
from throughline.convenings.actions import plan_events, publish_event
from throughline.convenings.models import Event, Seat
from throughline.people.models import Network
from throughline.programs.models import Cohort, DistrictEngagement

PLACE = "Foundry Hall, Atlanta"


def make_events(cohort: Cohort | None = None, *, now: datetime = NOW) -> list[Event]:
    """The five convenings of a cohort of RELN, as drafts."""
    cohort = cohort or make_cohort()
    plan_events(cohort, None, now)
    return list(Event.objects.filter(scope=cohort.scope, series_key="network").order_by("number"))


def make_district_with_team(
    cohort: Cohort, *, name: str = "Maple County", members: int = 5, now: datetime = NOW
) -> DistrictEngagement:
    """An active district with its promises, a fellow and a design team."""
    engagement = make_engagement(cohort, name=name, now=now)
    open_promises(engagement, now=now)
    if members:
        make_team(engagement, members=members, now=now)
    return engagement


def make_event(
    network: Network | None = None,
    *,
    number: int = 3,
    districts: int = 1,
    members: int = 0,
    now: datetime = NOW,
) -> Event:
    """A published convening (by default the third, still to come) with a seat for each fellow."""
    cohort = make_cohort(network, now=now)
    event = make_events(cohort, now=now)[number - 1]
    for district in range(districts):
        make_district_with_team(cohort, name=f"District {district}", members=members, now=now)
    return publish_event(event, place_words=PLACE, by=None, now=now)


def seat_of_fellow(event: Event) -> Seat:
    """The seat of the first district's fellow."""
    registration = event.registrations.order_by("pk").first()
    assert registration is not None and registration.engagement is not None
    fellow = fellow_of(registration.engagement)
    return Seat.objects.select_related("event__scope__cohort", "person").get(
        event=event, person=fellow
    )
