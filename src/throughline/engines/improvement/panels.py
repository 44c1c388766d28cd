"""Units over periods, complete and with one common start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from throughline.engines.improvement.refusals import Mismatched, NoComparison, Staggered
from throughline.engines.improvement.series import numbers


@dataclass(frozen=True, slots=True)
class Observation:
    """The value of a unit (a school, a district) in a period (a year, a month number)."""

    unit: str
    period: int
    value: float


@dataclass(frozen=True, slots=True)
class Panel:
    """``values``: float, units x periods. ``begun``: bool, units. Both in sorted order."""

    units: tuple[str, ...]
    periods: tuple[int, ...]
    values: NDArray[np.float64]
    begun: NDArray[np.bool_]
    start: int


def panel(observations: Sequence[Observation], starts: Mapping[str, int | None]) -> Panel:
    """Arrange observations, or refuse what a two-way comparison cannot answer.

    Raises
    ------
    Staggered, NoComparison, Mismatched, TooFew, NotANumber
        As the sentence says.
    """
    numbers([each.value for each in observations])
    table = {(each.unit, each.period): float(each.value) for each in observations}
    units = tuple(sorted({each.unit for each in observations}))
    periods = tuple(sorted({each.period for each in observations}))
    if len(table) < len(observations):
        raise Mismatched("A unit has two values for the same period.")
    for unit in units:
        if unit not in starts:
            raise Mismatched(f"Nothing says when, or whether, {unit} began.")
    start = _common_start([starts[unit] for unit in units])
    _refuse_short(periods, start)
    for unit in units:
        for period in periods:
            if (unit, period) not in table:
                raise Mismatched(f"{unit} has no value for period {period}.")
    values = np.array([[table[unit, period] for period in periods] for unit in units])
    begun = np.array([starts[unit] is not None for unit in units])
    return Panel(units, periods, values, begun, start)


def _common_start(starts: Sequence[int | None]) -> int:
    known = {start for start in starts if start is not None}
    if len(known) > 1:
        raise Staggered(
            f"Units began in {len(known)} different periods. A two-way comparison is biased "
            "there; compare units that began together."
        )
    if not known:
        raise NoComparison("No unit began, so there is nothing to compare.")
    if None not in starts:
        raise NoComparison("Every unit began; name some that did not.")
    return known.pop()


def _refuse_short(periods: Sequence[int], start: int) -> None:
    before = sum(period < start for period in periods)
    if before < 2:
        raise NoComparison(
            f"There {'is 1 period' if before == 1 else 'are no periods'} before the start; at "
            "least two are needed to see whether both groups ran in parallel."
        )
    if before == len(periods):
        raise NoComparison("There is no period after the start.")
