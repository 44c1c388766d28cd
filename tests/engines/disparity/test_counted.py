"""Rows that somebody else has counted: totals as stated, coverage, and every refusal."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.engines.disparity.files import as_counted, write
from throughline.engines.disparity.counted import Counted, read_counted
from throughline.engines.disparity.reading import read
from throughline.engines.disparity.unreadable import Refused, Unreadable

CCCCO = [
    ("Asian", 3000, 2062), ("Black", 1000, 310), ("Hispanic", 2000, 410),
    ("Multi-Ethnicity", 500, 262), ("Native American", 100, 43), ("White", 3400, 2053),
]  # fmt: skip


def made(folder, rows, columns=("group", "n", "events"), groups=("group",)) -> Counted:
    return read_counted(
        read(write(folder / "c.csv", columns, rows)), groups, "n", {"passed": "events"}
    )


def test_rows_without_a_total_add_up_and_have_no_coverage(tmp_path):
    """The table of the percentage-point gap, CCCCO 2017, as printed."""
    table = made(tmp_path, CCCCO).table(["group"], "passed")

    assert as_counted(table)[("Black",)] == (1000, 1000, 310, 310)
    assert (int(table.whole.n[0]), int(table.whole.total[0]), table.coverage) == (10000, 5140, None)
    assert not table.overlapping


def test_a_stated_total_is_kept_and_the_coverage_says_how_far_the_parts_reach(tmp_path):
    table = made(tmp_path, [("All students", 100, 60), ("Black", 30, 10), ("White", 50, 40)]).table(
        ["group"], "passed"
    )

    assert (int(table.whole.n[0]), int(table.whole.total[0])) == (100, 60)
    assert (table.coverage, table.overlapping) == (Fraction(4, 5), False)
    assert table.groups == (("Black",), ("White",))


def test_groups_that_hold_more_students_than_there_are_overlap(tmp_path):
    rows = [("Total", 100, 60), ("Black", 60, 30), ("White", 40, 30), ("Disadvantaged", 50, 20)]

    table = made(tmp_path, rows).table(["group"], "passed")

    assert (table.overlapping, table.coverage) == (True, Fraction(3, 2))


@pytest.mark.parametrize("hidden", ["*", "<10", "n<", "", ".", "PS"])
def test_hidden_events_are_no_zero_and_lower_the_coverage(tmp_path, hidden):
    rows = [("All", 100, 60), ("Black", 40, hidden), ("White", 60, 40)]

    table = made(tmp_path, rows).table(["group"], "passed")

    assert as_counted(table) == {("Black",): (40, 0, 0, 0), ("White",): (60, 60, 40, 40)}
    assert table.coverage == Fraction(3, 5)


def test_a_group_of_unknown_size_is_in_no_table_and_is_named(tmp_path):
    counted = made(tmp_path, [("Black", "*", "*"), ("White", 60, 40)])

    assert counted.unsized == (("Black",),)
    assert counted.table(["group"], "passed").groups == (("White",),)


def test_schools_of_a_group_are_added_up_and_missing_labels_come_last(tmp_path):
    rows = [("A", "", 5, 1), ("A", "Black", 10, 4), ("B", "Black", 20, 5)]
    counted = made(tmp_path, rows, ("school", "group", "n", "events"), ("school", "group"))

    assert as_counted(counted.table(["group"], "passed")) == {
        ("Black",): (30, 30, 9, 9),
        ("Missing",): (5, 5, 1, 1),
    }
    assert counted.table(["group"], "passed").groups == (("Black",), ("Missing",))


def test_a_stated_margin_is_used_and_parts_are_not_added_up(tmp_path):
    """Movers count twice: a state's race counts sum to 1,151,029 under a printed 1,140,601."""
    rows = [
        ("All", "All", 90, 50), ("Black", "All", 60, 30),
        ("Black", "F", 35, 15), ("Black", "M", 30, 16), ("White", "F", 20, 10), ("White", "M", 15, 10),
    ]  # fmt: skip
    counted = made(tmp_path, rows, ("race", "sex", "n", "events"), ("race", "sex"))

    assert as_counted(counted.table(["race"], "passed")) == {("Black",): (60, 60, 30, 30)}
    assert as_counted(counted.table(["sex"], "passed")) == {
        ("F",): (55, 55, 25, 25),
        ("M",): (45, 45, 26, 26),
    }
    assert int(counted.table([], "passed").counts.n[0]) == 90


def test_every_wrong_cell_is_refused_with_its_line(tmp_path):
    rows = [("Black", "12.5", "3"), ("White", "10", "11"), ("Asian", "-9", "ten"), ("X", "-4", "1")]

    with pytest.raises(Refused) as refused:
        made(tmp_path, rows)

    assert [(one.lines, one.column, one.value) for one in refused.value.findings] == [
        ((2,), "n", "12.5"),
        ((3,), "events", "11"),
        ((4,), "n", "-9"),
        ((4,), "events", "ten"),
        ((5,), "n", "-4"),
    ]
    assert "there cannot be more events than students" in str(refused.value)


def test_reserve_codes_of_the_civil_rights_data_collection_are_no_counts(tmp_path):
    counted = made(tmp_path, [("Black", "12", "-9"), ("White", "-11", "-3"), ("Asian", "9", "4")])

    assert as_counted(counted.table(["group"], "passed")) == {
        ("Black",): (12, 0, 0, 0),
        ("Asian",): (9, 9, 4, 4),
    }


def test_rows_that_stand_twice_are_refused(tmp_path):
    with pytest.raises(Refused, match=r"Lines 2, 4, .*the same in every column"):
        made(tmp_path, [("Black", 10, 4), ("White", 10, 4), ("Black", 10, 4)])


def test_thousands_may_be_parted_by_commas(tmp_path):
    table = made(tmp_path, [("Black", "1,204", "1,000")]).table(["group"], "passed")

    assert as_counted(table) == {("Black",): (1204, 1204, 1000, 1000)}


def test_an_unknown_column_or_outcome_is_refused_with_those_there_are(tmp_path):
    counted = made(tmp_path, CCCCO)

    with pytest.raises(KeyError, match="There is: group"):
        counted.table(["race"], "passed")
    with pytest.raises(KeyError, match="There is: passed"):
        counted.table(["group"], "expelled")
    with pytest.raises(Unreadable, match="no column 'size'"):
        read_counted(read(tmp_path / "c.csv"), ["group"], "size", {"passed": "events"})
