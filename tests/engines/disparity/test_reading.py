"""A file is read whole, with what was guessed shown and overridable, or refused in a sentence."""

from __future__ import annotations

import doctest
import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.disparity.files import calm, write
from tests.engines.disparity.workbook import workbook
from throughline.engines.disparity import database, guessing, identifying, unreadable, workbooks
from throughline.engines.disparity.guessing import Layout
from throughline.engines.disparity.mapping import different
from throughline.engines.disparity.reading import Source, read
from throughline.engines.disparity.unreadable import Finding, Refused, Unreadable

LINES = "race;graduated\nÅland;1\nLatiné;0\n"


def cells(source: Source) -> list[tuple[str, ...]]:
    return different(source, source.columns)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 with a mark at its start"),
        ("cp1252", "Windows-1252"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
def test_every_encoding_of_district_systems_is_read_and_shown(tmp_path, encoding, said):
    path = tmp_path / "students.csv"
    path.write_bytes(LINES.encode(encoding))

    source = read(path)

    assert cells(source) == [("Åland", "1"), ("Latiné", "0")]
    assert str(source.layout) == f"Text in {said}, parted by semicolon; column names in line 1."


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_is_found(tmp_path, delimiter):
    path = tmp_path / "students.txt"
    path.write_text(delimiter.join(["race", "n"]) + "\n" + delimiter.join(["Black", "3"]) + "\n")

    assert cells(read(path)) == [("Black", "3")]


def test_a_comma_in_quotes_and_a_line_break_in_quotes_stay_in_their_cell(tmp_path):
    path = write(tmp_path / "s.csv", ("race", "note"), [("Black", "a, b"), ("White", "two\nlines")])

    assert cells(read(path)) == [("Black", "a, b"), ("White", "two\nlines")]


def test_titles_above_the_header_are_passed_over_and_the_line_can_be_given(tmp_path):
    path = tmp_path / "report.csv"
    path.write_text("Graduation report\nSchool year 2014-15\n\nrace,n\nBlack,12\n")

    guessed = read(path)
    given = read(path, header=4)

    assert (guessed.layout.header, guessed.columns, cells(guessed)) == (
        4,
        ("race", "n"),
        [("Black", "12")],
    )
    assert given.layout == guessed.layout


def test_encoding_and_delimiter_can_be_given(tmp_path):
    path = tmp_path / "s.csv"
    path.write_bytes("a|b\n€|1\n".encode("cp1252"))

    source = read(path, encoding="cp1252", delimiter="|")

    assert (source.layout, cells(source)) == (Layout("csv", 1, "cp1252", "|"), [("€", "1")])


def test_empty_lines_are_no_rows_and_an_unnamed_column_has_a_number(tmp_path):
    path = tmp_path / "s.csv"
    path.write_text("race,\nBlack,1\n\nWhite,2\n\n")

    source = read(path)

    assert (source.columns, source.rows) == (("race", "column 2"), 2)


def test_a_workbook_is_read_as_people_see_it(tmp_path):
    path = workbook(
        tmp_path / "s.xlsx",
        {
            "Notes": [],
            "Students": [
                ["Report"],
                [],
                ["race", "n", "gpa"],
                ["Black", 12, 3.27],
                [],
                ["White", 7, 4],
            ],
        },
    )

    source = read(path)

    assert cells(source) == [("Black", "12", "3.27"), ("White", "7", "4")]
    assert str(source.layout) == "Sheet 'Students' of a workbook; column names in line 3."
    assert source.line_numbers([0, 1]) == {0: 4, 1: 6}


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(tmp_path):
    path = workbook(tmp_path / "s.xlsx", {"Students": [["race"], ["Black"]]})

    with pytest.raises(Unreadable, match=r"no sheet 'Grades'\. The sheets are: Students"):
        read(path, sheet="Grades")


def test_a_cell_outside_the_columns_of_a_workbook_is_refused_with_its_line(tmp_path):
    path = workbook(tmp_path / "s.xlsx", {"S": [["race", "n"], ["Black", 1], ["White", 2, "note"]]})

    with pytest.raises(Unreadable, match=r"s\.xlsx, line 3: there is a cell to the right"):
        read(path)


def test_a_locked_or_damaged_workbook_is_refused(tmp_path):
    path = tmp_path / "s.xlsx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("nothing", "")

    with pytest.raises(Unreadable, match="damaged, or locked with a password"):
        read(path)


def test_parquet_keeps_its_own_names_and_types(tmp_path):
    path = tmp_path / "s.parquet"
    duckdb.sql(
        f"COPY (SELECT 'Black' AS race, 3::TINYINT AS n UNION ALL SELECT NULL, 4) TO '{path}'"
    )

    source = read(path)

    assert (source.columns, cells(source)) == (("race", "n"), [("Black", "3"), ("", "4")])
    assert str(source.layout) == "Parquet; its columns have names of their own."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the file is empty."),
        (b"%PDF-1.7 x", "expected CSV, XLSX or Parquet. Save it from its program as one of these."),
        (
            b"\xd0\xcf\x11\xe0\xa1",
            "expected CSV, XLSX or Parquet. Save it from its program as one of these.",
        ),
        (b"PAR1 and then nothing", "the Parquet file is damaged or cut short."),
        (
            b"race,n\n\x81\x8d,1\n",
            "expected text in UTF-8, UTF-16 or Windows-1252. Save it as UTF-8.",
        ),
    ],
)
def test_a_file_of_another_kind_is_refused_in_a_sentence(tmp_path, content, sentence):
    path = tmp_path / "file.csv"
    path.write_bytes(content)

    with pytest.raises(Unreadable) as refused:
        read(path)

    assert (refused.value.path, refused.value.line, refused.value.expected) == (
        path,
        None,
        sentence,
    )


