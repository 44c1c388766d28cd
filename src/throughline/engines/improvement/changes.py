"""Change between two times, of a rate and of a gap, where points are too few for a chart."""

from __future__ import annotations

from dataclasses import dataclass

from throughline.engines.improvement.intervals import (
    CONFIDENCE,
    Count,
    Estimate,
    difference,
    rate,
    spread_apart,
)
from throughline.engines.improvement.series import Better, check_better
from throughline.engines.improvement.wording import percent, points


@dataclass(frozen=True, slots=True)
class Change:
    """A rate before and after. ``change`` is after minus before, in percentage points.

    The two are taken as different people: answers of the same people are not paired.
    """

    before: Count
    after: Count
    better: Better
    change: Estimate

    def improved(self, allowed: float) -> bool:
        """Return whether the interval at confidence 1 - ``allowed`` lies on the better side."""
        return self._side(allowed) == (1 if self.better == "up" else -1)

    def worsened(self, allowed: float) -> bool:
        """Return whether that interval lies on the worse side."""
        return self._side(allowed) == (-1 if self.better == "up" else 1)

    def _side(self, allowed: float) -> int:
        interval = difference(self.after, self.before, 1 - allowed)
        return (interval.low > 0) - (interval.high < 0)

    @property
    def sentence(self) -> str:
        """Return both rates with n and interval, the change with its interval, and the verdict."""
        return (
            f"From {_rate(self.before)} to {_rate(self.after)}: {points(self.change.value)} "
            f"({self.change.low:+.1f} to {self.change.high:+.1f}). {_verdict(self.change)}"
        )


@dataclass(frozen=True, slots=True)
class Gap:
    """The focal group and the named group it is compared with, at one time."""

    focal: Count
    reference: Count


@dataclass(frozen=True, slots=True)
class GapChange:
    """A gap (focal minus reference, percentage points) before and after.

    ``change`` is after minus before. ``narrowing`` is the same with a sign that is positive when
    the gap gets smaller in the direction the measure is better.
    """

    before: Estimate
    after: Estimate
    change: Estimate
    narrowing: Estimate
    better: Better

    @property
    def narrowed(self) -> bool:
        """Whether the gap is smaller and the interval of the change excludes no change.

        A gap that turned round and became as large on the other side has not narrowed, nor has
        one in which the focal group was ahead from the start.
        """
        return abs(self.after.value) < abs(self.before.value) and self.narrowing.low > 0

    @property
    def widened(self) -> bool:
        """Whether the interval lies wholly on the widening side."""
        return self.narrowing.high < 0

    @property
    def sentence(self) -> str:
        """Return both gaps and the change, each with its interval."""
        return (
            f"The gap went from {_interval(self.before)} to {_interval(self.after)}, "
            f"a change of {_interval(self.change)}. {_verdict(self.change)}"
        )


def change(before: Count, after: Count, *, better: str, confidence: float = CONFIDENCE) -> Change:
    """Compare a rate at two times, with Newcombe's interval of the difference.

    Raises
    ------
    TooFew, NoDirection
        A group is empty, or nobody said which direction is better.

    Examples
    --------
    >>> moved = change(Count(48, 80), Count(56, 70), better="up")
    >>> round(moved.change.low, 2), round(moved.change.high, 2)
    (5.24, 33.39)
    """
    return Change(before, after, check_better(better), difference(after, before, confidence))


def gap_change(
    before: Gap, after: Gap, *, better: str, confidence: float = CONFIDENCE
) -> GapChange:
    """Compare a gap at two times.

    The interval is Zou and Donner's (2008) for two independent differences; its coverage in
    simulation was .944 to .960.

    Raises
    ------
    TooFew, NoDirection
        A group is empty, or nobody said which direction is better.
    """
    direction = check_better(better)
    first = difference(before.focal, before.reference, confidence)
    second = difference(after.focal, after.reference, confidence)
    moved = spread_apart(second, first)
    narrowing = moved if direction == "up" else _turned(moved)
    return GapChange(first, second, moved, narrowing, direction)


def _turned(of: Estimate) -> Estimate:
    return Estimate(-of.value, -of.high, -of.low, of.unit, of.confidence)


def _rate(count: Count) -> str:
    of = rate(count)
    return f"{percent(of.value)} (n {count.n}; {percent(of.low)} to {percent(of.high)})"


def _interval(of: Estimate) -> str:
    return f"{points(of.value)} ({of.low:+.1f} to {of.high:+.1f})"


def _verdict(of: Estimate) -> str:
    if of.excludes_zero:
        return "The interval excludes no change."
    return "The interval includes no change: this may be noise."
