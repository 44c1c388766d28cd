"""What a release prints: one cell after the other, and nothing that hides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from throughline.engines.disclosure.counts import Known, Table
from throughline.engines.disclosure.grids import ALL, Flags, Grid
from throughline.engines.disclosure.patterns import Pattern, small_counts
from throughline.engines.disclosure.policy import Audit, Policy
from throughline.engines.disclosure.unusable import Unusable

COUNTS = ("n", "events", "not_events")
"""Students, those with the outcome, those without it."""

HIDDEN = "hidden to protect privacy"
"""All that the public learns about a count that hides."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed of one count: a number, or a range such as a rounded count."""

    low: int
    high: int
    text: str

    @property
    def exact(self) -> int | None:
        """The count, where it is printed exactly."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class Cell:
    """One group, and one outcome of it (or none).

    Attributes
    ----------
    key
        One label per attribute of the table, ``"*"`` for all.
    n, events, not_events
        What is printed, None where it hides or was not asked for.
    hidden
        Names of the counts that hide.
    reasons
        For the analyst only: why each of them hides, ``"small"`` or ``"complementary"``. A reason
        gives a range away; see the audit of reasons.
    """

    key: tuple[str, ...]
    outcome: str | None
    n: Printed | None
    events: Printed | None = None
    not_events: Printed | None = None
    hidden: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()

    def printed(self, count: str) -> Printed | None:
        """Return what is printed of a count by its name."""
        found: Printed | None = getattr(self, count)
        return found


@dataclass(frozen=True, slots=True)
class Release:
    """Figures that may be published, and the audit that says so.

    Attributes
    ----------
    name
        What the ledger calls it.
    table
        The frozen snapshot. Stays in the house.
    attributes
        Those of the table that this release prints, in the order of a key.
    cells
        Every cell that was asked for, shown or not, per outcome.
    reasons_are_safe
        Whether the audit of an attacker who sees the reasons passed, so that they may be printed.
    """

    name: str
    policy: Policy
    attributes: tuple[str, ...]
    cells: tuple[Cell, ...]
    audit: Audit
    table: Table = field(repr=False)
    reasons_are_safe: bool = False

    @property
    def hidden_share(self) -> float:
        """Share (0 to 1) of all counts that hide; a group's students count once."""
        counts = hidden = 0
        seen: set[tuple[str, ...]] = set()
        for cell in self.cells:
            names = [one for one in COUNTS if one != "n" or cell.key not in seen]
            if cell.outcome is None:
                names = names[:1]
            seen.add(cell.key)
            counts += len(names)
            hidden += sum(name in cell.hidden for name in names)
        return hidden / counts if counts else 0.0


def offered(grid: Grid, tables: Sequence[Sequence[str]]) -> Flags:
    """Return the cells of some tables with all their margins, shape (cells,).

    A table names attributes; a fine level of a hierarchy brings its coarser ones.
    """
    coarser = {
        name: axis.levels[place:] for axis in grid.axes for place, name in enumerate(axis.levels)
    }
    if unknown := {name for table in tables for name in table} - set(coarser):
        raise Unusable(f"{', '.join(sorted(unknown))}: no attribute of this table")
    wide = [{one for name in table for one in coarser[name]} for table in tables]
    named = [
        {name for name, label in zip(grid.names, key, strict=True) if label != ALL}
        for key in grid.keys
    ]
    return np.array([any(names <= table for table in wide) for names in named], dtype=bool)


def cells_of(
    table: Table, before: Known, after: Known, pattern: Pattern, printed: Flags, policy: Policy
) -> tuple[Cell, ...]:
    """Write down what is printed of every cell offered.

    Parameters
    ----------
    before
        Ranges that nothing of this release has narrowed.
    after
        Ranges that this release prints.
    pattern
        What hides.
    printed
        Cells offered, shape (cells,).
    """
    small = small_counts(before.values, policy).rows
    return tuple(_cells(table, after, pattern, small, np.flatnonzero(printed).tolist()))


def _cells(
    table: Table, after: Known, pattern: Pattern, small: Flags, where: Sequence[int]
) -> Iterator[Cell]:
    hidden, keys = pattern.rows, table.grid.keys
    outcomes: Sequence[str | None] = table.names or (None,)
    for j, outcome in enumerate(outcomes):
        rows = (
            {"n": 0} if outcome is None else {"n": 0, "events": 1 + 2 * j, "not_events": 2 + 2 * j}
        )
        for cell in where:
            gone = tuple(name for name, row in rows.items() if hidden[row, cell])
            yield Cell(
                keys[cell],
                outcome,
                **{
                    name: None if name in gone else _printed(after, row, cell)
                    for name, row in rows.items()
                },
                hidden=gone,
                reasons=tuple(
                    (name, "small" if small[rows[name], cell] else "complementary") for name in gone
                ),
            )


def _printed(after: Known, row: int, cell: int) -> Printed:
    low, high = int(after.low[row, cell]), int(after.high[row, cell])
    return Printed(low, high, str(low) if low == high else f"{low}-{high}")
