"""Whether Title I schools have at least comparable staff or money from state and local sources.

One grade span of one district at a time. Leave out federal money and the staff paid from it, and
the schools that are exempt; neither can be seen in these numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from throughline.engines.disparity.measures.intervals import quotient
from throughline.engines.disparity.refusals import NotDefined, TooFew
from throughline.engines.disparity.tables import BoolArray, FloatArray, IntArray, whole_numbers

MOST_PUPILS_PER_STAFF = 110
"""Percent of the ratio in all schools that are not Title I schools; tolerance of the federal guidance."""

LEAST_SPENDING = 90
"""Percent of the spending per pupil in all schools that are not Title I schools."""


@dataclass(frozen=True, slots=True)
class Comparability:
    """Arrays of shape (schools,). Only Title I schools are judged; others are always comparable.

    ``ratio`` is pupils per staff or spending per pupil, ``limit`` what a Title I school must not
    exceed or fall below.
    """

    ratio: FloatArray
    limit: float
    comparable: BoolArray


def staff_comparability(
    pupils: ArrayLike, staff: ArrayLike, is_title_one: ArrayLike
) -> Comparability:
    """Compare pupils per full-time instructional staff with those of all other schools together.

    References
    ----------
    20 USC 6321(c); US Department of Education 2008, Title I Fiscal Issues, comparability.

    Examples
    --------
    >>> found = staff_comparability([528, 750, 1280], [70.2, 50, 100], [True, True, False])
    >>> round(found.limit, 2), found.comparable.tolist()
    (14.08, [True, False, True])
    """
    counts, people, title_one = _schools(pupils, staff, is_title_one)
    if (people == 0).any():
        raise NotDefined("A school without instructional staff has no pupils per staff.")
    others = ~title_one
    most = MOST_PUPILS_PER_STAFF * counts[others].sum()
    within = 100 * counts * people[others].sum() <= most * people
    limit = float(most / people[others].sum() / 100)
    return Comparability(quotient(counts, people), limit, others | within)


def spending_comparability(
    pupils: ArrayLike, spending: ArrayLike, is_title_one: ArrayLike
) -> Comparability:
    """Compare state and local spending per pupil with that of all other schools together.

    ``spending`` is the whole sum of each school, not per pupil.

    References
    ----------
    20 USC 6321(c); US Department of Education 2008, Title I Fiscal Issues, comparability.
    """
    counts, money, title_one = _schools(pupils, spending, is_title_one)
    others = ~title_one
    least = LEAST_SPENDING * money[others].sum()
    within = 100 * money * counts[others].sum() >= least * counts
    limit = float(least / counts[others].sum() / 100)
    return Comparability(quotient(money, counts), limit, others | within)


def _schools(
    pupils: ArrayLike, amount: ArrayLike, is_title_one: ArrayLike
) -> tuple[IntArray, FloatArray, BoolArray]:
    counts, amounts = whole_numbers(pupils), np.asarray(amount, dtype=np.float64)
    title_one = np.asarray(is_title_one, dtype=np.bool_)
    if not counts.shape == amounts.shape == title_one.shape:
        raise NotDefined("Each school has pupils, an amount, and is a Title I school or is not.")
    if (counts < 1).any() or not np.isfinite(amounts).all() or (amounts < 0).any():
        raise NotDefined("Each school has pupils, and an amount that is not negative.")
    if title_one.all() or not title_one.any():
        raise TooFew("There is nothing to compare without a school of each kind in the grade span.")
    return counts, amounts, title_one
