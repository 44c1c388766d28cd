"""Files in which only rates are published: each rate is a range, and a sum of ranges a range."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from throughline.engines.disparity.codebook import Texts
from throughline.engines.disparity.counted import ALL, EVERYBODY
from throughline.engines.disparity.database import opened
from throughline.engines.disparity.missing import EVERYWHERE, find_missing, guess_families, why_not
from throughline.engines.disparity.published import (
    PROTECTED,
    Percent,
    Total,
    gap_points,
    read_rate,
    students_within,
)
from throughline.engines.disparity.reading import Source
from throughline.engines.disparity.refusals import NotThere
from throughline.engines.disparity.snapshots import snapshot
from throughline.engines.disparity.tables import MISSING
from throughline.engines.disparity.unreadable import Finding, Refused, Unreadable
from throughline.engines.disparity.values import exact, whole

UNITS = ("percent", "share")

_BOUND = re.compile(r"(?P<side><|≤|<=|>|≥|>=)\s?(?P<value>\d{1,3}(\.\d+)?)\s?%")


@dataclass(frozen=True, slots=True)
class GroupRate:
    """The published rate of a group.

    ``printed`` is the figure itself, in percent, where one figure was printed; ``range`` all that
    it may stand for; ``n`` its students, None where they are not published. ``total`` is there
    when several rows were added up.
    """

    labels: Texts
    n: int | None
    printed: Fraction | None
    range: Percent | None
    total: Total | None = None


@dataclass(frozen=True, slots=True)
class Rates:
    """Published rates by group, and of everyone where a row states it."""

    by: tuple[str, ...]
    groups: tuple[GroupRate, ...]
    everyone: GroupRate | None
    snapshot: str

    @property
    def coverage(self) -> Fraction | None:
        """Students of groups with a rate over the stated total; nothing where either is unknown."""
        if self.everyone is None or not self.everyone.n:
            return None
        known = [
            one.total.n if one.total else one.n for one in self.groups if one.range is not None
        ]
        return None if None in known else Fraction(sum(n or 0 for n in known), self.everyone.n)

    def group(self, *labels: str) -> GroupRate:
        """Return the rate of a group by its labels.

        Raises
        ------
        NotThere
            There is none; the sentence lists those there are.
        """
        for one in self.groups:
            if one.labels == labels:
                return one
        there = ", ".join(" / ".join(one.labels) for one in self.groups)
        raise NotThere(f"There is no group {' / '.join(labels)!r}. There is: {there}.")


def difference(focal: GroupRate, comparator: GroupRate) -> tuple[Fraction, Fraction] | None:
    """Return the smallest and the largest gap in percentage points that the rates allow."""
    if focal.range is None or comparator.range is None:
        return None
    return gap_points(focal.range, comparator.range)


def read_printed(text: str, unit: str = "percent") -> Percent | None:
    """Return the range that a printed rate stands for; nothing where none was printed.

    Whole and decimal figures were rounded: 87.6 is 87.55 to 87.65, and .876 as a share the same.

    Raises
    ------
    Unreadable
        It is no rate, or lies outside what the unit allows.

    Examples
    --------
    >>> found = read_printed("87.6")
    >>> float(found.low), float(found.high)
    (87.55, 87.65)
    """
    if bound := _BOUND.fullmatch(text):
        value = _within(Fraction(bound["value"]), text)
        low = bound["side"] in {"<", "≤", "<="}
        return Percent(Fraction(0), value) if low else Percent(value, Fraction(100))
    plain = text.removesuffix("%").strip()
    number = exact(plain)
    if number is None:
        return read_rate(text) if text == PROTECTED or not find_missing(text) else None
    decimals = len(plain.partition(".")[2])
    times = 1 if unit == "percent" or text.endswith("%") else 100
    middle = _within(number * times, text)
    half = Fraction(times, 2 * 10**decimals)
    return Percent(max(middle - half, Fraction(0)), min(middle + half, Fraction(100)))


def _within(percent: Fraction, text: str) -> Fraction:
    if not 0 <= percent <= 100:
        raise Unreadable(None, None, f"{text!r} is no rate: it lies outside 0 to 100 percent.")
    return percent


def read_rates(
    source: Source,
    groups: Sequence[str],
    rate: str,
    n: str | None = None,
    *,
    unit: str = "percent",
    among: tuple[str, ...] | None = None,
) -> Rates:
    """Read rows of group and rate, with the students of each where they are published.

    Rows of the same group (one a school) are added up as ranges of students; those without a
    rate or without students leave the sum and lower its coverage.

    Raises
    ------
    Unreadable
        The file lacks a column, or all rates look like shares while percent was said.
    Refused
        Every cell that is no rate or no number of students.
    """
    if unit not in UNITS:
        raise ValueError(f"The unit is {' or '.join(UNITS)}, not {unit!r}.")
    columns = list(dict.fromkeys([*groups, rate, *([n] if n else [])]))
    source.need(columns)
    with opened() as database:
        found = database.execute(f"{source.trimmed(columns)} ORDER BY file_row_number").fetchall()
    rows = [(row[-1], dict(zip(columns, row, strict=False))) for row in found]
    _look_at_unit(source, [cells[rate] for _row, cells in rows], rate, unit)
    if among is None:
        among = guess_families(cells[one] for _row, cells in rows for one in columns[len(groups) :])
    parts, findings = _parts(source, rows, groups, rate, n, unit, among)
    if findings:
        raise Refused(source.path, findings)
    together = [_together(labels, some) for labels, some in parts.items()]
    everyone = next((one for one in together if set(one.labels) == {ALL}), None)
    return Rates(
        tuple(groups),
        tuple(one for one in together if one is not everyone),
        everyone,
        snapshot([source.sha256], repr((tuple(groups), rate, n, unit, among))),
    )


_Part = tuple[int | None, str, Percent | None]
"""Students, what was printed, and its range."""


def _look_at_unit(source: Source, texts: Sequence[str], rate: str, unit: str) -> None:
    numbers = [number for text in texts if (number := exact(text)) is not None]
    if (
        unit == "percent"
        and numbers
        and max(numbers) <= 1
        and any(n.denominator > 1 for n in numbers)
    ):
        raise Unreadable(
            source.path,
            None,
            f"no rate in {rate} is above 1, so they look like shares. Say that the unit is share.",
        )


def _parts(
    source: Source,
    rows: Sequence[tuple[int, dict[str, str]]],
    groups: Sequence[str],
    rate: str,
    n: str | None,
    unit: str,
    among: tuple[str, ...],
) -> tuple[dict[Texts, list[_Part]], list[Finding]]:
    parts: dict[Texts, list[_Part]] = {}
    wrong: list[tuple[int, str, str, str]] = []
    ranges = _Ranges(unit, among)
    sizes = _Sizes(among)
    for row, cells in rows:
        known, students = ranges[cells[rate]], sizes[cells[n]] if n else None
        if isinstance(known, str):
            wrong.append((row, rate, cells[rate], known))
            continue
        if isinstance(students, str):
            wrong.append((row, n or "", cells[n or ""], students))
            continue
        labels = tuple(_label(cells[one]) for one in groups)
        parts.setdefault(labels, []).append((students, cells[rate], known))
    lines = source.line_numbers(row for row, *_rest in wrong)
    return parts, [
        Finding((lines[row],), column, value, 1, sentence) for row, column, value, sentence in wrong
    ]


class _Ranges(dict[str, Percent | str | None]):
    """What each different text of a rate stands for: a range, nothing, or a refusal."""

    def __init__(self, unit: str, among: tuple[str, ...]) -> None:
        super().__init__()
        self.unit, self.among = unit, among

    def __missing__(self, printed: str) -> Percent | str | None:
        hidden = printed != PROTECTED and find_missing(printed, self.among)
        try:
            self[printed] = (
                None
                if hidden and not _BOUND.fullmatch(printed)
                else read_printed(printed, self.unit)
            )
        except Unreadable as error:
            self[printed] = error.expected
        return self[printed]


class _Sizes(dict[str, int | str | None]):
    """What each different text of a number of students stands for."""

    def __init__(self, among: tuple[str, ...]) -> None:
        super().__init__()
        self.among = among

    def __missing__(self, text: str) -> int | str | None:
        if find_missing(text, self.among):
            self[text] = None
        else:
            count = whole(text)
            self[text] = why_not(text) if count is None else count
        return self[text]


@cache
def _label(text: str) -> str:
    if text.casefold() in EVERYBODY:
        return ALL
    return MISSING if find_missing(text, EVERYWHERE) else text


def _together(labels: Texts, parts: Sequence[_Part]) -> GroupRate:
    if len(parts) == 1:
        n, printed, known = parts[0]
        return GroupRate(labels, n, _figure(printed, known), known)
    total = _total(parts)
    return GroupRate(labels, total.stated or None, None, total.rate, total)


def _figure(printed: str, known: Percent | None) -> Fraction | None:
    """Return the one figure that was printed, in percent; a band has none."""
    number = exact(printed.removesuffix("%").strip())
    if known is None or number is None:
        return None
    return number if known.low <= number <= known.high else number * 100


def _total(parts: Sequence[_Part]) -> Total:
    """Add up ranges as ``published.add_up`` does, for rates that may have decimals."""
    sized = [(n, printed, known) for n, printed, known in parts if n is not None]
    counted = [(n, printed, known) for n, printed, known in sized if known is not None and n]
    within = [students_within(known, n) for n, _printed, known in counted]
    return Total(
        low=sum(low for low, _high in within),
        high=sum(high for _low, high in within),
        n=sum(n for n, _printed, _known in counted),
        counted=len(counted),
        parts=len(parts),
        stated=sum(n for n, _printed, _known in sized),
        unsized=sum(n is None and known is not None for n, _printed, known in parts),
        protected=sum(printed == PROTECTED for _n, printed, _known in counted),
    )
