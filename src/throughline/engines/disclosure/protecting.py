"""Turn a table into a release that gives nobody away, or refuse."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from throughline.engines.disclosure.auditing import Attack
from throughline.engines.disclosure.bands import blurred
from throughline.engines.disclosure.counts import Known, Table
from throughline.engines.disclosure.grids import Flags
from throughline.engines.disclosure.ledger import Entry, Ledger, pattern_of, promised
from throughline.engines.disclosure.patterns import Hiding, Pattern, published
from throughline.engines.disclosure.policy import Audit, Knowledge, Policy, Refusal
from throughline.engines.disclosure.reasons import ReasonAttack
from throughline.engines.disclosure.releases import Release, cells_of, offered

Clock = Callable[[], float]

MOST_COUNTS = 500_000
"""More than that is not audited, hence not released."""


def protect(
    table: Table,
    policy: Policy | None = None,
    *,
    name: str = "",
    tables: Sequence[Sequence[str]] | None = None,
    ledger: Ledger | None = None,
    fit: bool = False,
    correcting: str | None = None,
    clock: Clock = time.monotonic,
) -> Release | Refusal:
    """Decide what may be published of a table with all its margins.

    Parameters
    ----------
    table
        The snapshot, over all attributes that this and earlier releases about it speak of.
    name
        What the ledger will call the release.
    tables
        Attributes of every table to print, each with its margins; one table over all attributes
        when not given.
    ledger
        What was published before.
    fit
        Hide more where earlier releases would otherwise give something away. Without it such a
        release is refused.
    correcting
        Name of an earlier release, about other data, whose hidden cells hide again.
    clock
        Seconds that pass; when ``policy.seconds`` are over, the release is refused.
    """
    plan = _Plan(table, policy or Policy(), ledger or Ledger(), clock)
    if refusal := plan.refused_beforehand(correcting):
        return refusal
    grid = table.grid
    wide = tables or [grid.names]
    return plan.release(name, offered(grid, wide), _order(table, wide), fit, correcting)


def audit(
    release: Release,
    ledger: Ledger | None = None,
    knowledge: Knowledge = "hidden-only",
    *,
    clock: Clock = time.monotonic,
) -> Audit:
    """Attack a release together with everything in the ledger.

    ``knowledge`` is what the attacker sees of a hidden count: only that it hides, or also why.
    """
    entry = Entry.of(release)
    plan = _Plan(release.table, release.policy, ledger or Ledger(), clock)
    others = tuple(one for one in plan.earlier if one != entry)
    if knowledge == "reasons":
        return plan.timed(lambda: plan.with_reasons((*others, entry)))
    return plan.timed(lambda: plan.attack((*others, entry)))


def _order(table: Table, tables: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Attributes that a release prints, in the order of the table's key."""
    named = {name for one in tables for name in one}
    return tuple(
        name
        for axis in table.axes
        for place, name in enumerate(axis.levels)
        if named & set(axis.levels[: place + 1])
    )


