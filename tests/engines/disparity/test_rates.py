"""Published rates are ranges; nothing is made of a band but a range."""

from __future__ import annotations

import csv
import doctest
from fractions import Fraction

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.disparity.files import calm, write
from throughline.engines.disparity import rates
from throughline.engines.disparity.published import Percent, Reported, add_up
from throughline.engines.disparity.rates import Rates, difference, read_printed, read_rates
from throughline.engines.disparity.reading import read
from throughline.engines.disparity.unreadable import Refused, Unreadable
from throughline.evidence.shipped import reading
from throughline.evidence.shipped.states import STATES


def made(folder, rows, columns=("group", "rate"), n=None, unit="percent") -> Rates:
    return read_rates(read(write(folder / "r.csv", columns, rows)), ["group"], "rate", n, unit=unit)


def test_nces_graduation_rates_2014_15_are_13_points_apart(tmp_path):
    """NCES, ACGR 2014-15: White 87.6, Black 74.6, all 83.2, economically disadvantaged 76.1."""
    found = made(
        tmp_path,
        [("All students", "83.2"), ("White", "87.6"), ("Black", "74.6"), ("Disadvantaged", "76.1")],
    )

    black, white, poor = found.group("Black"), found.group("White"), found.group("Disadvantaged")
    assert (white.printed, black.printed) == (Fraction("87.6"), Fraction("87.6") - 13)
    assert (found.everyone.printed, poor.printed) == (
        Fraction("83.2"),
        Fraction("83.2") - Fraction("7.1"),
    )
    assert difference(black, white) == (Fraction("-13.1"), Fraction("-12.9"))
    assert (black.n, found.coverage) == (None, None)


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("87.6", "percent", "87.55", "87.65"),
        ("87.6%", "percent", "87.55", "87.65"),
        ("88", "percent", "87.5", "88.5"),
        ("0.876", "share", "87.55", "87.65"),
        (".9", "share", "85", "95"),
        ("1", "share", "50", "100"),
        ("99.96", "percent", "99.955", "99.965"),
        ("GE95", "percent", "94.5", "100"),
        ("80-84", "share", "79.5", "84.5"),
        ("PS", "percent", "0", "100"),
        ("<5%", "percent", "0", "5"),
        (">=95 %", "percent", "95", "100"),
        ("≤10%", "share", "0", "10"),
    ],
)
def test_a_printed_rate_is_all_that_was_rounded_to_it(text, unit, low, high):
    assert read_printed(text, unit) == Percent(Fraction(low), Fraction(high))


@pytest.mark.parametrize("text", ["", ".", "*", "<10", "n<", "NA"])
def test_no_figure_is_no_rate_and_never_zero(tmp_path, text):
    found = made(tmp_path, [("Black", text), ("White", "80")])

    assert read_printed(text) is None
    assert (found.group("Black").range, found.group("Black").printed) == (None, None)


@pytest.mark.parametrize("text", ["101", "-4", "eighty", "84-80", "120%"])
def test_what_is_no_rate_is_refused_with_its_line(tmp_path, text):
    with pytest.raises(Refused) as refused:
        made(tmp_path, [("White", "80"), ("Black", text)])

    (finding,) = refused.value.findings
    assert (finding.lines, finding.column, finding.value) == ((3,), "rate", text)


def test_shares_that_are_called_percent_are_refused(tmp_path):
    with pytest.raises(Unreadable, match="Say that the unit is share"):
        made(tmp_path, [("White", "0.876"), ("Black", "0.746")])

    found = made(tmp_path, [("White", "0.876"), ("Black", "0.746")], unit="share")
    assert found.group("White").printed == Fraction("87.6")


def test_percent_that_is_called_share_is_refused(tmp_path):
    with pytest.raises(Refused, match="outside 0 to 100 percent"):
        made(tmp_path, [("White", "87.6")], unit="share")
    with pytest.raises(ValueError, match="percent or share, not 'points'"):
        made(tmp_path, [("White", "87.6")], unit="points")


def test_schools_are_added_up_as_ranges_and_the_coverage_says_what_is_missing(tmp_path):
    rows = [("Black", "80-84", 63), ("Black", "83", 268), ("Black", "PS", 4), ("Black", ".", 20),
            ("All", "85", 400)]  # fmt: skip

    found = made(tmp_path, rows, ("group", "rate", "n"), "n")

    total = found.group("Black").total
    assert total == add_up(
        [Reported(63, "80-84"), Reported(268, "83"), Reported(4, "PS"), Reported(20, ".")]
    )
    assert found.group("Black").n == 355
    assert found.coverage == Fraction(335, 400)


def test_a_wrong_number_of_students_is_refused(tmp_path):
    with pytest.raises(Refused, match=r"Line 2, column n: '12\.5' is neither"):
        made(tmp_path, [("Black", "80", "12.5")], ("group", "rate", "n"), "n")


@calm
@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(0, 900),
            st.sampled_from(["85", "80-84", "GE95", "LT50", "21-39", "LE20", "PS", ".", ""]),
        ),
        min_size=2,
        max_size=8,
    )
)
def test_adding_up_rows_is_adding_up_published_rates(tmp_path, parts):
    rows = [("Black", printed, "" if n is None else n) for n, printed in parts]

    found = made(tmp_path, rows, ("group", "rate", "n"), "n")

    assert found.group("Black").total == add_up(Reported(n, printed) for n, printed in parts)


@pytest.mark.slow
def test_edfacts_schools_of_2014_15_bracket_the_published_rates_in_242_of_260_comparisons(tmp_path):
    """NCES, CCD Table 1, SY 2014-15, from the file a district analyst would have."""
    path = tmp_path / "edfacts.parquet"
    duckdb.sql(
        f"""COPY (SELECT leaid[:2] AS state, "group", n, printed FROM
        read_parquet('{reading.HERE}/rates.parquet') WHERE school_year = 2015) TO '{path}'"""
    )
    source = read(path)
    found = {
        one.labels: one for one in read_rates(source, ["state", "group"], "printed", "n").groups
    }
    country = read_rates(source, ["group"], "printed", "n")
    whole = {one.labels: one for one in country.groups} | {("*",): country.everyone}
    fips = {name.upper(): number for number, (_short, name) in STATES.items()}

    within = compared = 0
    with (reading.HERE / "state_rates_2015.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for group, published in row.items():
                label = "*" if group == "ALL" else group
                state = fips.get(row["state"])
                rate = found.get((state, label)) if state else whole.get((label,))
                if group == "state" or not published or rate is None or rate.range is None:
                    continue
                slack = 0.05 if "." in published else 0.5
                compared += 1
                low, high = float(rate.range.low) - slack, float(rate.range.high) + slack
                within += low <= float(published) <= high

    assert (within, compared) == (242, 260)


def test_an_unknown_group_is_refused_with_those_there_are(tmp_path):
    with pytest.raises(KeyError, match="There is: White"):
        made(tmp_path, [("White", "80")]).group("Black")


def test_the_examples_in_the_text_are_right():
    assert doctest.testmod(rates).failed == 0
