"""Real districts and their published figures; nothing made up but the people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from tests.factories.people import NOW
from throughline.evidence.actions import load_graduation, pin_finding
from throughline.evidence.actions.load_graduation import load_rates
from throughline.evidence.groups import ALL, LOW_INCOME
from throughline.evidence.models import Finding
from throughline.evidence.shipped import reading
from throughline.evidence.shipped.reading import SchoolRate
from throughline.people.enums import PlaceKind
from throughline.people.models import Network, Person, Place, Scope

VICKSBURG, TULSA, EAST_BATON_ROUGE, DURHAM = "2804470", "4030240", "2200540", "3701260"
"""A small district with all four years; two whose state misses one; one with a protected group."""

_STATES = {"28": "MS", "40": "OK", "22": "LA", "37": "NC"}


def make_real_place(code: str = VICKSBURG) -> Place:
    """A real district, made once."""
    state, _ = Place.objects.get_or_create(
        kind=PlaceKind.STATE,
        authority="usps",
        code=_STATES[code[:2]],
        defaults={"name": _STATES[code[:2]], "jurisdiction": _STATES[code[:2]]},
    )
    name = next(one.name for one in reading.places(PlaceKind.DISTRICT) if one.code == code)
    place, _ = Place.objects.get_or_create(
        kind=PlaceKind.DISTRICT,
        authority="nces",
        code=code,
        defaults={"name": name, "parent": state, "jurisdiction": state.code},
    )
    return place


def make_graduation(network: Network, code: str = VICKSBURG, now: datetime = NOW) -> Place:
    """A real district whose published figures this network has."""
    place = make_real_place(code)
    load_graduation(place, network=network, by=None, now=now)
    return place


def make_class(
    network: Network,
    place: Place,
    students: int | None,
    *others: int | None,
    low_income: Sequence[int] = (),
    year: int = 2015,
) -> None:
    """Released sizes of a district's graduating class, one school each."""
    rates = [
        SchoolRate(f"{place.code}{number:05d}", year, group, size, "80")
        for group, sizes in ((ALL, [students, *others]), (LOW_INCOME, low_income))
        for number, size in enumerate(sizes, 1)
    ]
    load_rates(
        place, rates, source="US Department of Education", license_words="Public domain",
        tables={year: "Table"}, retrieved_on=date(2026, 11, 1), network=network, by=None, now=NOW,
    )  # fmt: skip


def make_finding(
    person: Person,
    place: Place,
    scope: Scope,
    *,
    tier: str = "team",
    note: str = "",
    group: str = "CWD",
) -> Finding:
    """A finding that ``person`` kept about a real district's newest year."""
    return pin_finding(
        place,
        year=2015,
        group=group,
        comparator="ALL",
        scope=scope,
        tier=tier,
        note=note,
        by=person,
        now=NOW,
    )
