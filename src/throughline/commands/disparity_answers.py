"""The answer of ``throughline disparity`` as plain values; every format prints these and no others."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from throughline.commands.disparity_comparing import Compared
from throughline.commands.disparity_input import Counted

if TYPE_CHECKING:
    from throughline.engines.disparity.comparing import Comparison
    from throughline.engines.disparity.figures import Figure
    from throughline.engines.disparity.reading import Source

SCHEMA_VERSION = 1

Answer = dict[str, Any]

HIDDEN = "hidden to protect privacy"

POOLED_YEARS = "Rows of {years} were added up: who is in several years counts in each of them."
NO_CAUSE = "These figures describe; they do not say why groups differ."


def answer_of(asked: argparse.Namespace, counted: Counted, found: Sequence[Compared]) -> Answer:
    """Return what may be said about counts."""
    tables = [_table(asked, one) for one in found]
    hides = any(group["hidden"] for table in tables for group in table["groups"])
    compared = [one.comparison for one in found if one.comparison and not one.without]
    notes = [POOLED_YEARS.format(years=", ".join(counted.years))] if counted.years else []
    return whole_answer(
        asked,
        counted.source,
        tables,
        hash_hides=hides or any(one.without == "hidden" for one in found),
        comparisons=compared[0].comparisons if compared else 0,
        years=counted.years,
        notes=notes,
    )


def whole_answer(
    asked: argparse.Namespace,
    source: Source,
    tables: Sequence[Answer],
    *,
    hash_hides: bool,
    comparisons: int,
    years: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Answer:
    """Return the answer around its tables.

    The hash of a file with few unknown numbers would let anybody try them out, so it goes where
    something hides.
    """
    counted = asked.rate is None
    stated = [table["coverage"] for table in tables if table["coverage"] is not None]
    return {
        "schema_version": SCHEMA_VERSION,
        "source": {"file": source.path.name, "sha256": None if hash_hides else source.sha256},
        "input": "counts" if asked.group and counted else "students" if counted else "rates",
        "comparator": asked.compare_to,
        "outcome_is": asked.outcome_is,
        "threshold": asked.threshold if counted and not asked.private else None,
        "private": bool(asked.private and counted),
        "coverage": min(stated, default=None),
        "comparisons": comparisons,
        "years": list(years),
        "notes": [*notes, NO_CAUSE],
        "tables": list(tables),
    }


def _table(asked: argparse.Namespace, one: Compared) -> Answer:
    return {
        "outcome": one.table.outcome.name,
        "grouping": list(one.table.by),
        "compared_with": one.against,
        "comparator_hidden": one.without == "hidden",
        "comparator_absent": one.without == "absent",
        "coverage": one.coverage,
        "everyone": _everyone(one),
        "groups": [_group(asked, one, row) for row in range(len(one.table.groups))],
    }


def _everyone(one: Compared) -> Answer:
    from throughline.engines.disparity.measures.intervals import share, wilson

    whole, (students, unknown, events) = one.table.whole, one.everyone
    answer = nobody()
    if students:
        answer["n_valid"] = int(whole.n_valid[0])
        answer["n"] = int(whole.n[0]) if unknown else None
    if events and whole.n_valid[0]:
        low, high = wilson(whole.total, whole.n_valid)
        answer["events"] = int(whole.total[0])
        answer["rate"] = float(share(whole.total, whole.n_valid)[0])
        answer["rate_interval"] = [float(low[0]), float(high[0])]
    return answer


def nobody() -> Answer:
    """Return counts and a rate of which nothing is known or shown."""
    return {
        "n": None,
        "n_valid": None,
        "events": None,
        "rate": None,
        "rate_interval": None,
        "rate_range": None,
    }


def _group(asked: argparse.Namespace, one: Compared, row: int) -> Answer:
    from throughline.engines.disparity.sentences import evidence, parity_sentence, sentence

    table, comparison, at = one.table, one.comparison, one.at[row]
    n, n_valid = int(table.counts.n[row]), int(table.counts.n_valid[row])
    answer = {
        **empty_group(table.by, table.groups[row], asked.measures),
        "n": n if one.students[row] and one.unknown[row] else None,
        "n_valid": n_valid if one.students[row] else None,
    }
    if comparison is None or at is None:
        return {**answer, "hidden": True, "sentence": _hidden(one, row)}
    rate = comparison.figure("rate", at)
    return {
        **answer,
        "events": int(comparison.total[at]) if n_valid else None,
        "rate": rate.value if rate else None,
        "rate_interval": _interval(rate),
        "measures": {name: _measure(comparison, name, at) for name in asked.measures},
        "is_comparator": bool(comparison.is_comparator[at]) and not one.without,
        "p_adjusted": float(comparison.p_adjusted[at])
        if comparison.tested[at] and not one.without
        else None,
        "sentence": _rate_alone(comparison, at) if one.without else sentence(comparison, at),
        "evidence": evidence(comparison, at).split("; one of")[0] if n_valid else "",
        "parity": parity_sentence(comparison, at),
    }


def empty_group(by: Sequence[str], labels: Sequence[str], measures: Sequence[str]) -> Answer:
    """Return a group of which nothing is known or shown."""
    return {
        "group": dict(zip(by, labels, strict=True)),
        **nobody(),
        "measures": {name: empty_measure(name) for name in measures},
        "is_comparator": False,
        "p_adjusted": None,
        "hidden": False,
        "sentence": "",
        "evidence": "",
        "parity": "",
    }


def empty_measure(name: str) -> Answer:
    """Return a measure without a value."""
    from throughline.engines.disparity.registry import measure_named

    return {
        "value": None,
        "interval": None,
        "range": None,
        "unit": measure_named(name).unit,
        "flagged": None,
        "compared_with": None,
    }


def _measure(comparison: Comparison, name: str, row: int) -> Answer:
    figure = comparison.figure(name, row) if name in comparison.figures else None
    if figure is None:
        return empty_measure(name)
    return {
        **empty_measure(name),
        "value": figure.value,
        "interval": _interval(figure),
        "flagged": figure.is_flagged,
        "compared_with": comparison.figures[name].comparator or None,
    }


def _interval(figure: Figure | None) -> list[float | None] | None:
    return [figure.low, figure.high] if figure and figure.has_interval else None


def _rate_alone(comparison: Comparison, row: int) -> str:
    rate = comparison.figure("rate", row)
    shown = (
        f"{100 * rate.value:.1f} %" if rate and rate.value is not None else "no outcome is known"
    )
    return f"{_who(comparison.by, comparison.groups[row])}: {shown}"


def _hidden(one: Compared, row: int) -> str:
    who = _who(one.table.by, one.table.groups[row])
    if not one.students[row]:
        return f"{who}: {HIDDEN}"
    return f"{who}: {int(one.table.counts.n_valid[row]):,} students, the outcome is {HIDDEN}"


def _who(by: Sequence[str], labels: Sequence[str]) -> str:
    from throughline.engines.disparity.naming import students_of

    words = students_of(tuple(by), tuple(labels))
    return words[:1].upper() + words[1:]