@dataclass
class _Plan:
    table: Table
    policy: Policy
    ledger: Ledger
    clock: Clock

    def __post_init__(self) -> None:
        self.begun = self.clock()
        self.earlier = self.ledger.about(self.table)

    def seconds_left(self) -> float:
        return self.policy.seconds - (self.clock() - self.begun)

    def timed(self, work: Callable[[], Audit]) -> Audit:
        found = work()
        return replace(found, seconds=self.clock() - self.begun)

    def refused_beforehand(self, correcting: str | None) -> Refusal | None:
        counts = self.table.grid.size * (1 + 2 * len(self.table.outcomes))
        if counts > MOST_COUNTS:
            return Refusal((
                f"The table has {counts} counts with its margins, more than can be audited"
                f" ({MOST_COUNTS}). Leave out an attribute or publish fewer outcomes at once.",
            ))  # fmt: skip
        if correcting is not None and self.ledger.named(correcting) is None:
            return Refusal((
                f'The ledger has no release "{correcting}" to correct. Check its name.',
            ))  # fmt: skip
        for entry in self.earlier:
            if missing := entry.missing_from(self.table):
                return Refusal((
                    f'The earlier release "{entry.name}" about the same data speaks of'
                    f" {', '.join(missing)}. Bring these columns too, so that both can be audited"
                    " together.",
                ), entry.name)  # fmt: skip
            try:
                entry.narrow(Known(self.table), self.table)
            except ValueError:
                return Refusal((
                    f'Numbers of the earlier release "{entry.name}" do not fit this data, although'
                    " it names the same source. Check that the file is the one it was made from.",
                ), entry.name)  # fmt: skip
        return None

    def release(
        self,
        name: str,
        asked: Flags,
        attributes: tuple[str, ...],
        fit: bool,
        correcting: str | None,
    ) -> Release | Refusal:
        before = self._known(self.earlier if fit else ())
        pattern = self._pattern(before, asked, correcting)
        draft, entries = self._draft(name, asked, attributes, before, pattern)
        found = self.timed(lambda: self.attack(entries, thorough=self.policy.mode != "ladder"))
        if self.policy.mode == "ladder" and not found.passed:
            # Ranges give something away here: small outcomes hide, as they do without a ladder.
            pattern = self._hiding(before, asked, correcting)
            draft, entries = self._draft(name, asked, attributes, before, pattern)
            found = self.timed(lambda: self.attack(entries))
        if self.seconds_left() <= 0:
            return Refusal((
                f"The audit did not finish within {self.policy.seconds:g} seconds, so nothing is"
                " released. Merge small categories, leave out an attribute, or allow more time.",
            ), None, found)  # fmt: skip
        if not found.passed:
            return self._refusal(draft, found)
        safe = self.policy.reasons and self.with_reasons(entries).passed
        return replace(draft, audit=found, reasons_are_safe=safe)

    def _draft(
        self,
        name: str,
        asked: Flags,
        attributes: tuple[str, ...],
        before: Known,
        pattern: Pattern,
    ) -> tuple[Release, tuple[Entry, ...]]:
        """Return a release not yet audited, and all entries it would stand beside and with."""
        after = self._printed(pattern, asked)
        cells = cells_of(self.table, before, after, pattern, asked, self.policy)
        draft = Release(name, self.policy, attributes, cells, _NOT_YET, self.table)
        entry = Entry.of(draft)
        return draft, (*(one for one in self.earlier if one != entry), entry)

    def _known(self, entries: tuple[Entry, ...]) -> Known:
        known = Known(self.table)
        for entry in entries:
            entry.narrow(known, self.table)
        return known

    def _pattern(self, before: Known, asked: Flags, correcting: str | None) -> Pattern:
        """Choose what hides: nothing more than students where ranges protect outcomes."""
        if self.policy.mode == "round":
            return self._again(correcting)
        found = self._hiding(before, asked, correcting)
        if self.policy.mode == "suppress":
            return found
        groups = np.broadcast_to(found.students, found.outcomes.shape)
        return Pattern(found.students, groups).joined(self._again(correcting))

    def _again(self, correcting: str | None) -> Pattern:
        shape = (len(self.table.outcomes), self.table.grid.size)
        entry = None if correcting is None else self.ledger.named(correcting)
        if entry is not None:
            return pattern_of(entry, self.table)
        return Pattern(np.zeros(shape[1], dtype=bool), np.zeros(shape, dtype=bool))

    def _hiding(self, before: Known, asked: Flags, correcting: str | None) -> Pattern:
        return Hiding(
            self.table.grid,
            before,
            asked,
            self.policy,
            self._again(correcting),
            lambda: self.seconds_left() <= 0,
        ).pattern()

    def _printed(self, pattern: Pattern, asked: Flags) -> Known:
        if self.policy.mode == "suppress":
            return published(Known(self.table), pattern, asked)
        return blurred(Known(self.table), pattern, asked, self.policy)

    def attack(self, entries: tuple[Entry, ...], *, thorough: bool = True) -> Audit:
        known = self._known(entries)
        wanted = promised(entries, self.table, known)
        attacker = Attack(self.table.grid, known, wanted, self.seconds_left)
        found = attacker.run(thorough=thorough)
        return replace(found, method=found.method + _WEAKER[self.policy.mode])

    def with_reasons(self, entries: tuple[Entry, ...]) -> Audit:
        known = self._known(entries)
        hides = [entry.hides(self.table) for entry in entries]
        hidden: Flags = np.logical_or.reduce(hides)
        return ReasonAttack(self.table.grid, known, hidden, self.policy, self.seconds_left).run()

    def _refusal(self, draft: Release, found: Audit) -> Refusal:
        """Say which earlier release it is that gives too much away together with this one."""
        entry = Entry.of(draft)
        if not self.attack((entry,)).passed:
            return Refusal((
                f"{found.broken} counts could still be worked out, whatever else hides. Merge small"
                f" categories or leave out an attribute{_OTHERWISE[self.policy.mode]}.",
            ), None, found)  # fmt: skip
        guilty = [one for one in self.earlier if not self.attack((one, entry)).passed]
        names = [one.name for one in guilty or self.earlier]
        listed = ", ".join(f'"{name}"' for name in names)
        return Refusal((
            f"Together with what was already published in {listed}, {found.broken} hidden counts"
            f" could be worked out or narrowed too far ({found.recoverable} of them exactly)."
            " Publish fewer tables, or let this release hide more to fit the earlier ones.",
        ), names[0], found)  # fmt: skip


_OTHERWISE = {
    "suppress": "",
    "ladder": ", or hide counts instead of printing ranges",
    "round": ", round to a larger base, or hide counts instead of rounding them",
}

_RANGES = (
    "; a count printed as a range keeps three possible values and no more is promised of it: it may "
    "be known to be under the threshold"
)
_WEAKER = {"suppress": "", "ladder": _RANGES, "round": _RANGES}
"""What an audit of each mode says that it did not look for."""

_NOT_YET = Audit(0, 0, None, 0, "")
