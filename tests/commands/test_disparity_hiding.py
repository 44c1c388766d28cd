"""``throughline disparity`` hides what could point at a student, and all that would give it away."""

from __future__ import annotations

import json
import random
import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.commands.asking import Capture, answered, by_group, refused, said, students, written
from throughline import cli

ASKED = ("--by", "race", "--outcome", "graduated", "--outcome-is", "good")
CROSSED = ("--by", "race,frl", "--outcome", "graduated", "--outcome-is", "good", "--cross", "2")
COUNTS = ("--group", "group", "--n", "n", "--events", "success", "--outcome-is", "good")
SMALL = (("Asian", 60, 45), ("Black", 100, 70), ("Native", 6, 3), ("White", 200, 160))


def groups_of(told: Any, at: int = 0) -> dict[str, dict[str, Any]]:
    return by_group(told["tables"][at]["groups"])


def test_a_small_group_hides_and_another_with_it_so_that_nothing_can_be_subtracted(
    tmp_path: Path, capsys: Capture
):
    told = answered(capsys, "disparity", students(tmp_path, *SMALL), *ASKED)

    groups = groups_of(told)
    hidden = [name for name, one in groups.items() if one["hidden"]]
    assert "Native" in hidden
    assert len(hidden) == 2
    assert told["threshold"] == 10
    assert told["source"]["sha256"] is None


def test_a_hidden_group_has_no_figure_anywhere(tmp_path: Path, capsys: Capture):
    told = answered(capsys, "disparity", students(tmp_path, *SMALL), *ASKED)

    native = groups_of(told)["Native"]
    measures = native.pop("measures")
    assert native == {
        "group": {"race": "Native"}, "n": None, "n_valid": None, "events": None, "rate": None,
        "rate_interval": None, "rate_range": None, "is_comparator": False, "p_adjusted": None,
        "hidden": True, "sentence": "Native students: hidden to protect privacy", "evidence": "",
        "parity": "",
    }  # fmt: skip
    assert {(one["value"], one["interval"], one["flagged"]) for one in measures.values()} == {
        (None, None, None)
    }


def test_what_is_printed_is_the_same_whatever_the_hidden_numbers_are(
    tmp_path: Path, capsys: Capture
):
    """Black and Native hide together: moving one graduate between them changes no byte."""
    file = students(tmp_path, ("Black", 100, 70), ("Native", 100, 95), ("White", 200, 160))
    first = said(capsys, "disparity", file, *ASKED, "--format", "json")
    file = students(tmp_path, ("Black", 100, 71), ("Native", 100, 94), ("White", 200, 160))
    second = said(capsys, "disparity", file, *ASKED, "--format", "json")

    assert [one["hidden"] for one in json.loads(first)["tables"][0]["groups"]] == [
        True, True, False,
    ]  # fmt: skip
    assert first == second


def test_comparisons_with_a_hidden_group_hide_too(tmp_path: Path, capsys: Capture):
    told = answered(
        capsys, "disparity", students(tmp_path, *SMALL), *ASKED, "--compare-to", "Native"
    )

    white = groups_of(told)["White"]
    assert white["rate"] == pytest.approx(0.8)
    assert {one["value"] for one in white["measures"].values()} == {None}
    assert white["p_adjusted"] is None
    assert white["sentence"] == "White students: 80.0 %"
    assert told["comparisons"] == 0
    assert told["tables"][0]["comparator_hidden"] is True
    assert "Native students: their figures hide, so nothing is compared" in said(
        capsys, "disparity", students(tmp_path, *SMALL), *ASKED, "--compare-to", "Native"
    )


def test_the_best_group_is_looked_for_among_those_that_are_shown(tmp_path: Path, capsys: Capture):
    file = students(
        tmp_path, ("Asian", 60, 58), ("Black", 100, 70), ("Native", 90, 45), ("White", 200, 160)
    )

    table = answered(capsys, "disparity", file, *ASKED, "--compare-to", "highest")["tables"][0]

    assert by_group(table["groups"])["Asian"]["hidden"]
    assert table["compared_with"] == (
        "White students (highest rate) among the groups that are shown"
    )


