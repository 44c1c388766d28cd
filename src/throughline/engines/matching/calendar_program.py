"""Settle sessions that compete for time as a mixed-integer program. Imported where it runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from throughline.engines.matching.diaries import Session, Wanted
from throughline.engines.matching.wallclock import Ints

MOST_NODES = 200
"""Branches after which the solver stops; a number of steps, not of seconds."""
IMPOSSIBLE = 2


@dataclass(frozen=True, slots=True)
class Settled:
    """The place of a start in its window for each session that has one.

    ``most`` is the most sessions that could have one, if the solver could prove it.
    """

    starts: dict[Session, int]
    most: int | None


Bonus = Callable[[Session, Ints], Ints]
"""Says what each start of a session is worth beside having one at all, 0 or more."""


def settle(
    asked: Wanted, options: Mapping[Session, Ints], bonus: Bonus, fixed: Collection[Session] = ()
) -> Settled | None:
    """Hold as many of these sessions as can be at these starts, then those worth most.

    Those that are ``fixed`` must be held; nothing if they cannot be.

    Notes
    -----
    One row for each party and moment at which a session could begin, and for each series and
    stretch of ``gap_days``: of all sessions in it at most one is held. These rows are cliques, so
    the linear relaxation is close.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - slow import
    from scipy.sparse import coo_array  # noqa: PLC0415 - slow import

    sessions = [one for one in options if len(options[one])]
    if any(one not in sessions for one in fixed):
        return None
    if not sessions:
        return Settled({}, 0)
    columns = Columns(asked, sessions, options)
    rows = [*columns.one_a_session(), *columns.one_a_party(), *columns.one_a_gap()]
    where = np.concatenate([np.full(len(row), number) for number, row in enumerate(rows)])
    matrix = coo_array(
        (np.ones(len(where)), (where, np.concatenate(rows))), shape=(len(rows), columns.many)
    ).tocsr()
    least = np.zeros(len(rows))
    least[[sessions.index(one) for one in fixed]] = 1
    extra = np.concatenate([bonus(one, options[one]) for one in sessions]).astype(float)
    held = float(extra.max()) * len(sessions) + 1
    result = milp(
        -(extra + held),
        integrality=np.ones(columns.many, dtype=np.int8),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, least, np.ones(len(rows))),
        options={"mip_rel_gap": 0, "node_limit": MOST_NODES},
    )
    if result.status == IMPOSSIBLE or result.x is None:
        return None
    bound = result.mip_dual_bound
    most = None if bound is None else int(-float(bound) / held + 1e-6)
    return Settled(columns.chosen(np.flatnonzero(result.x > 0.5)), most)


class Columns:
    """One yes-or-no variable for each start of each session, in rows of which one can be."""

    def __init__(
        self, asked: Wanted, sessions: Sequence[Session], options: Mapping[Session, Ints]
    ) -> None:
        self.asked, self.sessions, self.options = asked, sessions, options
        sizes = np.array([len(options[one]) for one in sessions])
        self.firsts = np.concatenate([[0], sizes.cumsum()])
        self.many = int(self.firsts[-1])
        self.at = np.concatenate([asked.windows[one].at[options[one]] for one in sessions])
        self.days = np.concatenate([asked.windows[one].days[options[one]] for one in sessions])

    def of(self, sessions: Iterable[int]) -> Ints:
        """Return the columns of these sessions."""
        pieces = [np.arange(self.firsts[one], self.firsts[one + 1]) for one in sessions]
        return np.concatenate(pieces)

    def one_a_session(self) -> Iterable[Ints]:
        """One row a session, in their order."""
        return (self.of([number]) for number in range(len(self.sessions)))

    def one_a_party(self) -> Iterable[Ints]:
        """One row for each party and start: all that go on then, with the buffer after them."""
        buffer = self.asked.problem.buffer_minutes
        by_party: dict[str, list[int]] = {}
        for number, (place, _period) in enumerate(self.sessions):
            for key in self.asked.series[place].parties:
                by_party.setdefault(key, []).append(number)
        lengths = [self.asked.series[place].minutes + buffer for place, _period in self.sessions]
        long = np.repeat(lengths, np.diff(self.firsts))
        for numbers in by_party.values():
            if len(numbers) > 1:
                mine = self.of(numbers)
                begin, end = self.at[mine], self.at[mine] + long[mine]
                yield from _together(mine, begin, end, np.unique(begin))

    def one_a_gap(self) -> Iterable[Ints]:
        """One row for each series and stretch of days in which two would be too near."""
        by_series: dict[int, list[int]] = {}
        for number, (place, _period) in enumerate(self.sessions):
            by_series.setdefault(place, []).append(number)
        gap = self.asked.problem.gap_days
        for numbers in by_series.values():
            if len(numbers) > 1 and gap:
                mine = self.of(numbers)
                days = self.days[mine]
                yield from _together(mine, days, days + gap, np.unique(days))

    def chosen(self, columns: Ints) -> dict[Session, int]:
        """Return the start of each session that has one."""
        found = {}
        for column in columns:
            number = int(np.searchsorted(self.firsts, column, side="right")) - 1
            session = self.sessions[number]
            found[session] = int(self.options[session][column - self.firsts[number]])
        return found


def _together(mine: Ints, begin: Ints, end: Ints, moments: Ints) -> Iterable[Ints]:
    order = np.argsort(begin, kind="stable")
    mine, begin, end = mine[order], begin[order], end[order]
    longest = int((end - begin).max())
    lows = np.searchsorted(begin, moments - longest, side="right")
    highs = np.searchsorted(begin, moments, side="right")
    for moment, low, high in zip(moments, lows, highs, strict=True):
        row = mine[low:high][end[low:high] > moment]
        if len(row) > 1:
            yield row
