"""Rates, ranges and gaps of student groups, as far as figures that were published allow.

Owns the reading of printed rates and honest sums of them. Does not decide what may be shown
(disclosure, releases) and never turns a range into a point.
"""

from throughline.engines.disparity.published import (
    NOTHING,
    PROTECTED,
    Percent,
    Reported,
    Total,
    add_up,
    gap_points,
    read_rate,
    students_within,
    whole_percent,
)
from throughline.engines.disparity.unreadable import Unreadable

__all__ = [
    "NOTHING",
    "PROTECTED",
    "Percent",
    "Reported",
    "Total",
    "Unreadable",
    "add_up",
    "gap_points",
    "read_rate",
    "students_within",
    "whole_percent",
]
