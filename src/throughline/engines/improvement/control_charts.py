"""What every chart with limits has: center, limits, points past them, and what those are worth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from throughline.engines.improvement.chances import ALLOWED, within
from throughline.engines.improvement.refusals import NoBaseline, Refused, TooFew, TooVaried
from throughline.engines.improvement.series import (
    LEAST_POINTS,
    Better,
    check_baseline,
    check_better,
)
from throughline.engines.improvement.wording import number, odds_of_noise, percent

D2 = 1.128
"""Mean moving range over sigma, 2 / sqrt(pi), as published tables print it."""

Kind = Literal["xmr", "p", "p-prime"]

Chance = Callable[[int], float]
"""How often noise alone puts that many later points past one limit."""


@dataclass(frozen=True, slots=True)
class Ranges:
    """Differences of neighboring points, without sign; one fewer than points."""

    values: tuple[float, ...]
    center: float
    upper: float


@dataclass(frozen=True, slots=True)
class ControlChart:
    """Points, a center and three-sigma limits, in the unit of the points (a share for p and p′).

    ``lower`` and ``upper`` have one limit a point. ``beyond`` lists positions (from 0) past a
    limit. With a frozen baseline, ``chance_better`` and ``chance_worse`` say how often noise alone
    puts as many later points past that limit; without, or where ``no_rule`` says why, they are 1.
    """

    kind: Kind
    values: tuple[float, ...]
    center: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    sizes: tuple[int, ...] | None
    baseline: int | None
    better: Better | None
    above: tuple[int, ...]
    below: tuple[int, ...]
    ranges: Ranges | None
    sigma_z: float | None
    chance_better: float
    chance_worse: float
    no_rule: Refused | None

    @property
    def beyond(self) -> tuple[int, ...]:
        """Return the positions of all points past a limit."""
        return tuple(sorted(self.above + self.below))

    def improved(self, allowed: float) -> bool:
        """Return whether enough later points lie past the wanted limit for noise to be unlikely."""
        return self.no_rule is None and within(self.chance_better, allowed)

    def worsened(self, allowed: float) -> bool:
        """Return the same for the limit that is not wanted."""
        return self.no_rule is None and within(self.chance_worse, allowed)

    @property
    def sentence(self) -> str:
        """Return how many points lie past a limit, and what that is worth."""
        show = number if self.kind == "xmr" else percent
        shown = f"center {show(self.center)}"
        if self.baseline is None or self.better is None:
            text = f"{self._counted(self.beyond, 'the limits')} ({shown})."
            return (
                f"{text} {self.no_rule.sentence}" if isinstance(self.no_rule, TooVaried) else text
            )
        worse = self.worsened(ALLOWED)
        up = (self.better == "up") is not worse
        later = [at for at in (self.above if up else self.below) if at >= self.baseline]
        text = (
            f"Against limits from {self.baseline} baseline points ({shown}): "
            f"{self._counted(later, 'the upper limit' if up else 'the lower limit', later=True)}."
        )
        if self.no_rule:
            return f"{text} {self.no_rule.sentence}"
        if not later:
            return text
        chance = self.chance_worse if worse else self.chance_better
        signal = f"a signal {'that is not wanted' if worse else 'in the wanted direction'}"
        verdict = signal if within(chance) else "no signal yet"
        return f"{text} {odds_of_noise(chance)} That is {verdict}."

    def _counted(self, found: Sequence[int], limit: str, *, later: bool = False) -> str:
        of = len(self.values) - (self.baseline or 0) if later else len(self.values)
        which = "later points" if later else "points"
        if not found:
            return f"no point lies past {limit}" if later else f"No point lies past {limit}"
        return f"{len(found)} of {of} {which} {'lies' if len(found) == 1 else 'lie'} past {limit}"


@dataclass(frozen=True, slots=True)
class Judged:
    """What the later points are worth: how often noise alone does as much on either side."""

    better: Better | None
    chance_better: float = 1.0
    chance_worse: float = 1.0
    no_rule: Refused | None = None


def judge(
    baseline: int | None,
    better: str | None,
    points: int,
    above: tuple[int, ...],
    below: tuple[int, ...],
    chance_above: Chance,
    chance_below: Chance,
) -> Judged:
    """Say how often noise alone does what the later points do on either side."""
    if baseline is None:
        why = NoBaseline("Limits from all points cannot carry a claim; freeze a baseline first.")
        return Judged(None, no_rule=why)
    direction = check_better(better)
    if baseline < LEAST_POINTS or points == baseline:
        return Judged(direction, no_rule=_too_short(baseline))
    up = chance_above(sum(at >= baseline for at in above))
    down = chance_below(sum(at >= baseline for at in below))
    return Judged(direction, *((up, down) if direction == "up" else (down, up)))


def _too_short(baseline: int) -> TooFew:
    if baseline >= LEAST_POINTS:
        return TooFew("No point follows the baseline yet.")
    return TooFew(
        f"The baseline has {baseline} points; a claim needs at least {LEAST_POINTS} before."
    )


def frozen_points(baseline: int | None, points: int) -> int:
    """Return how many points the limits are computed from."""
    if baseline is None:
        return points
    check_baseline(baseline, points, least=1)
    return baseline
