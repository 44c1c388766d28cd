"""The one place where choices meet the solver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING, Any

from throughline.engines.matching.problems import Candidate, Rule
from throughline.engines.matching.working import Exhausted, Work

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

IMPOSSIBLE = 2
"""What the solver returns when nothing keeps all constraints."""
NEARLY = 1e-6
"""How far below a whole number a solver's bound may lie and still mean it."""
STEPS = 200
"""Solutions and branches of a solver that take about a second."""


@dataclass(frozen=True, slots=True)
class Found:
    """Places of the chosen candidates, and the most that the solver could not rule out."""

    chosen: tuple[int, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Row:
    """Between ``low`` and ``high`` of these places, give or take what ``slack`` columns add."""

    places: tuple[int, ...]
    low: int
    high: int
    slack: tuple[tuple[int, int], ...] = ()


class Program:
    """Candidates as yes-or-no variables, rules as rows. Rows that can never bind are left out.

    Each group of a rule with a weight has one more column: by how many people it is missed.
    """

    def __init__(
        self,
        candidates: Sequence[Candidate],
        rules: Sequence[Rule],
        *,
        most: int,
        least: int = 0,
        work: Work | None = None,
    ) -> None:
        self.place = {one.key: number for number, one in enumerate(candidates)}
        self.size = len(candidates)
        self.work = work or Work(steps_a_unit=STEPS)
        self.rows: list[Row] = [Row(tuple(range(self.size)), least, most)]
        self.spare: list[tuple[int, int]] = []
        self.fixed: dict[int, int] = {}
        self._matrix: csr_array | None = None
        for rule in rules:
            for group in rule.groups:
                self._add_group(rule, tuple(sorted(self.place[key] for key in group)))

    def _add_group(self, rule: Rule, group: tuple[int, ...]) -> None:
        low = rule.least or 0
        high = len(group) if rule.most is None else min(rule.most, len(group))
        if rule.weight is None:
            if low > 0 or high < len(group):
                self.require(group, low, high)
            return
        if low > 0:
            lacking = self.give_way(rule.weight, low)
            self.require(group, low, len(group) + low, ((lacking, 1),))
        if high < len(group):
            above = self.give_way(rule.weight, len(group))
            self.require(group, 0, high, ((above, -1),))

    def give_way(self, weight: int, most: int) -> int:
        """Add a column by which rows may give way up to ``most``, and lose ``weight`` a unit."""
        self.spare.append((weight, most))
        return self.width - 1

    def require(
        self, places: tuple[int, ...], low: int, high: int, slack: tuple[tuple[int, int], ...] = ()
    ) -> None:
        """Ask in every later solution for ``low`` to ``high`` of these places."""
        self.rows.append(Row(places, low, high, slack))
        self._matrix = None

    def fix(self, place: int, value: int) -> None:
        """Settle one candidate in every later solution."""
        self.fixed[place] = value

    @property
    def width(self) -> int:
        """How many columns there are."""
        return self.size + len(self.spare)

    def matrix(self) -> csr_array:
        """Return the rows as an array; it is made once."""
        import numpy as np  # noqa: PLC0415 - slow import
        from scipy.sparse import coo_array  # noqa: PLC0415 - slow import

        if self._matrix is None:
            each = [
                (number, column, by)
                for number, row in enumerate(self.rows)
                for column, by in (*((place, 1) for place in row.places), *row.slack)
            ]
            rows, columns, values = np.array(each, dtype=np.int64).reshape(-1, 3).T
            shape = (len(self.rows), self.width)
            self._matrix = coo_array((values.astype(float), (rows, columns)), shape=shape).tocsr()
        return self._matrix

    def limits(self) -> tuple[list[int], list[int]]:
        """Return the lowest and highest of each row."""
        return [row.low for row in self.rows], [row.high for row in self.rows]

    def gains(self, points: Sequence[int]) -> NDArray[np.float64]:
        """Return what each column is worth."""
        import numpy as np  # noqa: PLC0415 - slow import

        return np.array([*points, *(-weight for weight, _most in self.spare)], dtype=float)

    def bounds(self, also: Mapping[int, int] | None = None) -> NDArray[np.float64]:
        """Return the lowest and highest of each column."""
        import numpy as np  # noqa: PLC0415 - slow import

        bounds = np.zeros((2, self.width))
        bounds[1] = [1] * self.size + [most for _weight, most in self.spare]
        for place, value in {**self.fixed, **(also or {})}.items():
            bounds[:, place] = value
        return bounds

    def solve(self, points: Sequence[int], also: Mapping[int, int] | None = None) -> Found | None:
        """Return the choice with the most points; nothing if none keeps all rows.

        Raises
        ------
        Exhausted
            No choice was found within the work that was allowed.
        """
        import numpy as np  # noqa: PLC0415 - slow import
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - slow import

        if not self.work.left:
            raise Exhausted
        if not self.width:
            return None if any(row.low > 0 for row in self.rows) else Found((), 0)
        options: Any = {"mip_rel_gap": 0, **self.work.of_solver()}
        whole = np.zeros(self.width, dtype=np.int8)
        whole[: self.size] = 1
        result = milp(
            -self.gains(points),
            integrality=whole,
            bounds=Bounds(*self.bounds(also)),
            constraints=LinearConstraint(self.matrix(), *self.limits()),
            options=options,
        )
        self.work.spend(1 + (result.mip_node_count or 0))
        if result.status == IMPOSSIBLE:
            return None
        if result.x is None:
            raise Exhausted
        chosen = tuple(int(place) for place in np.flatnonzero(result.x[: self.size] > 0.5))
        bound = result.mip_dual_bound
        most = floor(NEARLY - float(result.fun if bound is None else bound))
        return Found(chosen, most)
