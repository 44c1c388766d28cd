"""``throughline disparity`` at the terminal: what it answers."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.commands.asking import Capture, answered, by_group, said, students, written
from throughline import cli
from throughline.commands.disparity import EXAMPLE
from throughline.commands.disparity_schema import SCHEMA

DOCS = Path(__file__).parents[2] / "docs/developer"

NCES = """\
group,rate
All students,83.2
Black,74.6
White,87.6
Economically disadvantaged,76.1
"""
"""NCES, CCD Table 1, four-year adjusted cohort graduation rates, United States, 2014-15."""

CCCCO = """\
group,n,success
Asian,3000,2062
Black,1000,310
Hispanic,2000,410
Multi-Ethnicity,500,262
Native American,100,43
White,3400,2053
"""
"""The made-up cohort of 2017 in the tutorial of DisImpact (California Community Colleges)."""

RATES = ("--group", "group", "--rate", "rate", "--outcome-is", "good")
COUNTS = ("--group", "group", "--n", "n", "--events", "success", "--outcome-is", "good")
STUDENTS = ("--by", "race", "--outcome", "graduated", "--outcome-is", "good")


def test_without_arguments_the_help_has_examples(capsys: Capture):
    assert EXAMPLE in said(capsys, "disparity")


def test_every_example_of_the_help_runs_on_shipped_figures(capsys: Capture):
    examples = re.findall(r"\./throughline (disparity .*?)\n\n", EXAMPLE, re.DOTALL)
    assert len(examples) == 2

    first, second = (said(capsys, *shlex.split(one.replace("\\\n", " "))) for one in examples)

    assert (
        "Black students: 74.6 %, 13.0 percentage points below White students; 14.8 % less likely"
        in first.splitlines()
    )
    assert "graduated by race, compared with all other students" in second.splitlines()


def test_nces_2014_15_black_against_white_is_13_0_points_and_14_8_percent(
    tmp_path: Path, capsys: Capture
):
    told = answered(
        capsys, "disparity", written(tmp_path, NCES), *RATES, "--compare-to", "White",
        "--outcome", "graduated",
    )  # fmt: skip

    (table,) = told["tables"]
    assert (table["outcome"], table["grouping"]) == ("graduated", ["group"])
    black = by_group(table["groups"])["Black"]
    assert black["rate"] == pytest.approx(0.746)
    assert black["measures"]["gap_points"]["value"] == pytest.approx(-13.0)
    assert round(black["measures"]["relative_difference_percent"]["value"], 1) == -14.8
    assert black["measures"]["risk_ratio"]["value"] == pytest.approx(74.6 / 87.6)
    assert (black["n"], black["events"], black["rate_interval"]) == (None, None, None)
    assert [one["interval"] for one in black["measures"].values()] == [None] * 6
    assert black["measures"]["students_to_parity"]["value"] is None
    assert not any(one["hidden"] for one in table["groups"])


def test_nces_2014_15_disadvantaged_against_all_is_7_1_points_and_8_5_percent(
    tmp_path: Path, capsys: Capture
):
    told = answered(
        capsys, "disparity", written(tmp_path, NCES), *RATES, "--compare-to", "everyone"
    )

    poor = by_group(told["tables"][0]["groups"])["Economically disadvantaged"]
    assert poor["measures"]["gap_points"]["value"] == pytest.approx(-7.1)
    assert round(poor["measures"]["relative_difference_percent"]["value"], 1) == -8.5
    assert told["comparisons"] == 3


def test_ccco_students_to_parity_are_204_and_618_where_the_tutorial_prints_205_and_619(
    tmp_path: Path, capsys: Capture
):
    told = answered(
        capsys, "disparity", written(tmp_path, CCCCO), *COUNTS, "--compare-to", "everyone"
    )

    groups = by_group(told["tables"][0]["groups"])
    parity = {name: one["measures"]["students_to_parity"]["value"] for name, one in groups.items()}
    assert parity == {
        "Asian": 0, "Black": 204, "Hispanic": 618, "Multi-Ethnicity": 0, "Native American": 9, "White": 0,
    }  # fmt: skip
    ppg = groups["Black"]["measures"]["percentage_point_gap"]
    assert ppg["value"] == pytest.approx(-20.4)
    assert ppg["interval"] == pytest.approx([-20.4 - 3.099032, -20.4 + 3.099032], abs=1e-6)
    assert ppg["flagged"] is True
    assert groups["Black"]["measures"]["students_to_no_longer_flagged"]["value"] == 174
    assert (groups["Black"]["n"], groups["Black"]["events"]) == (1000, 310)


def test_who_is_compared_with_whom_is_named_without_being_asked(tmp_path: Path, capsys: Capture):
    file = students(tmp_path, ("Black", 100, 70), ("White", 200, 160))

    told = answered(capsys, "disparity", file, *STUDENTS)

    assert told["comparator"] == "all-others"
    assert told["tables"][0]["compared_with"] == "all other students"
    black, white = told["tables"][0]["groups"]
    assert black["measures"]["gap_points"]["value"] == pytest.approx(-10.0)
    assert white["measures"]["gap_points"]["value"] == pytest.approx(10.0)


def test_a_bad_outcome_asks_for_fewer_events(tmp_path: Path, capsys: Capture):
    file = students(tmp_path, ("Black", 100, 40), ("White", 200, 40))
    arguments = ("--by", "race", "--outcome", "graduated", "--compare-to", "White")

    text = said(capsys, "disparity", file, *arguments, "--outcome-is", "bad")

    assert (
        "20 fewer Black students with this outcome would reach the rate of White students" in text
    )


@pytest.mark.parametrize(
    ("whom", "words"),
    [
        ("everyone", "all students"),
        ("highest", "White students (highest rate)"),
        ("goal:0.8", "the goal of 80 %"),
        ("White", "White students"),
    ],
)
def test_comparators(whom, words, tmp_path: Path, capsys: Capture):
    file = students(tmp_path, ("Black", 100, 70), ("White", 200, 170))

    told = answered(capsys, "disparity", file, *STUDENTS, "--compare-to", whom)

    assert told["tables"][0]["compared_with"] == words


def test_crossed_tables_take_a_label_for_each_attribute(tmp_path: Path, capsys: Capture):
    file = students(
        tmp_path,
        ("Black,yes", 60, 40),
        ("Black,no", 60, 45),
        ("White,yes", 60, 45),
        ("White,no", 90, 75),
    )

    told = answered(
        capsys, "disparity", file, "--by", "race,frl", "--outcome", "graduated", "--outcome-is",
        "good", "--cross", "2", "--compare-to", "no,White",
    )  # fmt: skip

    assert [(one["grouping"], one["compared_with"]) for one in told["tables"]] == [
        (["race"], "White students"),
        (["frl"], "students (frl: no)"),
        (["race", "frl"], "White students (frl: no)"),
    ]
    assert told["comparisons"] == 1 + 1 + 3


def test_a_table_without_the_named_group_has_rates_and_says_so(tmp_path: Path, capsys: Capture):
    file = students(tmp_path, ("Black,yes", 60, 40), ("White,no", 60, 45), ("White,yes", 90, 60))
    asked = ("--by", "race,frl", *STUDENTS[2:], "--compare-to", "White")

    races, meals = answered(capsys, "disparity", file, *asked)["tables"]

    assert (races["compared_with"], races["comparator_absent"]) == ("White students", False)
    assert meals["comparator_absent"] is True
    no = by_group(meals["groups"])["no"]
    assert (no["rate"], no["p_adjusted"]) == (0.75, None)
    assert {one["value"] for one in no["measures"].values()} == {None}
    text = said(capsys, "disparity", file, *asked)
    assert "graduated by frl; no group is called White, so nothing is compared" in text
    assert "Students (frl: no): 75.0 %\n" in text
    assert "1 comparison was looked at" in text


def test_several_outcomes_are_adjusted_together(tmp_path: Path, capsys: Capture):
    rows = "".join(
        f"{race},{at % 3 > 0:d},{at % 5 > 0:d}\n" for race in ("Black", "White") for at in range(90)
    )
    file = written(tmp_path, "race,graduated,enrolled\n" + rows)

    told = answered(
        capsys, "disparity", file, "--by", "race", "--outcome", "graduated,enrolled",
        "--outcome-is", "good",
    )  # fmt: skip

    assert [one["outcome"] for one in told["tables"]] == ["graduated", "enrolled"]
    assert told["comparisons"] == 4
    assert "4 comparisons were looked at; p values are adjusted" in said(
        capsys, "disparity", file, "--by", "race", "--outcome", "graduated,enrolled",
        "--outcome-is", "good",
    )  # fmt: skip


def test_a_stated_total_gives_coverage(tmp_path: Path, capsys: Capture):
    file = written(tmp_path, "group,n,success\nBlack,100,60\nWhite,200,150\nAll,400,280\n")

    told = answered(capsys, "disparity", file, *COUNTS, "--compare-to", "everyone")

    assert told["coverage"] == pytest.approx(0.75)
    assert "The groups add up to 75.0 % of the stated total: some are in no group." in said(
        capsys, "disparity", file, *COUNTS, "--compare-to", "everyone"
    )


def test_a_count_that_was_not_published_is_not_zero(tmp_path: Path, capsys: Capture):
    file = written(tmp_path, "group,n,success\nBlack,100,*\nWhite,200,150\nAll,400,280\n")

    told = answered(capsys, "disparity", file, *COUNTS, "--compare-to", "everyone")

    black = by_group(told["tables"][0]["groups"])["Black"]
    assert (black["n"], black["n_valid"], black["events"], black["rate"]) == (100, 0, None, None)
    assert black["sentence"] == "Black students: no outcome is known"
    assert told["coverage"] == 0.5


def test_a_kept_codebook_says_what_values_mean(tmp_path: Path, capsys: Capture):
    file = students(tmp_path, ("B", 100, 70), ("W", 200, 160))
    from throughline.engines.disparity.mapping import guess_codebook
    from throughline.engines.disparity.reading import read

    kept = guess_codebook(read(file), ["race"], ["graduated"]).to_json()
    renamed = json.loads(kept)
    renamed["attributes"][0]["levels"] = ["Black", "White"]
    book = written(tmp_path, json.dumps(renamed), "codebook.json")

    told = answered(capsys, "disparity", file, *STUDENTS, "--codebook", book)

    assert list(by_group(told["tables"][0]["groups"])) == ["Black", "White"]


def test_csv_has_a_row_a_group_and_its_own_columns(tmp_path: Path, capsys: Capture):
    file = students(tmp_path, ("Black", 100, 70), ("White", 200, 160))

    text = said(capsys, "disparity", file, *STUDENTS, "--measures", "gap_points", "--format", "csv")

    header, *_rows = text.splitlines()
    assert header == (
        "outcome,grouping,group,compared_with,n,n_valid,events,rate,rate_low,rate_high,"
        "rate_range_low,rate_range_high,is_comparator,p_adjusted,hidden,"
        "gap_points,gap_points_low,gap_points_high"
    )
    black, white = csv.DictReader(io.StringIO(text))
    assert (black["group"], black["events"], black["hidden"]) == ("Black", "70", "False")
    assert float(white["gap_points"]) == pytest.approx(10.0)


def test_the_page_stands_alone_and_is_marked_up(tmp_path: Path, capsys: Capture):
    file = students(tmp_path, ("<b>Black</b>", 100, 70), ("White", 200, 160))

    text = said(capsys, "disparity", file, *STUDENTS, "--format", "html")

    assert '<html lang="en">' in text
    assert text.count("<h1>") == 1
    assert text.count('<th scope="col">') == 5
    assert text.count('<th scope="row">') == 2
    assert not re.search(r"<script|<link|<img|@import|url\(|src=|https?:", text)
    assert "&lt;b&gt;Black&lt;/b&gt;" in text
    assert "<b>" not in text


def test_the_layout_that_was_guessed_is_said(tmp_path: Path, capsys: Capture):
    file = written(tmp_path, NCES.replace(",", ";"))

    cli.main(["disparity", file, *RATES, "--compare-to", "White", "--format", "json"])

    out, err = capsys.readouterr()
    assert json.loads(out)["input"] == "rates"
    assert err == "students.csv: Text in UTF-8, parted by semicolon; column names in line 1.\n"


def test_the_layout_can_be_given(tmp_path: Path, capsys: Capture):
    file = written(tmp_path, "made 2015\n" + NCES.replace(",", "\t"))

    told = answered(
        capsys, "disparity", file, *RATES, "--compare-to", "White", "--header", "2",
        "--delimiter", "tab", "--encoding", "utf-8",
    )  # fmt: skip

    assert len(told["tables"][0]["groups"]) == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ("graduation", "--group", "students", "--rate", "rate", "--compare-to", "White"),
        (
            "schools",
            "--group",
            "students",
            "--rate",
            "rate",
            "--n",
            "cohort",
            "--compare-to",
            "everyone",
        ),
        ("students", "--by", "race,frl", "--outcome", "graduated", "--cross", "2"),
        ("students", "--by", "race", "--outcome", "graduated,suspended", "--compare-to", "highest"),
        ("students", "--by", "school", "--outcome", "graduated", "--private"),
    ],
)
def test_every_answer_keeps_the_published_schema(arguments, capsys: Capture):
    schema = json.loads(said(capsys, "disparity", "--schema"))
    jsonschema.Draft202012Validator.check_schema(schema)

    told = answered(capsys, "disparity", *arguments, "--outcome-is", "good")

    jsonschema.validate(told, schema)
    (first, *_others) = told["tables"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**told, "tables": [{**first, "gap": 1}]}, schema)


@pytest.mark.parametrize("name", ["disparity", "release"])
def test_the_published_schema_files_are_what_the_commands_answer(name, capsys: Capture):
    kept = json.loads((DOCS / f"{name}.schema.json").read_text(encoding="utf-8"))

    assert json.loads(said(capsys, name, "--schema")) == kept


def test_the_same_file_gives_the_same_bytes(capsys: Capture):
    arguments = ["disparity", "students", *STUDENTS, "--format", "json"]

    assert said(capsys, *arguments) == said(capsys, *arguments)
    assert SCHEMA["title"] == "Answer of throughline disparity"


@pytest.mark.slow
def test_the_commands_load_no_django():
    code = (
        "import sys; from throughline import cli; "
        "codes = cli.main(['disparity', 'students', '--by', 'race', '--outcome', 'graduated', "
        "'--outcome-is', 'good']), cli.main(['release', 'students', '--by', 'race', '--outcome', "
        "'graduated']); print(codes, 'django' in sys.modules, 'pandas' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "(0, 0) False False"


def test_ctrl_c_prints_nothing_and_ends_with_130(monkeypatch, capsys: Capture):
    def interrupted(*_given: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("throughline.commands.disparity_comparing.compared", interrupted)

    assert cli.main(["disparity", "students", *STUDENTS]) == 130
    assert capsys.readouterr().out == ""
