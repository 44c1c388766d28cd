"""``throughline disparity``: rates, gaps and ratios of student groups. Loads no Django."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from throughline.commands.schemas import explained
from throughline.commands.shipped_files import (
    add_counted_options,
    add_layout_options,
    commas,
    read_file,
)
from throughline.commands.speaking import Arguments, Stop, say

if TYPE_CHECKING:
    from throughline.commands.disparity_answers import Answer

EXAMPLE = """\
This runs on figures that are shipped: the graduation rates of the United States in 2014-15.

  ./throughline disparity graduation --group students --rate rate --outcome-is good \\
      --compare-to White

And this on made-up students, one row each; small counts hide, and what would give them away.

  ./throughline disparity students --by race,frl --outcome graduated --outcome-is good

Three kinds of file: one row a student (--by, --outcome), counted groups (--group, --n, --events),
published rates (--group, --rate, --n if known). `throughline disparity --schema` prints the JSON
Schema of --format json.
"""


def main(arguments: Sequence[str]) -> int:
    """Print every group beside its comparator: 0 done, 1 not to be shown, 2 bad input."""
    parser = _parser()
    if explained(parser, arguments, "throughline.commands.disparity_schema"):
        return 0
    asked = parser.parse_args(arguments)
    _check(asked)
    from throughline.commands.disparity_formats import FORMATS, PRIVATE

    if asked.private and asked.rate is None and asked.format in {"json", "csv"}:
        say(PRIVATE)
    print(FORMATS[asked.format](_answer(asked)), end="", flush=True)
    return 0


def _answer(asked: argparse.Namespace) -> Answer:
    from throughline.commands.disparity_comparing import MEASURES

    asked.measures = tuple(one for one in asked.measures or MEASURES if one != "rate")
    _check_measures(asked)
    source = read_file(asked)
    if asked.rate is not None:
        from throughline.commands.disparity_rates import rates_answer

        return rates_answer(asked, source)
    from throughline.commands.disparity_answers import answer_of
    from throughline.commands.disparity_comparing import compared
    from throughline.commands.disparity_hiding import Shown, may_be_shown
    from throughline.commands.disparity_input import count, groupings

    counted = count(asked, source)
    tables = groupings(counted.attributes, asked.cross)
    if asked.private:
        shown = {name: Shown(everything=True) for name in counted.outcomes}
    else:
        shown = may_be_shown(counted, tables, asked.threshold)
    return answer_of(asked, counted, compared(asked, counted, tables, shown))


def _parser() -> Arguments:
    parser = Arguments(
        prog="throughline disparity",
        description="Put every group of students beside others: rates, gaps, ratios, intervals.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        help="CSV, XLSX or Parquet; or shipped: graduation, schools, students",
    )
    parser.add_argument(
        "--outcome-is", required=True, choices=("good", "bad"),
        help="for a student; decides which way a gap points",
    )  # fmt: skip
    parser.add_argument(
        "--compare-to", default="all-others", metavar="WHOM",
        help="all-others (the default), everyone, highest, goal:0.8, or a group such as White",
    )  # fmt: skip
    parser.add_argument("--by", type=commas, metavar="COLUMNS", help="what students are grouped by")
    parser.add_argument("--outcome", type=commas, metavar="COLUMNS", help="0 or 1 in every row")
    parser.add_argument("--cross", type=int, choices=(1, 2, 3), default=1, help="cross so many")
    parser.add_argument(
        "--measures",
        type=commas,
        metavar="IDS",
        help="such as odds_ratio; see docs/developer/measures.md",
    )
    parser.add_argument("--years", choices=("pool",), help="add up all years of --year")
    parser.add_argument("--year", metavar="COLUMN", help="the school year of a row")
    parser.add_argument("--codebook", metavar="FILE", help="what values mean, as it was kept")
    counted = add_counted_options(parser)
    counted.add_argument("--rate", metavar="COLUMN", help="or the rate, where only rates are given")
    counted.add_argument("--unit", choices=("percent", "share"), default="percent", help="of it")
    parser.add_argument("--format", choices=("table", "json", "csv", "html"), default="table")
    parser.add_argument(
        "--threshold", type=int, default=10, metavar="K", help="counts from 1 to K-1 hide; 5 to 30"
    )
    parser.add_argument(
        "--private", action="store_true", help="hide nothing: for your own eyes only"
    )
    add_layout_options(parser)
    return parser


def _check(asked: argparse.Namespace) -> None:
    """Refuse options that do not go together.

    Raises
    ------
    Stop
        As the sentence says.
    """
    if asked.group is None:
        if asked.events or asked.rate or asked.n:
            raise Stop("Counted groups and published rates need --group: the column of the group.")
        if not asked.by or not asked.outcome:
            raise Stop(
                "Say how to group and what happened: --by race --outcome graduated; or, where "
                "somebody else has counted, --group, --n and --events, or --group and --rate."
            )
        if both := set(asked.by) & set(asked.outcome):
            raise Stop(f"{min(both)} is an outcome and cannot group students too.")
    else:
        _check_counted(asked)
    if (asked.years is None) != (asked.year is None):
        raise Stop(
            "--years pool and --year COLUMN go together. Without them all rows are counted as one "
            "year; for one year, keep its rows only."
        )
    if asked.threshold not in range(5, 31):
        raise Stop(f"--threshold is 5 to 30, not {asked.threshold}.")


def _check_counted(asked: argparse.Namespace) -> None:
    if (asked.events is None) == (asked.rate is None):
        raise Stop("Say what --group has: --n and --events, or --rate where only rates are given.")
    if asked.codebook is not None:
        raise Stop("A codebook is for files with one row a student.")
    if asked.rate is None:
        if asked.n is None:
            raise Stop("--events needs the students of each group: give their column with --n.")
        return
    if (asked.by and asked.by != asked.group) or asked.cross > 1:
        raise Stop("Published rates are compared as they stand: leave out --by and --cross.")
    if asked.years is not None:
        raise Stop("Published rates of several years cannot be added up. Keep one year's rows.")
    if asked.outcome and len(asked.outcome) > 1:
        raise Stop("One column of rates is one outcome: give one name with --outcome.")


def _check_measures(asked: argparse.Namespace) -> None:
    from throughline.commands.disparity_input import sentences
    from throughline.engines.disparity.registry import measure_named

    with sentences():
        for name in asked.measures:
            measure_named(name)
