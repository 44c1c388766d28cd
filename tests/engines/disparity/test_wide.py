"""One column a group, as the Civil Rights Data Collection writes it: on files made up here."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from tests.engines.disparity.files import as_counted, write
from throughline.engines.disparity.reading import Source, read
from throughline.engines.disparity.unreadable import Refused, Unreadable
from throughline.engines.disparity.wide import Addends, addends, joined, read_wide

RACES = {"BL": "Black or African American", "WH": "White"}
ENROLLED = "SCH_ENR_{group}_{part}"
WITHOUT, WITH = "SCH_DISCWODIS_SINGOOS_{group}_{part}", "SCH_DISCWDIS_SINGOOS_IDEA_{group}_{part}"
SCHOOLS = ("COMBOKEY", "SCH_ENR_BL_M", "SCH_ENR_BL_F", "SCH_ENR_WH_M", "SCH_ENR_WH_F")
SUSPENDED = ("COMBOKEY", *(
    pattern.format(group=race, part=sex)
    for pattern in (WITHOUT, WITH) for race in RACES for sex in "MF"
))  # fmt: skip


def files(folder: Path, suspended: Sequence[tuple[object, ...]]) -> tuple[Source, Source]:
    enrolled = [("010000500871", 40, 60, 100, 100), ("010000600872", 10, 10, 50, 50)]
    return (
        read(write(folder / "Enrollment.csv", SCHOOLS, enrolled)),
        read(write(folder / "Suspensions.csv", SUSPENDED, suspended)),
    )


def suspensions(folder: Path, suspended: Sequence[tuple[object, ...]]):
    source = joined(*files(folder, suspended), "COMBOKEY")
    groups = addends(source, RACES, [ENROLLED], [WITHOUT, WITH], "MFX")
    return read_wide(source, ["race"], groups, "suspended").table(["race"], "suspended")


def test_both_sexes_and_students_with_and_without_disabilities_are_added(tmp_path):
    table = suspensions(
        tmp_path,
        [("010000500871", 5, 3, 4, 1, 2, 0, 1, 0), ("010000600872", 1, 0, 2, 0, 0, 0, 0, 0)],
    )

    assert as_counted(table) == {
        ("Black or African American",): (120, 120, 11, 11),
        ("White",): (300, 300, 8, 8),
    }


@pytest.mark.parametrize("code", ["-3", "-5", "-6", "-8", "-9", "-11"])
def test_a_reserve_code_in_one_addend_makes_the_schools_sum_missing_and_never_zero(tmp_path, code):
    """-9 beside it says whose codes they are where one alone would mean two things."""
    table = suspensions(
        tmp_path,
        [("010000500871", 5, 3, 4, 1, 2, code, 1, 0), ("010000600872", 1, 0, -9, 0, 0, 0, 0, 0)],
    )

    assert as_counted(table) == {
        ("Black or African American",): (120, 20, 1, 1),
        ("White",): (300, 200, 6, 6),
    }


def test_a_school_that_the_other_file_lacks_is_missing(tmp_path):
    table = suspensions(tmp_path, [("010000500871", 5, 3, 4, 1, 2, 0, 1, 0)])

    assert as_counted(table)[("White",)] == (300, 200, 6, 6)
    assert table.coverage is None


def test_keys_keep_their_leading_zeros_and_rows_their_lines(tmp_path):
    source = joined(*files(tmp_path, [("010000500871", 5, 3, 4, 1, 2, 0, 1, 0)]), "COMBOKEY")

    assert source.columns == (*SCHOOLS, *SUSPENDED[1:])
    assert source.line_numbers([0, 1]) == {0: 2, 1: 3}


def test_a_school_that_stands_twice_is_refused_with_its_lines(tmp_path):
    twice = [("010000500871", *[0] * 8), ("010000500871", *[1] * 8)]

    with pytest.raises(
        Refused, match="Lines 2, 3, column COMBOKEY: '010000500871' stands in several rows"
    ):
        suspensions(tmp_path, twice)


def test_rates_over_100_percent_and_unknown_negatives_are_refused_with_their_line(tmp_path):
    rows = [("010000500871", 5, 3, 4, 1, 2, 0, 1, 0), ("010000600872", 40, 0, 2, -4, 0, 0, 0, 0)]

    with pytest.raises(Refused) as refused:
        suspensions(tmp_path, rows)

    assert [(one.lines, one.value) for one in refused.value.findings] == [
        ((3,), "-4"),
        ((3,), "40"),
    ]
    assert "40 of 20 students (Black or African American)" in str(refused.value)


def test_a_total_that_the_file_states_is_kept(tmp_path):
    source = read(write(tmp_path / "s.csv", ("n_b", "e_b", "tot", "e"), [(10, 2, 40, 9)]))
    groups = [Addends(("Black",), ("n_b",), ("e_b",)), Addends(("*",), ("tot",), ("e",))]

    table = read_wide(source, ["race"], groups, "suspended").table(["race"], "suspended")

    assert (int(table.whole.n[0]), table.coverage) == (40, Fraction(1, 4))


def test_what_does_not_fit_is_refused_in_a_sentence(tmp_path):
    enrolled, suspended = files(tmp_path, [("010000500871", *[0] * 8)])

    with pytest.raises(Unreadable, match="no column such as 'SCH_ENR_AS_M'"):
        addends(enrolled, {"AS": "Asian"}, [ENROLLED], [], "MF")
    with pytest.raises(Unreadable, match="both files have a column 'SCH_ENR_BL_M'"):
        joined(enrolled, read(tmp_path / "Enrollment.csv"), "COMBOKEY")
    with pytest.raises(ValueError, match="one label for each of the names"):
        read_wide(enrolled, ["race", "sex"], [Addends(("Black",), (), ())], "suspended")
    with pytest.raises(Unreadable, match="no column 'LEAID'"):
        joined(enrolled, suspended, "LEAID")
