"""One row an event becomes one row a student; students and events are different numerators."""

from __future__ import annotations

import pytest

from tests.engines.disparity.files import as_counted, write
from throughline.engines.disparity.cube import Cube, build_cube
from throughline.engines.disparity.events import one_row_a_student, with_events
from throughline.engines.disparity.mapping import guess_codebook
from throughline.engines.disparity.reading import Source, read
from throughline.engines.disparity.unreadable import Refused, Unreadable

EVENTS = [
    ("7", "Black", "1"), ("8", "White", "0"), ("7", "Black", "1"), ("7", "Black", "0"),
    ("9", "White", "-9"), ("10", "Black", ""), ("10", "Black", "no"),
]  # fmt: skip


def cube(source: Source) -> Cube:
    scales = {"suspended_events": 1}
    return build_cube(
        source, guess_codebook(source, ["race"], ["suspended", "suspended_events"], scales=scales)
    )


def test_a_student_counts_once_and_the_events_are_counted_beside(tmp_path):
    source = read(write(tmp_path / "e.csv", ("id", "race", "suspended"), EVENTS))

    students = one_row_a_student(
        source, "id", keep=["race"], events=["suspended"], among=("blank", "crdc")
    )

    assert students.columns == ("race", "suspended", "suspended_events")
    assert as_counted(cube(students).table(["race"], "suspended")) == {
        ("Black",): (2, 2, 1, 1),
        ("White",): (2, 1, 0, 0),
    }
    assert cube(students).table(["race"], "suspended_events").counts.total.tolist() == [2, 0]


def test_a_column_that_is_kept_may_be_called_anything(tmp_path):
    source = read(write(tmp_path / "e.csv", ("id", "given", "happened"), EVENTS))

    students = one_row_a_student(
        source, "id", keep=["given"], events=["happened"], among=("blank", "crdc")
    )

    assert students.columns == ("given", "happened", "happened_events")


def test_every_row_that_cannot_be_put_together_is_refused_with_its_line(tmp_path):
    rows = [("7", "Black", "1"), ("", "White", "0"), ("7", "White", "0"), ("8", "White", "often")]
    source = read(write(tmp_path / "e.csv", ("id", "race", "suspended"), rows))

    with pytest.raises(Refused) as refused:
        one_row_a_student(source, "id", keep=["race"], events=["suspended"])

    assert [(one.lines, one.column) for one in refused.value.findings] == [
        ((3,), "id"),
        ((2, 4), "race"),
        ((5,), "suspended"),
    ]


def test_a_later_refusal_names_the_line_of_the_students_first_event(tmp_path):
    rows = [("7", "Black", "1"), ("7", "Black", "0"), ("8", "Blak", "0")]
    source = read(write(tmp_path / "e.csv", ("id", "race", "suspended"), rows))
    book = guess_codebook(
        read(write(tmp_path / "b.csv", ("race", "suspended"), [("Black", "1")])),
        ["race"],
        ["suspended"],
    )
    students = one_row_a_student(source, "id", keep=["race"], events=["suspended"])

    with pytest.raises(Refused, match="Line 4, column race: 'Blak' is not in the codebook"):
        build_cube(students, book)


def test_students_without_an_event_are_zeros_when_a_second_file_lists_all_events(tmp_path):
    students = read(
        write(tmp_path / "s.csv", ("id", "race"), [("7", "Black"), ("8", "White"), ("9", "White")])
    )
    events = read(
        write(tmp_path / "e.csv", ("id", "kind"), [("7", "OSS"), ("7", "OSS"), ("8", "ISS")])
    )

    every = with_events(students, events, "id", "suspended")
    out_of_school = with_events(students, events, "id", "suspended", kind="kind", kinds=["OSS"])

    assert as_counted(cube(every).table(["race"], "suspended")) == {
        ("Black",): (1, 1, 1, 1),
        ("White",): (2, 2, 1, 1),
    }
    assert as_counted(cube(out_of_school).table(["race"], "suspended")) == {
        ("Black",): (1, 1, 1, 1),
        ("White",): (2, 2, 0, 0),
    }
    assert cube(every).table([], "suspended_events").counts.total.tolist() == [3]
    assert every.sha256 != out_of_school.sha256


def test_an_event_of_a_stranger_and_a_student_who_stands_twice_are_refused(tmp_path):
    students = read(write(tmp_path / "s.csv", ("id", "race"), [("7", "Black"), ("8", "White")]))
    events = read(write(tmp_path / "e.csv", ("id",), [("7",), ("70",)]))
    twice = read(write(tmp_path / "t.csv", ("id", "race"), [("7", "Black"), ("7", "White")]))

    with pytest.raises(
        Refused, match=r"e\.csv: nothing was read.\nLine 3, column id: this student is not"
    ):
        with_events(students, events, "id", "suspended")
    with pytest.raises(
        Refused, match="Lines 2, 3, column id: the same student stands in several rows"
    ):
        with_events(twice, events, "id", "suspended")
    with pytest.raises(Unreadable, match="no column 'student'"):
        with_events(students, events, "student", "suspended")
