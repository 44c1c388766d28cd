"""``throughline match`` at the terminal."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.commands.asking import answered, refused, said, written
from throughline import cli
from throughline.commands.match import EXAMPLE, NAMES
from throughline.commands.match_kinds import KINDS
from throughline.commands.shipped_files import SHIPPED

DOCS = Path(__file__).parents[2] / "docs"
Capture = pytest.CaptureFixture[str]
LITTLE = ("--work", "2")
"""Enough for the samples, of which one cannot be proven."""

TWO: dict[str, Any] = {
    "candidates": [{"key": "a", "points": 9}, {"key": "b", "points": 8}, {"key": "c", "points": 5}],
    "seats": 2,
    "rules": [{"key": "one in a state", "groups": [["a", "b"]], "most": 1}],
}


def sample(kind: str) -> Any:
    return json.loads((SHIPPED / f"match-{kind}.json").read_text(encoding="utf-8"))


def problem(folder: Path, value: object, name: str = "problem.json") -> str:
    return written(folder, json.dumps(value), name)


def test_there_is_a_sample_of_every_kind():
    assert [kind for kind in NAMES if not (SHIPPED / f"match-{kind}.json").exists()] == []
    assert tuple(KINDS) == NAMES


@pytest.mark.parametrize("kind", NAMES)
def test_a_sample_is_solved_checked_and_keeps_its_schema(
    kind: str, tmp_path: Path, capsys: Capture
):
    schema = json.loads(said(capsys, "match", kind, "--schema"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(sample(kind), schema)

    answer = answered(capsys, "match", kind, kind, *LITTLE)

    jsonschema.validate(answer, {"$ref": "#/$defs/Answer", "$defs": schema["$defs"]})
    plan = problem(tmp_path, answer, "plan.json")
    assert "keeps every rule" in said(capsys, "match", "check", plan, kind)
    assert answered(capsys, "match", kind, kind, *LITTLE) == answer


@pytest.mark.parametrize("kind", NAMES)
def test_a_plan_of_another_problem_is_not_passed(kind: str, tmp_path: Path, capsys: Capture):
    answer = answered(capsys, "match", kind, kind, *LITTLE)
    lists = [name for name, value in answer["plan"].items() if isinstance(value, list) and value]
    answer["plan"][lists[0]].pop()

    sentence = refused(
        capsys, "match", "check", problem(tmp_path, answer, "plan.json"), kind, code=1
    )

    assert sentence.startswith("plan.json: ")


@pytest.mark.parametrize("kind", NAMES)
def test_an_older_plan_stays_where_nothing_changed(kind: str, tmp_path: Path, capsys: Capture):
    answer = answered(capsys, "match", kind, kind, *LITTLE)
    old = problem(tmp_path, answer, "old.json")

    again = answered(capsys, "match", kind, kind, *LITTLE, "--repair", old)

    assert again["repair"]["moved"] == []
    main = next(name for name, value in answer["plan"].items() if isinstance(value, list))
    assert sorted(map(str, again["plan"][main])) == sorted(map(str, answer["plan"][main]))


@pytest.mark.parametrize("kind", NAMES)
def test_a_table_shows_the_plan_and_how_good_it_is(kind: str, capsys: Capture):
    table = said(capsys, "match", kind, kind, *LITTLE)

    assert re.search(r"proven: nothing is better|nothing passes \d+", table)


def test_why_margins_and_prices_stand_beside_the_plan(tmp_path: Path, capsys: Capture):
    file = problem(tmp_path, TWO)

    answer = answered(capsys, "match", "select", file, "--explain", "b", "--margins", "--prices")

    assert answer["plan"]["chosen"] == ["a", "c"]
    assert answer["why"]["margin"] == {"key": "b", "chosen": False, "points": 1, "exact": True}
    assert [one["points"] for one in answer["prices"]] == [3, 3]
    assert [one["points"] for one in answer["margins"]] == [1, 1, None]


def test_what_cannot_hold_together_is_named_with_the_cheapest_way_out(
    tmp_path: Path, capsys: Capture
):
    rule = {"key": "two from the north", "groups": [["c"]], "least": 2}
    file = problem(tmp_path, {**TWO, "rules": [*TWO["rules"], rule]})

    sentence = refused(capsys, "match", "select", file, code=1)
    code = cli.main(["match", "select", file, "--format", "json"])

    assert "ease" in sentence
    assert code == 1
    assert json.loads(capsys.readouterr().out)["conflict"]["core"] == ["two from the north"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"seats": -1}, "seats: expected 0 or more, got -1"),
        ({"seats": "2"}, "seats: expected a valid integer, got '2'"),
        ({"seat": 2}, "seat: expected one of candidates, seats, rules"),
        ({"candidates": [{"key": "a"}]}, "candidates.0.points: expected a value, got nothing"),
        (
            {"rules": [{"key": "r", "groups": [["a", "z"]]}]},
            "rules.0.groups: expected keys of candidates, got 'z'",
        ),
        (
            {"rules": [{"key": "r", "groups": [["a"]], "moost": 1}]},
            "rules.0.moost: expected one of key, groups, least, most, weight",
        ),
    ],
)
def test_bad_input_names_the_path_in_the_file(
    change: dict[str, Any], words: str, tmp_path: Path, capsys: Capture
):
    assert words in refused(capsys, "match", "select", problem(tmp_path, {**TWO, **change}))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["match", "chose", "x"], "invalid choice"),
        (["match", "select"], "Name a problem"),
        (["match", "select", "nowhere.json"], "No such file"),
        (["match", "select", "select", "--mode", "fair"], "--mode of select"),
        (["match", "select", "select", "--partial"], "--partial is not for select"),
        (["match", "group", "group", "--prices"], "--prices is not for group"),
        (["match", "assign", "assign", "--explain", "x"], "--explain takes here"),
        (["match", "select", "select", "--explain", "nobody"], "got 'nobody'"),
        (["match", "select", "select", "--work", "0"], "above 0"),
        (["match", "check", "select"], "Name an answer and its problem"),
        (["match", "check", "select", "select"], "kind: expected one of"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(
    arguments: list[str], words: str, capsys: Capture
):
    assert words in refused(capsys, *arguments)


def test_a_file_that_is_no_json_says_so(tmp_path: Path, capsys: Capture):
    assert "this is not JSON" in refused(
        capsys, "match", "select", written(tmp_path, "{seats", "p.json")
    )


def test_the_published_schemas_are_what_the_command_answers(capsys: Capture):
    for kind in NAMES:
        path = DOCS / "developer" / f"match-{kind}.schema.json"
        assert json.loads(path.read_text(encoding="utf-8")) == json.loads(
            said(capsys, "match", kind, "--schema")
        )


def test_the_help_says_commands_that_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
):
    monkeypatch.chdir(tmp_path)
    commands = [line.strip() for line in EXAMPLE.splitlines() if line.startswith("  ./throughline")]
    assert len(commands) == 4

    for line in commands:
        words, _arrow, target = line.partition(" > ")
        out = said(capsys, *shlex.split(words)[1:])
        if target:
            (tmp_path / target).write_text(out, encoding="utf-8")


@pytest.mark.slow
def test_the_command_loads_no_django():
    code = (
        "import sys; from throughline import cli; "
        "print(cli.main(['match', 'match', 'match']), 'django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 False"
