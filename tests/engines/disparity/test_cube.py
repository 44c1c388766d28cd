"""The cube: every table equals a count of the rows one by one, whatever engine counted."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.disparity.files import (
    CODEBOOK,
    COLUMNS,
    RACES,
    SCHOOLS,
    as_counted,
    calm,
    counted,
    levels,
    students,
    write,
)
from throughline.engines.disparity import rolling
from throughline.engines.disparity.base_query import Cells, count_cells
from throughline.engines.disparity.codebook import Attribute, Codebook, OutcomeColumn
from throughline.engines.disparity.cube import Cube, build_cube
from throughline.engines.disparity.encoding import encode
from throughline.engines.disparity.reading import read
from throughline.engines.disparity.rolling import roll_up, scattered
from throughline.engines.disparity.tables import Outcome
from throughline.engines.disparity.unreadable import Unreadable

ROWS = [
    ("Black", "Yes", "School A", "1", "3.27"),
    ("Black", "No", "School B", "0", ""),
    ("White", "No", "School A", "-9", "1.5"),
    ("", "N/A", "School A", "yes", "4"),
]


def made(folder: Path, rows: Sequence[tuple[str, ...]]) -> Cube:
    return build_cube(read(write(folder / "students.csv", COLUMNS, rows)), CODEBOOK)


def every_choice() -> Iterator[tuple[str, ...]]:
    for way in range(4):
        yield from combinations(("race", "frl", "school"), way)


@pytest.mark.slow
@calm
@given(students)
def test_every_table_equals_counting_one_by_one(tmp_path, rows):
    cube = made(tmp_path, rows)

    for outcome in ("graduated", "gpa"):
        for by in every_choice():
            assert as_counted(cube.table(by, outcome)) == counted(rows, by, outcome), by


@pytest.mark.slow
@calm
@given(students, st.randoms())
def test_the_order_of_the_rows_changes_nothing_but_the_snapshot(tmp_path, rows, rng):
    mixed = list(rows)
    rng.shuffle(mixed)
    one, other = made(tmp_path, rows), made(tmp_path, mixed)

    for by in every_choice():
        assert as_counted(one.table(by, "gpa")) == as_counted(other.table(by, "gpa"))
        assert one.table(by, "gpa").groups == other.table(by, "gpa").groups


def in_order(cells: Cells) -> list[list[int]]:
    columns = (cells.codes, cells.n[:, None], cells.n_valid, cells.total, cells.squares)
    return sorted(np.concatenate(columns, axis=1).tolist())


@pytest.mark.slow
@calm
@given(students)
def test_polars_duckdb_and_packed_keys_count_the_same_cells(tmp_path, rows):
    encoded = encode(read(write(tmp_path / "students.csv", COLUMNS, rows)), CODEBOOK)

    packed = in_order(count_cells(encoded, encoded.crossed))

    assert in_order(count_cells(encoded, encoded.crossed, packed=False)) == packed
    assert in_order(count_cells(encoded, encoded.crossed, engine="polars")) == packed


@pytest.mark.slow
@pytest.mark.spark
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # sockets of Spark
@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")
def test_spark_counts_the_same_cells(tmp_path):
    encoded = encode(read(write(tmp_path / "students.csv", COLUMNS, ROWS * 50)), CODEBOOK)

    spark = count_cells(encoded, encoded.crossed, engine="pyspark", threads=2)

    assert in_order(spark) == in_order(count_cells(encoded, encoded.crossed))


@pytest.mark.slow
def test_row_groups_and_threads_change_nothing(tmp_path, monkeypatch):
    rng = random.Random(4)
    rows = [(rng.choice(RACES), "Yes", rng.choice(SCHOOLS), "1", "3.27") for _row in range(9000)]
    source = read(write(tmp_path / "students.csv", COLUMNS, rows))
    one = count_cells(encode(source, CODEBOOK), (0, 1, 2), threads=1)
    monkeypatch.setattr("throughline.engines.disparity.encoding._ROW_GROUP", 2048)

    many = count_cells(encode(source, CODEBOOK), (0, 1, 2), threads=3)

    assert in_order(one) == in_order(many)


def test_with_few_levels_or_with_many_a_table_is_the_same(tmp_path, monkeypatch):
    dense = made(tmp_path, ROWS)
    dense.table((), "gpa")
    monkeypatch.setattr(rolling, "DENSE", 1)
    sparse = made(tmp_path, ROWS)

    for by in every_choice():
        one, other = dense.table(by, "gpa"), sparse.table(by, "gpa")
        assert (as_counted(one), one.groups) == (as_counted(other), other.groups)
    assert (dense.arrays[1].shape, sparse.arrays[1]) == ((4, 4, 3), None)


def test_the_order_of_the_attributes_is_the_order_of_the_labels(tmp_path):
    cube = made(tmp_path, ROWS)
    there, back = cube.table(("race", "frl"), "gpa"), cube.table(("frl", "race"), "gpa")

    assert as_counted(back) == {
        labels[::-1]: counts for labels, counts in as_counted(there).items()
    }
    assert back.groups[:2] == (("No", "Black"), ("No", "White"))


@pytest.mark.parametrize(
    "name", ["code", "throughline", "rows", "key", "n", "a0", "o0", "v0", "given", 'the "best"']
)
def test_a_column_may_be_called_anything(tmp_path, name):
    source = read(write(tmp_path / "s.csv", (name, "y"), [("A", "1"), ("B", "0")]))
    book = Codebook((levels(name, "A", "B"),), (OutcomeColumn(Outcome("y"), "y"),))

    assert as_counted(build_cube(source, book).table((name,), "y")) == {
        ("A",): (1, 1, 1, 1),
        ("B",): (1, 1, 0, 0),
    }


def test_the_databases_own_name_is_refused(tmp_path):
    with pytest.raises(Unreadable, match=r"file_row_number' is taken\. Rename it"):
        read(write(tmp_path / "s.csv", ("file_row_number", "y"), [("A", "1")]))


def test_groups_stand_in_the_order_of_the_codebook_and_missing_is_a_group_of_its_own(tmp_path):
    table = made(tmp_path, ROWS).table(("race",), "graduated")

    assert as_counted(table) == {
        ("Black",): (2, 2, 1, 1),
        ("White",): (1, 0, 0, 0),
        ("Missing",): (1, 1, 1, 1),
    }
    assert table.groups == (("Black",), ("White",), ("Missing",))
    assert (table.whole.n[0], table.whole.n_valid[0], table.whole.total[0]) == (4, 3, 2)


def test_all_one_two_and_three_way_tables_come_without_places(tmp_path):
    tables = list(made(tmp_path, ROWS).tables("graduated"))

    assert [one.by for one in tables] == [(), ("race",), ("frl",), ("race", "frl")]


def test_a_school_is_crossed_without_the_full_product(tmp_path):
    cube = made(tmp_path, ROWS)

    table = cube.table(("school", "race"), "graduated")

    assert cube.cells.attributes == (0, 1)
    assert as_counted(table)[("School A", "White")] == (1, 0, 0, 0)
    assert table.groups[0] == ("School A", "Black")


def test_a_school_is_not_crossed_with_four_attributes(tmp_path):
    names = ("a", "b", "c", "d", "school")
    codebook = Codebook(
        tuple(levels(name, "x", place=name == "school") for name in names),
        (OutcomeColumn(Outcome("y"), "y"),),
    )
    source = read(write(tmp_path / "s.csv", (*names, "y"), [("x", "x", "x", "x", "x", "1")]))

    with pytest.raises(ValueError, match="school can be crossed with 3 other attributes at most"):
        build_cube(source, codebook).table(names, "y")


def test_schools_cannot_be_counted_once_the_rows_are_gone(tmp_path):
    cube = replace(made(tmp_path, ROWS), encoded=None)

    assert len(cube.table(("race",), "gpa").groups) == 3
    with pytest.raises(ValueError, match="The rows that tell school were not kept"):
        cube.table(("school",), "gpa")


def test_an_encoded_file_that_is_kept_counts_the_same_without_its_source(tmp_path):
    source = read(write(tmp_path / "students.csv", COLUMNS, ROWS))
    kept = encode(source, CODEBOOK, keep=tmp_path / "kept.parquet")
    expected = build_cube(source, CODEBOOK).table(("school", "frl"), "gpa")
    del source

    cube = build_cube(kept, CODEBOOK)

    assert as_counted(cube.table(("school", "frl"), "gpa")) == as_counted(expected)
    assert cube.snapshot == expected.snapshot


def test_only_all_attributes_together_have_a_packed_key(tmp_path):
    encoded = encode(read(write(tmp_path / "students.csv", COLUMNS, ROWS)), CODEBOOK)

    with pytest.raises(ValueError, match="Only all crossed attributes together have a packed key"):
        count_cells(encoded, (0,), packed=True)


def test_too_many_combinations_for_one_key_are_counted_without_it(tmp_path, monkeypatch):
    expected = made(tmp_path, ROWS)
    monkeypatch.setattr("throughline.engines.disparity.encoding.PACKED", 2)

    cube = made(tmp_path, ROWS)

    assert not cube.encoded.packed
    assert in_order(cube.cells) == in_order(expected.cells)


def test_a_cube_without_an_attribute_counts_everyone(tmp_path):
    source = read(write(tmp_path / "students.csv", COLUMNS, ROWS))
    book = Codebook((), CODEBOOK.outcomes, CODEBOOK.among)

    for packed in (True, False):
        table = build_cube(source, book, packed=packed).table((), "graduated")
        assert as_counted(table) == {(): (4, 3, 2, 2)}


def test_coverage_is_the_share_of_the_students_that_are_stated_elsewhere(tmp_path):
    source = read(write(tmp_path / "students.csv", COLUMNS, ROWS))

    cube = build_cube(source, CODEBOOK, stated=5)

    assert cube.table(("race",), "gpa").coverage == pytest.approx(0.8)


def test_any_part_counting_counts_a_student_in_each_group_and_says_that_they_overlap(tmp_path):
    both = Attribute(
        "race",
        ("race",),
        ("Asian", "Black"),
        {("A",): 0, ("A+B",): 1, ("B",): 2},
        members=((0,), (0, 1), (1,)),
    )
    codebook = Codebook((levels("frl", "Yes"), both), (OutcomeColumn(Outcome("y"), "y"),))
    rows = [("A", "1", "Yes"), ("A+B", "1", "Yes"), ("B", "0", "Yes"), ("", "1", "Yes")]
    source = read(write(tmp_path / "s.csv", ("race", "y", "frl"), rows))

    table = build_cube(source, codebook).table(("race", "frl"), "y")

    assert as_counted(table) == {
        ("Asian", "Yes"): (2, 2, 2, 2),
        ("Black", "Yes"): (2, 2, 1, 1),
        ("Missing", "Yes"): (1, 1, 1, 1),
    }
    assert (table.overlapping, int(table.whole.n[0])) == (True, 4)


def test_a_sum_above_the_exact_range_of_floats_is_exact():
    """HUGEINT reaches NumPy as a float; 2**53 + 1 is the first number that would be wrong."""
    cells = Cells(
        (0,),
        np.array([[0], [1]]),
        np.array([1, 1]),
        np.array([[1], [1]]),
        np.array([[2**53], [1]]),
        np.array([[0], [0]]),
    )

    for dense in (None, scattered(cells, 0)):
        _groups, counts = roll_up(cells, [], [], 0, dense)
        assert counts.total.tolist() == [2**53 + 1]


@pytest.mark.parametrize("packed", [True, False])
def test_large_sums_of_squares_stay_exact_through_the_database(tmp_path, packed):
    codebook = Codebook(
        (levels("race", "Asian"),), (OutcomeColumn(Outcome("points", 1, binary=False), "points"),)
    )
    rows = [("Asian", 94906267), ("Asian", 1)]
    source = read(write(tmp_path / "s.csv", ("race", "points"), rows))

    table = build_cube(source, codebook, packed=packed).table(("race",), "points")

    assert table.counts.squares.tolist() == [94906267**2 + 1]
    assert 94906267**2 > 2**53


def test_scores_whose_squares_do_not_fit_are_refused(tmp_path):
    codebook = Codebook(
        (levels("race", "Asian"),), (OutcomeColumn(Outcome("points", 100, binary=False), "points"),)
    )
    source = read(write(tmp_path / "s.csv", ("race", "points"), [("Asian", 31_000_000)]))

    with pytest.raises(Unreadable, match="coarser steps than 1/100"):
        build_cube(source, codebook)


def test_an_unknown_attribute_outcome_or_engine_is_refused_with_those_there_are(tmp_path):
    cube = made(tmp_path, ROWS)

    with pytest.raises(KeyError, match="There is: race, frl, school"):
        cube.table(("grade",), "gpa")
    with pytest.raises(KeyError, match="There is: graduated, gpa"):
        cube.table(("race",), "expelled")
    with pytest.raises(ValueError, match="duckdb, polars, pyspark"):
        build_cube(read(tmp_path / "students.csv"), CODEBOOK, engine="dask")
    with pytest.raises(ValueError, match="stands twice"):
        cube.table(("race", "race"), "gpa")
