"""Propose who gets a seat: by the readers' mean, with ties named instead of hidden.

Plain values in, plain values out; the list is a proposal that people change and adopt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

CLOSE = Fraction(1, 20)
"""A mean this near to the border is called close."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An application with its readers' mean (None: not read), and when it came in."""

    ref: str
    mean: Fraction | None
    came_in: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """References in order: seats, alternates; and groups that only a coin could part."""

    seats: tuple[str, ...]
    waitlist: tuple[str, ...]
    coin_flips: tuple[tuple[str, ...], ...]


def choose(candidates: Sequence[Candidate], *, seats: int, waitlist: int) -> Choice:
    """Return the best means first; equal means in the order in which they came in.

    A group of equal means that a border (last seat, last alternate) cuts is a coin-flip: the order
    of arrival decided nothing but which name the proposal shows.

    Examples
    --------
    >>> from datetime import datetime, timedelta
    >>> at = datetime(2027, 1, 1)
    >>> three = [Candidate(ref, Fraction(3), at + timedelta(hours=n)) for n, ref in enumerate("ABC")]
    >>> choose(three, seats=1, waitlist=1)
    Choice(seats=('A',), waitlist=('B',), coin_flips=(('A', 'B', 'C'),))
    """
    read = [one for one in candidates if one.mean is not None]
    ranked = sorted(read, key=lambda one: (-(one.mean or 0), one.came_in, one.ref))
    borders = {seats, seats + waitlist}
    flips: list[tuple[str, ...]] = []
    for border in sorted(borders):
        if not 0 < border < len(ranked):
            continue
        last, first = ranked[border - 1], ranked[border]
        if last.mean == first.mean:
            group = tuple(one.ref for one in ranked if one.mean == last.mean)
            if group not in flips:
                flips.append(group)
    refs = tuple(one.ref for one in ranked)
    return Choice(refs[:seats], refs[seats : seats + waitlist], tuple(flips))


def standing(mean: Fraction | None, border: Fraction | None, *, is_flip: bool) -> str:
    """Return how sure a place is: ``coin-flip``, ``close`` or ``firm``."""
    if is_flip:
        return "coin-flip"
    if mean is None or border is None:
        return "firm"
    return "close" if abs(mean - border) <= CLOSE else "firm"
