"""The one place that talks to the solver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from throughline.engines.matching.problems import Candidate, Rule, Unproven

IMPOSSIBLE = 2
"""What the solver returns when nothing keeps all constraints."""


@dataclass(frozen=True, slots=True)
class Found:
    """Places of the chosen candidates, and the most that the solver could not rule out."""

    chosen: tuple[int, ...]
    bound: float


class Program:
    """Candidates as yes-or-no variables, rules as rows. Rows that can never bind are left out."""

    def __init__(
        self, candidates: Sequence[Candidate], rules: Sequence[Rule], *, most: int, least: int = 0
    ) -> None:
        place = {one.key: number for number, one in enumerate(candidates)}
        self.size = len(candidates)
        self.rows: list[tuple[list[int], int, int]] = [(list(range(self.size)), least, most)]
        for rule in rules:
            for group in rule.groups:
                low = rule.least or 0
                high = len(group) if rule.most is None else min(rule.most, len(group))
                if low > 0 or high < len(group):
                    self.rows.append((sorted(place[key] for key in group), low, high))
        self.fixed: dict[int, int] = {}

    def fix(self, place: int, value: int) -> None:
        """Settle one candidate in every later solution."""
        self.fixed[place] = value

    def solve(self, points: Sequence[int], also: Mapping[int, int] | None = None) -> Found | None:
        """Return the choice with the most points; nothing if none keeps all rows.

        Raises
        ------
        Unproven
            The solver stopped for another reason.
        """
        import numpy as np  # noqa: PLC0415 - slow import
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - slow import
        from scipy.sparse import coo_array  # noqa: PLC0415 - slow import

        rows = [number for number, (group, _low, _high) in enumerate(self.rows) for _one in group]
        columns = [place for group, _low, _high in self.rows for place in group]
        shape = (len(self.rows), self.size)
        matrix = coo_array((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr()
        lows, highs = np.zeros(self.size), np.ones(self.size)
        for place, value in {**self.fixed, **(also or {})}.items():
            lows[place] = highs[place] = value
        result = milp(
            -np.asarray(points, dtype=float),
            integrality=np.ones(self.size, dtype=np.int8),
            bounds=Bounds(lows, highs),
            constraints=LinearConstraint(
                matrix, [low for _g, low, _h in self.rows], [high for _g, _l, high in self.rows]
            ),
            options={"mip_rel_gap": 0},
        )
        if result.status == IMPOSSIBLE:
            return None
        if result.status != 0 or result.x is None:
            raise Unproven(None, None)
        chosen = tuple(int(place) for place in np.flatnonzero(result.x > 0.5))
        bound = result.mip_dual_bound
        return Found(chosen, -float(result.fun if bound is None else bound))
