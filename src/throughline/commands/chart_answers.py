"""A chart as JSON for programs, as CSV for spreadsheets, as lines for people."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable

from throughline.commands.chart_file import Columns
from throughline.commands.speaking import answer
from throughline.engines.improvement import ControlChart, RunChart
from throughline.engines.improvement.chances import ALLOWED

SCHEMA_VERSION = 1

Chart = RunChart | ControlChart

POINT = ("position", "label", "value", "events", "n", "center", "lower", "upper", "side", "beyond")


def points_of(chart: Chart, columns: Columns) -> list[dict[str, object]]:
    """Return one row a point: where it lies, and past which limit if any."""
    limits = chart if isinstance(chart, ControlChart) else None
    rows = []
    for at, value in enumerate(chart.values):
        side = (value > chart.center) - (value < chart.center)
        rows.append(
            {
                "position": at + 1,
                "label": columns.labels[at],
                "value": value,
                "events": columns.events[at] if columns.events else None,
                "n": columns.sizes[at] if columns.sizes else None,
                "center": chart.center,
                "lower": limits.lower[at] if limits else None,
                "upper": limits.upper[at] if limits else None,
                "side": ("on", "above", "below")[side],
                "beyond": at in limits.beyond if limits else None,
            }
        )
    return rows


def contract_of(chart: Chart, columns: Columns) -> dict[str, object]:
    """Return everything that is known about the chart, in names other programs may rely on.

    ``moved`` is better, worse or no, and null where no rule with a frozen baseline applies.
    Chances are shares: how often noise alone does as much on that side.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "source": {"file": columns.source.path.name, "sha256": columns.source.sha256},
        "columns": columns.names,
        "kind": chart.kind,
        "unit": "share" if columns.sizes else "own",
        "baseline": chart.baseline,
        "center": chart.center,
        "points": points_of(chart, columns),
        "rules": _rules(chart),
        "shift": _shift(chart),
        "limits": _limits(chart),
        "moved": _moved(chart),
        "no_rule": chart.no_rule.sentence if chart.no_rule else None,
        "sentence": chart.sentence,
        "checked_for_publication": False,
    }


def _rules(chart: Chart) -> dict[str, object] | None:
    if not isinstance(chart, RunChart) or chart.rules is None:
        return None
    rules = chart.rules
    return {
        "useful": rules.useful,
        "longest_run": rules.longest_run,
        "longest_run_allowed": rules.run_allowed,
        "crossings": rules.crossings,
        "crossings_needed": rules.crossings_needed,
        "signal": rules.signal,
    }


def _shift(chart: Chart) -> dict[str, object] | None:
    if not isinstance(chart, RunChart) or chart.shift is None:
        return None
    shift = chart.shift
    return {
        "better": shift.better,
        "later": shift.later,
        "planned": shift.planned,
        "longest_better": shift.longest_better,
        "longest_worse": shift.longest_worse,
        "needed": shift.needed,
        "chance_better": shift.chance_better,
        "chance_worse": shift.chance_worse,
    }


def _limits(chart: Chart) -> dict[str, object] | None:
    if not isinstance(chart, ControlChart):
        return None
    judged = chart.no_rule is None
    ranges = chart.ranges
    return {
        "better": chart.better,
        "beyond": [at + 1 for at in chart.beyond],
        "chance_better": chart.chance_better if judged else None,
        "chance_worse": chart.chance_worse if judged else None,
        "range_center": ranges.center if ranges else None,
        "range_upper": ranges.upper if ranges else None,
        "sigma_z": chart.sigma_z,
    }


def _moved(chart: Chart) -> str | None:
    judged = chart.shift if isinstance(chart, RunChart) else chart
    if judged is None or chart.baseline is None or chart.no_rule is not None:
        return None
    if judged.worsened(ALLOWED):
        return "worse"
    return "better" if judged.improved(ALLOWED) else "no"


def _as_json(chart: Chart, columns: Columns) -> None:
    answer(contract_of(chart, columns))


def _as_csv(chart: Chart, columns: Columns) -> None:
    writer = csv.DictWriter(sys.stdout, POINT, lineterminator="\n")
    writer.writeheader()
    writer.writerows(points_of(chart, columns))


def _as_table(chart: Chart, columns: Columns) -> None:
    share = bool(columns.sizes)
    print(chart.sentence)
    print(f"{'Median' if isinstance(chart, RunChart) else 'Center'}: {_shown(chart.center, share)}")
    print()
    value, n = columns.names["value"] or "", columns.names["n"] or ""
    header = ["", columns.names["label"] or "point", *([value, n, "share"] if share else [value])]
    header += ["lower", "upper"] if isinstance(chart, ControlChart) else ["side"]
    _print_rows([header, *(_line(at, chart, columns) for at in range(len(chart.values)))])


def _line(at: int, chart: Chart, columns: Columns) -> list[str]:
    share = bool(columns.sizes)
    counted = [str(columns.events[at]), str(columns.sizes[at])] if share else []
    cells = [columns.labels[at], *counted, _shown(chart.values[at], share)]
    if isinstance(chart, RunChart):
        return ["", *cells, ("on", "above", "below")[chart.sides[at]]]
    mark = "*" if at in chart.beyond else ""
    return [mark, *cells, _shown(chart.lower[at], share), _shown(chart.upper[at], share)]


def _shown(value: float, share: bool) -> str:
    return f"{100 * value:.1f} %" if share else f"{value:.6g}"


def _print_rows(rows: list[list[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(padded).rstrip())


FORMATS: dict[str, Callable[[Chart, Columns], None]] = {
    "table": _as_table,
    "json": _as_json,
    "csv": _as_csv,
}
