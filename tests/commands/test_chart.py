"""``throughline chart`` at the terminal."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from throughline import cli
from throughline.commands.chart import EXAMPLE
from throughline.commands.chart_schema import SCHEMA

MANUAL = Path(__file__).parents[2] / "docs" / "host" / "charts.md"
Capture = pytest.CaptureFixture[str]

BASELINE = [5, 6, 4, 5, 7, 6, 5, 4, 6, 7, 5, 6]
RUN = ("--kind", "run", "--value", "held")
SHIFTED = [*BASELINE, 8, 8, 9, 8, 7, 8, 9, 8]


def written(folder: Path, text: str) -> str:
    path = folder / "circles.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def column(folder: Path, values: list[int]) -> str:
    return written(folder, "held,week\n" + "".join(f"{v},w{at}\n" for at, v in enumerate(values)))


def answered(capsys: Capture, *arguments: str) -> Any:
    assert cli.main(["chart", *arguments, "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert (err, out.count("\n")) == ("", 1)
    return json.loads(out)


def refused(capsys: Capture, *arguments: str) -> str:
    assert cli.main(["chart", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err.strip()


def test_without_arguments_the_help_has_an_example(capsys: Capture):
    assert cli.main(["chart"]) == 0

    out = capsys.readouterr().out
    assert out.startswith("usage: throughline chart")
    assert EXAMPLE in out


def test_the_example_of_the_help_runs_on_shipped_figures(capsys: Capture):
    found = re.search(r"\./throughline (chart .*?)\n\n", EXAMPLE, re.DOTALL)
    assert found
    arguments = shlex.split(found[1].replace("\\\n", " "))

    assert cli.main(arguments) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[:4] == [
        "Against limits from 12 baseline points (center 12.2 %): 3 of 18 later points lie past "
        "the lower limit. Noise alone shows as much in fewer than 0.1 % of such series. That is "
        "a signal in the wanted direction.",
        "Center: 12.2 %",
        "",
        "   week  absent  enrolled   share  lower   upper",
    ]
    assert [line.split()[1] for line in lines if line.startswith("*")] == ["17", "23", "29"]


def test_the_commands_of_the_manual_run_and_find_a_signal(capsys: Capture):
    lines = MANUAL.read_text(encoding="utf-8").splitlines()
    commands = [shlex.split(line)[1:] for line in lines if line.startswith("./throughline chart")]
    assert [command[3] for command in commands] == ["run", "p"]

    for command in commands:
        assert cli.main(command) == 0
        assert "in the wanted direction" in capsys.readouterr().out.splitlines()[0]


def test_a_run_chart_with_a_baseline_answers_in_json(tmp_path: Path, capsys: Capture):
    file = column(tmp_path, SHIFTED)

    told = answered(
        capsys, file, "--kind", "run", "--value", "held", "--baseline", "12", "--direction", "up",
        "--label", "week",
    )  # fmt: skip

    points = told.pop("points")
    chances = told["shift"].pop("chance_better"), told["shift"].pop("chance_worse")
    digest = told["source"].pop("sha256")
    assert told == {
        "schema_version": 1,
        "source": {"file": "circles.csv"},
        "columns": {"value": "held", "n": None, "label": "week"},
        "kind": "run",
        "unit": "own",
        "baseline": 12,
        "center": 5.5,
        "rules": None,
        "shift": {
            "better": "up", "later": 8, "planned": 8, "longest_better": 8, "longest_worse": 0, "needed": 7,
        },
        "limits": None,
        "moved": "better",
        "no_rule": None,
        "sentence": "A shift in the wanted direction: 8 points in a row lie above the median of "
        "the 12 baseline points (5.5); 7 are needed. Noise alone shows as much in about 1.5 % of "
        "such series.",
        "checked_for_publication": False,
    }  # fmt: skip
    assert chances == pytest.approx((0.0146, 1), abs=5e-4)
    assert re.fullmatch(r"[0-9a-f]{64}", digest)
    assert points[12] == {
        "position": 13, "label": "w12", "value": 8.0, "events": None, "n": None, "center": 5.5,
        "lower": None, "upper": None, "side": "above", "beyond": None,
    }  # fmt: skip


def test_too_few_points_are_drawn_and_no_rule_applies(tmp_path: Path, capsys: Capture):
    told = answered(capsys, column(tmp_path, BASELINE[:8]), "--kind", "run", "--value", "held")

    assert (told["center"], told["rules"], told["moved"]) == (5.0, None, None)
    assert told["no_rule"] == (
        "A run chart needs at least 12 points before a rule applies; there are 8."
    )


def test_a_planned_follow_up_needs_the_run_of_its_whole_length(tmp_path: Path, capsys: Capture):
    told = answered(
        capsys, column(tmp_path, SHIFTED), *RUN, "--baseline", "12", "--direction", "up",
        "--planned", "24",
    )  # fmt: skip

    assert (told["shift"]["planned"], told["shift"]["needed"], told["moved"]) == (24, 10, "no")


def test_a_run_chart_of_a_whole_series_tells_its_rules(capsys: Capture):
    told = answered(capsys, "attendance", "--kind", "run", "--value", "circles_held")

    assert told["rules"]["signal"] is True
    assert told["moved"] is None


def test_xmr_answers_as_csv_with_limits(tmp_path: Path, capsys: Capture):
    nist = "value\n" + "\n".join(
        map(str, [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
    )

    assert cli.main(
        ["chart", written(tmp_path, nist), "--kind", "xmr", "--value", "value", "--format", "csv"]
    ) == 0  # fmt: skip

    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 10
    assert (round(float(rows[0]["lower"]), 4), round(float(rows[0]["upper"]), 4)) == (
        45.8159,
        55.8041,
    )


def test_p_prime_answers_the_published_limits_of_mohammed_2013(tmp_path: Path, capsys: Capture):
    weeks = (
        "attended,all\n266501,280443\n264225,276823\n276532,291681\n281461,296155\n"
        "269071,282343\n261215,275888\n"
    )

    told = answered(
        capsys, written(tmp_path, weeks), "--kind", "p-prime", "--value", "attended", "--n", "all"
    )

    assert told["unit"] == "share"
    assert told["limits"]["sigma_z"] == pytest.approx(9.4241, abs=5e-5)
    assert told["points"][0]["lower"] == pytest.approx(0.938911, abs=5e-7)
    assert told["points"][0]["n"] == 280443
    assert told["limits"]["chance_better"] is None


def test_the_same_file_gives_the_same_bytes(capsys: Capture):
    arguments = ["chart", "attendance", "--kind", "p", "--value", "absent", "--n", "enrolled",
                 "--baseline", "12", "--direction", "down", "--format", "json"]  # fmt: skip

    assert (cli.main(arguments), cli.main(arguments)) == (0, 0)

    first, second = capsys.readouterr().out.splitlines()
    assert first == second


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        ("held\n5\n\u2217\n", RUN, "line 3: column 'held' needs a number in every row"),
        ("held,n\n5,30\n,30\n", RUN, "here is an empty cell"),
        ("held;n\n5,5;30\n", RUN, "here is '5,5'. Write decimals with a point"),
        ("other\n5\n", RUN, "there is no column 'held'. The columns are: other."),
        ("held\n", RUN, "there is no row below the column names"),
        ("", RUN, "the file is empty"),
        ("held\n5\n6\n", ("--kind", "xmr", "--value", "held"), "two moving ranges"),
        (
            "held,n\n5,30\n6.5,30\n",
            ("--kind", "p", "--value", "held", "--n", "n"),
            "line 3: column 'held' needs a count of people",
        ),
        (
            "held,n\n5,20\n6,30\n",
            ("--kind", "p", "--value", "held", "--n", "n"),
            "Point 1 has 20 people",
        ),
        ("held\n5\n", ("--kind", "p", "--value", "held"), "give its column with --n"),
        ("held\n5\n", (*RUN, "--n", "n"), "take --kind p or p-prime"),
        ("held\n5\n", (*RUN, "--baseline", "1"), "--direction up or down"),
        ("held\n5\n", (*RUN, "--baseline", "x"), "'x' is not a number of points"),
        ("held\n5\n", (*RUN, "--baseline", "9", "--direction", "up"), "the series only 1"),
        ("held\n5\n", (*RUN, "--planned", "24"), "--kind run with a --baseline"),
        ("held\n5\n", (*RUN, "--form", "median"), "--form belongs to --kind xmr"),
        ("held\n5\n", ("--kind", "pie", "--value", "held"), "invalid choice: 'pie'"),
        ("held\n5\n", ("--kind", "run"), "required: --value"),
    ],
)
def test_bad_input_is_one_sentence_that_says_what_to_do(
    text, options, sentence, tmp_path: Path, capsys: Capture
):
    said = refused(capsys, written(tmp_path, text), *options)

    assert sentence in said
    assert "Traceback" not in said


def test_a_column_of_names_is_refused_unless_it_is_left_out(tmp_path: Path, capsys: Capture):
    rows = "".join(f"Ana Lopez,{value}\n" for value in BASELINE)
    file = written(tmp_path, "student_name,held\n" + rows)

    assert "it holds a name" in refused(capsys, file, *RUN)
    assert answered(capsys, file, *RUN, "--without", "student_name")["center"] == 5.5


def test_a_folder_is_no_file(tmp_path: Path, capsys: Capture):
    assert refused(capsys, str(tmp_path), *RUN).endswith("is a folder; give a file.")


def test_a_file_that_is_not_there_is_named(capsys: Capture):
    assert refused(capsys, "nowhere.csv", *RUN) == "nowhere.csv: there is no such file."


@pytest.mark.parametrize(
    "options",
    [
        ("--kind", "run", "--value", "circles_held"),
        ("--kind", "run", "--value", "circles_held", "--baseline", "12", "--direction", "up"),
        ("--kind", "run", "--value", "circles_held", "--baseline", "28", "--direction", "up"),
        ("--kind", "xmr", "--value", "circles_held", "--form", "median", "--label", "week"),
        ("--kind", "p", "--value", "absent", "--n", "enrolled"),
        ("--kind", "p-prime", "--value", "absent", "--n", "enrolled", "--baseline", "14",
         "--direction", "down"),
    ],
)  # fmt: skip
def test_every_answer_keeps_the_published_schema(options, capsys: Capture):
    assert cli.main(["chart", "--schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)

    jsonschema.validate(answered(capsys, "attendance", *options), schema)


def test_the_schema_refuses_another_name(capsys: Capture):
    told = answered(capsys, "attendance", "--kind", "run", "--value", "circles_held")

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**told, "middle": told.pop("center")}, SCHEMA)


@pytest.mark.slow
def test_the_command_loads_no_django():
    code = (
        "import sys; from throughline import cli; "
        "code = cli.main(['chart', 'attendance', '--kind', 'run', '--value', 'circles_held']); "
        "print(code, 'django' in sys.modules, 'pandas' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "0 False False"


def test_ctrl_c_ends_with_130(monkeypatch):
    def interrupted(*_given):
        raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdout.write", interrupted)

    assert cli.main(["chart", "attendance", *("--kind", "run", "--value", "circles_held")]) == 130
