"""From the text of a cell to a whole number: counts, fixed-point scores, yes and no."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction

YES = frozenset({"yes", "y", "true", "t"})
NO = frozenset({"no", "n", "false", "f"})
"""How exports write that something happened, and that it did not; compared in lower case."""

_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_PLAIN = re.compile(r"-?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?")


def exact(text: str) -> Fraction | None:
    """Return the number that ``text`` writes, exactly; nothing where it writes none.

    Examples
    --------
    >>> exact("1,204"), exact("3.27"), exact("LE5")
    (Fraction(1204, 1), Fraction(327, 100), None)
    """
    plain = text.replace(",", "") if _GROUPED.fullmatch(text) else text
    if not _PLAIN.fullmatch(plain):
        return None
    try:
        return Fraction(Decimal(plain))
    except InvalidOperation:  # pragma: no cover - the pattern lets nothing else through
        return None


def whole(text: str) -> int | None:
    """Return the count that ``text`` writes: a whole number of zero or more.

    Examples
    --------
    >>> whole("12"), whole("12.0"), whole("12.5"), whole("-9")
    (12, 12, None, None)
    """
    number = exact(text)
    if number is None or number < 0 or number.denominator != 1:
        return None
    return int(number)


def fixed_point(text: str, scale: int) -> int | None:
    """Return ``text`` times ``scale`` if that is a whole number.

    Examples
    --------
    >>> fixed_point("3.27", 100), fixed_point("3.275", 100)
    (327, None)
    """
    number = exact(text)
    if number is None or (number * scale).denominator != 1:
        return None
    return int(number * scale)


def yes_or_no(text: str) -> bool | None:
    """Return whether ``text`` says that it happened; nothing where it says neither.

    Examples
    --------
    >>> yes_or_no("Yes"), yes_or_no("0"), yes_or_no("2")
    (True, False, None)
    """
    lower = text.casefold()
    if lower in YES or lower in NO:
        return lower in YES
    number = exact(text)
    return bool(number) if number in (0, 1) else None
