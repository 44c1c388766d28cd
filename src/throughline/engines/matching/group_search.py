"""Search seats of all rounds at once by swaps, with a memory of what was just tried.

Tabu search (Glover, 1989) for the social golfer problem, as by Dotú & Van Hentenryck (2005): make
the best swap of anybody who is in trouble, over all rounds; the same two do not swap again soon;
after long idleness shuffle a part of one round, and now and then start anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from throughline.engines.matching.group_crowd import Crowd, Ints, seat_spares
from throughline.engines.matching.group_pricing import Floats, Seats
from throughline.engines.matching.working import Work

Key: TypeAlias = tuple[int, int, int, int, int]
"""Clashes by cost, moves, repeats, most meetings of any two, shared roles: lower is better."""

ROWS = 64
"""The most people whose swaps are priced in one step; chance chooses them where more wait."""
IDLE = 2
"""Steps without a better plan after which a part of one round is shuffled, for every seat."""
MOST_IDLE = 400
ANEW = 4
"""Every so many shuffles start anew instead: from chance, or from the best where seats are many
or moves count."""
SMALL = 200
"""The most seats that are few."""
PATIENCE = 200
"""Steps without a better plan after which the search ends, for every seat of every round."""
MOST_PATIENCE = 12_000
TELL = 200
"""Steps between two words to whoever watches."""
STEPS_A_UNIT = 5_000


def seated_by_chance(crowd: Crowd, chance: np.random.Generator) -> Ints:
    """Seat everybody who is there anywhere."""
    seat = np.full(crowd.here.shape, crowd.width, dtype=np.int64)
    for one, sizes in enumerate(crowd.sizes):
        seat[one, crowd.here[one]] = chance.permutation(np.repeat(np.arange(len(sizes)), sizes))
    return seat_spares(crowd, seat)


class Search:
    """The seats being changed, and the best so far.

    It ends at ``goal``, which nothing can be better than, after too many idle steps, or with the
    work. ``tell`` hears of the best between steps. Without ``few_moves``, leaving an old group costs
    while searching, but one plan is not worse than another for it.
    """

    def __init__(
        self,
        seats: Seats,
        goal: Key,
        chance: np.random.Generator,
        work: Work,
        tell: Callable[[Search], None] = lambda _search: None,
        *,
        few_moves: bool = True,
    ) -> None:
        self.seats, self.goal, self.chance, self.work, self.tell = seats, goal, chance, work, tell
        self.few_moves = few_moves
        people = seats.seat.shape[1]
        self.until = np.zeros((*seats.seat.shape, people), dtype=np.int64)
        self.best, self.key = seats.seat.copy(), self._count()
        self.step = self.idle = self.since = self.shuffles = 0
        self.most_idle = min(MOST_IDLE, IDLE * self.best.size)
        self.spent = self.least = 0.0

    def run(self, patience: int = MOST_PATIENCE) -> Ints:
        """Search until an end; return the best seats."""
        patience = min(patience, PATIENCE * self.best.size)
        while self.key > self.goal and self.since < self._patient(patience) and self.work.left:
            if self.step % TELL == 0:
                self.tell(self)
            self.step, self.idle, self.since = self.step + 1, self.idle + 1, self.since + 1
            rounds, people = self._in_trouble()
            if not rounds.size or self.idle > self.most_idle or not self._swapped(rounds, people):
                self._shuffle()
            self.work.spend(1 + rounds.size * self.until.shape[1] // 4_000)
        return self.best

    def _patient(self, patience: int) -> int:
        """Be less patient where only the most meetings of any two could still be fewer."""
        done = self.key[:3] <= self.goal[:3] and self.key[4] <= self.goal[4]
        return patience // 10 if done else patience

    def _count(self) -> Key:
        self.clash, self.repeats, self.alike = (int(one) for one in self.seats.worth())
        self.alone = self.seats.alone()
        return self._now()

    def _now(self) -> Key:
        most = self.seats.most()
        return (self.clash + self.alone, self._moved(), self.repeats, most, self.alike)

    def _moved(self) -> int:
        return self.seats.moved() if self.few_moves else 0

    def _in_trouble(self) -> tuple[Ints, Ints]:
        rounds, people = self.seats.troubled()
        if rounds.size <= ROWS:
            return rounds, people
        some = np.sort(self.chance.choice(rounds.size, ROWS, replace=False))
        return rounds[some], people[some]

    def _swapped(self, rounds: Ints, people: Ints) -> bool:
        price = self.seats.prices(rounds, people)
        row, other, change = self._chosen(price, rounds, people)
        if not np.isfinite(change):
            return False
        one, who = int(rounds[row]), int(people[row])
        both = np.array([who, other])
        before = self.seats.worth(both)
        self.seats.swap(one, who, other)
        clash, repeats, alike = (int(each) for each in self.seats.worth(both) - before)
        self.clash, self.repeats, self.alike = (
            self.clash + clash, self.repeats + repeats, self.alike + alike,
        )  # fmt: skip
        self.alone = self.seats.alone()
        self.until[one, who, other] = self.until[one, other, who] = self.step + int(
            self.chance.integers(4, 12)
        )
        self.spent += change
        self.least = min(self.least, self.spent)
        self._keep()
        return True

    def _chosen(self, price: Floats, rounds: Ints, people: Ints) -> tuple[int, int, float]:
        free = np.where(self.until[rounds, people] > self.step, np.inf, price)
        lowest = float(price.min())
        if self.spent + lowest >= self.least:
            price, lowest = free, float(free.min())
        ties = np.flatnonzero(price == lowest)
        row, other = divmod(int(ties[self.chance.integers(ties.size)]), price.shape[1])
        return row, other, lowest

    def _keep(self) -> None:
        if (self.clash + self.alone, self._moved(), self.repeats) > self.key[:3]:
            return
        if (now := self._now()) < self.key:
            self.best, self.key = self.seats.seat.copy(), now
            self.idle = self.since = 0

    def _shuffle(self) -> None:
        self.shuffles += 1
        if self.shuffles % ANEW:
            self._shuffle_some()
        elif self.seats.home is None and self.best.size <= SMALL:
            self.seats.seat = seated_by_chance(self.seats.crowd, self.chance)
        else:
            self.seats.seat = self.best.copy()
        self.seats.count()
        self._count()
        self.idle, self.spent, self.least = 0, 0.0, 0.0
        self._keep()

    def _shuffle_some(self) -> None:
        seat = self.seats.seat
        one = int(self.chance.integers(seat.shape[0]))
        there = np.flatnonzero(self.seats.crowd.here[one] & ~self.seats.stays[one])
        some = self.chance.choice(there, min(there.size, max(2, there.size // 4)), replace=False)
        seat[one, some] = seat[one, self.chance.permutation(some)]
