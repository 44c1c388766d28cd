"""A codebook is kept, read again, and says what every value means."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.disparity.files import CODEBOOK, COLUMNS, as_counted, calm, levels, write
from throughline.engines.disparity.codebook import (
    Attribute,
    Codebook,
    OutcomeColumn,
    read_codebook,
    table_schema,
)
from throughline.engines.disparity.cube import build_cube
from throughline.engines.disparity.mapping import guess_codebook, in_order
from throughline.engines.disparity.reading import read
from throughline.engines.disparity.snapshots import snapshot
from throughline.engines.disparity.tables import Outcome
from throughline.engines.disparity.unreadable import Refused, Unreadable
from throughline.engines.disparity.values import fixed_point

texts = st.text(min_size=1, max_size=6)


@st.composite
def attributes(draw: st.DrawFn) -> Attribute:
    names = draw(st.lists(texts, min_size=1, max_size=4, unique=True))
    code = st.integers(0, len(names))
    width = draw(st.integers(1, 2))
    values = st.dictionaries(st.tuples(*[texts] * width), code, max_size=5)
    return Attribute(
        draw(texts), tuple(draw(texts) for _one in range(width)), tuple(names), draw(values),
        draw(st.text(max_size=3)), draw(st.sampled_from([(), ((0,),)])), draw(st.booleans()),
    )  # fmt: skip


@calm
@given(attributes())
def test_a_codebook_that_is_kept_is_read_again_as_it_was(attribute):
    book = Codebook(
        (attribute,), (OutcomeColumn(Outcome(f"{attribute.name}!", 10, binary=False), "y", True),)
    )

    assert read_codebook(book.to_json()) == book


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[1]", '{"codebook_version": 1}', '{"codebook_version": 1, "attributes": [3]}'],
)
def test_what_is_no_codebook_is_refused(text):
    with pytest.raises(ValueError, match="not a codebook that was saved here"):
        read_codebook(text)


def test_a_codebook_of_another_version_is_refused():
    with pytest.raises(ValueError, match="version 7, not 1"):
        read_codebook('{"codebook_version": 7}')


def test_a_kept_mapping_reads_next_years_file_and_refuses_what_is_new_in_it(tmp_path):
    first = read(write(tmp_path / "2025.csv", ("race", "grad"), [("Black", "1"), ("White", "0")]))
    kept = guess_codebook(first, ["race"], ["grad"]).to_json()
    second = read(write(tmp_path / "2026.csv", ("grad", "race"), [("1", "White"), ("0", "Blak")]))

    with pytest.raises(Refused, match="Line 3, column race: 'Blak' is not in the codebook of race"):
        build_cube(second, read_codebook(kept))

    again = build_cube(first, read_codebook(kept)).table(("race",), "grad")
    assert as_counted(again) == {("Black",): (1, 1, 1, 1), ("White",): (1, 1, 0, 0)}


def test_the_codebook_leaves_as_a_table_schema():
    schema = table_schema(CODEBOOK)

    assert json.loads(json.dumps(schema)) == schema
    assert schema["fields"][1] == {
        "name": "frl",
        "type": "string",
        "categories": [{"value": "No", "label": "No"}, {"value": "Yes", "label": "Yes"}],
    }
    assert [(one["name"], one["type"]) for one in schema["fields"][3:]] == [
        ("graduated", "boolean"),
        ("gpa", "number"),
    ]
    assert {"", ".", "-9", "PS"} <= set(schema["missingValues"])


def test_an_attribute_of_several_columns_lists_what_may_stand_in_each():
    flags = Attribute("race", ("a", "b"), ("A", "B"), {("true", "false"): 0, ("false", "true"): 1})

    fields = table_schema(Codebook((flags,)))["fields"]

    assert fields == [
        {"name": "a", "type": "string", "constraints": {"enum": ["false", "true"]}},
        {"name": "b", "type": "string", "constraints": {"enum": ["false", "true"]}},
    ]


def test_two_columns_of_one_name_and_an_unknown_family_are_refused():
    with pytest.raises(ValueError, match="two columns of the codebook are called 'race'"):
        Codebook((levels("race", "A"),), (OutcomeColumn(Outcome("race"), "y"),))
    with pytest.raises(ValueError, match="no family of missing codes called 'mars'"):
        Codebook((), among=("mars",))


@calm
@given(st.integers(0, 10**9), st.sampled_from([1, 10, 100, 1000]))
def test_a_fixed_point_score_is_the_number_that_was_written(value, scale):
    decimals = len(str(scale)) - 1
    written = f"{value // scale}.{value % scale:0{decimals}d}" if decimals else str(value)

    assert fixed_point(written, scale) == value == Fraction(written) * scale


def test_a_score_that_does_not_fit_its_scale_is_refused_and_never_rounded(tmp_path):
    rows = [("Black", "Yes", "School A", "1", "3.275"), ("Black", "Yes", "School A", "1", "3.27")]

    with pytest.raises(
        Refused, match=r"Line 2, column gpa: 3\.275 does not fit: gpa is kept in steps of 1/100"
    ):
        build_cube(read(write(tmp_path / "s.csv", COLUMNS, rows)), CODEBOOK)


def test_an_outcome_that_is_not_yes_or_no_is_refused_in_a_sentence(tmp_path):
    source = read(write(tmp_path / "s.csv", ("race", "y"), [("Black", "2"), ("Black", "0")]))

    with pytest.raises(Refused, match="2 is neither 0 nor 1, so y is no yes-or-no outcome"):
        build_cube(source, guess_codebook(source, ["race"], ["y"]))


def test_a_score_is_declared_with_its_scale(tmp_path):
    source = read(write(tmp_path / "s.csv", ("race", "gpa"), [("Black", "3.5"), ("Black", "4")]))

    cube = build_cube(source, guess_codebook(source, ["race"], ["gpa"], scales={"gpa": 10}))

    assert cube.table(("race",), "gpa").counts.total.tolist() == [75]


def test_grades_stand_in_their_order():
    assert sorted(["10", "KG", "2", "01", "PK", "Ungraded"], key=in_order) == [
        "PK", "KG", "01", "2", "10", "Ungraded",
    ]  # fmt: skip


def test_a_column_that_tells_students_apart_groups_nobody(tmp_path):
    source = read(write(tmp_path / "s.csv", ("id", "y"), [(f"S{at}", "1") for at in range(60)]))

    with pytest.raises(Unreadable, match="id has another value in nearly every row"):
        guess_codebook(source, ["id"], ["y"])


def test_an_attribute_of_many_levels_is_a_place(tmp_path):
    rows = [(f"School {at % 60}", "1") for at in range(200)]
    source = read(write(tmp_path / "s.csv", ("school", "y"), rows))

    (school,) = guess_codebook(source, ["school"], ["y"]).attributes

    assert (school.place, len(school.levels)) == (True, 60)


def test_the_snapshot_changes_with_every_byte_and_with_nothing_else(tmp_path):
    one = read(write(tmp_path / "a.csv", ("race", "y"), [("Black", "1")]))
    same = read(write(tmp_path / "b.csv", ("race", "y"), [("Black", "1")]))
    other = read(write(tmp_path / "c.csv", ("race", "y"), [("Black", "0")]))
    book = guess_codebook(one, ["race"], ["y"])

    assert build_cube(one, book).snapshot == build_cube(same, book).snapshot
    assert build_cube(other, book).snapshot != build_cube(one, book).snapshot
    assert snapshot(["b", "a"], "x") == snapshot(["a", "b"], "x") != snapshot(["a"], "x")
    assert snapshot(["a"], "x") != snapshot(["a"], "y")
