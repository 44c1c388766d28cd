"""What may be published as plain values, and as JSON, CSV or lines."""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from throughline.engines.disclosure import Cell, Release
    from throughline.engines.disparity.reading import Source

SCHEMA_VERSION = 1

COUNTS = ("n", "events", "not_events")
"""Students with a known outcome, those who had it, those who had it not."""

HIDDEN = "hidden"

Answer = dict[str, Any]


def answer_of(asked: argparse.Namespace, source: Source, release: Release) -> Answer:
    """Return every cell with its margins, and the audit.

    The hash of the file goes where something hides: it would let anybody try out hidden numbers.
    """
    from throughline.engines.disclosure import ALL

    names = release.table.grid.names
    places = [names.index(name) for name in release.attributes]
    reasons = bool(asked.analyst or release.reasons_are_safe)
    cells = [
        {
            "key": {names[place]: cell.key[place] for place in places},
            "outcome": cell.outcome,
            **{count: _exact(cell, count) for count in COUNTS},
            "ranges": {count: list(ends) for count in COUNTS if (ends := _range(cell, count))},
            "hidden": list(cell.hidden),
            "reasons": dict(cell.reasons) if reasons else None,
        }
        for cell in release.cells
    ]
    audit = release.audit
    whole = not any(cell.hidden for cell in release.cells) and release.policy.mode == "suppress"
    return {
        "schema_version": SCHEMA_VERSION,
        "name": release.name,
        "source": {"file": source.path.name, "sha256": source.sha256 if whole else None},
        "threshold": release.policy.threshold,
        "mode": release.policy.mode,
        "everyone": ALL,
        "analyst": bool(asked.analyst),
        "hidden_share": release.hidden_share,
        "cells": cells,
        "audit": {
            "recoverable": audit.recoverable,
            "broken": audit.broken,
            "narrowest_width": audit.narrowest_width,
            "checked": audit.checked,
            "method": audit.method,
            "knowledge": audit.knowledge,
        },
    }


def _exact(cell: Cell, count: str) -> int | None:
    printed = cell.printed(count)
    return printed.exact if printed else None


def _range(cell: Cell, count: str) -> tuple[int, int] | None:
    printed = cell.printed(count)
    return (printed.low, printed.high) if printed and printed.exact is None else None


def as_json(answer: Answer) -> str:
    """Return one line for programs."""
    return json.dumps(answer, ensure_ascii=False, sort_keys=True, allow_nan=False) + "\n"


def as_csv(answer: Answer) -> str:
    """Return one row a cell for spreadsheets; ranges as "8 to 12", what hides is empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    cells = answer["cells"]
    with_reasons = any(cell["reasons"] is not None for cell in cells)
    keys = list(cells[0]["key"]) if cells else []
    writer.writerow([*keys, "outcome", *COUNTS, "hidden", *(["reasons"] if with_reasons else [])])
    for cell in cells:
        reasons = [" ".join(f"{k}:{v}" for k, v in (cell["reasons"] or {}).items())]
        writer.writerow([
            *cell["key"].values(), cell["outcome"], *(_shown(cell, count, "") for count in COUNTS),
            " ".join(cell["hidden"]), *(reasons if with_reasons else []),
        ])  # fmt: skip
    return text.getvalue()


def as_table(answer: Answer) -> str:
    """Return the cells as lines, and what the audit says."""
    cells = answer["cells"]
    keys = list(cells[0]["key"]) if cells else []
    reasons = any(cell["reasons"] for cell in cells)
    rows = [[*keys, "outcome", "students", "with it", "without", *(["why"] if reasons else [])]]
    rows += [
        [
            *cell["key"].values(), cell["outcome"], *(_shown(cell, count, HIDDEN) for count in COUNTS),
            *([", ".join(f"{k}: {v}" for k, v in cell["reasons"].items())] if reasons else []),
        ]
        for cell in cells
    ]  # fmt: skip
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([*lines, "", *_closing(answer)]) + "\n"


def _shown(cell: Answer, count: str, hidden: str) -> str:
    if ends := cell["ranges"].get(count):
        return f"{ends[0]} to {ends[1]}"
    return hidden if cell[count] is None else str(cell[count])


def _closing(answer: Answer) -> list[str]:
    audit = answer["audit"]
    if not audit["checked"]:
        return [f"Nothing hides at a threshold of {answer['threshold']}."]
    said = [
        f"{_hiding(answer)}; {audit['checked']} {_attacked(answer)} were attacked with all that is "
        f"printed, and {audit['recoverable']} could be worked out."
    ]
    if audit["narrowest_width"] is not None:
        said.append(
            f"The narrowest of them can still differ by {audit['narrowest_width']}. "
            f"Method: {audit['method']}."
        )
    return said


def _hiding(answer: Answer) -> str:
    share = 100 * answer["hidden_share"]
    what = f"{share:.0f} % of the counts hide" if share else "Nothing of this release hides"
    return f"{what} at a threshold of {answer['threshold']}"


def _attacked(answer: Answer) -> str:
    """Say whose counts the audit was about: where nothing hides here, those of earlier releases."""
    if answer["hidden_share"]:
        return "hidden counts"
    if answer["mode"] != "suppress":
        return "counts that hide in earlier releases or are printed as ranges"
    return "counts that earlier releases hide or print as ranges"


FORMATS: dict[str, Callable[[Answer], str]] = {
    "table": as_table,
    "json": as_json,
    "csv": as_csv,
}
