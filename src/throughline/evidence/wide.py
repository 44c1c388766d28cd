"""Read a federal school file as the department publishes it: one row a school, two columns a group."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from throughline.engines.disparity import read_rate
from throughline.evidence.groups import GROUPS
from throughline.evidence.shipped.reading import SchoolRate


@dataclass(frozen=True, slots=True)
class DistrictRows:
    """What a file holds about one district: its schools' names and their printed rates."""

    schools: dict[str, str] = field(default_factory=dict)
    rates: list[SchoolRate] = field(default_factory=list)


def read_file(path: Path, year: int, leaids: Collection[str]) -> dict[str, DistrictRows]:
    """Return the rows of these districts. ``year`` is the one that the school year ends in.

    Raises
    ------
    ValueError
        A column is missing, or a rate or size cannot be read; the message names the line.
    """
    ending = f"{(year - 1) % 100:02d}{year % 100:02d}"
    found: dict[str, DistrictRows] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        _check_columns(reader.fieldnames or [], ending)
        for row in reader:
            if row["LEAID"] in leaids:
                rows = found.setdefault(row["LEAID"], DistrictRows())
                rows.schools[row["NCESSCH"]] = row["SCHNAM"]
                rows.rates.extend(_rates(row, year, ending, reader.line_num))
    return found


def _check_columns(names: Collection[str], ending: str) -> None:
    wanted = ["LEAID", "NCESSCH", "SCHNAM"]
    wanted += [f"{group}_{what}_{ending}" for group in GROUPS for what in ("COHORT", "RATE")]
    missing = [name for name in wanted if name not in names]
    if missing:
        raise ValueError(f"line 1: expected the column {missing[0]}, got {', '.join(names)[:200]}")


def _rates(row: Mapping[str, str], year: int, ending: str, line: int) -> list[SchoolRate]:
    rates = []
    for group in GROUPS:
        size = (row[f"{group}_COHORT_{ending}"] or ".").strip()
        printed = (row[f"{group}_RATE_{ending}"] or ".").strip() or "."
        if size == "." and printed == ".":
            continue
        if size != "." and not size.isdecimal():
            raise ValueError(f"line {line}: {group}: expected a number of students, got {size!r}")
        try:
            read_rate(printed)
        except ValueError as error:
            raise ValueError(f"line {line}: {group}: {error}") from error
        number = None if size == "." else int(size)
        rates.append(SchoolRate(row["NCESSCH"], year, group, number, printed))
    return rates
