"""The figures that come with the product, and what they agree with."""

from __future__ import annotations

import csv
import doctest
import hashlib

import pytest

from throughline.engines.disparity import Reported, Unreadable, add_up, read_rate
from throughline.evidence.groups import ALL, GROUPS
from throughline.evidence.shipped import names, reading
from throughline.evidence.shipped.demo_districts import DEMO_DISTRICTS
from throughline.evidence.shipped.states import STATES


def test_school_intervals_bracket_the_published_state_rates_in_242_of_260_comparisons():
    """NCES, CCD Table 1, SY 2014-15; the 18 misses are states whose school cohorts fall short."""
    outside = {
        state: check.outside for state, check in reading.state_checks().items() if check.outside
    }

    assert sum(check.compared for check in reading.state_checks().values()) == 260
    assert outside == {"CA": 4, "MS": 4, "MI": 3, "NV": 3, "CT": 2, "GA": 1, "US": 1}


@pytest.mark.slow
def test_the_comparison_with_the_states_comes_out_again_from_what_is_shipped():
    with (reading.HERE / "state_rates_2015.csv").open(encoding="utf-8", newline="") as file:
        published = {row["state"]: row for row in csv.DictReader(file)}
    fips = {name.upper(): number for number, (_short, name) in STATES.items()}
    rows = reading._query(
        f"""SELECT leaid[:2], "group", n, printed FROM read_parquet('{reading.HERE}/rates.parquet')
            WHERE school_year = 2015""",
        [],
    )
    parts: dict[tuple[str, str], list[Reported]] = {}
    for state, group, n, printed in rows:
        for whole in (state, ""):
            parts.setdefault((whole, group), []).append(Reported(n, printed))

    within = compared = 0
    for name, row in published.items():
        for group in GROUPS:
            rate = add_up(parts.get((fips.get(name, ""), group), [])).rate
            if not row.get(group) or rate is None:
                continue
            slack = 0.05 if "." in row[group] else 0.5
            compared += 1
            within += float(rate.low) - slack <= float(row[group]) <= float(rate.high) + slack

    assert (within, compared) == (242, 260)


def test_the_files_are_those_that_the_provenance_names():
    provenance = reading.provenance()

    assert provenance["outputs_sha256"] == {
        name: hashlib.sha256((reading.HERE / name).read_bytes()).hexdigest()
        for name in ("rates.parquet", "places.parquet")
    }
    assert provenance["license"].startswith("Public domain")
    assert reading.shipped_years() == [2012, 2013, 2014, 2015]
    assert sum(path.stat().st_size for path in reading.HERE.iterdir() if path.is_file()) < 3_000_000


def test_every_printed_rate_that_is_shipped_can_be_read():
    rows = reading._query(
        f"SELECT DISTINCT printed FROM read_parquet('{reading.HERE}/rates.parquet')", []
    )

    unreadable = []
    for (printed,) in rows:
        try:
            read_rate(printed)
        except Unreadable:
            unreadable.append(printed)
    assert (unreadable, len(rows) > 100) == ([], True)


def test_a_known_school_reads_as_the_file_prints_it():
    """Albertville High School, Albertville City, Alabama, from the department's own file."""
    found = {
        (rate.school_year, rate.group): (rate.n, rate.printed)
        for rate in reading.rates_of("0100005")
        if rate.ncessch == "010000500871" and rate.group in {ALL, "MBL", "CWD"}
    }

    assert found == {
        (2012, "ALL"): (268, "83"), (2012, "MBL"): (6, "GE50"), (2012, "CWD"): (18, "60-79"),
        (2013, "ALL"): (256, "82"), (2013, "MBL"): (8, "GE50"), (2013, "CWD"): (8, "GE50"),
        (2014, "ALL"): (248, "94"), (2014, "MBL"): (4, "PS"), (2014, "CWD"): (11, "GE50"),
        (2015, "ALL"): (252, "91"), (2015, "MBL"): (5, "PS"), (2015, "CWD"): (13, "LT50"),
    }  # fmt: skip


def test_thirty_demo_districts_are_real_and_miss_only_what_their_state_misses():
    places = {place.code: place for place in reading.places("district")}

    assert len(DEMO_DISTRICTS) == 30
    for district in DEMO_DISTRICTS:
        years = {rate.school_year for rate in reading.rates_of(district.leaid)}
        assert (places[district.leaid].name, places[district.leaid].state) == (
            district.name,
            district.state,
        )
        assert {2012, 2013, 2014, 2015} - years == (
            {district.missing} if district.missing else set()
        )
    assert [(d.state, d.missing) for d in DEMO_DISTRICTS if d.missing] == [
        ("KY", 2012),
        ("LA", 2015),
        ("OK", 2012),
    ]


def test_states_that_a_year_lacks_are_known():
    lacking = {
        state: sorted({2012, 2013, 2014, 2015} - set(years))
        for state, years in reading.years_of_states().items()
        if len(years) < 4
    }

    assert lacking == {
        "BIE": [2013, 2014, 2015], "ID": [2012, 2013], "KY": [2012], "LA": [2015], "NM": [2014],
        "OK": [2012],
    }  # fmt: skip


def test_names_in_capitals_are_written_as_people_write_them():
    assert doctest.testmod(names).failed == 0
    assert names.readable("DESOTO CO SCHOOL DIST") == "Desoto County School District"
    assert names.readable("DISTRICT OF COLUMBIA") == "District of Columbia"
