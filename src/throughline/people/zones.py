"""Time zones of the world by country, from the zone database."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from throughline.people.countries import countries

ZoneChoices = list[tuple[str, list[tuple[str, str]]]]


@cache
def _of_countries() -> dict[str, list[str]]:
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for line in table.splitlines():
        if not line.startswith("#"):
            country, _where, zone = line.split("\t")[:3]
            found.setdefault(country, []).append(zone)
    return found


def zone_choices() -> ZoneChoices:
    """Return each country in the reader's language with its zones, both by name."""
    zones = _of_countries()
    return [
        (name, sorted((zone, place_of(zone)) for zone in zones[code]))
        for code, name in countries()
        if code in zones
    ]


def place_of(zone: str) -> str:
    """Return the place that a zone is called after: "Nairobi", "Kentucky, Louisville"."""
    region, _slash, place = zone.partition("/")
    return (place or region).replace("/", ", ").replace("_", " ")