@pytest.mark.parametrize(
    ("content", "line", "sentence"),
    [
        ("race,n\nBlack,1\nWhite,2,3\n", 3, "expected 2 cells as in the column names, not 3."),
        ("race,n\nBlack,1\n\nWhite\n", 4, "expected 2 cells as in the column names, not 1."),
        ("title\nrace,n\nx,y\nTotal,1,2\n", 4, "expected 2 cells as in the column names, not 3."),
        (
            'race,n\nBlack,1\n"White,2\nAsian,3\n',
            3,
            'expected quotation marks in pairs: "like this".',
        ),
        ("race,Race\nBlack,1\n", 1, "the column name 'race' stands twice."),
        ("race,n\n", 1, "there is no row below the column names."),
    ],
)
def test_a_broken_line_is_refused_with_its_number(tmp_path, content, line, sentence):
    path = tmp_path / "s.csv"
    path.write_text(content)

    with pytest.raises(Unreadable) as refused:
        read(path)

    assert (refused.value.line, refused.value.expected) == (line, sentence)
    assert str(refused.value) == f"s.csv, line {line}: {sentence}"


def test_a_header_without_a_name_is_refused(tmp_path):
    path = tmp_path / "s.csv"
    path.write_text(",\nrace,n\nBlack,2\n")

    with pytest.raises(Unreadable, match=r"line 1: there are no column names in this line\."):
        read(path, header=1)


DAMAGED = [
    b'race,n\nBlack,"1, 2"\nWhite,3\n',
    "raßce;n\nä;1\n".encode("cp1252"),
    "a\tb\n1\t2\n".encode("utf-16"),
]


@pytest.mark.slow
@calm
@given(
    st.sampled_from(DAMAGED),
    st.lists(st.tuples(st.integers(0, 60), st.binary(max_size=2)), max_size=3),
)
def test_a_damaged_file_is_read_with_a_line_for_every_row_or_refused(tmp_path, content, damages):
    for place, put in damages:
        content = content[:place] + put + content[place + 1 :]
    path = tmp_path / "s.csv"
    path.write_bytes(content)

    try:
        source = read(path)
    except Unreadable as refused:
        assert refused.expected
    else:
        assert sorted(source.line_numbers(range(source.rows))) == list(range(source.rows))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Unreadable, match=r"gone\.csv: there is no such file\."):
        read(tmp_path / "gone.csv")


def test_a_wrong_encoding_is_refused(tmp_path):
    path = tmp_path / "s.csv"
    path.write_bytes("race\nLatiné\n".encode("cp1252"))

    with pytest.raises(Unreadable, match="the text is not in utf-8"):
        read(path, encoding="utf-8")


