"""Count a file, look at everything that was published about it, and decide what may be printed."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from throughline.commands.disparity_hiding import REST, SLOW, with_rest
from throughline.commands.disparity_input import count, sentences
from throughline.commands.speaking import Stop, say

if TYPE_CHECKING:
    from throughline.engines.disclosure import Entry, Ledger, Release, Table
    from throughline.engines.disparity.reading import Source

RACE = "race"
"""An attribute that may be made from several columns, so no column need have its name."""


def make(asked: argparse.Namespace, source: Source) -> tuple[Release, Ledger]:
    """Return the release, and the ledger that it was audited against.

    Raises
    ------
    Stop
        Bad input, or nothing may be released: then the code is 1.
    """
    from throughline.engines.disclosure import Policy, Refusal, Unusable, protect

    ledger = _ledger(asked.ledger, may_begin=asked.record)
    wanted = _named([*(asked.by or asked.group), *(n for chain in asked.hierarchy for n in chain)])
    outcomes = asked.outcome or asked.events
    table = _table(asked, source, ledger, wanted)
    if table.grid.size >= SLOW:
        say(f"Auditing {table.grid.size:,} groups, so that nothing hidden can be worked out ...")
    with sentences(Unusable):
        policy = Policy(threshold=asked.threshold, mode=asked.mode, reasons=asked.reasons)
    name = asked.name or f"{', '.join(outcomes)} by {', '.join(wanted)}"
    found = protect(table, policy, name=name, tables=[wanted], ledger=ledger, fit=asked.fit)
    if isinstance(found, Refusal):
        help_ = " To hide more instead, give --fit." if found.release and not asked.fit else ""
        raise Stop(f"Nothing is released. {found.sentence}{help_}", 1)
    cells = tuple(cell for cell in found.cells if cell.outcome in outcomes)
    return replace(found, cells=cells), ledger


def _named(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _table(
    asked: argparse.Namespace, source: Source, ledger: Ledger, wanted: Sequence[str]
) -> Table:
    """Count over all attributes and outcomes that this release and earlier ones speak of."""
    from throughline.commands.outcomes_that_tell import refuse_related
    from throughline.engines.disclosure import Unusable, tabulate

    earlier = [entry for entry in ledger.entries if entry.source == source.sha256]
    if others := [entry.name for entry in ledger.entries if entry not in earlier]:
        say(
            f"Of another file, so not audited together with this one: {', '.join(others)}. If the "
            "students are the same, release from the file that those were made from."
        )
    there = set(asked.group or (*source.columns, RACE))
    known = [name for entry in earlier for name in entry.attributes if name in there]
    by = _named([*wanted, *known])
    outcomes = asked.outcome
    if asked.group is None:
        told = [*outcomes, *(name for entry in earlier for name in _outcomes_of(entry))]
        outcomes = _named(name for name in told if name in {*source.columns, *asked.outcome})
    counted = count(_request(asked, by, outcomes), source)
    with sentences():
        tables = {name: counted.table(by, name) for name in counted.outcomes}
        if any(table.overlapping for table in tables.values()):
            raise Stop(
                "A student may be in several of these groups, so what a hidden count could be "
                "worked out from is not known. Use groups that share nobody."
            )
        parts = {name: with_rest(table) for name, table in tables.items()}
        groups, n, _events, unknown = next(iter(parts.values()))
        if any(part[:2] != (groups, n) for part in parts.values()):
            raise Stop(
                f"{', '.join(parts)} are not known for the same students. Release them one at a "
                "time, from files that leave out who has no outcome."
            )
        if sum(unknown):
            say(f"{sum(unknown):,} students without a known outcome are left out.")
    events = {name: part[2] for name, part in parts.items()}
    refuse_related(n, events)
    _refuse_turned_around(asked.hierarchy, by, groups)
    with sentences(Unusable):
        return tabulate(by, groups, n, events, hierarchies=asked.hierarchy, source=source.sha256)


def _refuse_turned_around(
    hierarchies: Sequence[Sequence[str]], by: Sequence[str], groups: Sequence[Sequence[str]]
) -> None:
    """Refuse a chain in which a school, say, lies in two districts.

    Raises
    ------
    Stop
        One does: the chain is written from coarse to fine, or two schools have one name.
    """
    from throughline.engines.disparity.tables import MISSING

    for fine, coarse in (pair for chain in hierarchies for pair in pairwise(chain)):
        lies_in: dict[str, str] = {}
        for labels in groups:
            part, whole = labels[by.index(fine)], labels[by.index(coarse)]
            if part not in {MISSING, REST} and lies_in.setdefault(part, whole) != whole:
                raise Stop(
                    f"--hierarchy {fine}<{coarse}: {part} lies in {lies_in[part]} and in {whole}. "
                    "Write the chain from fine to coarse, such as school<district; where two "
                    "have the same name, give each its own."
                )


def _outcomes_of(entry: Entry) -> set[str]:
    numbers = {one.outcome for one in entry.numbers if one.outcome}
    return numbers | {one.outcome for one in entry.hidden if one.outcome}


def _request(
    asked: argparse.Namespace, by: Sequence[str], outcomes: Sequence[str] | None
) -> argparse.Namespace:
    return argparse.Namespace(**{**vars(asked), "by": by, "outcome": outcomes, "year": None})


def _ledger(file: str | None, *, may_begin: bool) -> Ledger:
    """Read the ledger.

    Raises
    ------
    Stop
        It is not there or not a ledger.
    """
    from throughline.engines.disclosure import Ledger, UnreadableLedger

    if file is None:
        return Ledger()
    try:
        return Ledger.from_json(Path(file).read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        if may_begin:
            return Ledger()
        raise Stop(
            f"{file}: there is no such ledger. With --record this release begins one."
        ) from missing
    except (OSError, UnreadableLedger, ValueError) as wrong:
        why = wrong.strerror if isinstance(wrong, OSError) else wrong
        raise Stop(f"{file}: {why}") from wrong


def recorded(file: str, ledger: Ledger, release: Release) -> None:
    """Write the ledger with this release: whole, or not at all.

    Raises
    ------
    Stop
        It cannot be written; then nothing was released.
    """
    target = Path(file).resolve()
    try:
        handle, path = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    except OSError as error:
        raise Stop(f"{file}: {error.strerror}. Nothing was recorded or released.") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as written:
            written.write(ledger.add(release).to_json())
        Path(path).replace(target)
    except BaseException:
        Path(path).unlink(missing_ok=True)
        raise
