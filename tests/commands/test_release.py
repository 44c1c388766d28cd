"""``throughline release`` at the terminal: what may be published, and the ledger."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.commands.asking import Capture, answered, refused, said, students, written
from throughline import cli
from throughline.commands.release import EXAMPLE

ASKED = ("--by", "race,frl", "--outcome", "graduated")
CELLS = (
    ("Black,no", 40, 26), ("Black,yes", 60, 33), ("Native,no", 6, 4), ("Native,yes", 14, 9),
    ("White,no", 90, 70), ("White,yes", 50, 37),
)  # fmt: skip


def cell(told: Any, **key: str) -> Any:
    return next(one for one in told["cells"] if one["key"] == key)


def test_without_arguments_the_help_has_an_example_that_runs(capsys: Capture):
    assert EXAMPLE in said(capsys, "release")
    found = re.search(r"\./throughline (release .*?)\n\n", EXAMPLE)
    assert found

    text = said(capsys, *shlex.split(found[1]))

    assert text.splitlines()[0].split() == [
        "race",
        "frl",
        "outcome",
        "students",
        "with",
        "it",
        "without",
    ]
    assert "0 could be worked out." in text


def test_every_margin_is_there_and_what_hides_is_null(tmp_path: Path, capsys: Capture):
    told = answered(capsys, "release", students(tmp_path, *CELLS), *ASKED)

    assert len(told["cells"]) == (3 + 1) * (2 + 1)
    assert cell(told, race="*", frl="*") == {
        "key": {"race": "*", "frl": "*"}, "outcome": "graduated", "n": 260, "events": 179,
        "not_events": 81, "ranges": {}, "hidden": [], "reasons": None,
    }  # fmt: skip
    native = cell(told, race="Native", frl="no")
    assert (native["n"], native["events"], native["not_events"]) == (None, None, None)
    assert native["hidden"] == ["n", "events", "not_events"]
    for one in told["cells"]:
        assert {name for name in ("n", "events", "not_events") if one[name] is None} == set(
            one["hidden"]
        )
    assert told["audit"]["recoverable"] == 0
    assert told["audit"]["narrowest_width"] >= 2
    assert told["threshold"] == 10


def test_margins_that_are_printed_add_up(tmp_path: Path, capsys: Capture):
    told = answered(capsys, "release", students(tmp_path, *CELLS), *ASKED)

    for one in told["cells"]:
        if not one["hidden"]:
            assert one["events"] + one["not_events"] == one["n"]
    hidden = {tuple(one["key"].values()) for one in told["cells"] if "events" in one["hidden"]}
    races = {one["key"]["race"] for one in told["cells"]} - {"*"}
    for meal in ("no", "yes", "*"):
        assert sum((meal, race) in hidden for race in (*races, "*")) != 1


def test_why_a_count_hides_stays_with_the_analyst(tmp_path: Path, capsys: Capture):
    file = students(tmp_path, *CELLS)
    assert "small" not in said(capsys, "release", file, *ASKED, "--format", "json")

    assert cli.main(["release", file, *ASKED, "--analyst", "--format", "json"]) == 0

    out, err = capsys.readouterr()
    told = json.loads(out)
    assert cell(told, race="Native", frl="no")["reasons"]["n"] == "small"
    assert "FOR THE ANALYST" in err


def test_reasons_are_public_only_where_that_is_proven_safe(tmp_path: Path, capsys: Capture):
    told = answered(
        capsys, "release", "students", "--by", "race", "--outcome", "graduated", "--reasons"
    )
    assert cell(told, race="Asian")["reasons"] == {"events": "small", "not_events": "small"}

    school = ("--by", "school,race", "--outcome", "graduated", "--reasons", "--format", "json")
    assert cli.main(["release", "students", *school]) == 0

    out, err = capsys.readouterr()
    assert {one["reasons"] for one in json.loads(out)["cells"]} == {None}
    assert "The reasons would give something away, so they are left out." in err


def test_a_hierarchy_has_a_margin_for_each_level(tmp_path: Path, capsys: Capture):
    rows = [
        f"{school},{district},{at % 3 > 0:d}"
        for school, district, n in (
            ("Alder", "North", 40),
            ("Birch", "North", 50),
            ("Cedar", "South", 60),
        )
        for at in range(n)
    ]
    file = written(tmp_path, "\n".join(["school,district,graduated", *rows]) + "\n")

    told = answered(
        capsys, "release", file, "--by", "school", "--outcome", "graduated", "--hierarchy",
        "school<district",
    )  # fmt: skip

    assert cell(told, school="*", district="North")["n"] == 90
    assert cell(told, school="Cedar", district="South")["n"] == 60
    assert cell(told, school="*", district="*")["n"] == 150


def test_a_hierarchy_that_is_turned_around_is_refused(tmp_path: Path, capsys: Capture):
    rows = [f"{school},North,{at % 2}" for school in ("Alder", "Birch") for at in range(40)]
    file = written(tmp_path, "\n".join(["school,district,graduated", *rows]) + "\n")
    asked = ("release", file, "--by", "school", "--outcome", "graduated", "--hierarchy")

    assert "North lies in Alder and in Birch. Write the chain from fine to coarse" in refused(
        capsys, *asked, "district<school"
    )
    assert cli.main([*asked, "school<district"]) == 0


def test_releases_of_another_file_are_named_since_they_are_not_audited(
    tmp_path: Path, capsys: Capture
):
    """The same students in another file give another release that nothing links to the first."""
    ledger = str(tmp_path / "ledger.json")
    kept = ("--ledger", ledger, "--record", "--name", "May")
    first = students(tmp_path, *CELLS)
    assert cli.main(["release", first, *ASKED, *kept]) == 0
    assert "Of another file" not in capsys.readouterr().err
    again = students(tmp_path, *reversed(CELLS), name="again.csv")

    assert cli.main(["release", again, "--by", "race", *ASKED[2:], "--ledger", ledger]) == 0

    assert "Of another file, so not audited together with this one: May." in (
        capsys.readouterr().err
    )


def test_where_nothing_hides_the_audit_is_said_to_be_about_earlier_releases(
    tmp_path: Path, capsys: Capture
):
    file, ledger = students(tmp_path, *CELLS), str(tmp_path / "ledger.json")
    answered(capsys, "release", file, *ASKED, "--ledger", ledger, "--record")

    text = said(
        capsys, "release", file, "--by", "frl", "--outcome", "graduated", "--ledger", ledger
    )

    assert re.search(
        r"\nNothing of this release hides at a threshold of 10; [1-9]\d* counts that earlier "
        r"releases hide or print as ranges were attacked",
        text,
    )


def test_counted_rows_are_welcome(tmp_path: Path, capsys: Capture):
    file = written(tmp_path, "race,n,grads\nBlack,100,60\nWhite,200,150\nNative,7,3\n")

    told = answered(capsys, "release", file, "--group", "race", "--n", "n", "--events", "grads")

    assert cell(told, race="*")["n"] == 307
    assert cell(told, race="Native")["hidden"] == ["n", "events", "not_events"]


@pytest.mark.parametrize("mode", ["ladder", "round"])
def test_ranges_are_printed_where_that_is_asked(mode, tmp_path: Path, capsys: Capture):
    told = answered(capsys, "release", students(tmp_path, *CELLS), *ASKED, "--mode", mode)

    everyone = cell(told, race="*", frl="*")
    low, high = everyone["ranges"]["events"]
    assert low <= 179 <= high
    assert everyone["events"] is None
    assert told["mode"] == mode


def test_csv_has_a_row_a_cell(tmp_path: Path, capsys: Capture):
    text = said(capsys, "release", students(tmp_path, *CELLS), *ASKED, "--format", "csv")

    assert text.splitlines()[0] == "race,frl,outcome,n,events,not_events,hidden"
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 12
    native = next(row for row in rows if (row["race"], row["frl"]) == ("Native", "no"))
    assert (native["n"], native["hidden"]) == ("", "n events not_events")


def test_a_release_is_recorded_only_when_asked(tmp_path: Path, capsys: Capture):
    file, ledger = students(tmp_path, *CELLS), tmp_path / "ledger.json"

    answered(capsys, "release", file, *ASKED, "--ledger", str(ledger), "--record", "--name", "May")
    kept = ledger.read_bytes()
    answered(capsys, "release", file, *ASKED, "--ledger", str(ledger))

    assert [one["name"] for one in json.loads(kept)["releases"]] == ["May"]
    assert ledger.read_bytes() == kept
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".csv"] == ["ledger.json"]


def test_a_release_that_gives_an_earlier_one_away_is_refused_and_names_it(
    tmp_path: Path, capsys: Capture
):
    """Counts that were printed at a threshold of 5 cannot hide at 20 any more."""
    file = students(
        tmp_path, ("Black,no", 40, 26), ("Black,yes", 60, 33), ("Native,no", 30, 15),
        ("Native,yes", 30, 26), ("White,no", 90, 70), ("White,yes", 50, 37),
    )  # fmt: skip
    ledger = tmp_path / "ledger.json"
    answered(
        capsys, "release", file, *ASKED, "--ledger", str(ledger), "--record", "--name", "May",
        "--threshold", "5",
    )  # fmt: skip
    kept = ledger.read_bytes()
    assert kept.count(b'"name"') == 1

    sentence = refused(
        capsys, "release", file, *ASKED, "--ledger", str(ledger), "--record", "--threshold", "20",
        code=1,
    )  # fmt: skip

    assert sentence.startswith("Nothing is released.")
    assert '"May"' in sentence
    assert ledger.read_bytes() == kept


def test_tables_of_one_file_are_audited_with_the_columns_of_earlier_ones(
    tmp_path: Path, capsys: Capture
):
    file, ledger = students(tmp_path, *CELLS), str(tmp_path / "ledger.json")
    answered(
        capsys, "release", file, "--by", "race", "--outcome", "graduated", "--ledger", ledger,
        "--record", "--name", "by race",
    )  # fmt: skip

    told = answered(
        capsys, "release", file, "--by", "frl", "--outcome", "graduated", "--ledger", ledger,
        "--fit", "--record", "--name", "by meals",
    )  # fmt: skip

    assert {tuple(one["key"]) for one in told["cells"]} == {("frl",)}
    assert len(told["cells"]) == 3
    names = [one["name"] for one in json.loads(Path(ledger).read_text())["releases"]]
    assert names == ["by race", "by meals"]


def test_an_interrupted_record_leaves_the_ledger_as_it_was(
    tmp_path: Path, capsys: Capture, monkeypatch
):
    file, ledger = students(tmp_path, *CELLS), tmp_path / "ledger.json"

    def interrupted(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)

    assert cli.main(["release", file, *ASKED, "--ledger", str(ledger), "--record"]) == 130
    assert capsys.readouterr().out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["students.csv"]


@pytest.mark.parametrize(
    "options",
    [(), ("--analyst",), ("--mode", "round"), ("--mode", "ladder"), ("--threshold", "5")],
)
def test_every_answer_keeps_the_published_schema(options, tmp_path: Path, capsys: Capture):
    schema = json.loads(said(capsys, "release", "--schema"))
    jsonschema.Draft202012Validator.check_schema(schema)

    told = answered(capsys, "release", students(tmp_path, *CELLS), *ASKED, *options)

    jsonschema.validate(told, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**told, "audit": None}, schema)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--by", "race"), "Say how to group and what happened"),
        (
            ("--by", "race", "--outcome", "race"),
            "race is an outcome and cannot group students too.",
        ),
        (("--by", "school", "--outcome", "graduated"), "there is no column 'school'"),
        (("--by", "race", "--outcome", "frl,x"), "there is no column 'x'"),
        ((*ASKED, "--threshold", "31"), "--threshold is 5 to 30, not 31."),
        ((*ASKED, "--hierarchy", "school"), "'school' is no chain; write school<district"),
        ((*ASKED, "--record"), "--record needs the file of the ledger"),
        ((*ASKED, "--ledger", "nowhere.json"), "there is no such ledger. With --record"),
        ((*ASKED, "--mode", "guess"), "invalid choice: 'guess'"),
        (("--group", "race", "--n", "n"), "needs the students and those with the outcome"),
    ],
)
def test_bad_input_is_one_sentence(options, sentence, tmp_path: Path, capsys: Capture):
    assert sentence in refused(capsys, "release", students(tmp_path, *CELLS), *options)


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path, capsys: Capture):
    other = written(tmp_path, "race,frl\n", "ledger.json")

    assert "not a ledger of releases" in refused(
        capsys, "release", students(tmp_path, *CELLS), *ASKED, "--ledger", other, "--record"
    )


def test_outcomes_that_are_known_for_other_students_are_released_apart(
    tmp_path: Path, capsys: Capture
):
    rows = [f"{race},{at % 2},{'' if at < 15 else 1}" for race in ("A", "B") for at in range(60)]
    file = written(tmp_path, "\n".join(["race,graduated,enrolled", *rows]) + "\n")

    assert "are not known for the same students" in refused(
        capsys, "release", file, "--by", "race", "--outcome", "graduated,enrolled"
    )
    cli.main(["release", file, "--by", "race", "--outcome", "enrolled"])
    assert "30 students without a known outcome are left out." in capsys.readouterr().err
