"""An interrupted series, and a difference in differences. For jobs: statsmodels takes seconds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from throughline.engines.improvement.intervals import Estimate
from throughline.engines.improvement.panels import Observation, Panel, panel
from throughline.engines.improvement.refusals import NeedsStats, NoVariation, TooFew
from throughline.engines.improvement.series import check_baseline, numbers
from throughline.engines.improvement.wording import number

LEAST_SIDE = 8
LEAST_UNITS = 20


@dataclass(frozen=True, slots=True)
class InterruptedSeries:
    """A line before and after a date. ``level`` is the jump at the date, ``slope`` the bend a point.

    Errors are HAC (Newey-West) with ``lag``. ``fitted`` has one value a point.
    """

    before: int
    after: int
    level: Estimate
    slope: Estimate
    lag: int
    fitted: tuple[float, ...]

    @property
    def sentence(self) -> str:
        """Return jump and bend with their intervals."""
        return (
            f"With {self.before} points before and {self.after} after the date, the level differs "
            f"by {_shown(self.level)} and the slope by {_shown(self.slope)} a point, compared with "
            "the earlier line carried on. Suggestive: other things changed over time too."
        )


@dataclass(frozen=True, slots=True)
class DifferenceInDifferences:
    """How much more units that began changed than units that did not.

    ``paths`` has one row a period: period, mean of units that began, mean of the others; look at
    the rows before the start: the method supposes that they run in parallel.
    """

    estimate: Estimate
    units_begun: int
    units_compared: int
    start: int
    paths: tuple[tuple[int, float, float], ...]

    @property
    def too_few(self) -> bool:
        """Whether there are under 20 units, too few for an interval to be relied on."""
        return self.units_begun + self.units_compared < LEAST_UNITS

    @property
    def sentence(self) -> str:
        """Return the difference with its interval, the comparison named, and how far it carries."""
        few = (
            f" With {self.units_begun + self.units_compared} units there are too few for this "
            "interval to be relied on."
            if self.too_few
            else ""
        )
        return (
            f"From period {self.start} on, the {self.units_begun} units that began changed by "
            f"{_shown(self.estimate)} more than the {self.units_compared} that did not begin."
            f"{few} Suggestive: it supposes that both would have run in parallel."
        )


def interrupted_series(values: Sequence[float], *, before: int) -> InterruptedSeries:
    """Fit y = b0 + b1 t + b2 after + b3 (t - t0) after, where the first ``before`` points are earlier.

    Raises
    ------
    TooFew
        Fewer than 8 points on a side.
    NoVariation
        All points are equal.
    NeedsStats
        statsmodels is not installed.

    Notes
    -----
    HAC errors with lag floor(4 (T / 100)^(2/9)), small-sample correction, t intervals.

    References
    ----------
    Newey and West (1987), Econometrica 55:703; Wagner et al. (2002), J Clin Pharm Ther 27:299.
    """
    y = numbers(values)
    check_baseline(before, len(y), least=1)
    if before < LEAST_SIDE or len(y) - before < LEAST_SIDE:
        raise TooFew(
            f"An interrupted series needs at least {LEAST_SIDE} points on each side of the date; "
            f"here are {before} and {len(y) - before}."
        )
    if len(set(y)) == 1:
        raise NoVariation(f"All {len(y)} points are {number(y[0])}: there is no line to compare.")
    t = np.arange(len(y), dtype=float)
    after = (t >= before).astype(float)
    design = np.column_stack((np.ones_like(t), t, after, (t - before) * after))
    lag = floor(4 * (len(y) / 100) ** (2 / 9))
    fit = _fit(np.asarray(y), design, "HAC", {"maxlags": lag, "use_correction": True})
    return InterruptedSeries(
        before, len(y) - before, _estimate(fit, 2), _estimate(fit, 3), lag,
        tuple(float(each) for each in fit.fittedvalues),
    )  # fmt: skip


def difference_in_differences(
    observations: Sequence[Observation], starts: Mapping[str, int | None]
) -> DifferenceInDifferences:
    """Compare the change of units that began with that of units that did not.

    Unit and period effects, errors clustered by unit. Under 20 units the answer says "too few".

    Parameters
    ----------
    observations
        One a unit and period, every unit in every period, in any order.
    starts
        For each unit the first period in which it had begun, or None.

    Raises
    ------
    Staggered
        Units began in different periods.
    NoComparison, Mismatched
        Nobody began or everybody did, there are fewer than two periods before or none after, or
        a unit lacks a period.
    NoVariation
        All units change alike, so nothing varies.
    NeedsStats
        statsmodels is not installed.
    """
    table = panel(observations, starts)
    values = table.values
    if np.ptp(values - values.mean(axis=1, keepdims=True)) == 0:
        raise NoVariation("No unit changes over time: there is nothing to compare.")
    fit = _fit(*_within_units(table), "cluster", _clusters(table))
    begun = table.begun
    paths = tuple(
        (period, float(values[begun, at].mean()), float(values[~begun, at].mean()))
        for at, period in enumerate(table.periods)
    )
    count = Counter(begun.tolist())
    return DifferenceInDifferences(_estimate(fit, 0), count[True], count[False], table.start, paths)


def _within_units(table: Panel) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return outcome and design after each unit's own mean is taken away: unit effects."""
    units, periods = table.values.shape
    after = np.array([period >= table.start for period in table.periods], dtype=float)
    treated = np.outer(table.begun.astype(float), after)
    steps = np.broadcast_to(np.eye(periods)[:, 1:], (units, periods, periods - 1))
    columns = np.concatenate((treated[:, :, None], steps), axis=2)
    columns = columns - columns.mean(axis=1, keepdims=True)
    outcome = table.values - table.values.mean(axis=1, keepdims=True)
    return outcome.ravel(), columns.reshape(units * periods, periods)


def _clusters(table: Panel) -> dict[str, object]:
    units, periods = table.values.shape
    return {"groups": np.repeat(np.arange(units), periods)}


def _fit(
    y: NDArray[np.float64],
    design: NDArray[np.float64],
    errors: Literal["HAC", "cluster"],
    how: dict[str, object],
) -> Any:
    try:
        from statsmodels.regression import linear_model  # optional dependency, slow import
    except ImportError as error:
        raise NeedsStats(
            "This needs statsmodels, which is not installed. Install Throughline with its extra "
            "'stats'."
        ) from error
    model: Any = linear_model
    return model.OLS(y, design).fit(cov_type=errors, cov_kwds=how, use_t=True)


def _estimate(fit: Any, at: int) -> Estimate:
    low, high = fit.conf_int()[at]
    return Estimate(float(fit.params[at]), float(low), float(high), "own")


def _shown(of: Estimate) -> str:
    return f"{number(of.value)} ({number(of.low)} to {number(of.high)})"
