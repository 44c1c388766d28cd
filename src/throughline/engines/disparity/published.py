"""Rates that an agency printed after blurring them: what they still say, alone and added up.

The US Department of Education prints graduation rates by the size of the group: ``PS`` (1 to 5
students), halves (6 to 15), fifths (16 to 30), tens (31 to 60), fives (61 to 200, in some files
to 300), and whole percents above, with open ends such as ``GE95``. Each is a range. Sums of such
ranges are ranges; the middle of one is nobody's rate and is never computed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from throughline.engines.disparity.unreadable import Unreadable

PROTECTED = "PS"
"""Printed instead of a rate that could point at one child."""

NOTHING = frozenset({"", "."})
"""Printed where there is no figure. Never zero."""

_HALF = Fraction(1, 2)
_ALL = Fraction(100)
_VALUE = re.compile(r"(?P<first>\d{1,3})(?:-(?P<last>\d{1,3}))?")
_OPEN = re.compile(r"(?P<side>LE|LT|GE|GT)(?P<value>\d{1,3})")


@dataclass(frozen=True, slots=True)
class Percent:
    """A closed range of percent, 0 to 100, both ends exact."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Reported:
    """One part of a sum: a school's students in one group, and the rate printed for them.

    ``n`` is None where the size was not printed, ``printed`` is ``.`` or empty where no rate was.
    """

    n: int | None
    printed: str


@dataclass(frozen=True, slots=True)
class Total:
    """Parts added up. ``low`` and ``high`` are students, of the ``n`` whose rate is known.

    ``parts`` were given, ``counted`` of them have both a size and a rate. ``stated`` students
    belong to all parts whose size is known; ``unsized`` parts have a rate and no size.
    """

    low: int
    high: int
    n: int
    counted: int
    parts: int
    stated: int
    unsized: int
    protected: int

    @property
    def rate(self) -> Percent | None:
        """Percent of ``n``, or nothing when nobody was counted."""
        if not self.n:
            return None
        return Percent(Fraction(100 * self.low, self.n), Fraction(100 * self.high, self.n))

    @property
    def coverage(self) -> Fraction | None:
        """Share (0 to 1) of the students stated whose rate is known; nothing if none are stated."""
        return Fraction(self.n, self.stated) if self.stated else None

    @property
    def says_nothing(self) -> bool:
        """Whether every counted rate was printed as protected, so that all is still possible."""
        return self.n > 0 and self.protected == self.counted


def read_rate(printed: str) -> Percent | None:
    """Return the range that a printed rate stands for, or nothing for ``.`` and blank.

    Whole numbers were rounded, so 85 means 84.5 to 85.5 and 80-84 means 79.5 to 84.5.

    Raises
    ------
    Unreadable
        The text is none of the known forms, or lies outside 0 to 100.

    Examples
    --------
    >>> rate = read_rate("GE95")
    >>> float(rate.low), float(rate.high)
    (94.5, 100.0)
    """
    if printed in NOTHING:
        return None
    if printed == PROTECTED:
        return Percent(Fraction(0), _ALL)
    if found := _OPEN.fullmatch(printed):
        value = _within(int(found["value"]), printed)
        if found["side"] in {"LE", "LT"}:
            return Percent(Fraction(0), _clip(value + _HALF))
        return Percent(_clip(value - _HALF), _ALL)
    if found := _VALUE.fullmatch(printed):
        first = _within(int(found["first"]), printed)
        last = _within(int(found["last"] or found["first"]), printed)
        if first <= last:
            return Percent(_clip(first - _HALF), _clip(last + _HALF))
    raise _unknown(printed)


def _unknown(printed: str) -> Unreadable:
    return Unreadable(
        None,
        None,
        f"{printed!r} is not a printed rate: expected such as 85, 80-84, GE95, LT50, PS or '.'",
    )


def _within(value: int, printed: str) -> int:
    if value > _ALL:
        raise _unknown(printed)
    return value


def _clip(value: Fraction) -> Fraction:
    return min(max(value, Fraction(0)), _ALL)


def students_within(rate: Percent, n: int) -> tuple[int, int]:
    """Return the fewest and the most of ``n`` students that ``rate`` allows, rounded outward.

    Examples
    --------
    >>> students_within(read_rate("80-84"), 63)
    (50, 54)
    """
    low, high = rate.low, rate.high
    fewest = low.numerator * n // (100 * low.denominator)
    most = -(-high.numerator * n // (100 * high.denominator))
    return fewest, most


def add_up(parts: Iterable[Reported]) -> Total:
    """Add the ranges of all parts that have a size and a rate; count those that do not.

    Raises
    ------
    Unreadable
        A printed rate is none of the known forms.
    ValueError
        A size is negative.
    """
    low = high = n = counted = given = stated = unsized = protected = 0
    for part in parts:
        given += 1
        rate = read_rate(part.printed)
        if part.n is None:
            unsized += rate is not None
            continue
        if part.n < 0:
            raise ValueError(f"a group cannot have {part.n} students")
        stated += part.n
        if rate is None or not part.n:
            continue
        fewest, most = students_within(rate, part.n)
        low, high, n, counted = low + fewest, high + most, n + part.n, counted + 1
        protected += part.printed == PROTECTED
    return Total(low, high, n, counted, given, stated, unsized, protected)


def gap_points(focal: Percent, comparator: Percent) -> tuple[Fraction, Fraction]:
    """Return the smallest and largest difference in percentage points, ``focal`` minus ``comparator``.

    The two may share students (a group and everyone); then the true difference lies well inside.

    Examples
    --------
    >>> low, high = gap_points(read_rate("70-74"), read_rate("83"))
    >>> float(low), float(high)
    (-14.0, -8.0)
    """
    return focal.low - comparator.high, focal.high - comparator.low


def whole_percent(rate: Percent) -> tuple[int, int]:
    """Return whole percents that contain ``rate``: rounding never makes a range narrower."""
    return floor(rate.low), ceil(rate.high)
