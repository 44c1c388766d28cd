"""Seats of all rounds, and what swapping any two people of a round would cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from throughline.engines.matching.group_crowd import Crowd, Grid, Ints

Floats = NDArray[np.float64]

NEVER = 1_000_000
"""What it costs that two sit together who must not, come what may."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What a clash, a meeting before and a shared role cost while seats are searched."""

    clash: int = 1_000
    meet: int = 4
    role: int = 2
    move: int = 200


class Seats:
    """Who sits where, with the cost of everybody beside every group kept up to date.

    ``seat``: rounds x people, the number of a group, or one past the last for who is not there.
    ``pair``: what it costs that two meet, by how often they meet already. ``cost``: people x
    rounds x groups, what sitting there would cost, oneself left out. All are whole numbers, in
    floating point because products of those are fast; every sum stays exact. Leaving an old group,
    ``home``, costs where there is one; whoever ``stays`` is not swapped.
    """

    def __init__(
        self, crowd: Crowd, seat: Ints, weights: Weights | None = None, home: Ints | None = None
    ) -> None:
        self.crowd, self.weights = crowd, weights or Weights()
        self.seat, self.home = seat.copy(), home
        self.stays: Grid = np.zeros(seat.shape, dtype=bool)
        self.ban: Floats = (NEVER * crowd.hard + self.weights.clash * crowd.soft).astype(np.float64)
        self.step: Floats = (self.weights.meet * crowd.weight).astype(np.float64)
        self.away = self._away()
        self.count()

    def _away(self) -> Floats:
        """What leaving an old group costs: people x rounds x groups."""
        rounds, people = self.seat.shape
        away = np.zeros((people, rounds, self.crowd.width + 1))
        if self.home is not None:
            groups = np.arange(self.crowd.width + 1)
            moved = (self.home[:, :, None] >= 0) & (self.home[:, :, None] != groups)
            away += self.weights.move * moved.transpose(1, 0, 2)
        return away

    def count(self) -> None:
        """Count everything anew from the seats."""
        rounds, people = self.seat.shape
        width = self.crowd.width + 1
        self.sits = np.zeros((people, rounds, width))
        for one in range(rounds):
            self.sits[np.arange(people), one, self.seat[one]] = 1
        self.sits[:, :, -1] = 0
        # Whole numbers are multiplied without threads, which wait for one another on a busy machine.
        flat = self.sits.reshape(people, rounds * width).astype(np.int64)
        self.meets = self.crowd.met + flat @ flat.T
        np.fill_diagonal(self.meets, 0)
        self.pair = (
            self.ban + self.weights.role * self.crowd.alike + self.step * self.meets
        ).astype(np.float64)
        paid = self.pair.astype(np.int64) @ flat
        inside = self.step.astype(np.int64) @ flat
        self.cost = paid.reshape(people, rounds, width) + self.away
        self.cost -= inside.reshape(people, rounds, width) * self.sits
        self.minors = (self.sits * self.crowd.minors.T[:, :, None]).sum(axis=0)
        self.adults = (self.sits * self.crowd.adults.T[:, :, None]).sum(axis=0)

    def worth(self, who: Ints | None = None) -> Ints:
        """Count clashes, by what they cost, repeats and shared roles of some, or of all at once."""
        some = slice(None) if who is None else who
        before, weight = self.crowd.met[some], self.crowd.weight[some]
        new = self.meets[some] - before
        clash = int((self.ban[some] * new).sum())
        repeats = int((weight * (new - ((new > 0) & (before == 0)))).sum())
        found = np.array([clash, repeats, int((self.crowd.alike[some] * new).sum())])
        return found // 2 if who is None else found

    def alone(self) -> int:
        """What it costs that minors are alone with one adult, over all groups."""
        if not self.crowd.minors.any():
            return 0
        return int(self._alone(self.minors, self.adults)[:, :-1].sum())

    def moved(self) -> int:
        """Count those who left their old group."""
        return 0 if self.home is None else int(((self.home >= 0) & (self.home != self.seat)).sum())

    def most(self) -> int:
        """How often the two met who meet and met most."""
        met = self.meets[(self.meets > self.crowd.met) & (self.crowd.weight > 0)]
        return int(met.max()) if met.size else 0

    def own(self) -> Floats:
        """What everybody's own group costs them: rounds x people."""
        rounds, people = self.seat.shape
        return self.cost[np.arange(people)[None, :], np.arange(rounds)[:, None], self.seat]

    def troubled(self) -> tuple[Ints, Ints]:
        """Return the rounds and people whose own group costs them anything."""
        own = self.own()
        if self.crowd.minors.any():
            alone = self._alone(self.minors, self.adults)
            own = own + np.take_along_axis(alone, self.seat, axis=1)
        rounds, people = np.nonzero((own > 0) & (self.seat < self.crowd.width))
        return rounds, people

    def prices(self, rounds: Ints, people: Ints) -> Floats:
        """Return what changes if each of these swaps with anybody: infinite inside a group."""
        width = self.crowd.width
        own = self.own()
        theirs, mine = self.seat[rounds], self.seat[rounds, people]
        to = self.cost[people[:, None], rounds[:, None], theirs]
        back = self.cost[:, rounds, mine].T
        price: Floats = to + back - 2 * self.pair[people]
        price -= own[rounds, people][:, None]
        price -= own[rounds]
        if self.crowd.minors.any():
            price += self._alone_after(rounds, people)
        price[(theirs == mine[:, None]) | (theirs == width) | self.stays[rounds]] = np.inf
        price[self.stays[rounds, people]] = np.inf
        return price

    def move_prices(self, one: int, people: Ints) -> Floats:
        """Return what changes if each of these sits down in each group of a round instead."""
        width, own = self.crowd.width, self.seat[one, people]
        seated = own < width
        price: Floats = self.cost[people, one] - (self.cost[people, one, own] * seated)[:, None]
        if self.crowd.minors.any():
            minors, adults = self.crowd.minors[one, people], self.crowd.adults[one, people]
            before = self._alone(self.minors[one], self.adults[one])
            joined = self._alone(
                self.minors[one] + minors[:, None], self.adults[one] + adults[:, None]
            )
            left = self._alone(self.minors[one, own] - minors, self.adults[one, own] - adults)
            price += joined - before + (seated * (left - before[own]))[:, None]
        price[:, width] = np.inf
        price[np.arange(people.size), own] = np.inf
        return price

    def _alone(self, minors: Floats, adults: Floats) -> Floats:
        """What it costs that minors are alone with one adult, or too few."""
        short = np.maximum(0, self.crowd.least_minors - minors)
        cost: Floats = NEVER * ((minors > 0) * short + ((minors == 1) & (adults == 1)))
        return cost

    def _alone_after(self, rounds: Ints, people: Ints) -> Floats:
        theirs, mine = self.seat[rounds], self.seat[rounds, people][:, None]
        row = rounds[:, None]
        minors, adults = self.crowd.minors, self.crowd.adults
        less = minors[rounds, people][:, None] - minors[rounds]
        fewer = adults[rounds, people][:, None] - adults[rounds]
        before = self._alone(self.minors, self.adults)
        here = self._alone(self.minors[row, mine] - less, self.adults[row, mine] - fewer)
        there = self._alone(self.minors[row, theirs] + less, self.adults[row, theirs] + fewer)
        return here + there - before[row, mine] - before[row, theirs]

    def swap(self, one: int, p: int, q: int) -> None:
        """Swap two people of different groups in one round."""
        a, b = int(self.seat[one, p]), int(self.seat[one, q])
        with_p = np.flatnonzero(self.seat[one] == a)
        with_q = np.flatnonzero(self.seat[one] == b)
        with_p, with_q = with_p[with_p != p], with_q[with_q != q]
        for who, left, joined in ((p, with_p, with_q), (q, with_q, with_p)):
            change = np.zeros(self.seat.shape[1])
            change[left] = -self.step[who, left]
            change[joined] = self.step[who, joined]
            self._meet(who, left, -1)
            self._meet(who, joined, 1)
            self._pay(who, change, np.concatenate((left, joined)))
        self._sit(one, p, a, b)
        self._sit(one, q, b, a)
        for group in (a, b):
            sat = np.flatnonzero(self.seat[one] == group)
            self.cost[:, one, group] = self.pair[:, sat].sum(axis=1) + self.away[:, one, group]
            self.cost[sat, one, group] -= self.step[np.ix_(sat, sat)].sum(axis=1)

    def _meet(self, who: int, others: Ints, times: int) -> None:
        self.meets[who, others] += times
        self.meets[others, who] += times

    def _pay(self, who: int, change: Floats, others: Ints) -> None:
        self.pair[who] += change
        self.pair[others, who] += change[others]
        people, rounds, width = self.sits.shape
        self.cost[who] += (change @ self.sits.reshape(people, -1)).reshape(rounds, width)
        self.cost[others[:, None], np.arange(rounds), self.seat[:, who]] += change[others, None]

    def _sit(self, one: int, who: int, left: int, joined: int) -> None:
        self.seat[one, who] = joined
        self.sits[who, one, left], self.sits[who, one, joined] = 0, 1
        for counts, each in ((self.minors, self.crowd.minors), (self.adults, self.crowd.adults)):
            counts[one, left] -= each[one, who]
            counts[one, joined] += each[one, who]