def test_a_column_that_is_not_there_is_refused_with_those_that_are(tmp_path):
    source = read(write(tmp_path / "s.csv", ("race", "n"), [("Black", 1)]))

    with pytest.raises(
        Unreadable, match=r"line 1: there is no column 'grade'\. The columns are: race, n"
    ):
        source.need(["grade"])


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [
        ("Student Name", "x", "name"),
        ("LAST_NAME", "x", "name"),
        ("lastfirst", "x", "name"),
        ("birthDate", "2009-04-01", "birth date"),
        ("DOB", "4/1/2009", "birth date"),
        ("ssn", "x", "Social Security number"),
        ("stu_ssn", "x", "Social Security number"),
        ("number", "123-45-6789", "Social Security number"),
        ("pupil", "Lopez, Ana M.", "name"),
        ("contact", "ana@example.org", "e-mail address"),
    ],
)
def test_a_column_that_points_at_a_child_is_refused_and_explained(tmp_path, column, value, kind):
    path = write(tmp_path / "s.csv", ("race", column), [("Black", value)])

    with pytest.raises(Refused) as refused:
        read(path)

    (finding,) = refused.value.findings
    assert (finding.column, finding.sentence.partition(".")[0]) == (column, f"it holds a {kind}")
    assert "name it as one to leave out" in finding.sentence


def test_leaving_out_every_column_leaves_nothing_to_read(tmp_path):
    path = write(tmp_path / "s.csv", ("race",), [("Black",)])

    with pytest.raises(Unreadable, match=r"line 1: no column is left to read\."):
        read(path, without=["race"])


def test_a_column_that_is_left_out_is_never_kept(tmp_path):
    path = write(tmp_path / "s.csv", ("race", "birthDate"), [("Black", "2009-04-01")])

    source = read(path, without=["birthDate"])

    assert source.columns == ("race",)
    assert b"2009-04-01" not in source.cells.read_bytes()


@pytest.mark.parametrize("column", ["SCH_NAME", "LEA_NAME", "schoolName", "group_name"])
def test_names_of_schools_and_groups_are_no_names_of_children(tmp_path, column):
    path = write(tmp_path / "s.csv", ("race", column), [("Black", "Lincoln, North")])

    assert read(path).columns == ("race", column)


def test_an_empty_birth_date_column_tells_nothing(tmp_path):
    path = write(tmp_path / "s.csv", ("race", "birthDate"), [("Black", "")])

    assert read(path).columns == ("race", "birthDate")


def test_what_was_kept_aside_goes_with_the_answer(tmp_path):
    source = read(write(tmp_path / "s.csv", ("race",), [("Black",)]))
    folder = source.cells.parent

    del source

    assert not folder.exists()


def test_many_findings_are_counted_and_many_lines_too():
    findings = [
        Finding(tuple(range(2, 9)), "n", "x", 7, "no."),
        *[Finding((1,), "n", "y", 1, "no.")] * 21,
    ]

    text = str(Refused(Path("s.csv"), findings))

    assert text.startswith(
        "s.csv: nothing was read.\nLines 2, 3, 4, 5, 6 and 2 more, column n: no.\n"
    )
    assert text.endswith("And 2 more.")


@pytest.mark.parametrize("module", [database, guessing, identifying, unreadable, workbooks])
def test_the_examples_in_the_text_are_right(module):
    assert doctest.testmod(module).failed == 0


def test_where_no_row_looks_like_names_the_first_one_is_shown_as_the_header():
    assert guessing.guess_header([["2015", "1"], ["2016", "2"]]) == 0
    assert (
        guessing.guess_header([["race", "frl", ""], ["Black", "Yes", "x"], ["White", "No", "y"]])
        == 0
    )
    assert (
        guessing.guess_header([["Report", "", ""], ["race", "frl", ""], ["Black", "Yes", "x"]]) == 1
    )
    assert guessing.guess_header([]) == 0


def test_importing_the_engine_loads_no_slow_library():
    slow = [
        "pandas",
        "ibis",
        "pandera",
        "statsmodels",
        "scipy.stats",
        "pyarrow",
        "polars",
        "duckdb",
    ]
    code = f"import sys, throughline.engines.disparity; print([m for m in {slow!r} if m in sys.modules])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_a_source_says_whose_bytes_it_holds(tmp_path):
    path = write(tmp_path / "s.csv", ("race",), [("Black",)])

    assert read(path).sha256 == hashlib.sha256(b"race\r\nBlack\r\n").hexdigest()
