"""``throughline release``: what may be published so that nobody can be worked out. Loads no Django."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from throughline.commands.schemas import explained
from throughline.commands.shipped_files import (
    add_counted_options,
    add_layout_options,
    commas,
    read_file,
)
from throughline.commands.speaking import Arguments, Stop, say

EXAMPLE = """\
This runs on made-up students that are shipped.

  ./throughline release students --by race,frl --outcome graduated

Counts from 1 to K-1 hide, and so many others that no hidden one can be worked out from all that
is printed, here and in every release of --ledger. Why a count hides is itself telling: it is said
with --analyst only, or with --reasons when that was proven safe. `throughline release --schema`
prints the JSON Schema of --format json.
"""

ANALYST = "FOR THE ANALYST: the reasons tell how small a hidden count is. Do not pass them on."


def main(arguments: Sequence[str]) -> int:
    """Print what may be published: 0 done, 1 refused, 2 bad input."""
    parser = _parser()
    if explained(parser, arguments, "throughline.commands.release_schema"):
        return 0
    asked = parser.parse_args(arguments)
    _check(asked)
    from throughline.commands.release_answers import FORMATS, answer_of
    from throughline.commands.release_making import make, recorded

    source = read_file(asked)
    release, ledger = make(asked, source)
    printed = FORMATS[asked.format](answer_of(asked, source, release))
    if asked.record:
        recorded(asked.ledger, ledger, release)
    if asked.analyst:
        say(ANALYST)
    elif asked.reasons and not release.reasons_are_safe:
        say("The reasons would give something away, so they are left out.")
    print(printed, end="", flush=True)
    return 0


def _parser() -> Arguments:
    parser = Arguments(
        prog="throughline release",
        description="Say what may be published of a table with all its margins, and check it.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="CSV, XLSX or Parquet; or shipped: students")
    parser.add_argument("--by", type=commas, metavar="COLUMNS", help="what students are grouped by")
    parser.add_argument("--outcome", type=commas, metavar="COLUMNS", help="0 or 1 in every row")
    parser.add_argument(
        "--hierarchy", type=_chains, default=(), metavar="CHAIN",
        help="such as school<district, from fine to coarse",
    )  # fmt: skip
    parser.add_argument("--codebook", metavar="FILE", help="what values mean, as it was kept")
    add_counted_options(parser)
    parser.add_argument("--threshold", type=int, default=10, metavar="K", help="5 to 30")
    parser.add_argument(
        "--mode", choices=("suppress", "ladder", "round"), default="suppress",
        help="hide counts; print ranges by the size of the group; print rounded counts. Ranges promise "
        "less: three possible counts each, so that a count may be known to be small",
    )  # fmt: skip
    parser.add_argument("--ledger", metavar="FILE", help="audit against all releases in it")
    parser.add_argument("--record", action="store_true", help="write this release into the ledger")
    parser.add_argument("--name", metavar="N", help="what the ledger calls this release")
    parser.add_argument(
        "--fit", action="store_true", help="hide more where earlier releases need it"
    )
    parser.add_argument("--analyst", action="store_true", help="say why each hidden count hides")
    parser.add_argument(
        "--reasons", action="store_true", help="say why, if that is proven safe; slow"
    )
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
    add_layout_options(parser)
    return parser


def _chains(text: str) -> tuple[tuple[str, ...], ...]:
    chains = tuple(
        tuple(part.strip() for part in chain.split("<")) for chain in text.split(",") if chain
    )
    if not chains or any(len(chain) < 2 or "" in chain for chain in chains):
        raise argparse.ArgumentTypeError(f"{text!r} is no chain; write school<district")
    return chains


def _check(asked: argparse.Namespace) -> None:
    """Refuse options that do not go together.

    Raises
    ------
    Stop
        As the sentence says.
    """
    if asked.group is None and not (asked.by and asked.outcome):
        raise Stop(
            "Say how to group and what happened: --by race --outcome graduated; or, where somebody "
            "else has counted, --group, --n and --events."
        )
    if asked.group is not None and not (asked.n and asked.events):
        raise Stop("--group needs the students and those with the outcome: --n and --events.")
    if asked.group is None and (asked.n or asked.events):
        raise Stop("--n and --events need --group: the column of the group.")
    if asked.group is None and (both := set(asked.by) & set(asked.outcome)):
        raise Stop(f"{min(both)} is an outcome and cannot group students too.")
    if asked.threshold not in range(5, 31):
        raise Stop(f"--threshold is 5 to 30, not {asked.threshold}.")
    if asked.record and asked.ledger is None:
        raise Stop("--record needs the file of the ledger: --ledger FILE.")
