"""How long every table of groups takes, beside what an analyst could install instead.

``python -m benchmarks.disparity 20000 100000`` generates students aside, counts them with each
engine in a process of its own, interleaved, prints a table and leaves nothing.
``--peers PYTHON`` is the interpreter of an environment with ``benchmarks/peers.txt``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from benchmarks.disparity_runs import grouping_sets
from throughline.engines.disparity.database import opened
from throughline.engines.disparity.encoding import encode
from throughline.engines.disparity.mapping import guess_codebook
from throughline.engines.disparity.reading import read

ATTRIBUTES = {
    "race": ["American Indian", "Asian", "Black", "Hispanic", "Pacific Islander", "Two or more", "White"],
    "sex": ["F", "M", "X"],
    **{name: ["No", "Yes"] for name in ("frl", "el", "swd", "homeless", "foster")},
    "grade": ["KG", *(f"{grade:02d}" for grade in range(1, 13))],
}  # fmt: skip
BINARY = [f"outcome_{at}" for at in range(10)]
SCORES = ["score_0", "score_1"]

SLOW = {"fairlearn": 100_000, "aequitas": 100_000, "pandas_loop": 5_000_000}
"""The most students with whom a slow peer is asked."""

JOBS = {
    "small": ("ours", "scan", "polars_loop", "pandas_loop", "aequitas", "fairlearn"),
    "large": ("ours", "scan", "duckdb_sets", "polars_loop", "pandas_loop"),
}
"""The small job is one outcome in 11 grouping sets; the large one twelve outcomes in 44."""

PEERS = ("aequitas", "fairlearn")
WAIT = 240
"""Seconds after which an engine is said not to have finished."""


@dataclass(frozen=True, slots=True)
class Took:
    """Medians of one engine and job."""

    seconds: float
    cpu: float
    megabytes: float
    groups: int
    students: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.disparity", description=__doc__)
    parser.add_argument("students", type=int, nargs="*", default=[20_000, 100_000])
    parser.add_argument("--runs", type=int, default=3, help="runs to take a median of")
    parser.add_argument("--peers", help="Python of the environment with benchmarks/peers.txt")
    parser.add_argument("--spark", help="Python of an environment with PySpark")
    parser.add_argument("--jobs", nargs="*", default=list(JOBS), choices=list(JOBS))
    options = parser.parse_args()
    print(versions(options.runs))
    with tempfile.TemporaryDirectory(prefix="throughline-benchmark-") as folder:
        for students in options.students:
            file = generated(Path(folder), students)
            for job in options.jobs:
                interleaved(file, job, students, options)


def versions(runs: int) -> str:
    """Say what was measured with what."""
    names = ("duckdb", "numpy", "polars", "pandas")
    parts = [f"{name} {metadata.version(name)}" for name in names]
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"{datetime.now(UTC).date()}, Python {platform.python_version()}, {', '.join(parts)}; "
        f"{os.cpu_count()} cores, {platform.machine()}, load {load}; medians of {runs} interleaved runs."
    )


def generated(folder: Path, students: int) -> Path:
    """Make a file of students as a district would, encode it, and return the encoded file."""
    told = folder / f"students-{students}.parquet"
    columns = [
        f"{_listed(levels)}[1 + (hash(i * 31 + {at}) % {len(levels)})::INT] AS {name}"
        for at, (name, levels) in enumerate(ATTRIBUTES.items())
    ]
    columns += [
        f"CASE WHEN hash(i * 37 + {at}) % 50 = 0 THEN NULL "
        f"ELSE (hash(i * 41 + {at}) % 100 < {20 + 6 * at})::INT END AS {name}"
        for at, name in enumerate(BINARY)
    ]
    columns += [
        f"CASE WHEN hash(i * 43 + {at}) % 20 = 0 THEN NULL "
        f"ELSE ((hash(i * 47 + {at}) % 401)::DECIMAL(6, 2) / 100)::DECIMAL(6, 2) END AS {name}"
        for at, name in enumerate(SCORES)
    ]
    with opened() as database:
        database.execute(
            f"COPY (SELECT {', '.join(columns)} FROM range({students}) AS r(i)) TO '{told}' "
            "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 250000)"
        )
    begun = time.perf_counter()
    source = read(told)
    scales = dict.fromkeys(SCORES, 100)
    book = guess_codebook(source, list(ATTRIBUTES), [*BINARY, *SCORES], scales=scales)
    encoded = encode(source, book, keep=folder / f"encoded-{students}.parquet")
    print(
        f"\n{students:,} students: read, codebook and encoding {time.perf_counter() - begun:.2f} s.\n"
    )
    kept = {"codebook": book.to_json(), "rows": encoded.rows, "radices": encoded.radices}
    encoded.path.with_suffix(".json").write_text(json.dumps(kept), encoding="utf-8")
    return encoded.path


def _listed(levels: Sequence[str]) -> str:
    return "[" + ", ".join(f"'{level}'" for level in levels) + "]"


def interleaved(file: Path, job: str, students: int, options: argparse.Namespace) -> None:
    """Run every engine in turn, so often, and print the medians beside ours."""
    engines = [one for one in JOBS[job] if one not in PEERS or options.peers]
    engines += ["spark"] if options.spark and job == "large" else []
    engines = [one for one in engines if students <= SLOW.get(one, students)]
    took: dict[str, list[Took]] = {one: [] for one in engines}
    for _run in range(options.runs):
        for engine in list(took):
            python = {"spark": options.spark, **dict.fromkeys(PEERS, options.peers)}.get(engine)
            found = _run_one(python or sys.executable, engine, file, job)
            if found is None:
                del took[engine]
                print(f"{engine} did not finish the {job} job in {WAIT} s.")
            else:
                took[engine].append(found)
    sets, outcomes = len(grouping_sets(job)), 12 if job == "large" else 1
    print(f"| {job} job, {students:,} students, {outcomes} outcomes, {sets} sets | wall s | CPU s "
          "| beside ours | peak MB | groups |\n|---|---|---|---|---|---|")  # fmt: skip
    base = statistics.median(one.seconds for one in took["ours"])
    for engine, runs in took.items():
        seconds, cpu = (
            statistics.median(getattr(one, what) for one in runs) for what in ("seconds", "cpu")
        )
        groups = runs[0].groups or "-"
        print(f"| {engine} | {seconds:.3f} | {cpu:.3f} | {seconds / base:.1f} "
              f"| {max(one.megabytes for one in runs):.0f} | {groups} |", flush=True)  # fmt: skip
    _agree(took)
    print()


def _agree(took: dict[str, list[Took]]) -> None:
    """Stop if two engines that answer tables found different groups or students."""
    plain = {
        engine: runs
        for engine, runs in took.items()
        if engine not in (*PEERS, "spark") and runs[0].groups
    }
    found = {(one.groups, one.students) for runs in plain.values() for one in runs}
    if len(found) > 1:
        raise SystemExit(f"the engines disagree: {found}")


def _run_one(python: str, engine: str, file: Path, job: str) -> Took | None:
    script = Path(__file__).with_name("disparity_runs.py")
    command = [python, str(script), engine, str(file), job]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, timeout=WAIT, check=True)
    except subprocess.TimeoutExpired:
        return None
    return Took(**json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    main()