def test_no_line_of_crossed_tables_has_a_single_hidden_number(tmp_path: Path, capsys: Capture):
    cells = {
        ("Black", "yes"): (40, 22), ("Black", "no"): (35, 20), ("Native", "yes"): (30, 4),
        ("Native", "no"): (60, 30), ("White", "yes"): (80, 50), ("White", "no"): (120, 90),
    }  # fmt: skip
    file = students(tmp_path, *((",".join(key), *counts) for key, counts in cells.items()))

    told = answered(capsys, "disparity", file, *CROSSED)

    races, meals, both = (groups_of(told, at) for at in range(3))
    hidden = {
        name for table in (races, meals, both) for name, one in table.items() if one["hidden"]
    }
    assert "yes / Native" in hidden
    lines = [[race, *(f"{meal} / {race}" for meal in meals)] for race in races]
    lines += [[meal, *(f"{meal} / {race}" for race in races)] for meal in meals]
    lines += [[*races], [*meals]]
    assert [line for line in lines if len(hidden & set(line)) == 1] == []


def test_a_label_alone_is_compared_with_although_a_part_of_it_hides(
    tmp_path: Path, capsys: Capture
):
    file = students(
        tmp_path, ("Black,no", 300, 200), ("Black,yes", 300, 150), ("Black,unsaid", 40, 20),
        ("White,no", 300, 250), ("White,yes", 300, 200), ("White,unsaid", 4, 2),
    )  # fmt: skip

    told = answered(capsys, "disparity", file, *CROSSED, "--compare-to", "White,no")

    race_table, both = told["tables"][0], told["tables"][2]
    assert race_table["compared_with"] == "White students"
    assert both["compared_with"] == "White students (frl: no)"


def test_unknown_outcomes_are_counted_only_where_they_are_many(tmp_path: Path, capsys: Capture):
    rows = [f"{race},{at % 2}" for race in ("Black", "White", "Asian") for at in range(100)]
    rows += ["Black,"] * 3 + ["White,"] * 20 + ["Asian,"] * 40
    file = written(tmp_path, "\n".join(["race,graduated", *rows]) + "\n")

    groups = groups_of(answered(capsys, "disparity", file, *ASKED))

    assert {name: one["n_valid"] for name, one in groups.items()} == dict.fromkeys(groups, 100)
    assert groups["Black"]["n"] is None
    assert sum(one["n"] is None for one in groups.values()) == 2
    assert "more without a known outcome" not in groups["Black"]["evidence"]
    everything = groups_of(answered(capsys, "disparity", file, *ASKED, "--private"))
    assert everything["Black"]["n"] == 103


@pytest.mark.parametrize("shape", ["json", "csv"])
def test_private_shows_everything_and_warns_beside_the_answer(
    shape, tmp_path: Path, capsys: Capture
):
    file = students(tmp_path, *SMALL)

    assert cli.main(["disparity", file, *ASKED, "--private", "--format", shape]) == 0

    out, err = capsys.readouterr()
    assert "PRIVATE" not in out
    assert "PRIVATE: nothing is hidden here." in err
    if shape == "json":
        told = json.loads(out)
        assert groups_of(told)["Native"]["events"] == 3
        assert (told["private"], told["threshold"]) == (True, None)


@pytest.mark.parametrize("shape", ["table", "html"])
def test_private_pages_carry_their_banner(shape, tmp_path: Path, capsys: Capture):
    file = students(tmp_path, *SMALL)

    assert "PRIVATE: nothing is hidden here." in said(
        capsys, "disparity", file, *ASKED, "--private", "--format", shape
    )
    assert "PRIVATE" not in said(capsys, "disparity", file, *ASKED, "--format", shape)


