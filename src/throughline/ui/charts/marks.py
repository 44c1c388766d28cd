"""Small parts that every chart is made of."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString


def number(value: float) -> str:
    """Return a number as it is printed: 85, 85.4, 1,015; never a dozen decimals."""
    rounded = round(value, 1)
    places = 0 if rounded == int(rounded) else 1
    return number_format(rounded, decimal_pos=places, force_grouping=abs(rounded) >= 1000)


def span_words(low: float, high: float, unit: str) -> str:
    """Return "63–79%", or "85%" when both ends are the same."""
    if low == high:
        return f"{number(low)}{unit}"
    return f"{number(low)}–{number(high)}{unit}"


def isolated(words: str) -> SafeString:
    """Keep a range in its order where writing runs from right to left."""
    return format_html("<bdi>{}</bdi>", words)


def share(value: float, low: float, high: float) -> str:
    """Return the place of a value on a scale as a percent for SVG: "61.5%"."""
    inside = min(max(value, low), high)
    return f"{(inside - low) / (high - low) * 100:.1f}%"


def joined(parts: Sequence[str]) -> SafeString:
    """Join pieces that are already escaped."""
    return SafeString("".join(parts))
