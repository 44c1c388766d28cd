"""``throughline match``: who is chosen and who meets whom, with proof. Loads no Django."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from throughline.commands.speaking import Arguments, Stop, answer, say

if TYPE_CHECKING:
    from throughline.commands.match_kinds import Kind
    from throughline.engines.matching import Progress

NAMES = ("assign", "select", "match", "group", "calendar", "agenda")
CHECK = "check"
LEFT_OUT = frozenset({"session", "rule"})
"""What a fix leaves out, where nothing can give way by a number."""
SECONDS_BETWEEN_LINES = 2

EXAMPLE = """\
kinds: assign readers to applications, select a cohort, match coaches with leaders, group people
over rounds, find a calendar of sessions, put an agenda together.

These run on made-up problems that are shipped; `select` the second time is the name of a file.

  ./throughline match select select
  ./throughline match match match --explain 'Leader Garza' 'Coach Ines'
  ./throughline match select select --format json > plan.json
  ./throughline match check plan.json select

The last line looks at a plan with arithmetic alone and asks no solver. `throughline match KIND
--schema` prints the JSON Schema of a problem and of its answer.
"""


def main(arguments: Sequence[str]) -> int:
    """Print a plan: 0 found or passed, 1 nothing can be or a plan is broken, 2 bad input."""
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(_parser().format_help(), end="")
        return 0
    if arguments[0] == CHECK:
        return _check(arguments[1:])
    asked = _parser().parse_args(arguments)
    from throughline.commands.match_kinds import KINDS

    kind = KINDS[asked.kind]
    if asked.schema:
        from throughline.commands.match_schema import schema_of

        answer(schema_of(kind))
        return 0
    if asked.problem is None:
        raise Stop(f"Name a problem: throughline match {kind.name} PROBLEM.json")
    return _solve(asked, kind)


def _parser() -> Arguments:
    parser = Arguments(
        prog="throughline match",
        description="Propose who is chosen and who meets whom, say how good that is, and why.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="throughline match KIND PROBLEM.json [options]\n"
        "       throughline match check PLAN.json PROBLEM.json [OLD.json]",
    )
    parser.add_argument("kind", choices=NAMES, metavar="KIND", help=", ".join(NAMES))
    parser.add_argument(
        "problem", nargs="?", metavar="PROBLEM.json", help="a file, or a shipped problem"
    )
    parser.add_argument(
        "--mode", metavar="M", help="assign, match: fair (default), total; match: stable"
    )
    parser.add_argument(
        "--partial", action="store_true", help="assign, match: let some go short, and name them"
    )
    parser.add_argument(
        "--explain", nargs="+", metavar="NAME", help="why these meet or do not, or why this seat"
    )
    parser.add_argument(
        "--repair", metavar="OLD.json", help="change an older answer as little as can be"
    )
    parser.add_argument("--margins", action="store_true", help="how close each decision is")
    parser.add_argument("--prices", action="store_true", help="select: what each rule costs")
    parser.add_argument(
        "--seed", type=_whole, default=1, metavar="N", help="where chance has a part"
    )
    parser.add_argument(
        "--work", type=_whole, default=20, metavar="N", help="about N seconds, counted in steps"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of KIND")
    return parser


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


def _solve(asked: argparse.Namespace, kind: Kind) -> int:
    from throughline.commands.match_answers import as_table, solved
    from throughline.commands.match_reading import plain, read_as, text_of
    from throughline.engines.matching import Exhausted, Infeasible, InvalidProblem

    name, content = text_of(asked.problem)
    problem: Any = read_as(kind.problem, name, content)
    old = _answer(asked.repair, kind) if asked.repair else None
    try:
        with _answers_alone():
            found = solved(asked, kind, problem, old, _watch())
    except InvalidProblem as invalid:
        raise Stop(f"{name}: {invalid}") from invalid
    except Infeasible as infeasible:
        conflict: Any = kind.conflict(problem)
        if asked.format == "json":
            answer({"schema_version": 1, "kind": kind.name, "conflict": plain(conflict)})
        raise Stop("\n".join([f"{name}: {infeasible}.", *_fix(conflict)]), code=1) from infeasible
    except Exhausted as exhausted:
        raise Stop(f"{name}: {exhausted}: --work {asked.work * 4}.", code=1) from exhausted
    if asked.format == "json":
        answer(plain(found))
    else:
        print(as_table(kind, problem, found), end="", flush=True)
    return 0


def _fix(conflict: Any) -> list[str]:
    """Say what would have to give way."""
    if conflict is None or not conflict.fix:
        return []
    spared = [one.what for one in conflict.fix if one.number in LEFT_OUT]
    ways = [
        f"{one.number} of {one.what} by {one.by}"
        for one in conflict.fix
        if one.number not in LEFT_OUT
    ]
    lines = [f"It would do to ease: {', '.join(ways)}."] if ways else []
    return lines + ([f"It would do without: {', '.join(spared)}."] if spared else [])


def _check(arguments: Sequence[str]) -> int:
    if len(arguments) not in {2, 3}:
        raise Stop(
            "Name an answer and its problem, and what it repaired if it did: "
            "throughline match check PLAN.json PROBLEM.json [OLD.json]"
        )
    from throughline.commands.match_kinds import KINDS
    from throughline.commands.match_reading import read_as, text_of
    from throughline.engines.matching import BrokenPlan

    name, content = text_of(arguments[0])
    kind = KINDS[_kind_in(name, content)]
    plan = _answer(arguments[0], kind)
    problem: Any = read_as(kind.problem, *text_of(arguments[1]))
    old = _answer(arguments[2], kind) if len(arguments) == 3 else None
    try:
        kind.check(problem, plan, old)
    except BrokenPlan as broken:
        raise Stop(f"{name}: {broken}.", code=1) from broken
    print(f"{name} keeps every rule of its problem and is worth what it says.")
    return 0


def _kind_in(name: str, content: bytes) -> str:
    value = _object(name, content)
    if value.get("kind") not in NAMES:
        raise Stop(f"{name}: kind: expected one of {', '.join(NAMES)}, got {value.get('kind')!r}")
    return str(value["kind"])


def _answer(name: str, kind: Kind) -> Any:
    """Read the plan out of an answer."""
    from throughline.commands.match_reading import read_as, text_of

    file, content = text_of(name)
    if (other := _kind_in(file, content)) != kind.name:
        raise Stop(f"{file}: kind: expected {kind.name}, got {other}")
    value = _object(file, content)
    if "plan" not in value:
        raise Stop(f"{file}: plan: expected a plan, got nothing")
    return read_as(kind.plan, file, json.dumps(value["plan"]).encode(), within="plan.")


def _object(name: str, content: bytes) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except ValueError as error:
        raise Stop(f"{name}: this is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise Stop(f"{name}: expected an object, the answer of throughline match")
    return value


@contextmanager
def _answers_alone() -> Iterator[None]:
    """Send to stderr what the solver's library prints by itself."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _watch() -> Any:
    """Return what tells the person now and then how far the work is."""
    last = time.monotonic()

    def watch(progress: Progress) -> bool:
        nonlocal last
        if sys.stderr.isatty() and time.monotonic() - last > SECONDS_BETWEEN_LINES:
            last = time.monotonic()
            best = "" if progress.best is None else f": {progress.best}"
            bound = "" if progress.bound is None else f", none can pass {progress.bound}"
            say(f"{progress.phase}{best}{bound} ({progress.elapsed_s:.0f} s)")
        return True

    return watch
