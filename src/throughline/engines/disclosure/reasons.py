"""The attacker who is told why a count hides.

"Small" says that a group has 1 to threshold - 1 students, or that its outcome falls under the
rule; "complementary" says the opposite. Both cut away tables that agree with all numbers, so
reasons are printed only when three values of every hidden count are left after that.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import sparse

from throughline.engines.disclosure.counts import Known
from throughline.engines.disclosure.grids import Flags, Floats, Grid, Ints
from throughline.engines.disclosure.patterns import small_counts
from throughline.engines.disclosure.policy import SPAN, Audit, Policy
from throughline.engines.disclosure.solving import Model

METHOD = (
    "integer programs (HiGHS) over tables that agree with the reasons, checked in whole numbers"
)


class ReasonModel(Model):
    """Tables that agree with what is known and with the reason of every hidden count.

    A reason is a choice between ranges: an integer variable of 0 or 1 says which one holds.
    """

    def __init__(
        self,
        grid: Grid,
        known: Known,
        hidden: Flags,
        policy: Policy,
        seconds_left: Callable[[], float],
    ) -> None:
        super().__init__(grid, known, seconds_left)
        self.hidden, self.policy = hidden, policy
        self.most = int(known.values.max()) + 10 * policy.threshold
        self.small = small_counts(known.values, policy)
        self._lines: list[tuple[sparse.csr_array, dict[int, float], float, float]] = []
        for cell in np.flatnonzero(hidden[0]).tolist():
            self._students(cell)
        for j in range(self.outcomes):
            for cell in np.flatnonzero(hidden[1 + 2 * j]).tolist():
                self._outcome(j, cell)

    def _choice(self) -> int:
        self.extra += 1
        return self.extra - 1

    def _line(self, row: int, cell: int, low: float, high: float, **choice: float) -> None:
        """Demand low <= count + factors of choices <= high; names are ``z`` and the number."""
        value = float(self.known.values[row, cell])
        factors = {int(name[1:]): factor for name, factor in choice.items()}
        part = self._row(row, np.array([cell]))
        self._lines.append((part, factors, low - value, high - value))

    def _only(self, low: float, choices: tuple[int, ...]) -> None:
        """Demand that at least ``low`` of the choices hold."""
        nothing = sparse.csr_array((1, self.leaves * (1 + self.outcomes)))
        self._lines.append((nothing, dict.fromkeys(choices, 1.0), low, np.inf))

    def _between(self, row: int, cell: int, low: int, high: int) -> int:
        """Return a choice that puts a count into a range when it is 1."""
        choice, most = self._choice(), self.most
        self._line(row, cell, low - most, np.inf, **{f"z{choice}": -most})
        self._line(row, cell, -np.inf, high + most, **{f"z{choice}": most})
        return choice

    def _students(self, cell: int) -> None:
        k = self.policy.threshold
        if self.small.students[cell]:
            self._line(0, cell, 1, k - 1)
        else:
            self._none_or_many(0, cell)

    def _none_or_many(self, row: int, cell: int) -> None:
        k = self.policy.threshold
        self._only(1, (self._between(row, cell, 0, 0), self._between(row, cell, k, self.most)))

    def _outcome(self, j: int, cell: int) -> None:
        k, pair = self.policy.threshold, (1 + 2 * j, 2 + 2 * j)
        if self.small.outcomes[j, cell]:
            few = tuple(self._between(row, cell, 1, k - 1) for row in pair)
            self._only(1, (*few, self._between(0, cell, 0, 2 * k - 1)))
            return
        self._line(0, cell, 2 * k, np.inf)
        for row in pair:
            self._none_or_many(row, cell)

    def limits(self) -> tuple[sparse.csr_array, Floats, Floats]:
        matrix, low, high = super().limits()
        wide = sparse.csr_array(sparse.hstack([
            matrix, sparse.csr_array((matrix.shape[0], self.extra)),
        ]))  # fmt: skip
        parts, lows, highs = [wide], [low], [high]
        for part, factors, least, most in self._lines:
            tail = sparse.csr_array(
                ([*factors.values()], ([0] * len(factors), [*factors])), shape=(1, self.extra)
            )
            parts.append(sparse.csr_array(sparse.hstack([part, tail])))
            lows.append(np.array([least]))
            highs.append(np.array([most]))
        unit = sparse.hstack([
            sparse.csr_array((self.extra, matrix.shape[1])), sparse.eye_array(self.extra),
        ])  # fmt: skip
        parts.append(sparse.csr_array(unit))
        lows.append(np.zeros(self.extra))
        highs.append(np.ones(self.extra))
        return sparse.csr_array(sparse.vstack(parts)), np.concatenate(lows), np.concatenate(highs)

    def agrees(self, values: Ints) -> bool:
        """Whether a table has the same numbers and the same reasons, exactly."""
        other = small_counts(values, self.policy)
        same_n = (other.students == self.small.students) | ~self.hidden[0]
        same_x = (other.outcomes == self.small.outcomes) | ~self.hidden[1::2]
        return bool(super().agrees(values) and same_n.all() and same_x.all())


class ReasonAttack:
    """Look for three values of every hidden count, the true one among them."""

    def __init__(
        self,
        grid: Grid,
        known: Known,
        hidden: Flags,
        policy: Policy,
        seconds_left: Callable[[], float],
    ) -> None:
        self.model = ReasonModel(grid, known, hidden, policy, seconds_left)
        self.hidden = hidden
        self.others: dict[tuple[int, int], set[int]] = {
            (int(row), int(cell)): set() for row, cell in zip(*np.nonzero(hidden), strict=True)
        }
        self.single: set[tuple[int, int]] = set()

    def run(self) -> Audit:
        """Attack every hidden count."""
        for place in self.others:
            self._solve(place)
        widths = [max({0, *found}) - min({0, *found}) for found in self.others.values()]
        return Audit(
            recoverable=len(self.single),
            broken=sum(len(found) < SPAN for found in self.others.values()),
            narrowest_width=min(widths, default=None),
            checked=len(self.others),
            method=METHOD,
            knowledge="reasons",
        )

    def _solve(self, place: tuple[int, int]) -> None:
        sure = True
        for sign in (1, -1):
            limit: int | None = None
            while len(self.others[place]) < SPAN:
                bound = self.model.reach(*place, sign, whole=True, limit=limit)
                sure &= bound.reach is not None
                if bound.rows is None or not bound.reach or bound.reach < 1:
                    break
                self._learn(bound.rows)
                limit = round(bound.reach) - 1
        if sure and not self.others[place]:
            self.single.add(place)

    def _learn(self, rows: Ints) -> None:
        for (row, cell), found in self.others.items():
            if change := int(rows[row, cell]):
                found.add(change)
