"""How unequally money is spread over units, each unit weighted by its pupils.

``pupils`` are whole numbers, ``spending`` is per pupil, both of shape (U,). Every measure refuses
fewer than two units with pupils.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from throughline.engines.disparity.refusals import NotDefined, TooFew
from throughline.engines.disparity.tables import FloatArray, IntArray, whole_numbers


def _units(pupils: ArrayLike, spending: ArrayLike) -> tuple[IntArray, FloatArray]:
    """Return units with pupils, from the lowest spending to the highest."""
    weights, per_pupil = whole_numbers(pupils), np.asarray(spending, dtype=np.float64)
    if weights.shape != per_pupil.shape or weights.ndim != 1:
        raise NotDefined("There is one number of pupils and one spending for each unit.")
    if (weights < 0).any() or not np.isfinite(per_pupil).all() or (per_pupil < 0).any():
        raise NotDefined("Pupils and spending are numbers that are not negative.")
    kept = weights > 0
    if kept.sum() < 2 or per_pupil[kept].max() == 0:
        raise TooFew("Spread needs two units with pupils and some spending.")
    order = np.argsort(per_pupil[kept], kind="stable")
    return weights[kept][order], per_pupil[kept][order]


def mean_spending(pupils: ArrayLike, spending: ArrayLike) -> float:
    """Return spending per pupil over all pupils."""
    weights, per_pupil = _units(pupils, spending)
    return float(np.average(per_pupil, weights=weights))


def coefficient_of_variation(pupils: ArrayLike, spending: ArrayLike) -> float:
    """Return the standard deviation over all pupils, divided by the mean.

    References
    ----------
    Berne and Stiefel 1984, The Measurement of Equity in School Finance.
    """
    weights, per_pupil = _units(pupils, spending)
    mean = np.average(per_pupil, weights=weights)
    variance = np.average((per_pupil - mean) ** 2, weights=weights)
    return float(np.sqrt(variance) / mean)


def theil(pupils: ArrayLike, spending: ArrayLike) -> float:
    """Return Theil's T; every unit must spend something.

    References
    ----------
    Theil 1967, Economics and Information Theory.
    """
    weights, per_pupil = _units(pupils, spending)
    if per_pupil[0] == 0:
        raise NotDefined("Theil's index takes a logarithm: a unit that spends nothing has none.")
    ratio = per_pupil / np.average(per_pupil, weights=weights)
    return float(np.average(ratio * np.log(ratio), weights=weights))


def gini(pupils: ArrayLike, spending: ArrayLike) -> float:
    """Return the Gini index, from 0 (equal) towards 1; linear in the units once sorted.

    References
    ----------
    Berne and Stiefel 1984; equal to the mean absolute difference over twice the mean.
    """
    weights, per_pupil = _units(pupils, spending)
    return _concentration(weights, per_pupil, per_pupil)


def concentration_index(pupils: ArrayLike, spending: ArrayLike, rank: ArrayLike) -> float:
    """Return how far spending leans to units of high rank: above 0 towards the highest ``rank``.

    ``rank`` orders the units (poverty share, wealth); units of equal rank share one place.

    References
    ----------
    O'Donnell, van Doorslaer, Wagstaff and Lindelow 2008, Analyzing Health Equity Using Household
    Survey Data, World Bank, chapter 8; technical note 7.
    """
    weights, values = whole_numbers(pupils), np.asarray(spending, dtype=np.float64)
    places = np.asarray(rank, dtype=np.float64)
    _units(weights, values)
    if places.shape != weights.shape or not np.isfinite(places).all():
        raise NotDefined("There is one rank for each unit.")
    order = np.argsort(places, kind="stable")
    return _concentration(weights[order], values[order], places[order])


def _concentration(weights: IntArray, values: FloatArray, places: FloatArray) -> float:
    """Return (2 / mean) x mean of value times rank, minus 1; units come in rank order."""
    _, where, tie = np.unique(places, return_index=True, return_inverse=True)
    together = np.add.reduceat(weights, where)
    middle = (np.cumsum(together) - together / 2) / weights.sum()
    mean = np.average(values, weights=weights)
    return float(2 * np.average(values * middle[tie], weights=weights) / mean - 1)


def quantile(pupils: ArrayLike, spending: ArrayLike, percent: int) -> float:
    """Return the spending of the unit in which the pupil at that percent sits, from below."""
    weights, per_pupil = _units(pupils, spending)
    reached = 100 * np.cumsum(weights) >= percent * weights.sum()
    return float(per_pupil[np.argmax(reached)])


def mcloone(pupils: ArrayLike, spending: ArrayLike) -> float:
    """Return spending strictly below the median over what it would be at the median; at most 1.

    References
    ----------
    Berne and Stiefel 1984.
    """
    return _beside_median(pupils, spending, below=True)


def verstegen(pupils: ArrayLike, spending: ArrayLike) -> float:
    """Return spending strictly above the median over what it would be at the median; at least 1.

    References
    ----------
    Verstegen 1996, Journal of Education Finance 22:2; Berne and Stiefel 1984 for the form.
    """
    return _beside_median(pupils, spending, below=False)


def _beside_median(pupils: ArrayLike, spending: ArrayLike, *, below: bool) -> float:
    weights, per_pupil = _units(pupils, spending)
    median = quantile(weights, per_pupil, 50)
    side = per_pupil < median if below else per_pupil > median
    if not side.any():
        return 1.0
    if median == 0:
        raise NotDefined("Half of the pupils are in units that spend nothing.")
    return float(np.average(per_pupil[side], weights=weights[side]) / median)


def federal_range_ratio(pupils: ArrayLike, spending: ArrayLike) -> float:
    """Return how far the 95th percentile of pupils lies above the 5th, over the 5th.

    References
    ----------
    34 CFR 222.162 (disparity standard); Berne and Stiefel 1984.
    """
    low, high = quantile(pupils, spending, 5), quantile(pupils, spending, 95)
    if low == 0:
        raise NotDefined("The 5th percentile spends nothing: there is no ratio to it.")
    return (high - low) / low


def poverty_slope(pupils: ArrayLike, spending: ArrayLike, poverty: ArrayLike) -> float:
    """Return by how much spending per pupil differs for one percentage point more poverty.

    ``poverty`` is each unit's share of pupils in poverty, 0 to 1. Least squares, weighted by
    pupils; it describes the line through the units and nothing more.
    """
    weights, values, shares = _with_poverty(pupils, spending, poverty)
    apart = shares - np.average(shares, weights=weights)
    if not apart.any():
        raise TooFew("All units have the same share of poverty, so there is no slope.")
    slope = (weights * apart * values).sum() / (weights * apart**2).sum()
    return float(slope / 100)


def poverty_quarters_ratio(pupils: ArrayLike, spending: ArrayLike, poverty: ArrayLike) -> float:
    """Return spending on the quarter of pupils in the poorest units over that in the least poor.

    A unit across the border of a quarter counts with the pupils that fall on its side; units of
    equal poverty are taken together.
    """
    weights, values, shares = _with_poverty(pupils, spending, poverty)
    _, group = np.unique(shares, return_inverse=True)
    size = np.bincount(group, weights=weights)
    means = np.bincount(group, weights=weights * values) / size
    ends = np.cumsum(size)
    quarter = ends[-1] / 4
    least = np.clip(quarter - (ends - size), 0, size)
    most = np.clip(ends - (ends[-1] - quarter), 0, size)
    if not (least * means).any():
        raise NotDefined("The least poor quarter spends nothing: there is no ratio to it.")
    return float((most * means).sum() / (least * means).sum())


def _with_poverty(
    pupils: ArrayLike, spending: ArrayLike, poverty: ArrayLike
) -> tuple[IntArray, FloatArray, FloatArray]:
    weights, values = whole_numbers(pupils), np.asarray(spending, dtype=np.float64)
    shares = np.asarray(poverty, dtype=np.float64)
    _units(weights, values)
    if shares.shape != weights.shape or not ((shares >= 0) & (shares <= 1)).all():
        raise NotDefined("Each unit has a share of pupils in poverty between 0 and 1.")
    kept = weights > 0
    return weights[kept], values[kept], shares[kept]
