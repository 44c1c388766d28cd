"""What of an answer may be shown: all its tables are audited together before one is printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import TYPE_CHECKING

from throughline.commands.disparity_input import Counted, sentences
from throughline.commands.speaking import Stop, say

if TYPE_CHECKING:
    from throughline.engines.disclosure import Policy
    from throughline.engines.disparity.tables import Counts, IntArray, Table

Key = frozenset[tuple[str, str]]
"""A group by its attributes and labels, in no order; empty for everyone."""

REST = "(in no group)"
"""Students of the stated total who are in none of the groups."""

SLOW = 2_000
"""From so many groups on, an audit takes long enough to be announced."""

MOST_TOGETHER = 300_000
"""Up to so many counts, tables of one attribute each are audited as margins of one."""

PRIVATE = "--private shows everything, for your own eyes."


@dataclass(frozen=True, slots=True)
class Shown:
    """Groups of one outcome whose numbers may be seen.

    ``students`` may show how many have a known outcome, ``events`` also how many of them had it,
    ``unknown`` also how many have none. ``everything`` stands for a private answer.
    """

    students: frozenset[Key] = frozenset()
    events: frozenset[Key] = frozenset()
    unknown: frozenset[Key] = frozenset()
    everything: bool = False

    def of(self, table: Table, what: str) -> list[bool]:
        """Return, row by row, whether ``what`` of it may be seen."""
        return [self.at(zip(table.by, labels, strict=True), what) for labels in table.groups]

    def at(self, group: Iterable[tuple[str, str]], what: str) -> bool:
        """Return whether ``what`` of a group may be seen."""
        return self.everything or frozenset(group) in getattr(self, what)


@dataclass(slots=True)
class _Found:
    """What hides, gathered from all audits; what one of them hides stays hidden."""

    students: dict[Key, bool] = field(default_factory=dict)
    events: dict[tuple[str, Key], bool] = field(default_factory=dict)
    unknown: dict[Key, bool] = field(default_factory=dict)
    totals: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)

    @property
    def disagrees(self) -> bool:
        """Whether the total hides in one audit and is printed by another."""
        return any(len(seen) > 1 for seen in self.totals.values())

    def shown(self, outcome: str) -> Shown:
        students = frozenset(key for key, fine in self.students.items() if fine)
        events = frozenset(
            key for (name, key), fine in self.events.items() if fine and name == outcome
        )
        unknown = frozenset(key for key in students if self.unknown.get(key, True))
        return Shown(students, events & students, unknown)


def may_be_shown(
    counted: Counted, groupings: Sequence[Sequence[str]], threshold: int
) -> dict[str, Shown]:
    """Audit all tables of an answer together, and return what each outcome may show.

    All tables are margins of one. Where that one would be too large and nothing is crossed, tables
    have only the total in common and are audited one by one, unless it
    hides in some. Outcomes that are known for other students are audited apart; a group that hides
    in one hides in all. How many students have an unknown outcome is protected too: where it
    hides, outcomes that are known for other students are refused, since they would tell it.

    Raises
    ------
    Stop
        They cannot be audited: nothing is printed.
    """
    from throughline.engines.disclosure import Policy, Unusable

    with sentences(Unusable):
        policy = Policy(threshold=threshold)
    together = [tuple(counted.attributes)]
    crossed = any(len(grouping) > 1 for grouping in groupings)
    large = _counts(counted) > MOST_TOGETHER
    found = _found(counted, groupings, groupings if large and not crossed else together, policy)
    if found.disagrees:
        found = _found(counted, groupings, together, policy)
    return {name: found.shown(name) for name in counted.outcomes}


def _counts(counted: Counted) -> int:
    """Return how many counts a table of all attributes would have."""
    with sentences():
        first = counted.outcomes[0]
        sizes = (len(counted.table([name], first).groups) + 1 for name in counted.attributes)
        return prod(sizes) * (1 + 2 * len(counted.outcomes))


def _found(
    counted: Counted,
    groupings: Sequence[Sequence[str]],
    systems: Sequence[Sequence[str]],
    policy: Policy,
) -> _Found:
    """Audit the tables of each system of attributes."""
    found = _Found()
    for system in systems:
        inside = [one for one in groupings if set(one) <= set(system)]
        with sentences():
            tables = {name: counted.table(system, name) for name in counted.outcomes}
            if any(table.overlapping for table in tables.values()):
                _overlapping(counted, inside, policy, found)
                continue
            for name in tables:
                _refuse_unless_they_add_up(counted, tables[name], inside, name)
        _audit(tables, inside, policy, found)
    return found


def with_rest(table: Table) -> tuple[list[tuple[str, ...]], list[int], list[int], list[int]]:
    """Return groups, known outcomes, events and unknown outcomes that add up to everyone.

    A group whose outcome was not published may still be known within the total: it is then among
    those in no group.

    Raises
    ------
    Stop
        The groups have more students or events than everyone.
    """
    counts, whole = table.counts, table.whole
    valid, events = counts.n_valid.tolist(), counts.total.tolist()
    unknown = (counts.n - counts.n_valid).tolist()
    rest = [
        int(whole.n_valid[0]) - sum(valid),
        int(whole.total[0]) - sum(events),
        max(0, int(whole.n[0] - whole.n_valid[0]) - sum(unknown)),
    ]
    groups = list(table.groups)
    if not any(rest):
        return groups, valid, events, unknown
    if min(rest) < 0 or rest[1] > rest[0]:
        raise _does_not_add_up(table)
    groups.append((REST,) * len(table.by))
    return groups, [*valid, rest[0]], [*events, rest[1]], [*unknown, rest[2]]


def _does_not_add_up(table: Table) -> Stop:
    return Stop(
        f"The groups by {' and '.join(table.by)} do not add up to the stated total of "
        f"{table.outcome.name}, so nobody can tell what a hidden number could be worked out from. "
        "Correct the total or take it out."
    )


def _refuse_unless_they_add_up(
    counted: Counted, finest: Table, groupings: Sequence[Sequence[str]], outcome: str
) -> None:
    """Refuse margins that were stated and are not the sum of their parts."""
    groups, valid, events, _unknown = with_rest(finest)
    for grouping in groupings:
        places = [finest.by.index(name) for name in grouping]
        sums: dict[tuple[str, ...], list[int]] = {}
        for labels, n, x in zip(groups, valid, events, strict=True):
            part = sums.setdefault(tuple(labels[place] for place in places), [0, 0])
            part[0], part[1] = part[0] + n, part[1] + x
        table = counted.table(grouping, outcome)
        stated = zip(table.counts.n_valid.tolist(), table.counts.total.tolist(), strict=True)
        if any(sums[group] != list(pair) for group, pair in zip(table.groups, stated, strict=True)):
            raise _does_not_add_up(table)


def _audit(
    tables: Mapping[str, Table],
    groupings: Sequence[Sequence[str]],
    policy: Policy,
    found: _Found,
) -> None:
    """Audit outcomes that are known for the same students together, and the unknown ones apart."""
    from throughline.commands.outcomes_that_tell import refuse_related

    alike: dict[tuple[tuple[tuple[str, ...], ...], tuple[int, ...]], dict[str, list[int]]] = {}
    for name, table in tables.items():
        groups, valid, events, unknown = with_rest(table)
        alike.setdefault((tuple(groups), tuple(valid)), {})[name] = events
        if any(unknown):
            _protect(table.by, groups, unknown, {}, groupings, policy, found, found.unknown)
    by = next(iter(tables.values())).by
    if len(alike) > 1 and not all(found.unknown.values()):
        raise Stop(
            f"{', '.join(tables)} are known for different students. Beside each other they would "
            "tell how few have no known outcome: ask for one of them, and do not pass on the "
            f"answers for several. {PRIVATE}",
            1,
        )
    for (parts, known), outcomes in alike.items():
        refuse_related(known, outcomes)
        _protect(by, parts, known, outcomes, groupings, policy, found, found.students)


def _protect(
    by: Sequence[str],
    groups: Sequence[Sequence[str]],
    n: Sequence[int],
    outcomes: Mapping[str, Sequence[int]],
    groupings: Sequence[Sequence[str]],
    policy: Policy,
    found: _Found,
    students: dict[Key, bool],
) -> None:
    from throughline.engines.disclosure import ALL, Refusal, Unusable, protect, tabulate

    with sentences(Unusable):
        table = tabulate(by, groups, n, outcomes)
    if table.grid.size >= SLOW:
        say(f"Auditing {table.grid.size:,} groups, so that nothing hidden can be worked out ...")
    release = protect(table, policy, tables=groupings)
    if isinstance(release, Refusal):
        raise Stop(f"{release.sentence} {PRIVATE}", 1)
    for cell in release.cells:
        labels = zip(table.grid.names, cell.key, strict=True)
        key = frozenset(pair for pair in labels if pair[1] != ALL)
        students[key] = students.get(key, True) and "n" not in cell.hidden
        if not key:
            what = cell.outcome or "unknown"
            found.totals.setdefault(what, set()).add(cell.hidden)
        if cell.outcome is not None:
            at = (cell.outcome, key)
            found.events[at] = found.events.get(at, True) and not cell.hidden


def _overlapping(
    counted: Counted, groupings: Sequence[Sequence[str]], policy: Policy, found: _Found
) -> None:
    """Show groups that share students only where no count is small, so that nothing has to hide.

    Raises
    ------
    Stop
        A count is small: what else would have to hide is not known.
    """
    for name in counted.outcomes:
        for grouping in groupings:
            table = counted.table(grouping, name)
            if _any_small(table, policy.threshold):
                raise Stop(
                    f"A student may be in several groups by {' and '.join(grouping)}, and some "
                    f"counts are under {policy.threshold}: which others would give them away "
                    "cannot be told. Use groups that share nobody, or leave the small ones out. "
                    f"{PRIVATE}"
                )
            for labels in (*table.groups, ()):
                key = frozenset(zip(table.by if labels else (), labels, strict=True))
                found.students[key] = found.events[name, key] = True


def _any_small(table: Table, threshold: int) -> bool:
    """Whether a group, or everyone who is not in it, has a count that would have to hide."""
    everyone = _columns(table.whole)
    sides = (everyone, _columns(table.counts), everyone - _columns(table.counts))
    return any(_is_small(n, x, gone, threshold) for side in sides for n, x, gone in side.tolist())


def _columns(counts: Counts) -> IntArray:
    import numpy as np

    return np.stack([counts.n_valid, counts.total, counts.n - counts.n_valid], axis=1)


def _is_small(n: int, events: int, unknown: int, threshold: int) -> bool:
    counts = (n, events, n - events, unknown)
    tells_all = 0 < n < 2 * threshold and events in (0, n)
    return tells_all or any(0 < count < threshold for count in counts)
