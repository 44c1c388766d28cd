"""An answer of ``throughline disparity`` as JSON, CSV, sentences or a page, from the same values."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator

from throughline.commands.disparity_answers import Answer
from throughline.commands.disparity_page import page

PRIVATE = "PRIVATE: nothing is hidden here. Figures of few students point at children; do not pass this on."

COLUMNS = (
    "outcome", "grouping", "group", "compared_with", "n", "n_valid", "events", "rate", "rate_low",
    "rate_high", "rate_range_low", "rate_range_high", "is_comparator", "p_adjusted", "hidden",
)  # fmt: skip
"""Of the CSV, before those of the measures."""


def as_json(answer: Answer) -> str:
    """Return one line for programs."""
    return json.dumps(answer, ensure_ascii=False, sort_keys=True, allow_nan=False) + "\n"


def as_csv(answer: Answer) -> str:
    """Return one row a group for spreadsheets; what hides is empty."""
    rows = list(_rows(answer))
    text = io.StringIO()
    names = dict.fromkeys([*COLUMNS, *(name for row in rows for name in row)])
    writer = csv.DictWriter(text, list(names), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _rows(answer: Answer) -> Iterator[Answer]:
    for table in answer["tables"]:
        for group in table["groups"]:
            measured: Answer = {}
            for name, figure in group["measures"].items():
                measured[name] = figure["value"]
                measured |= _ends(name, figure["interval"])
            yield {
                "outcome": table["outcome"],
                "grouping": " x ".join(table["grouping"]),
                "group": " / ".join(group["group"].values()),
                "compared_with": table["compared_with"],
                **{name: group[name] for name in COLUMNS if name in group and name != "group"},
                **_ends("rate", group["rate_interval"]),
                **_ends("rate_range", group["rate_range"]),
                **measured,
            }


def _ends(name: str, ends: list[float | None] | None) -> Answer:
    low, high = ends or (None, None)
    return {f"{name}_low": low, f"{name}_high": high}


def as_table(answer: Answer) -> str:
    """Return sentences for people, with how sure they are below each."""
    lines = [PRIVATE, ""] if answer["private"] else []
    for table in answer["tables"]:
        lines += [heading(table), ""]
        if all_of := everyone(table):
            lines += [all_of]
        for group in table["groups"]:
            lines.append(group["sentence"])
            lines += [f"    {more}" for more in (group["evidence"], group["parity"]) if more]
        lines.append("")
    return "\n".join([*lines, *closing(answer)]) + "\n"


def everyone(table: Answer) -> str:
    """Return the rate of all students, with students and interval where they are known."""
    found = table["everyone"]
    if found["rate"] is None and found["rate_range"] is None:
        return ""
    said = f"All students: {as_percent(found)}"
    if found["events"] is not None:
        said += f"; {found['events']:,} of {found['n_valid']:,} students"
    elif found["n"]:
        said += f"; {found['n']:,} students"
    if found["rate_interval"]:
        low, high = found["rate_interval"]
        said += f"; 95 % interval {100 * low:.1f} to {100 * high:.1f} %"
    return said


def as_percent(found: Answer) -> str:
    """Return a rate, or the range that was published for it, in percent."""
    if found["rate"] is not None:
        return f"{100 * found['rate']:.1f} %"
    low, high = found["rate_range"]
    return f"{100 * low:.1f} to {100 * high:.1f} %"


def heading(table: Answer) -> str:
    """Return what a table counts, by what, and with whom it compares."""
    said = f"{table['outcome']} by {' and '.join(table['grouping'])}"
    if table["comparator_hidden"]:
        return f"{said}; {table['compared_with']}: their figures hide, so nothing is compared"
    if table["comparator_absent"]:
        return f"{said}; no group is called {table['compared_with']}, so nothing is compared"
    return f"{said}, compared with {table['compared_with']}"


def closing(answer: Answer) -> list[str]:
    """Return what holds for all tables: comparisons looked at, hiding, coverage, notes."""
    lines = [looked_at(answer)]
    if answer["threshold"] is not None:
        lines.append(
            f"Counts from 1 to {answer['threshold'] - 1} hide, with all that would give them away."
        )
    if answer["coverage"] not in (None, 1):
        why = "some students count twice" if answer["coverage"] > 1 else "some are in no group"
        percent = 100 * answer["coverage"]
        lines.append(f"The groups add up to {percent:.1f} % of the stated total: {why}.")
    return [*lines, *answer["notes"]]


def looked_at(answer: Answer) -> str:
    """Return how many comparisons were made, and what that does to p values."""
    k = answer["comparisons"]
    said = f"{k} comparison{'' if k == 1 else 's'} {'was' if k == 1 else 'were'} looked at"
    tested = any(
        group["p_adjusted"] is not None for table in answer["tables"] for group in table["groups"]
    )
    return f"{said}; p values are adjusted for that (Benjamini-Hochberg)." if tested else f"{said}."


def as_page(answer: Answer) -> str:
    """Return one page of HTML that needs nothing else."""
    banner = PRIVATE if answer["private"] else ""
    headings = [heading(table) for table in answer["tables"]]
    totals = [everyone(table) for table in answer["tables"]]
    return page(answer, headings, totals, closing(answer), banner)


FORMATS: dict[str, Callable[[Answer], str]] = {
    "table": as_table,
    "json": as_json,
    "csv": as_csv,
    "html": as_page,
}
