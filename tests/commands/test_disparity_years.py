"""``throughline disparity`` where a file has rows of several years."""

from __future__ import annotations

from pathlib import Path

from tests.commands.asking import Capture, answered, by_group, written
from throughline import cli

COUNTS = ("--group", "group", "--n", "n", "--events", "success", "--outcome-is", "good")


def test_years_are_pooled_when_asked_and_named(tmp_path: Path, capsys: Capture):
    rows = "2024,Black,50,30\n2025,Black,70,50\n2024,White,90,70\n2025,White,80,72\n"
    file = written(tmp_path, "year,group,n,success\n" + rows)

    told = answered(capsys, "disparity", file, *COUNTS, "--years", "pool", "--year", "year")

    assert told["years"] == ["2024", "2025"]
    assert by_group(told["tables"][0]["groups"])["Black"]["n"] == 120
    assert "2024, 2025 were added up" in told["notes"][0]


def test_years_that_are_mixed_are_no_secret(tmp_path: Path, capsys: Capture):
    rows = [f"{2020 + at % 2},{race},{at % 3 > 0:d}" for race in ("A", "B") for at in range(80)]
    file = written(tmp_path, "\n".join(["school_year,race,graduated", *rows]) + "\n")
    asked = [file, "--by", "race", "--outcome", "graduated"]
    mixed = "school_year has 2 values, and all rows are counted together"

    assert cli.main(["disparity", *asked, "--outcome-is", "good"]) == 0
    assert f"{mixed}: a student of several years counts in each. Say --years pool --year" in (
        capsys.readouterr().err
    )
    assert cli.main(["release", *asked]) == 0
    assert "counts in each. Keep the rows of one year." in capsys.readouterr().err
    years = ("--outcome-is", "good", "--years", "pool", "--year", "school_year")
    assert cli.main(["disparity", *asked, *years]) == 0
    assert mixed not in capsys.readouterr().err
