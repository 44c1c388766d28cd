"""Make the shipped figures from the department's own files.

Run as ``python -m throughline.evidence.shipped.build FOLDER YYYY-MM-DD``: the folder holds
``edfacts_2012.csv`` and so on (named by the year that the school year ends in) and
``nces_table1_2014_15_published.csv``; the day is when they were retrieved. The same input gives
the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from datetime import date
from pathlib import Path

import duckdb

from throughline.engines.disparity import Reported, add_up
from throughline.evidence.groups import GROUPS
from throughline.evidence.shipped.names import readable
from throughline.evidence.shipped.states import STATES

HERE = Path(__file__).parent
YEARS = (2012, 2013, 2014, 2015)
PUBLISHED = "nces_table1_2014_15_published.csv"
RATES = "rates.parquet"
PLACES = "places.parquet"


def build(folder: Path, retrieved_on: date, into: Path = HERE) -> None:
    """Write the rates, the places, the states' own rates and where they come from.

    Raises
    ------
    FileNotFoundError
        A file is missing in ``folder``.
    throughline.engines.disparity.Unreadable
        A rate is printed in a form that we do not know.
    """
    with duckdb.connect() as database:
        database.execute("SET threads = 1")
        for year in YEARS:
            _read_year(database, folder / f"edfacts_{year}.csv", year)
        _write_rates(database, into / RATES)
        _write_places(database, into / PLACES)
        checks = _compare_with_states(database, folder / PUBLISHED)
        years = _years_of_states(database)
    (into / "state_rates_2015.csv").write_bytes((folder / PUBLISHED).read_bytes())
    _write_json(into / "state_checks_2015.json", checks)
    _write_json(into / "state_years.json", years)
    _write_json(into / "provenance.json", _provenance(folder, retrieved_on, into))


def _read_year(database: duckdb.DuckDBPyConnection, path: Path, year: int) -> None:
    """Turn one wide file into rows of school, group, size and printed rate."""
    ending = f"{(year - 1) % 100:02d}{year % 100:02d}"
    rows = database.read_csv(str(path), all_varchar=True, header=True)
    database.register("wide", rows)
    database.execute("""CREATE TABLE IF NOT EXISTS rates (
        leaid VARCHAR, ncessch VARCHAR, school_year USMALLINT, "group" VARCHAR, n UINTEGER,
        printed VARCHAR)""")
    database.execute("""CREATE TABLE IF NOT EXISTS names (
        leaid VARCHAR, district VARCHAR, ncessch VARCHAR, school VARCHAR, school_year USMALLINT)""")
    for group in GROUPS:
        size, rate = f"{group}_COHORT_{ending}", f"{group}_RATE_{ending}"
        database.execute(
            f"""INSERT INTO rates SELECT LEAID, NCESSCH, ?, ?,
                TRY_CAST(nullif({size}, '.') AS UINTEGER), coalesce({rate}, '.')
                FROM wide WHERE coalesce({size}, '.') <> '.' OR coalesce({rate}, '.') <> '.'""",  # noqa: S608 - names of our own groups
            [year, group],
        )
    database.execute("INSERT INTO names SELECT LEAID, LEANM, NCESSCH, SCHNAM, ? FROM wide", [year])
    database.unregister("wide")


def _write_rates(database: duckdb.DuckDBPyConnection, path: Path) -> None:
    database.execute(
        f"""COPY (SELECT * FROM rates ORDER BY leaid, ncessch, school_year, "group")
            TO '{path}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 19,
                         ROW_GROUP_SIZE 50000)"""  # noqa: S608 - a path of our own
    )


def _write_places(database: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write districts and schools under the name of the last year they appear in."""
    database.execute("CREATE TABLE states (fips VARCHAR, abbreviation VARCHAR, name VARCHAR)")
    database.executemany(
        "INSERT INTO states VALUES (?, ?, ?)", [[fips, *both] for fips, both in STATES.items()]
    )
    for (name,) in database.execute("SELECT DISTINCT district FROM names").fetchall():
        if name.isupper():
            database.execute(
                "UPDATE names SET district = ? WHERE district = ?", [readable(name), name]
            )
    database.execute(
        f"""COPY (
            SELECT 'state' AS kind, fips AS code, '' AS parent, name, abbreviation AS state
            FROM states
            UNION ALL
            SELECT 'district', leaid, leaid[:2], arg_max(district, school_year), abbreviation
            FROM names JOIN states ON leaid[:2] = fips GROUP BY leaid, abbreviation
            UNION ALL
            SELECT 'school', ncessch, arg_max(leaid, school_year), arg_max(school, school_year),
                abbreviation
            FROM names JOIN states ON leaid[:2] = fips GROUP BY ncessch, abbreviation
            ORDER BY kind, code)
            TO '{path}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 19)"""  # noqa: S608 - a path of our own
    )


def _years_of_states(database: duckdb.DuckDBPyConnection) -> dict[str, list[int]]:
    """List, by state, the school years for which it has any school in the files."""
    found: dict[str, list[int]] = {short: [] for short, _ in STATES.values()}
    rows = database.execute(
        "SELECT DISTINCT leaid[:2], school_year FROM rates ORDER BY 1, 2"
    ).fetchall()
    for fips, year in rows:
        found[STATES[fips][0]].append(year)
    return found


def _compare_with_states(
    database: duckdb.DuckDBPyConnection, published: Path
) -> dict[str, dict[str, int]]:
    """Count, by state, the groups whose published rate lies outside the schools' own sum."""
    abbreviations = {name.upper(): short for short, name in STATES.values()}
    checks: dict[str, dict[str, int]] = {}
    with published.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            state = abbreviations.get(row["state"], "US")
            outcome = [_agrees(database, state, group, row.get(group) or "") for group in GROUPS]
            found = [one for one in outcome if one is not None]
            if found:
                checks[state] = {"compared": len(found), "outside": found.count(False)}
    return checks


def _agrees(
    database: duckdb.DuckDBPyConnection, state: str, group: str, published: str
) -> bool | None:
    """Whether the published rate lies within the sum of the schools; None if one is missing."""
    if not published:
        return None
    fips = {short: fips for fips, (short, _) in STATES.items()}.get(state, "")
    rows = database.execute(
        """SELECT n, printed FROM rates
           WHERE school_year = 2015 AND "group" = ? AND starts_with(leaid, ?)""",
        [group, fips],
    ).fetchall()
    rate = add_up(Reported(n, printed) for n, printed in rows).rate
    if rate is None:
        return None
    slack = 0.05 if "." in published else 0.5
    return float(rate.low) - slack <= float(published) <= float(rate.high) + slack


def _provenance(folder: Path, retrieved_on: date, into: Path) -> dict[str, object]:
    originals = [*(f"edfacts_{year}.csv" for year in YEARS), PUBLISHED]
    return {
        "title": "Four-year adjusted cohort graduation rates by school",
        "source": "US Department of Education, EDFacts",
        "license": "Public domain (work of the United States government)",
        "retrieved_on": retrieved_on.isoformat(),
        "tables": {
            str(year): f"Four-year adjusted cohort graduation rate by school, "
            f"SY {year - 1}-{year % 100:02d}"
            for year in YEARS
        },
        "states": {
            "source": "National Center for Education Statistics, Common Core of Data",
            "table": "Table 1, ACGR by race/ethnicity and characteristics, SY 2014-15",
            "note": "30 of 52 rows: the United States and the states from Alabama to Nevada.",
        },
        "inputs_sha256": {name: _sha256(folder / name) for name in originals},
        "outputs_sha256": {name: _sha256(into / name) for name in (RATES, PLACES)},
    }


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    build(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
