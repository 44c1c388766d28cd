"""What released figures say: ranges, gaps and coverage of groups. Computed whenever shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from throughline.engines.disparity import (
    PROTECTED,
    Percent,
    Reported,
    Total,
    add_up,
    gap_points,
    read_rate,
    whole_percent,
)
from throughline.evidence.groups import GROUPS, Group
from throughline.releases.queries import Entry


@dataclass(frozen=True, slots=True)
class Figure:
    """A group of one district in one school year.

    ``printed`` is the one printed rate that it rests on, or empty if several were added up.
    """

    group: Group
    total: Total
    printed: str

    @property
    def rate(self) -> Percent | None:
        """The range of percent; nothing if there is no figure, or only protected ones."""
        if self.total.says_nothing:
            return None
        return read_rate(self.printed) if self.printed else self.total.rate

    @property
    def is_hidden(self) -> bool:
        """Whether every school printed that its figure is protected."""
        return self.total.says_nothing

    @property
    def whole(self) -> tuple[int, int] | None:
        """Whole percents that contain the range."""
        if self.rate is None:
            return None
        if self.printed.isdigit():
            return int(self.printed), int(self.printed)
        return whole_percent(self.rate)


@dataclass(frozen=True, slots=True)
class Gap:
    """Percentage points that a group lies above (positive) or below its comparator, outward."""

    low: int
    high: int

    @property
    def is_below(self) -> bool:
        """Whether every figure within the ranges puts the group below."""
        return self.high < 0

    @property
    def is_above(self) -> bool:
        return self.low > 0


def figures_of(entries: Iterable[Entry]) -> dict[str, Figure]:
    """Return the figure of every group that any school of the table names."""
    parts: dict[str, list[Reported]] = {}
    for entry in entries:
        _school, _, group = entry.cell.partition(":")
        parts.setdefault(group, []).append(Reported(entry.n, entry.printed))
    return {key: figure(GROUPS[key], found) for key, found in parts.items() if key in GROUPS}


def figure(group: Group, parts: list[Reported]) -> Figure:
    """Add up what the schools printed for one group."""
    rates = [part.printed for part in parts if part.n and read_rate(part.printed)]
    alone = rates[0] if len(rates) == 1 and rates[0] != PROTECTED else ""
    return Figure(group, add_up(parts), alone)


def gap(focal: Figure | None, comparator: Figure | None) -> Gap | None:
    """Return the smallest and largest difference that both ranges allow, in whole points."""
    if focal is None or comparator is None or focal.rate is None or comparator.rate is None:
        return None
    return _outward(*gap_points(focal.rate, comparator.rate))


def change(before: Figure | None, after: Figure | None) -> Gap | None:
    """Return by how many points a group's own rate moved between two years, at least and at most."""
    return gap(after, before)


def _outward(low: Fraction, high: Fraction) -> Gap:
    return Gap(floor(low), ceil(high))


def more_at_the_rate_of(comparator: Figure | None, focal: Figure) -> int:
    """Return how many more students of a group would have graduated, at the very least.

    The comparator's lowest rate is applied to the group's students, and the most of them that may
    have graduated is taken off: the ranges allow no smaller number.
    """
    if comparator is None or comparator.rate is None or focal.rate is None:
        return 0
    most = min(ceil(focal.rate.high * focal.total.n / 100), focal.total.high)
    return max(0, floor(comparator.rate.low * focal.total.n / 100) - most)


def by_year(
    figures: Mapping[int, Mapping[str, Figure]], group: str
) -> list[tuple[int, Figure | None]]:
    """Return a group's figure of every year, in order; nothing where there is none."""
    return [(year, figures[year].get(group)) for year in sorted(figures)]