@pytest.mark.parametrize("shape", ["table", "csv", "html"])
def test_no_format_prints_a_hidden_number(shape, tmp_path: Path, capsys: Capture):
    file = students(tmp_path, ("Black", 1009, 708), ("Native", 613, 610), ("White", 2003, 1607))

    text = said(capsys, "disparity", file, *ASKED, "--format", shape)

    numbers = set(re.findall(r"\d[\d.]*\d", text.replace("1,607", "1607")))
    assert "1607" in numbers
    assert not numbers & {"610", "708", "301", "3", "99.5", "70.2"}


def test_the_threshold_can_be_lower(tmp_path: Path, capsys: Capture):
    file = students(tmp_path, ("Black", 100, 70), ("Native", 40, 33), ("White", 200, 160))

    shown = answered(capsys, "disparity", file, *ASKED, "--threshold", "5")

    assert not any(one["hidden"] for one in shown["tables"][0]["groups"])
    assert len(shown["source"]["sha256"]) == 64
    assert any(
        one["hidden"] for one in groups_of(answered(capsys, "disparity", file, *ASKED)).values()
    )


def test_what_is_in_no_group_is_audited_too(tmp_path: Path, capsys: Capture):
    """Four students are in no group: the total minus the groups would tell them."""
    file = written(tmp_path, "group,n,success\nBlack,100,60\nWhite,200,150\nAll,304,212\n")

    told = answered(capsys, "disparity", file, *COUNTS, "--compare-to", "everyone")

    assert any(one["hidden"] for one in told["tables"][0]["groups"])
    assert told["coverage"] is None


def test_groups_that_share_students_are_shown_only_where_nothing_is_small(
    tmp_path: Path, capsys: Capture
):
    large = written(tmp_path, "group,n,success\nBlack,100,60\nPoor,250,150\nAll,300,200\n")
    told = answered(capsys, "disparity", large, *COUNTS, "--compare-to", "everyone")
    assert not any(one["hidden"] for one in told["tables"][0]["groups"])

    small = written(
        tmp_path, "group,n,success\nBlack,100,60\nPoor,250,55\nNative,8,4\nAll,300,200\n"
    )
    sentence = refused(capsys, "disparity", small, *COUNTS, "--compare-to", "everyone")

    assert "A student may be in several groups by group" in sentence
    assert "--private" in sentence


def test_a_total_smaller_than_its_parts_is_refused(tmp_path: Path, capsys: Capture):
    file = written(tmp_path, "group,n,success\nBlack,100,60\nWhite,200,150\nAll,300,200\n")

    assert "do not add up to the stated total of success" in refused(
        capsys, "disparity", file, *COUNTS, "--compare-to", "White"
    )


def test_small_tables_hide_in_every_shape(tmp_path: Path, capsys: Capture):
    """Whatever the counts, one hidden group is never alone."""
    for a, b in product((1, 3, 12), (5, 20, 39)):
        file = students(tmp_path, ("Black", 40, a), ("Native", 40, b), ("White", 200, 160))
        hidden = [
            one["hidden"] for one in groups_of(answered(capsys, "disparity", file, *ASKED)).values()
        ]
        assert sum(hidden) != 1
        assert hidden[0] or a == 12


def test_a_rare_outcome_hides_its_total_and_every_comparison_with_everyone(
    tmp_path: Path, capsys: Capture
):
    file = students(tmp_path, ("Black", 100, 2), ("White", 200, 3))

    for whom in ("all-others", "everyone"):
        table = answered(capsys, "disparity", file, *ASKED, "--compare-to", whom)["tables"][0]
        assert table["everyone"]["n"] == 300
        assert (table["everyone"]["events"], table["everyone"]["rate"]) == (None, None)
        assert table["comparator_hidden"] is True
        assert [one["events"] for one in table["groups"]] == [None, None]


