"""Everything ever published about a snapshot, so that two safe releases never add up to a leak.

Every number is a sum of base cells (all those that fit its key) with a least and a most value. The
ledger is a value: adding a release makes a new one. As JSON it is a file beside the data.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from throughline.engines.disclosure.counts import Known, Table
from throughline.engines.disclosure.grids import ALL, Flags
from throughline.engines.disclosure.layers import Promises, promises
from throughline.engines.disclosure.patterns import Pattern, small_counts
from throughline.engines.disclosure.policy import SPAN, Policy
from throughline.engines.disclosure.releases import COUNTS, Release

VERSION = 1


class UnreadableLedger(ValueError):  # noqa: N818 - says what happened
    """The file is not a ledger of releases, so nothing can be audited against it."""


@dataclass(frozen=True, slots=True)
class Number:
    """A published number: the sum of all base cells under ``key`` lies in ``low`` to ``high``."""

    key: tuple[str, ...]
    outcome: str | None
    count: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Hidden:
    """A count that a release did not print, and promised to protect."""

    key: tuple[str, ...]
    outcome: str | None
    count: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One release as the public knows it.

    Keys follow ``attributes``; ``source`` names the snapshot.
    """

    name: str
    source: str
    attributes: tuple[str, ...]
    threshold: int
    audience: str
    numbers: tuple[Number, ...]
    hidden: tuple[Hidden, ...]

    @classmethod
    def of(cls, release: Release) -> Entry:
        """Write a release down."""
        where = [release.table.grid.names.index(name) for name in release.attributes]
        numbers: dict[Number, None] = {}
        hidden: dict[Hidden, None] = {}
        for cell in release.cells:
            key = tuple(cell.key[place] for place in where)
            for count in COUNTS:
                outcome = None if count == "n" else cell.outcome
                if count in cell.hidden:
                    hidden[Hidden(key, outcome, count)] = None
                elif (printed := cell.printed(count)) is not None:
                    numbers[Number(key, outcome, count, printed.low, printed.high)] = None
        return cls(
            release.name,
            release.table.identity,
            release.attributes,
            release.policy.threshold,
            release.policy.audience,
            tuple(numbers),
            tuple(hidden),
        )

    def missing_from(self, table: Table) -> tuple[str, ...]:
        """Attributes and outcomes that the table lacks and this release speaks of."""
        spoken = [*(one.outcome for one in self.numbers), *(one.outcome for one in self.hidden)]
        outcomes = dict.fromkeys(name for name in spoken if name)
        return tuple(
            [name for name in self.attributes if name not in table.grid.names]
            + [name for name in outcomes if name not in table.names]
        )

    def narrow(self, known: Known, table: Table) -> None:
        """Learn every number of this release.

        Raises
        ------
        ValueError
            A number does not fit the data.
        """
        place = _Places(self, table)
        for one in self.numbers:
            known.narrow(*place.of(one), one.low, one.high)

    def blurs(self, table: Table) -> Flags:
        """Return what this release printed as a range, in the rows of `Known`."""
        place = _Places(self, table)
        out = np.zeros((1 + 2 * len(table.names), table.grid.size), dtype=bool)
        for one in self.numbers:
            out[place.of(one)] = one.low < one.high
        return out

    def hides(self, table: Table) -> Flags:
        """Return what this release promised to protect, in the rows of `Known`."""
        place = _Places(self, table)
        out = np.zeros((1 + 2 * len(table.names), table.grid.size), dtype=bool)
        for one in self.hidden:
            out[place.of(one)] = True
        return out


class _Places:
    """Finds the row and cell of a number in the grid of a table."""

    def __init__(self, entry: Entry, table: Table) -> None:
        self.attributes, self.names = entry.attributes, table.grid.names
        self.cells = {key: cell for cell, key in enumerate(table.grid.keys)}
        self.rows: dict[tuple[str | None, str], int] = {(None, "n"): 0}
        self.rows |= {
            (name, count): 1 + 2 * j + k
            for j, name in enumerate(table.names)
            for k, count in enumerate(COUNTS[1:])
        }

    def _key(self, one: Number | Hidden) -> tuple[str, ...]:
        labels = dict(zip(self.attributes, one.key, strict=True))
        return tuple(labels.get(name, ALL) for name in self.names)

    def has(self, one: Number | Hidden) -> bool:
        """Whether the table has this count at all."""
        return self._key(one) in self.cells and (one.outcome, one.count) in self.rows

    def of(self, one: Number | Hidden) -> tuple[int, int]:
        key = self._key(one)
        if key not in self.cells:
            raise ValueError(
                f"a number that was published is about {one.key}, which no row has now"
            )
        return self.rows[one.outcome, one.count], self.cells[key]


