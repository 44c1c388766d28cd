"""``throughline chart``: did a measure move, or is it noise? Loads no Django."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from throughline.commands.schemas import explained
from throughline.commands.shipped_files import found
from throughline.commands.speaking import Arguments, Stop

if TYPE_CHECKING:
    from throughline.commands.chart_file import Columns
    from throughline.engines.improvement import ControlChart, RunChart

EXAMPLE = """\
This runs on made-up figures that are shipped: students absent of those enrolled, week by week.

  ./throughline chart attendance --kind p --value absent --n enrolled --label week \\
      --baseline 12 --direction down

Run charts and XmR charts take one figure a row; p and p-prime take events and the size of the
group. Rows stand in time order. Nothing here is checked for publication. `throughline chart --schema` prints
the JSON Schema of --format json.
"""


def main(arguments: Sequence[str]) -> int:
    """Print a chart's points, center, limits and verdict: 0 done, 2 bad input."""
    parser = _parser()
    if explained(parser, arguments, "throughline.commands.chart_schema"):
        return 0
    asked = parser.parse_args(arguments)
    _check(asked)
    from throughline.commands.chart_answers import FORMATS
    from throughline.commands.chart_file import read_columns
    from throughline.engines.improvement import Refused

    columns = read_columns(found(asked.file), asked.value, asked.n, asked.label, asked.without)
    try:
        chart = _chart(asked, columns)
    except Refused as refused:
        raise Stop(f"{columns.source.path.name}: {refused.sentence}") from refused
    FORMATS[asked.format](chart, columns)
    return 0


def _parser() -> Arguments:
    parser = Arguments(
        prog="throughline chart",
        description="Chart a measure in time order and say whether it moved.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="CSV, XLSX or Parquet; or: attendance")
    parser.add_argument(
        "--kind", required=True, choices=("run", "xmr", "p", "p-prime"),
        help="run chart; limits from moving ranges; limits of shares; the same for large groups",
    )  # fmt: skip
    parser.add_argument(
        "--value", required=True, metavar="COLUMN", help="the figure; for p and p-prime the events"
    )
    parser.add_argument("--n", metavar="COLUMN", help="people in the group, for p and p-prime")
    parser.add_argument("--label", metavar="COLUMN", help="what a point is called, such as week")
    parser.add_argument(
        "--without", action="append", default=[], metavar="COLUMN",
        help="never read this column, such as one with names; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--baseline", type=_whole, metavar="K", help="freeze the first K points and judge the rest"
    )
    parser.add_argument(
        "--planned", type=_whole, metavar="M",
        help="later points of a run chart in all; with it, look after every point",
    )  # fmt: skip
    parser.add_argument("--direction", choices=("up", "down"), help="which way is better")
    parser.add_argument(
        "--form", choices=("mean", "median"), default="mean",
        help="of an XmR chart; median where a few points are wild",
    )  # fmt: skip
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
    return parser


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of points")
    return int(text)


def _check(asked: argparse.Namespace) -> None:
    """Refuse options that do not go together.

    Raises
    ------
    Stop
        As the sentence says.
    """
    if asked.kind in {"p", "p-prime"} and asked.n is None:
        raise Stop(f"A {asked.kind} chart needs the size of the group: give its column with --n.")
    if asked.kind in {"run", "xmr"} and asked.n is not None:
        raise Stop(
            f"A {asked.kind} chart takes no --n. For events of a group, take --kind p or p-prime."
        )
    if asked.baseline is not None and asked.direction is None:
        raise Stop(
            "Points after a baseline are judged: say with --direction up or down what is better."
        )
    if asked.planned is not None and (asked.kind != "run" or asked.baseline is None):
        raise Stop("--planned belongs to --kind run with a --baseline.")
    if asked.form != "mean" and asked.kind != "xmr":
        raise Stop("--form belongs to --kind xmr.")


def _chart(asked: argparse.Namespace, columns: Columns) -> RunChart | ControlChart:
    from throughline.engines.improvement import p_chart, p_prime, run_chart, xmr

    baseline, better = asked.baseline, asked.direction
    if asked.kind == "run":
        return run_chart(columns.values, baseline=baseline, better=better, planned=asked.planned)
    if asked.kind == "xmr":
        return xmr(columns.values, baseline=baseline, better=better, form=asked.form)
    chart = p_chart if asked.kind == "p" else p_prime
    return chart(columns.events, columns.sizes, baseline=baseline, better=better)
