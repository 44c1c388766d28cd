"""The command at the terminal, and the manual that it writes."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import jsonschema
import pytest

from tests.factories.blueprints import KEYS, MINIMAL, SHIPPED, edited, text_of
from throughline.commands.blueprint import main
from throughline.commands.blueprint_reference import manual, schema
from throughline.core.blueprint.reading import parse, plain

DOCS = Path(__file__).parents[2] / "docs" / "host"
Capture = pytest.CaptureFixture[str]


def written(folder: Path, text: str) -> str:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def answered(capsys: Capture, *arguments: str) -> Any:
    assert main(list(arguments)) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return json.loads(out)


def test_check_says_valid_and_exits_with_zero(capsys: Capture):
    assert main(["check", *(str(SHIPPED / f"{key}.toml") for key in KEYS)]) == 0

    assert "reln.toml: valid: 0 errors, 0 notes" in capsys.readouterr().out


def test_check_names_errors_and_exits_with_one(tmp_path: Path, capsys: Capture):
    broken = written(tmp_path, edited(MINIMAL, '"9 months"', '"9 moons"'))

    assert main(["check", broken]) == 1

    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("mine.toml:6: program.length: expected a span of the calendar")
    assert last == "mine.toml: not valid: 1 error, 0 notes"


def test_check_answers_in_json(tmp_path: Path, capsys: Capture):
    broken = written(tmp_path, edited(MINIMAL, 'title = "Gathering"', 'titel = "Gathering"'))

    assert main(["check", broken, "--format", "json"]) == 1

    report = json.loads(capsys.readouterr().out)
    assert report["valid"] is False
    assert [(error["line"], error["path"]) for error in report["errors"]] == [
        (13, "convenings.series.gathering.title"),
        (14, "convenings.series.gathering.titel"),
    ]


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"#" * (1024 * 1024 + 1)])
def test_a_file_that_cannot_be_read_exits_with_two(
    content: bytes | None, tmp_path: Path, capsys: Capture
):
    path = tmp_path / "mine.toml"
    if content is not None:
        path.write_bytes(content)

    assert main(["check", str(path)]) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [["check"], ["sing"], ["calendar", "reln"], ["calendar", "reln", "--start", "soon"], []],
)
def test_bad_arguments_exit_with_two_and_one_sentence(arguments: list[str], capsys: Capture):
    assert main(arguments) == 2

    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)


@pytest.mark.requirement("RELN-08")
def test_show_lists_the_promises_of_reln(capsys: Capture):
    shown = answered(capsys, "show", "reln", "--format", "json")

    assert shown["promises"] == [
        {
            "kind": "convening",
            "quantity": 20,
            "unit": "half_days",
            "holder": "fellow",
            "period": "program",
            "clause": "page: five two-day convenings (RELN-08)",
        },
        {
            "kind": "service",
            "quantity": None,
            "unit": None,
            "holder": "district",
            "period": "program",
            "clause": "page: a comprehensive menu, no quantity (RELN-11, RELN-12, RELN-13)",
        },
        {
            "kind": "event",
            "quantity": None,
            "unit": None,
            "holder": "fellow",
            "period": "program",
            "clause": "page: invited, no number (RELN-40, RELN-41)",
        },
    ]


def test_promises_of_lern_are_in_base_units(capsys: Capture):
    shown = answered(capsys, "show", "lern", "--format", "json")

    assert [(row["quantity"], row["unit"], row["holder"]) for row in shown["promises"]] == [
        (540, "minutes", "district"),
        (6, "sessions", "district"),
        (1200, "minutes", "district"),
        (10, "meetings", "district"),
    ]


def test_show_says_the_smallest_program_in_sentences(tmp_path: Path, capsys: Capture):
    assert main(["show", written(tmp_path, MINIMAL)]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "County Principals' Equity Network lasts 9 months. Hosted by County Office of Education.",
        "A cohort has any number of participants.",
        "Gathering: 3 x 1 day each, in person, at start + 2 weeks, start + 4 months, start + 8 "
        "months; for principals.",
        "Each principal is promised days: 3 days; more needs approval.",
    ]


@pytest.mark.parametrize("key", KEYS)
def test_show_speaks_in_the_words_of_each_program(key: str, capsys: Capture):
    assert main(["show", key]) == 0

    assert "{" not in capsys.readouterr().out


def test_show_of_a_broken_file_names_the_errors_on_stderr(tmp_path: Path, capsys: Capture):
    assert main(["show", written(tmp_path, "[blueprint]"), "--format", "json"]) == 1

    out, err = capsys.readouterr()
    assert out == ""
    assert "blueprint.key: expected a value for key, got nothing" in err


def test_calendar_answers_in_json(capsys: Capture):
    shown = answered(capsys, "calendar", "reln", "--start", "2027-01-11", "--format", "json")

    [second] = [
        row for row in shown["dates"] if (row["key"], row["number"]) == ("series.network", 2)
    ]
    assert second == {
        "key": "series.network",
        "number": 2,
        "title": "Network convening 2",
        "begins_on": "2027-06-24",
        "ends_on": "2027-06-25",
        "time": "09:00",
        "zone": "America/New_York",
        "half_days": 4,
        "minutes": None,
        "moved_because": "moved from 17 June, holiday: Juneteenth National Independence Day "
        "(observed)",
        "window_ends_on": "2027-07-02",
        "any_day": False,
    }


@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS)
def test_calendars_can_be_imported_and_are_the_same_each_time(key: str, capsys: Capture):
    arguments = ["calendar", key, "--start", "2027-01-11", "--format", "ics"]
    assert main(arguments) == 0
    first = capsys.readouterr().out
    assert main(arguments) == 0

    assert capsys.readouterr().out == first
    events = icalendar.Calendar.from_ical(first).walk("VEVENT")
    starts = [event for event in events if event["summary"] == "Start"]
    assert [event.decoded("dtstart") for event in starts] == [date(2027, 1, 11)]


def test_a_start_at_the_end_of_time_is_a_sentence(capsys: Capture):
    assert main(["calendar", "reln", "--start", "9999-12-31"]) == 1

    assert capsys.readouterr().err.count("\n") == 1


def test_the_manual_is_written_from_the_sections():
    assert (DOCS / "blueprints.md").read_text(encoding="utf-8") == manual()
    assert json.loads((DOCS / "blueprint.schema.json").read_text(encoding="utf-8")) == schema()


def test_the_smallest_program_of_the_manual_is_valid():
    assert MINIMAL in manual()


@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS)
def test_shipped_programs_fit_the_schema(key: str):
    validator = jsonschema.Draft202012Validator(schema())

    assert list(validator.iter_errors(plain(parse(text_of(key))))) == []


def test_the_schema_refuses_an_unknown_key():
    tables = plain(parse(MINIMAL))
    tables["program"]["lenght"] = "9 months"

    assert list(jsonschema.Draft202012Validator(schema()).iter_errors(tables))


@pytest.mark.slow
def test_the_command_loads_no_django():
    asked = (
        "import sys; from throughline.commands.blueprint import main; "
        "main(['check', 'reln']); sys.exit(any(name == 'django' for name in sys.modules))"
    )

    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