@dataclass(frozen=True, slots=True)
class Ledger:
    """All releases, oldest first."""

    entries: tuple[Entry, ...] = ()

    def about(self, table: Table) -> tuple[Entry, ...]:
        """Entries about the same frozen snapshot."""
        return tuple(entry for entry in self.entries if entry.source == table.identity)

    def named(self, name: str) -> Entry | None:
        """Return the latest release of that name."""
        return next((one for one in reversed(self.entries) if one.name == name), None)

    def add(self, release: Release) -> Ledger:
        """Return the ledger with one release more; the same one again changes nothing."""
        entry = Entry.of(release)
        return self if entry in self.entries else replace(self, entries=(*self.entries, entry))

    def to_json(self) -> str:
        """Write the file. The same ledger gives the same bytes."""
        facts = {"schema_version": VERSION, "releases": [_written(one) for one in self.entries]}
        return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Ledger:
        """Read the file.

        Raises
        ------
        UnreadableLedger
            It is something else, or was cut short.
        """
        try:
            facts = json.loads(text)
            if facts["schema_version"] != VERSION:
                raise UnreadableLedger(
                    f"The ledger has version {facts['schema_version']}; this program reads {VERSION}."
                )
            return cls(tuple(_read(one) for one in facts["releases"]))
        except (json.JSONDecodeError, KeyError, TypeError, IndexError) as error:
            raise UnreadableLedger(
                "This file is not a ledger of releases, or a part of it is missing."
            ) from error


def _written(entry: Entry) -> dict[str, object]:
    return {
        "name": entry.name,
        "source": entry.source,
        "attributes": entry.attributes,
        "threshold": entry.threshold,
        "audience": entry.audience,
        "numbers": [[list(n.key), n.outcome, n.count, n.low, n.high] for n in entry.numbers],
        "hidden": [[list(h.key), h.outcome, h.count] for h in entry.hidden],
    }


def _read(facts: Mapping[str, object]) -> Entry:
    def rows(name: str) -> Iterator[tuple[tuple[str, ...], str | None, str, tuple[int, ...]]]:
        found = facts[name]
        if not isinstance(found, list):
            raise TypeError(name)
        for key, outcome, count, *ends in found:
            yield tuple(map(str, key)), outcome, str(count), tuple(map(int, ends))

    attributes = facts["attributes"]
    if not isinstance(attributes, list):
        raise TypeError("attributes")
    return Entry(
        str(facts["name"]),
        str(facts["source"]),
        tuple(map(str, attributes)),
        int(str(facts["threshold"])),
        str(facts["audience"]),
        tuple(Number(key, outcome, count, *ends) for key, outcome, count, ends in rows("numbers")),
        tuple(Hidden(key, outcome, count) for key, outcome, count, _ends in rows("hidden")),
    )


def promised(entries: tuple[Entry, ...], table: Table, known: Known) -> Promises:
    """Return all that these releases promised.

    Hidden counts by the threshold of their release. A count printed as a range, that would have
    hidden otherwise, keeps three possible values.
    """
    up = down = span = np.zeros_like(known.values)
    for entry in entries:
        one = promises(known.values, entry.hides(table), entry.threshold)
        up, down = np.maximum(up, one.up), np.maximum(down, one.down)
        small = small_counts(known.values, Policy(threshold=entry.threshold)).rows
        ranges = entry.blurs(table) & small
        span = np.maximum(span, np.where(ranges, SPAN, one.span))
    return Promises(up, down, span)


def pattern_of(entry: Entry, table: Table) -> Pattern:
    """Return what an earlier release hid, as far as a corrected table still has it."""
    place = _Places(entry, table)
    rows = replace(entry, hidden=tuple(filter(place.has, entry.hidden))).hides(table)
    return Pattern(rows[0], rows[1::2] | rows[2::2])
