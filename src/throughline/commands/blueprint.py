"""Check, explain and schedule the file of a program. Loads no Django and needs no database."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from throughline.commands.speaking import Arguments, Stop

if TYPE_CHECKING:
    from throughline.core.blueprint.faults import Fault
    from throughline.programs.blueprints import Blueprint

SHIPPED = Path(__file__).resolve().parent.parent / "blueprints"
MOST_NAMED = 5
"""How many texts without a translation a line names before it counts the rest."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``throughline blueprint ...``: 0 fine, 1 findings, 2 something that cannot be read."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        asked = _parser().parse_args(given)
        run: Callable[[argparse.Namespace], int] = asked.run
        return run(asked)
    except Stop as stop:
        print(stop.sentence, file=sys.stderr)
        return stop.code


def _parser() -> Arguments:
    parser = Arguments(prog="throughline blueprint", description="The file of a program.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=Arguments)

    def command(name: str, run: Callable[[argparse.Namespace], int], what: str) -> Arguments:
        made = commands.add_parser(name, help=what, description=what)
        made.set_defaults(run=run)
        return made

    check = command("check", _check, "say what is wrong in a file, with line and path")
    check.add_argument("files", nargs="+", metavar="FILE")
    show = command("show", _show, "say in plain sentences what a file promises")
    show.add_argument("file", metavar="FILE")
    for made in (check, show):
        made.add_argument("--format", choices=("text", "json"), default="text")
    dates = command("calendar", _calendar, "compute the dates of a cohort")
    dates.add_argument("file", metavar="FILE")
    dates.add_argument(
        "--start", required=True, type=_day, metavar="DAY", help="such as 2027-01-11"
    )
    dates.add_argument("--format", choices=("text", "json", "ics"), default="text")
    dates.add_argument("--zone", type=_zone, help="zone of a learner, for the weeks of a course")
    dates.add_argument(
        "--pause", type=int, action="append", default=[], metavar="WEEK",
        help="the learner pauses one week after this one",
    )  # fmt: skip
    command("schema", _schema, "print the JSON Schema of the format")
    command("reference", _reference, "print the manual of the format")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2027-01-11") from error


def _zone(text: str) -> str:
    if text not in available_timezones():
        raise argparse.ArgumentTypeError(f"{text!r} is not a time zone such as Africa/Nairobi")
    return text


def _text_of(name: str) -> tuple[str, str]:
    """Return the text of a file, or of a shipped program by its key, and what to call it."""
    from throughline.core.blueprint.reading import LARGEST

    path = Path(name)
    if not path.exists() and name.isidentifier() and (SHIPPED / f"{name}.toml").exists():
        path = SHIPPED / f"{name}.toml"
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise Stop(f"{name}: a blueprint is at most {LARGEST // 1024} KiB large; this is not.")
        return raw.decode("utf-8-sig"), path.name
    except FileNotFoundError as error:
        raise Stop(f"{name}: there is no such file.") from error
    except UnicodeDecodeError as error:
        raise Stop(f"{name}: this is not text in UTF-8.") from error
    except OSError as error:
        raise Stop(f"{name}: it cannot be read ({error.strerror}).") from error


def _loaded(name: str) -> Blueprint:
    from throughline.composition.sections import check

    text, called = _text_of(name)
    blueprint, faults = check(text)
    if blueprint is None:
        for fault in faults:
            print(fault.show(called), file=sys.stderr)
        raise Stop(f"{called}: fix these errors first.", 1)
    return blueprint


def _check(asked: argparse.Namespace) -> int:
    from throughline.composition.sections import check

    reports, worst = [], 0
    for name in asked.files:
        text, called = _text_of(name)
        blueprint, faults = check(text)
        worst = max(worst, int(blueprint is None))
        reports.append(_report(called, blueprint, faults))
        if asked.format == "text":
            _print_report(called, blueprint, faults)
    if asked.format == "json":
        _answer(reports[0] if len(reports) == 1 else reports)
    return worst


def _report(called: str, blueprint: Blueprint | None, faults: Sequence[Fault]) -> dict[str, object]:
    def listed(*, notes: bool) -> list[dict[str, object]]:
        return [
            {
                "line": fault.line,
                "path": fault.path,
                "expected": fault.expected,
                "got": fault.got,
                "hint": fault.hint,
            }
            for fault in faults
            if fault.is_note is notes
        ]

    return {
        "file": called,
        "valid": blueprint is not None,
        "sha256": blueprint.sha256 if blueprint else None,
        "errors": listed(notes=False),
        "notes": listed(notes=True),
        "untranslated": _untranslated(blueprint) if blueprint else {},
    }


def _print_report(called: str, blueprint: Blueprint | None, faults: Sequence[Fault]) -> None:
    for fault in faults:
        print(fault.show(called))
    notes = sum(fault.is_note for fault in faults)
    counts = f"{_counted(len(faults) - notes, 'error')}, {_counted(notes, 'note')}"
    if blueprint is None:
        print(f"{called}: not valid: {counts}")
    else:
        for language, paths in _untranslated(blueprint).items():
            if paths:
                print(f"{called}: {_lacking(language, paths)}")
        print(f"{called}: valid: {counts}, sha256 {blueprint.sha256[:16]}")


def _untranslated(blueprint: Blueprint) -> dict[str, list[str]]:
    from throughline.programs.translating import untranslated

    return untranslated(blueprint.whole, blueprint.tables)


def _lacking(language: str, paths: Sequence[str]) -> str:
    first = ", ".join(paths[:MOST_NAMED])
    more = f" and {len(paths) - MOST_NAMED} more" if len(paths) > MOST_NAMED else ""
    stay = "text stays" if len(paths) == 1 else "texts stay"
    return f"{language}: {len(paths)} {stay} in the language of the file: {first}{more}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _show(asked: argparse.Namespace) -> int:
    blueprint = _loaded(asked.file)
    if asked.format == "json":
        _answer(
            {
                "key": blueprint.about.key,
                "version": blueprint.about.version,
                "name": blueprint.about.name,
                "sha256": blueprint.sha256,
                "promises": _promises(blueprint),
                "sentences": blueprint.sentences(),
            }
        )
    else:
        print("\n".join(blueprint.sentences()))
    return 0


def _promises(blueprint: Blueprint) -> list[dict[str, object]]:
    from throughline.core.blueprint.amounts import Amount
    from throughline.ledger.blueprint import LedgerSection

    rows: list[dict[str, object]] = []
    for promise in blueprint.section("ledger", LedgerSection).entitlements.values():
        amount = promise.quantity if isinstance(promise.quantity, Amount) else None
        counted = amount is not None and amount.is_number
        rows.append(
            {
                "kind": promise.kind,
                "quantity": amount.high if amount and counted else None,
                "unit": f"{amount.unit.replace('-', '_')}s" if amount and counted else None,
                "holder": promise.per,
                "period": promise.period,
                "clause": promise.source,
            }
        )
    return rows


def _calendar(asked: argparse.Namespace) -> int:
    from throughline.commands import blueprint_calendar
    from throughline.programs.calendar import NoCalendar

    blueprint = _loaded(asked.file)
    try:
        plan = blueprint.calendar(asked.start)
        weeks = blueprint_calendar.weeks(blueprint, asked.start, asked.zone, asked.pause)
    except (NoCalendar, OverflowError, ValueError) as error:
        raise Stop(f"{asked.file}: no calendar from {asked.start}: {error}.", 1) from error
    if asked.format == "json":
        _answer(blueprint_calendar.as_json(blueprint, asked.start, plan, weeks))
    elif asked.format == "ics":
        sys.stdout.write(blueprint_calendar.as_ics(blueprint, asked.start, plan))
    else:
        print("\n".join(blueprint_calendar.as_text(blueprint, plan, weeks)))
    return 0


def _schema(_: argparse.Namespace) -> int:
    from throughline.commands.blueprint_reference import schema

    print(json.dumps(schema(), ensure_ascii=False, indent=1))
    return 0


def _reference(_: argparse.Namespace) -> int:
    from throughline.commands.blueprint_reference import manual

    sys.stdout.write(manual())
    return 0


def _answer(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False))
