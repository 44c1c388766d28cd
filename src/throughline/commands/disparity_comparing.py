"""Every table of an answer beside its comparator, with nothing in it that may not be shown."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from throughline.commands.disparity_comparators import comparators_for
from throughline.commands.disparity_hiding import REST, Shown
from throughline.commands.disparity_input import Counted, sentences
from throughline.commands.speaking import Stop

if TYPE_CHECKING:
    from throughline.engines.disparity.comparators import Comparator
    from throughline.engines.disparity.comparing import Comparison
    from throughline.engines.disparity.tables import BoolArray, Counts, IntArray, Table

MEASURES = (
    "gap_points", "risk_ratio", "relative_difference_percent", "percentage_point_gap",
    "students_to_parity", "students_to_no_longer_flagged",
)  # fmt: skip
"""What an answer has unless other measures are asked for. The rate is always there."""

POOLED = "(those that hide)"
"""Stands for the hidden parts of a comparator whose whole is shown."""

Without = Literal["", "hidden", "absent"]


@dataclass(frozen=True, slots=True)
class Compared:
    """One table, and what may be said of it.

    Attributes
    ----------
    comparison
        Of the groups whose counts may all be seen; None where there is no such group.
    at
        Row of ``comparison`` for each group of the table, None where it hides.
    students, unknown
        Whether a group may show its students with a known outcome, and those without.
    against
        Whom the groups are compared with, in words.
    without
        Why there are rates and nothing is compared: the comparator is "hidden", or "absent" from
        this table. Empty where groups are compared.
    everyone
        Whether everyone may show students, those without a known outcome, and events.
    coverage
        Share of the stated total that the groups have; None where it hides or none was stated.
    """

    table: Table
    comparison: Comparison | None
    at: tuple[int | None, ...]
    students: tuple[bool, ...]
    unknown: tuple[bool, ...]
    against: str
    without: Without
    everyone: tuple[bool, bool, bool]
    coverage: float | None


def compared(
    asked: argparse.Namespace,
    counted: Counted,
    groupings: Sequence[Sequence[str]],
    shown: dict[str, Shown],
) -> list[Compared]:
    """Compare all tables; p values are adjusted over everything that is shown.

    Raises
    ------
    Stop
        There is nobody to compare with, or a measure does not exist for this.
    """
    from throughline.engines.disparity.comparing import together

    with sentences():
        tables = [counted.table(by, name) for name in counted.outcomes for by in groupings]
        comparators = comparators_for(asked.compare_to, tables)
        found = [
            _one(asked, table, shown[table.outcome.name], comparator)
            for table, comparator in zip(tables, comparators, strict=True)
        ]
        adjusted = iter(
            together([one.comparison for one in found if one.comparison and not one.without])
        )
    return [
        replace(one, comparison=next(adjusted)) if one.comparison and not one.without else one
        for one in found
    ]


def _one(
    asked: argparse.Namespace, table: Table, shown: Shown, comparator: Comparator | None
) -> Compared:
    _refuse_alone(table, comparator)
    keep, unknown = shown.of(table, "events"), shown.of(table, "unknown")
    students, whole = shown.of(table, "students"), shown.at((), "events")
    without: Without = ""
    if comparator is None:
        without = "absent"
    elif not _may_compare(table, comparator, keep, shown):
        without = "hidden"
    visible = _visible(table, comparator, keep, unknown, shown.at((), "unknown"))
    comparison = _compared(asked, visible, comparator, without, whole) if any(keep) else None
    rows = iter(range(len(table.groups)))
    rest = shown.at(((name, REST) for name in table.by), "students")
    coverage = table.coverage if whole and (rest or all(students)) else None
    return Compared(
        table=table,
        comparison=comparison,
        at=tuple(next(rows) if fine else None for fine in keep),
        students=tuple(students),
        unknown=tuple(unknown),
        against=_against(asked, table, comparator, comparison, without),
        without=without,
        everyone=(shown.at((), "students"), shown.at((), "unknown"), whole),
        coverage=None if coverage is None else float(coverage),
    )


def _compared(
    asked: argparse.Namespace,
    visible: Table,
    comparator: Comparator | None,
    without: Without,
    whole: bool,
) -> Comparison:
    from throughline.engines.disparity.comparators import Goal
    from throughline.engines.disparity.comparing import compare

    return compare(
        visible,
        comparator=Goal(1) if without or comparator is None else comparator,
        outcome_is=asked.outcome_is,
        measures=("rate",) if without else ("rate", *_measures(asked.measures, whole)),
    )


def _against(
    asked: argparse.Namespace,
    table: Table,
    comparator: Comparator | None,
    comparison: Comparison | None,
    without: Without,
) -> str:
    if comparator is None:
        return str(asked.compare_to)
    if without or comparison is None:
        return _words(table, comparator)
    among = comparator.kind == "highest" and len(comparison.groups) < len(table.groups)
    return comparison.comparator_label + " among the groups that are shown" * among


def _refuse_alone(table: Table, comparator: Comparator | None) -> None:
    """Refuse where there is one group only, or one student to compare with.

    Raises
    ------
    Stop
        There is.
    """
    if len(table.groups) < 2 and (comparator is None or comparator.kind != "goal"):
        who = " / ".join(table.groups[0]) if table.groups else "nobody"
        raise Stop(
            f"By {' and '.join(table.by)} there is one group only: {who}. Choose a column with two "
            "groups or more, or compare with a goal such as goal:0.8."
        )
    rows = _rows_of(table, comparator)
    if comparator is not None and sum(int(table.counts.n_valid[row]) for row in rows) == 1:
        raise Stop(
            f"{_words(table, comparator)}: this is one student, and nobody can be compared with "
            "one student. Choose a larger group, all-others or everyone."
        )


def _rows_of(table: Table, comparator: Comparator | None) -> list[int]:
    """Return the rows of a named group; in a crossed table all rows that have its one label."""
    from throughline.engines.disparity.comparators import Group

    if not isinstance(comparator, Group):
        return []
    wanted = set(comparator.labels)
    return [at for at, labels in enumerate(table.groups) if wanted <= set(labels)]


def _may_compare(table: Table, comparator: Comparator, keep: Sequence[bool], shown: Shown) -> bool:
    """Whether the comparator's own counts may be seen."""
    if comparator.kind in {"goal", "highest"}:
        return True
    if comparator.kind != "group":
        return shown.at((), "events")
    rows = _rows_of(table, comparator)
    return all(keep[row] for row in rows) or shown.at(_margin(table, rows), "events")


