"""Run charts: the Anhoej rules on a whole series, and a shift against a frozen baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, log2
from typing import Literal

from throughline.engines.improvement.chances import LEAST_RUN, run_by_noise, run_needed, within
from throughline.engines.improvement.refusals import AllOnMedian, NoVariation, Refused, TooFew
from throughline.engines.improvement.series import (
    LEAST_POINTS,
    Better,
    check_baseline,
    check_better,
    crossings,
    longest_run,
    middle,
    numbers,
    sides,
)
from throughline.engines.improvement.wording import number, odds_of_noise, times

LEAST_USEFUL = 10
"""The published table of the Anhoej rules begins here."""


def run_allowed(useful: int) -> int:
    """Return the longest run that ``useful`` points may show without a signal."""
    return round(log2(useful) + 3)


def crossings_needed(useful: int) -> int:
    """Return the fewest crossings without a signal: the 5 % quantile of Binomial(u - 1, 1/2)."""
    allowed, below = 2 ** (useful - 1), 0
    for count in range(useful):
        below += comb(useful - 1, count)
        if 20 * below >= allowed:
            return count
    return useful - 1


@dataclass(frozen=True, slots=True)
class RunRules:
    """What the Anhoej rules say of a series. A signal says that it is no pure noise, not why."""

    useful: int
    longest_run: int
    run_allowed: int
    crossings: int
    crossings_needed: int

    @property
    def signal(self) -> bool:
        """Whether a run is too long or the crossings are too few."""
        return self.longest_run > self.run_allowed or self.crossings < self.crossings_needed

    @property
    def sentence(self) -> str:
        """Return the verdict with its numbers."""
        counted = (
            f"the longest run has {times(self.longest_run, 'point', 'points')} "
            f"(up to {self.run_allowed} are ordinary) and the line crosses the median "
            f"{times(self.crossings, 'time', 'times')} (at least {self.crossings_needed} is ordinary)"
        )
        if self.signal:
            return f"The points show more than ordinary variation: {counted}."
        return f"The points show ordinary variation only: {counted}."


@dataclass(frozen=True, slots=True)
class Shift:
    """The longest runs of later points on either side of a frozen median.

    ``chance_better`` and ``chance_worse``: how often noise alone shows such a run on that side
    among ``planned`` later points. The needed length grows with their number. Unless it was fixed
    beforehand, ``planned`` is the number of points so far, and the chance is that of one look:
    whoever looks after every point up to the 24th sees a shift in one noise series of ten.
    """

    baseline: int
    later: int
    planned: int
    center: float
    better: Better
    longest_better: int
    longest_worse: int
    needed: int
    chance_better: float
    chance_worse: float

    def improved(self, allowed: float) -> bool:
        """Return whether there is a shift that noise shows in at most this share of series."""
        return self.longest_better >= LEAST_RUN and within(self.chance_better, allowed)

    def worsened(self, allowed: float) -> bool:
        """Return the same for the side that is not wanted."""
        return self.longest_worse >= LEAST_RUN and within(self.chance_worse, allowed)

    @property
    def sentence(self) -> str:
        """Return the verdict with the median, the run and the length needed."""
        worse = self.longest_worse >= self.needed
        run = self.longest_worse if worse else self.longest_better
        side = "above" if (self.better == "up") is not worse else "below"
        found = (
            f"{times(run, 'point', 'points')} in a row {'lies' if run == 1 else 'lie'} {side} the "
            f"median of the {self.baseline} baseline points ({number(self.center)})"
        )
        if run < self.needed:
            return (
                f"No shift: at most {found}; {self.needed} are needed among {self.planned} "
                "later points."
            )
        verdict = "A shift that is not wanted" if worse else "A shift in the wanted direction"
        chance = self.chance_worse if worse else self.chance_better
        return f"{verdict}: {found}; {self.needed} are needed. {odds_of_noise(chance)}"


@dataclass(frozen=True, slots=True)
class RunChart:
    """Points around a median. Without a baseline ``rules`` speak, with one ``shift`` does.

    Where neither can, both are None and ``no_rule`` says why: the chart may still be drawn.
    ``sides`` has 1, -1 or 0 (above, below, on the median) for each point.
    """

    values: tuple[float, ...]
    center: float
    sides: tuple[int, ...]
    baseline: int | None
    rules: RunRules | None
    shift: Shift | None
    no_rule: Refused | None
    kind: Literal["run"] = "run"

    @property
    def sentence(self) -> str:
        """Return what the rule says, or why there is none."""
        said = self.rules or self.shift
        return said.sentence if said else self.no_rule.sentence if self.no_rule else ""


def run_chart(
    values: Sequence[float],
    *,
    baseline: int | None = None,
    better: str | None = None,
    planned: int | None = None,
) -> RunChart:
    """Chart points in time order around their median, or around that of the first ``baseline``.

    Raises
    ------
    Refused
        No point, a point without a number, an impossible baseline, or a baseline without a
        direction. Too few points or no variation is no error: the chart says it in ``no_rule``.

    References
    ----------
    Anhoej and Olesen (2014), PLoS ONE 9:e113825.

    Examples
    --------
    >>> chart = run_chart([3, 6, 4, 6, 5, 3, 4, 6, 7, 3, 4, 6])
    >>> chart.center, chart.rules.signal
    (4.5, False)
    """
    points = numbers(values)
    if baseline is None:
        center = middle(points)
        rules, why = _rules_or_why(points, center)
        return RunChart(points, center, sides(points, center), None, rules, None, why)
    check_baseline(baseline, len(points), least=1)
    direction = check_better(better)
    center = middle(points[:baseline])
    found, why = None, None
    try:
        found = frozen_shift(points, baseline=baseline, better=direction, planned=planned)
    except Refused as refused:
        why = refused
    return RunChart(points, center, sides(points, center), baseline, None, found, why)


def _rules_or_why(
    points: tuple[float, ...], center: float
) -> tuple[RunRules | None, Refused | None]:
    try:
        return anhoej(points, center), None
    except Refused as refused:
        return None, refused


def anhoej(values: Sequence[float], center: float | None = None) -> RunRules:
    """Apply both Anhoej rules to a whole series around ``center`` (its median unless given).

    Raises
    ------
    TooFew
        Under 12 points: no rule can fire honestly.
    NoVariation, AllOnMedian
        All points are equal, or fewer than 10 lie off the median.
    """
    points = numbers(values)
    if len(points) < LEAST_POINTS:
        raise TooFew(
            f"A run chart needs at least {LEAST_POINTS} points before a rule applies; "
            f"there {'is' if len(points) == 1 else 'are'} {len(points)}."
        )
    off = sides(points, middle(points) if center is None else center)
    if len(set(points)) == 1:
        raise NoVariation(f"All {len(points)} points are {number(points[0])}: there is no run.")
    useful = sum(map(abs, off))
    if useful < LEAST_USEFUL:
        raise AllOnMedian(
            f"Only {useful} of {len(points)} points lie off the median; the rules need at least "
            f"{LEAST_USEFUL}. Measure more finely or less often."
        )
    return RunRules(
        useful, longest_run(off), run_allowed(useful), crossings(off), crossings_needed(useful)
    )


def frozen_shift(
    values: Sequence[float], *, baseline: int, better: str, planned: int | None = None
) -> Shift:
    """Compare later points with the median of the first ``baseline`` points.

    Points on the median are skipped. How long a run must be depends on how many points follow:
    the shortest length, at least 6, that noise shows in at most 5 % of series. Say in ``planned``
    how many later points there will be, and the series may be looked at after every one of them.

    Raises
    ------
    NoBaseline, TooFew
        Fewer than 12 baseline points or 6 later ones.
    NoVariation, AllOnMedian
        All baseline points are equal, or over half of them lie on their median.
    """
    points = numbers(values)
    check_baseline(baseline, len(points), least=LEAST_POINTS)
    direction = check_better(better)
    before, after = points[:baseline], points[baseline:]
    if len(after) < LEAST_RUN:
        raise TooFew(
            f"{times(len(after), 'point follows', 'points follow')} the baseline; "
            f"a shift needs at least {LEAST_RUN}."
        )
    center = middle(before)
    _refuse_flat(before, center)
    side = 1 if direction == "up" else -1
    off = sides(after, center)
    good, bad = longest_run(off, side), longest_run(off, -side)
    looks = max(len(after), planned or 0)
    return Shift(
        baseline, len(after), looks, center, direction, good, bad, run_needed(baseline, looks),
        run_by_noise(baseline, looks, good), run_by_noise(baseline, looks, bad),
    )  # fmt: skip


def _refuse_flat(before: tuple[float, ...], center: float) -> None:
    if len(set(before)) == 1:
        raise NoVariation(
            f"All {len(before)} baseline points are {number(center)}; ordinary variation is "
            "unknown, so a shift cannot be told from it."
        )
    on = sides(before, center).count(0)
    if 2 * on > len(before):
        raise AllOnMedian(
            f"{on} of {len(before)} baseline points lie on their median. Measure more finely or "
            "less often."
        )
