"""Rounds in which nobody meets twice, by algebra instead of search.

Everybody stands in a grid: a column a place in a group, a row a group. In round w whoever stands in
column c and row i sits in group i + shift[c][w], added in a group in the sense of algebra. Two of
one column never meet. Two of different columns meet at most once if the differences of their
columns' shifts differ from round to round (a difference matrix: Beth, Jungnickel & Lenz, Design
Theory, chapter VIII), and never if they stand in one row and no difference is zero.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import TypeAlias

Rounds: TypeAlias = tuple[tuple[int, ...], ...]
"""For every round the group of every place; places are counted column by column."""
Add: TypeAlias = Callable[[int, int], int]

TRIES = 20_000
"""Values that are tried for shifts before their search is given up."""

TURNED: dict[tuple[int, int], str] = {
    (5, 3): "A 16 06; 15 14 12; 13 05 01; 11 02 00; 10 04 03",
    (6, 4): "A 00 11 21; B 02 12 20; C 05 13 24; 14 01 10 15; 23 22 25 16; 04 03 26 06",
}
"""One round each; six more follow by adding 1 to 6, modulo 7, to every second digit."""


@lru_cache(maxsize=64)
def design(groups: int, size: int, rounds: int) -> Rounds | None:
    """Return rounds of equal groups in which no two meet twice, if a way to make them is known.

    Those of one row never meet where that can be had as well.

    Examples
    --------
    >>> design(2, 2, 2)
    ((0, 1, 1, 0), (0, 0, 1, 1))
    """
    if size < 2:
        return None
    if (groups, size) in TURNED:
        return _turned(TURNED[groups, size])[:rounds] if rounds <= 7 else None
    made = _by_fields(groups, size)
    if len(made) > rounds:
        return made[1 : rounds + 1]
    if len(made) == rounds:
        return made
    found = _found(groups, size, rounds)
    return None if found is None else _laid(found, groups, lambda a, b: (a + b) % groups)


def _turned(round_: str) -> Rounds:
    groups = [group.split() for group in round_.split(";")]
    places = sorted(point for group in groups for point in group)
    rounds = []
    for turn in range(7):
        sits = {}
        for number, group in enumerate(groups):
            for point in group:
                moved = point if len(point) == 1 else f"{point[0]}{(int(point[1]) + turn) % 7}"
                sits[moved] = number
        rounds.append(tuple(sits[point] for point in places))
    return tuple(rounds)


def _laid(shifts: Sequence[Sequence[int]], groups: int, add: Add) -> Rounds:
    """Seat the grid by its shifts: one row of them a column, one value a round."""
    return tuple(
        tuple(add(row, shift[number]) for shift in shifts for row in range(groups))
        for number in range(len(shifts[0]))
    )


def _by_fields(groups: int, size: int) -> Rounds:
    """Return all rounds that multiplying in finite fields gives; round 0 seats the rows.

    shift[c][w] = c w, in a product of fields if the number of groups is no power of a prime. Then
    whoever has one column never met, and sits together by the same method if the size divides it.
    """
    fields = [Field(prime, power) for prime, power in _powers(groups)]
    if size > min((field.order for field in fields), default=size):
        return ()
    elements = list(product(*(range(field.order) for field in fields)))
    number = {element: place for place, element in enumerate(elements)}

    def add(one: int, other: int) -> int:
        pairs = zip(fields, elements[one], elements[other], strict=True)
        return number[tuple(field.add(a, b) for field, a, b in pairs)]

    def times(column: int, element: tuple[int, ...]) -> int:
        pairs = zip(fields, element, strict=True)
        return number[tuple(field.times(column, a) for field, a in pairs)]

    shifts = [[times(column, element) for element in elements] for column in range(size)]
    made = _laid(shifts, groups, add)
    return made if groups % size or groups == 1 else (*made, *_columns(groups, size))


def _columns(groups: int, size: int) -> Rounds:
    """Return rounds in which every column sits with itself."""
    parts = groups // size
    inner = _by_fields(parts, size) or (tuple(row // size for row in range(groups)),)
    return tuple(
        tuple(column * parts + sits[row] for column in range(size) for row in range(groups))
        for sits in inner
    )


@lru_cache(maxsize=64)
def _found(groups: int, size: int, rounds: int) -> Rounds | None:
    """Search shifts modulo the number of groups whose differences all differ and are not zero.

    Greedy: column by column, round by round, by chance, going back where nothing is left.
    """
    chance = random.Random(groups * 10_000 + size * 100 + rounds)  # noqa: S311 - a search
    tries = TRIES
    shifts = [[0] * rounds]
    while len(shifts) < size and tries > 0:
        column: list[int] = []
        used: list[set[int]] = [{0} for _other in shifts]
        for number in range(rounds):
            fits = [
                value
                for value in range(groups)
                if all((value - other[number]) % groups not in taken
                       for other, taken in zip(shifts, used, strict=True))
            ]  # fmt: skip
            tries -= groups
            if not fits:
                break
            value = chance.choice(fits)
            column.append(value)
            for other, taken in zip(shifts, used, strict=True):
                taken.add((value - other[number]) % groups)
        if len(column) == rounds:
            shifts.append(column)
        elif chance.random() < 0.1 and len(shifts) > 1:
            shifts.pop()
    return tuple(tuple(one) for one in shifts) if len(shifts) == size else None


class Field:
    """The finite field of ``prime`` to the ``power``; elements are numbers below its order."""

    def __init__(self, prime: int, power: int) -> None:
        self.prime, self.order = prime, int(prime**power)
        self._digits = [self._split(number, power) for number in range(self.order)]
        self._powers = next(self._primitive(power))
        self._logs = {element: place for place, element in enumerate(self._powers)}

    def _split(self, number: int, power: int) -> tuple[int, ...]:
        return tuple(number // self.prime**place % self.prime for place in range(power))

    def _join(self, digits: Sequence[int]) -> int:
        return sum(digit * self.prime**place for place, digit in enumerate(digits))

    def _primitive(self, power: int) -> Iterator[list[int]]:
        """Try polynomials until the powers of x are all elements but zero."""
        for number in range(1, self.order):
            lowest = self._digits[number]
            element, powers = self._digits[1], [1]
            for _step in range(self.order - 2):
                *rest, top = element
                element = tuple(
                    (digit - top * low) % self.prime
                    for digit, low in zip((0, *rest), lowest, strict=True)
                )
                powers.append(self._join(element))
            if len(set(powers)) == self.order - 1:
                yield powers

    def add(self, one: int, other: int) -> int:
        """Return the sum of two elements."""
        digits = zip(self._digits[one], self._digits[other], strict=True)
        return self._join([(a + b) % self.prime for a, b in digits])

    def times(self, one: int, other: int) -> int:
        """Return the product of two elements."""
        if not one or not other:
            return 0
        logs = self._logs[one] + self._logs[other]
        return self._powers[logs % (self.order - 1)]


def _powers(number: int) -> Iterator[tuple[int, int]]:
    """Factor a number into powers of primes."""
    prime = 2
    while number > 1:
        power = 0
        while number % prime == 0:
            number, power = number // prime, power + 1
        if power:
            yield prime, power
        prime += 1