def test_the_total_hides_in_all_tables_or_in_none(tmp_path: Path, capsys: Capture, monkeypatch):
    """Tables too large to be audited as one are audited one by one, with the same total."""
    monkeypatch.setattr("throughline.commands.disparity_hiding.MOST_TOGETHER", 0)
    asked = ("--by", "race,frl", *ASKED[2:])
    file = students(
        tmp_path,
        ("Black,yes", 40, 22),
        ("Black,no", 35, 20),
        ("Native,yes", 6, 4),
        ("White,no", 120, 90),
    )

    races, meals = answered(capsys, "disparity", file, *asked)["tables"]

    assert races["everyone"] == meals["everyone"]
    assert races["everyone"]["events"] == 136
    assert sum(one["hidden"] for one in races["groups"]) == 2
    assert not any(one["hidden"] for one in meals["groups"])
    rare = students(tmp_path, ("Black,yes", 40, 2), ("Black,no", 35, 1), ("White,no", 120, 3))
    for table in answered(capsys, "disparity", rare, *asked)["tables"]:
        assert table["everyone"]["events"] is None
        assert all(one["hidden"] for one in table["groups"])


def test_where_all_groups_hide_nothing_is_said_of_the_comparator(tmp_path: Path, capsys: Capture):
    """The total is printed, so it would be wrong to say that its figures hide."""
    file = students(tmp_path, ("Black", 100, 97), ("White", 100, 90))

    table = answered(capsys, "disparity", file, *ASKED, "--compare-to", "everyone")["tables"][0]

    assert [one["hidden"] for one in table["groups"]] == [True, True]
    assert table["everyone"]["events"] == 187
    assert (table["comparator_hidden"], table["compared_with"]) == (False, "all students")
    text = said(capsys, "disparity", file, *ASKED, "--compare-to", "everyone")
    assert text.startswith("graduated by race, compared with all students\n")


def test_outcomes_known_for_other_students_are_refused_where_the_difference_is_small(
    tmp_path: Path, capsys: Capture
):
    """144 students with a known outcome beside 141 would tell that 3 have none."""

    def file(unknown: int) -> str:
        rows = [
            f"{race},{at % 2},{'' if at < unknown else at % 2}"
            for race in ("Black", "White") for at in range(144)
        ]  # fmt: skip
        return written(tmp_path, "\n".join(["race,graduated,enrolled", *rows]) + "\n")

    asked = ("--by", "race", "--outcome", "graduated,enrolled", "--outcome-is", "good")

    assert "how few have no known outcome" in refused(capsys, "disparity", file(3), *asked, code=1)
    assert answered(capsys, "disparity", file(3), *ASKED)["tables"][0]["everyone"]["n"] == 288
    assert answered(capsys, "disparity", file(3), *asked, "--private")["private"] is True
    many = answered(capsys, "disparity", file(20), *asked)["tables"]
    assert [one["n_valid"] for one in many[1]["groups"]] == [124, 124]


@pytest.mark.parametrize("second", ["same", "opposite", "sum"])
@pytest.mark.parametrize("command", ["disparity", "release"])
def test_outcomes_that_tell_one_another_are_refused(
    command: str, second: str, tmp_path: Path, capsys: Capture
):
    """A dropout count beside a hidden graduate count would show it."""
    drawn = random.Random(4)
    rows = [
        (race, one := drawn.randrange(2), other := drawn.randrange(2) * (1 - one),
         {"same": one, "opposite": 1 - one, "sum": one + other}[second])
        for race in ("Black", "White") for _student in range(100)
    ]  # fmt: skip
    lines = ["race,graduated,enrolled,second", *(",".join(map(str, row)) for row in rows)]
    file = written(tmp_path, "\n".join(lines) + "\n")
    outcomes = "graduated,enrolled,second" if second == "sum" else "graduated,second"
    asked = [command, file, "--by", "race", "--outcome"]
    good = ["--outcome-is", "good"] if command == "disparity" else []

    assert f"{outcomes.replace(',', ', ')}: in every group one of them follows" in refused(
        capsys, *asked, outcomes, *good
    )
    assert cli.main([*asked, "graduated,enrolled", *good]) == 0
