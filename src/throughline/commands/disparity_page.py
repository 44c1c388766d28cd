"""One page of HTML that stands alone: nothing is loaded, no script runs, tables have headings."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

Answer = dict[str, Any]

STYLE = """\
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid currentColor; padding: .4rem .75rem; text-align: right; vertical-align: bottom; }
td { white-space: nowrap; }
th:first-child { text-align: left; }
li { margin-bottom: .5rem; }
small { display: block; font-size: .9rem; }
.banner { border: 3px solid currentColor; padding: .75rem; font-weight: bold; }
"""

HEADS = ("Group", "Students", "Rate", "95 % interval", "Gap, percentage points")


def page(
    answer: Answer,
    headings: Sequence[str],
    totals: Sequence[str],
    closing: Sequence[str],
    banner: str,
) -> str:
    """Return the page; ``headings`` and ``totals`` have one line for each table."""
    title = f"Differences between groups of students: {answer['source']['file']}"
    tables = zip(headings, totals, answer["tables"], strict=True)
    parts = [
        f"<h1>{escape(title)}</h1>",
        *([f'<p class="banner" role="note">{escape(banner)}</p>'] if banner else []),
        *(_section(number, *parts) for number, parts in enumerate(tables, 1)),
        "<h2>How to read this</h2>",
        f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in closing)}</ul>",
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(parts)
        + "\n</main>\n</body>\n</html>\n"
    )


def _section(number: int, heading: str, total: str, table: Answer) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in HEADS)
    rows = "\n".join(_row(group) for group in table["groups"])
    words = "\n".join(_words(group) for group in table["groups"])
    return (
        f'<h2 id="table-{number}">{escape(heading[:1].upper() + heading[1:])}</h2>\n'
        f"{f'<p>{escape(total)}</p>' if total else ''}\n<ul>\n{words}\n</ul>\n"
        f'<div class="scroll" tabindex="0" role="region" aria-labelledby="table-{number}">\n'
        f'<table aria-labelledby="table-{number}">\n<thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
    )


def _row(group: Answer) -> str:
    gap = group["measures"].get("gap_points", {"value": None, "range": None})
    students = group["n_valid"] if group["n_valid"] is not None else group["n"]
    cells = (
        _number(students, "{:,}"),
        _rate(group),
        _ends(group["rate_interval"], 100, "{:.1f}", " %"),
        _number(gap["value"], "{:+.1f}")
        if gap["value"] is not None
        else _ends(gap["range"], 1, "{:+.1f}", ""),
    )
    name = escape(", ".join(f"{what}: {label}" for what, label in group["group"].items()))
    tds = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row">{name}</th>{tds}</tr>'


def _words(group: Answer) -> str:
    small = "".join(
        f"<small>{escape(one)}</small>" for one in (group["evidence"], group["parity"]) if one
    )
    return f"<li>{escape(group['sentence'])}{small}</li>"


def _rate(group: Answer) -> str:
    if group["hidden"]:
        return "hidden"
    if group["rate"] is not None:
        return f"{100 * group['rate']:.1f} %"
    return _ends(group["rate_range"], 100, "{:.1f}", " %")


def _number(value: float | None, shape: str) -> str:
    return "\u2013" if value is None else shape.format(value)


def _ends(ends: Sequence[float | None] | None, times: int, shape: str, unit: str) -> str:
    if ends is None:
        return "\u2013"
    shown = (_number(None if end is None else times * end, shape) for end in ends)
    return f"{' to '.join(shown)}{unit}"