def _margin(table: Table, rows: Sequence[int]) -> list[tuple[str, str]]:
    """Return what some rows have in common: the group that they add up to."""
    shared = [{table.groups[row][at] for row in rows} for at in range(len(table.by))]
    pairs = zip(table.by, shared, strict=True)
    return [(name, next(iter(labels))) for name, labels in pairs if len(labels) == 1]


def _visible(
    table: Table,
    comparator: Comparator | None,
    keep: Sequence[bool],
    unknown: Sequence[bool],
    all_unknown: bool,
) -> Table:
    """Return the table without what hides. The engine then cannot give it away.

    Hidden parts of a comparator whose sum is shown stay as one row. Where outcomes are known within
    the total that are not published for a group, only students with a known outcome are kept.
    """
    import numpy as np

    from throughline.engines.disparity.tables import Counts

    rows = [at for at, fine in enumerate(keep) if fine]
    hidden = [at for at in _rows_of(table, comparator) if not keep[at]]
    groups = [table.groups[at] for at in rows]
    if hidden:
        common = dict(_margin(table, _rows_of(table, comparator)))
        groups.append(tuple(common.get(name, POOLED) for name in table.by))
    columns = [
        np.append(part[rows], [part[hidden].sum()] if hidden else []).astype(np.int64)
        for part in _parts(table.counts, np.array(unknown))
    ]
    whole = list(_parts(table.whole, np.array([all_unknown])))
    if (whole[0] - columns[0] < whole[1] - columns[1]).any():
        columns[0], whole[0] = columns[1], whole[1]
    return replace(table, groups=tuple(groups), counts=Counts(*columns), whole=Counts(*whole))


def _parts(counts: Counts, unknown: BoolArray) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Return the columns; students without a known outcome are left out where they hide."""
    import numpy as np

    n = np.where(unknown, counts.n, counts.n_valid)
    return n, counts.n_valid, counts.total, counts.squares


def _measures(asked: Sequence[str], whole: bool) -> list[str]:
    """Leave out measures that always compare with everyone where everyone hides."""
    from throughline.engines.disparity.registry import measure_named

    named = [measure_named(name) for name in asked]
    return [one.id for one in named if whole or one.own is None or one.own.kind != "everyone"]


def _words(table: Table, comparator: Comparator) -> str:
    from throughline.engines.disparity.comparators import Group
    from throughline.engines.disparity.naming import students_of

    if isinstance(comparator, Group):
        margin = _margin(table, _rows_of(table, comparator))
        return students_of(tuple(name for name, _ in margin), tuple(label for _, label in margin))
    return {
        "all-others": "all other students",
        "everyone": "all students",
        "highest": "the group that does best",
    }.get(comparator.kind, "the goal")
