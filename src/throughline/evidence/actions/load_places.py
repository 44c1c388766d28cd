"""Bring in the states and districts that the shipped figures speak about."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from throughline.audit import trail
from throughline.evidence.shipped import reading
from throughline.evidence.shipped.reading import ShippedPlace
from throughline.people.enums import PlaceKind
from throughline.people.models import Place

BY_STATE, BY_NCES = "usps", "nces"


@transaction.atomic
def load_places(now: datetime) -> int:
    """Create every state and district that is not there yet.

    Places are of the installation and of no network. Calling it twice creates nothing. Returns
    how many districts are new.
    """
    shipped = list(reading.places(PlaceKind.STATE, PlaceKind.DISTRICT))
    known = set(
        Place.objects.filter(kind__in=[PlaceKind.STATE, PlaceKind.DISTRICT]).values_list(
            "authority", "code"
        )
    )
    states = [one for one in shipped if one.kind == PlaceKind.STATE]
    Place.objects.bulk_create(
        Place(
            kind=PlaceKind.STATE,
            authority=BY_STATE,
            code=one.state,
            name=one.name,
            jurisdiction=one.state,
        )
        for one in states
        if (BY_STATE, one.state) not in known
    )
    parents = dict(
        Place.objects.filter(kind=PlaceKind.STATE, authority=BY_STATE).values_list("code", "pk")
    )
    before = Place.objects.count()
    Place.objects.bulk_create(
        (
            _district(one, parents)
            for one in shipped
            if one.kind == PlaceKind.DISTRICT and (BY_NCES, one.code) not in known
        ),
        batch_size=1000,
    )
    made = Place.objects.count() - before
    if made:
        first = Place.objects.get(kind=PlaceKind.STATE, authority=BY_STATE, code=states[0].state)
        trail.record(None, "loaded", first, now=now, key=f"{made} districts")
    return made


def _district(one: ShippedPlace, parents: dict[str, int]) -> Place:
    return Place(
        kind=PlaceKind.DISTRICT,
        authority=BY_NCES,
        code=one.code,
        parent_id=parents[one.state],
        name=one.name,
        jurisdiction=one.state,
    )


def load_schools(district: Place) -> int:
    """Create the schools of one district that are not there yet. Returns how many are named."""
    schools = list(reading.schools_of(district.code))
    Place.objects.bulk_create(
        (
            Place(
                kind=PlaceKind.SCHOOL,
                authority=BY_NCES,
                code=one.code,
                parent=district,
                name=one.name,
                jurisdiction=one.state,
            )
            for one in schools
        ),
        ignore_conflicts=True,
    )
    return len(schools)
