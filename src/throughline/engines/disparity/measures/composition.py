"""A group's share of the events beside its share of the students."""

from __future__ import annotations

import numpy as np

from throughline.engines.disparity.measures.intervals import Limits, quotient, share
from throughline.engines.disparity.measures.ratios import ratio_to_everyone
from throughline.engines.disparity.tables import BoolArray, FloatArray, IntArray


def composition_difference(
    events: IntArray, n: IntArray, all_events: IntArray, everyone: IntArray
) -> FloatArray:
    """Return share of all events minus share of all students, as a difference of shares."""
    return share(events, all_events) - share(n, everyone)


def composition_index(
    events: IntArray, n: IntArray, all_events: IntArray, everyone: IntArray
) -> FloatArray:
    """Return share of all events over share of all students: the rate over everyone's rate.

    Examples
    --------
    >>> counts = [np.array([count]) for count in (40, 400, 100, 2000)]
    >>> composition_index(*counts)
    array([2.])
    """
    return quotient(share(events, all_events), share(n, everyone))


def index_limits(ratio: Limits, n: IntArray, everyone: IntArray) -> Limits:
    """Map the interval of the risk ratio to all others onto the index; enrollment is taken as known.

    The index is a growing function of that ratio, [c/(1-c)] / [e/(1-e)] = ratio.
    """
    weight = share(n, everyone)
    return Limits(ratio_to_everyone(ratio.low, weight), ratio_to_everyone(ratio.high, weight))


def e_formula(n: IntArray, everyone: IntArray, in_program: IntArray) -> FloatArray:
    """Return the highest share of a program, in percent, that the E-formula expects of a group.

    With A the group's percent of all students and N the students in the program,
    ``A + sqrt(A (100 - A) / N)``.

    References
    ----------
    Practice of California special education: Roy 2012, On Measures of Racial/Ethnic
    Disproportionality in Special Education, California Department of Education.

    Examples
    --------
    >>> e_formula(np.array([20]), np.array([100]), np.array([200])).round(2)
    array([22.83])
    """
    part = 100 * share(n, everyone)
    size = np.where(in_program > 0, in_program, 1)
    expected = part + np.sqrt(part * (100 - part) / size)
    return np.where(in_program > 0, expected, np.nan)


def above_e_formula(
    events: IntArray, n: IntArray, in_program: IntArray, everyone: IntArray
) -> BoolArray:
    """Tell which groups have a larger share of the program than the E-formula expects."""
    found = 100 * share(events, in_program) > e_formula(n, everyone, in_program)
    return np.asarray(found, dtype=np.bool_)
