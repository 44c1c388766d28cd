"""A file that breaks its contract gets a report of every bad row and column, and nothing is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.disparity.files import (
    CODEBOOK,
    COLUMNS,
    FRL,
    RACES,
    SCHOOLS,
    calm,
    levels,
    write,
)
from throughline.engines.disparity.codebook import Attribute, Codebook
from throughline.engines.disparity.contracts import contract, report
from throughline.engines.disparity.encoding import encode
from throughline.engines.disparity.reading import read
from throughline.engines.disparity.unreadable import Refused


def test_every_bad_row_and_column_is_named_at_once(tmp_path):
    rows = [
        ("Black", "Yes", "School A", "1", "3.27"),
        ("Blak", "Yes", "School A", "2", "3.275"),
        ("White", "Maybe", "School Z", "-4", "A+"),
        ("Blak", "No", "School B", "0", "-1"),
    ]
    source = read(write(tmp_path / "students.csv", COLUMNS, rows))

    with pytest.raises(Refused) as refused:
        encode(source, CODEBOOK)

    assert str(refused.value) == (
        "students.csv: nothing was read.\n"
        "Line 3, column gpa: 3.275 does not fit: gpa is kept in steps of 1/100.\n"
        "Line 3, column graduated: 2 is neither 0 nor 1, so graduated is no yes-or-no outcome.\n"
        "Lines 3, 5, column race: 'Blak' is not in the codebook of race. Add it to a group, or correct it.\n"
        "Line 4, column frl: 'Maybe' is not in the codebook of frl. Add it to a group, or correct it.\n"
        "Line 4, column gpa: 'A+' is neither a number nor a known code for a missing one.\n"
        "Line 4, column graduated: -4 is negative, and no known code for a missing figure.\n"
        "Line 4, column school: 'School Z' is not in the codebook of school. Add it to a group, or correct it.\n"
        "Line 5, column gpa: -1 is not a number of anything; in a file of the Urban Institute education "
        "data portal it means: missing or not reported. Say whose file it is."
    )


def test_nothing_of_a_refused_file_is_kept(tmp_path):
    source = read(write(tmp_path / "s.csv", COLUMNS, [("Blak", "Yes", "School A", "1", "1")]))
    kept = tmp_path / "kept.parquet"

    with pytest.raises(Refused):
        encode(source, CODEBOOK, keep=kept)

    assert not kept.exists()


cells = st.tuples(
    st.sampled_from([*RACES, "", "Blak", "*"]),
    st.sampled_from([*FRL, "Maybe", "NA"]),
    st.sampled_from([*SCHOOLS, "School Z"]),
    st.sampled_from(["1", "0", "2", "-9", "-4"]),
    st.sampled_from(["3.27", "3.275", "-1", ".", "A+"]),
)


@pytest.mark.slow
@calm
@given(st.lists(cells, min_size=1, max_size=6))
def test_the_contract_holds_exactly_where_the_file_can_be_encoded(tmp_path, rows):
    import pandas as pd
    from pandera.errors import SchemaErrors

    source = read(write(tmp_path / "s.csv", COLUMNS, rows))
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    try:
        encode(source, CODEBOOK)
        encoded = True
    except Refused:
        encoded = False

    try:
        contract(CODEBOOK).validate(frame, lazy=True)
        holds = True
    except SchemaErrors:
        holds = False

    assert holds == encoded


def test_a_combination_of_columns_is_checked_as_a_whole(tmp_path):
    flags = Attribute(
        "race", ("a", "b"), ("A", "B"), {("1", "0"): 0, ("0", "1"): 1}, version="test"
    )
    rows = [("1", "0", "Yes"), ("1", "1", "Yes"), ("1", "1", "No")]
    source = read(write(tmp_path / "s.csv", ("a", "b", "frl"), rows))

    with pytest.raises(Refused) as refused:
        encode(source, Codebook((flags, levels("frl", "Yes", "No"))))

    (finding,) = refused.value.findings
    assert (finding.column, finding.value, finding.lines, finding.rows) == (
        "a + b",
        "1 / 1",
        (3, 4),
        2,
    )


def test_a_file_that_keeps_its_contract_has_no_findings(tmp_path):
    source = read(write(tmp_path / "s.csv", COLUMNS, [("Black", "Yes", "School A", "1", "1")]))

    assert report(source, CODEBOOK, [0]) == ()
