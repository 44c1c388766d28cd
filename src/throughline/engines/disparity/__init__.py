"""Rates, gaps and ratios of student groups: counted from rows, or read as they were published.

Owns printed rates and honest sums of them, the counting of files, and every measure. ``reading``
opens a file, ``mapping`` proposes its codebook, ``cube`` counts it; ``events``, ``counted``, ``wide``
and ``rates`` take files of events, of counts, of a column a group and of published rates. ``compare``
in ``comparing`` puts a table beside a comparator, ``registry`` and ``further`` say what each measure
is, ``sentences`` tells it. Does not decide what may be shown (disclosure, releases), never says why
groups differ, and never turns a range into a point.

What needs numpy is imported from its module and not from here, so that pages start fast.
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
