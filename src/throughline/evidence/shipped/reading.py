"""Read the shipped figures. DuckDB is imported only here, and only when a job or action asks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from throughline.evidence.groups import ALL, LOW_INCOME
from throughline.evidence.shipped.states import STATES

HERE = Path(__file__).parent

CHECKED_YEAR = 2015
"""The school year whose sums were compared with what the states published."""


@dataclass(frozen=True, slots=True)
class SchoolRate:
    """What was printed for one group of one school in one school year (its ending year)."""

    ncessch: str
    school_year: int
    group: str
    n: int | None
    printed: str


@dataclass(frozen=True, slots=True)
class ShippedPlace:
    """A state, district or school of the files. ``state`` is the postal abbreviation."""

    kind: str
    code: str
    parent: str
    name: str
    state: str


@dataclass(frozen=True, slots=True)
class StateClass:
    """Sizes of a state's schools in one school year, added up.

    ``counted`` of the ``students`` are in schools that also print how many of them are
    economically disadvantaged: ``low_income``.
    """

    school_year: int
    students: int
    counted: int
    low_income: int


@dataclass(frozen=True, slots=True)
class StateCheck:
    """How many groups of a state were compared with its own published rate, and how many differ."""

    compared: int
    outside: int


def _query(sql: str, values: list[str]) -> list[tuple[Any, ...]]:
    import duckdb  # noqa: PLC0415 - slow import

    with duckdb.connect() as database:
        rows: list[tuple[Any, ...]] = database.execute(sql, values).fetchall()
    return rows


@lru_cache(maxsize=64)
def _kept(sql: str, *values: str) -> tuple[tuple[Any, ...], ...]:
    """Ask the shipped file once: it does not change while we run."""
    return tuple(_query(sql, list(values)))


def rates_of(leaid: str) -> list[SchoolRate]:
    """Return every printed rate of a district's schools, by school, year and group."""
    rows = _kept(
        """SELECT ncessch, school_year, "group", n, printed FROM read_parquet(?)
           WHERE leaid = ? ORDER BY ALL""",
        str(HERE / "rates.parquet"),
        leaid,
    )
    return [SchoolRate(*row) for row in rows]


def classes_of_state(state: str) -> list[StateClass]:
    """Return the sums of a state, by its postal abbreviation, of every year in which it prints both."""
    fips = [number for number, (short, _name) in STATES.items() if short == state]
    rows = _kept(
        f"""SELECT school_year, sum(everyone), sum(everyone) FILTER (few IS NOT NULL), sum(few)
           FROM (SELECT school_year, max(n) FILTER ("group" = '{ALL}') AS everyone,
                        max(n) FILTER ("group" = '{LOW_INCOME}') AS few
                 FROM read_parquet(?) WHERE list_contains(string_split(?, ','), leaid[:2])
                 GROUP BY leaid, ncessch, school_year)
           WHERE everyone IS NOT NULL GROUP BY school_year HAVING sum(few) > 0
           ORDER BY school_year""",  # noqa: S608 - keys of our own groups
        str(HERE / "rates.parquet"),
        ",".join(fips),
    )
    return [StateClass(*(int(value) for value in row)) for row in rows]


def places(*kinds: str) -> Iterator[ShippedPlace]:
    """Yield the places of these kinds in the order of their codes."""
    yield from _places("list_contains(string_split(?, ','), kind)", ",".join(kinds))


def schools_of(leaid: str) -> Iterator[ShippedPlace]:
    """Yield the schools of a district in the order of their codes."""
    yield from _places("kind = 'school' AND parent = ?", leaid)


def _places(condition: str, value: str) -> Iterator[ShippedPlace]:
    rows = _query(
        f"SELECT kind, code, parent, name, state FROM read_parquet(?) WHERE {condition} "  # noqa: S608
        "ORDER BY kind, code",
        [str(HERE / "places.parquet"), value],
    )
    for row in rows:
        yield ShippedPlace(*row)


@cache
def provenance() -> dict[str, Any]:
    """Return source, tables, license, day of retrieval and hashes of the shipped figures."""
    found: dict[str, Any] = json.loads((HERE / "provenance.json").read_text(encoding="utf-8"))
    return found


def shipped_years() -> list[int]:
    """Return the school years that come with the product, oldest first."""
    return sorted(int(year) for year in provenance()["tables"])


@cache
def years_of_states() -> dict[str, list[int]]:
    """Return, by state, the school years for which the files hold any of its schools."""
    found: dict[str, list[int]] = json.loads(
        (HERE / "state_years.json").read_text(encoding="utf-8")
    )
    return found


@cache
def state_checks() -> dict[str, StateCheck]:
    """Return, by state, how the schools' sums of SY 2014-15 compare with what it published."""
    found = json.loads((HERE / "state_checks_2015.json").read_text(encoding="utf-8"))
    return {state: StateCheck(**counts) for state, counts in found.items()}
