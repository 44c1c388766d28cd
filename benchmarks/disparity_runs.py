"""One engine, one job, in a process of its own; prints what it took and what it counted as JSON.

The peers run here too, in their own environment: nothing of the product is imported for them.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

CROSSED = (0, 1, 2, 3, 4, 7)
"""The large job crosses six of the eight attributes; all eight are counted alone."""


def grouping_sets(job: str) -> list[tuple[int, ...]]:
    """Return positions of attributes: 44 choices for the large job, 11 for the small one."""
    if job == "small":
        return [by for way in range(3) for by in combinations(range(4), way)]
    crossed = [by for way in (2, 3) for by in combinations(CROSSED, way)]
    return [(), *((at,) for at in range(8)), *crossed]


def outcomes(job: str) -> list[int]:
    """Return the positions of the outcomes: all twelve, or the first."""
    return list(range(12)) if job == "large" else [0]


WARM = 2
"""An engine that took less than so many seconds is measured on a second run in the same process."""

Answer = Iterator[tuple[int, int]]
"""Of each grouping set: groups, and the sum of their n."""


def _columns(job: str) -> list[str]:
    return [f"a{at}" for at in range(8)] + [f"o{at}" for at in outcomes(job)]


def _pandas_frame(file: Path, job: str) -> Any:
    import duckdb

    return duckdb.execute(f"SELECT {', '.join(_columns(job))} FROM read_parquet('{file}')").df()


def ours(file: Path, job: str) -> Callable[[], Answer]:
    """Build the cube from the encoded file, then add up every table of every outcome."""
    from throughline.engines.disparity.codebook import Codebook, read_codebook
    from throughline.engines.disparity.cube import build_cube
    from throughline.engines.disparity.encoding import Encoded

    kept = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    whole = read_codebook(kept["codebook"])
    book = Codebook(
        whole.attributes, tuple(whole.outcomes[at] for at in outcomes(job)), whole.among
    )
    encoded = Encoded(file, book, kept["rows"], "", tuple(kept["radices"]))

    def run() -> Answer:
        cube = build_cube(encoded, book)
        for column in book.outcomes:
            for by in grouping_sets(job):
                table = cube.table([book.attributes[at].name for at in by], column.outcome.name)
                if column is book.outcomes[0]:
                    yield len(table.groups), int(table.counts.n.sum())

    return run


def scan(file: Path, job: str) -> Callable[[], Answer]:
    """Sum the same columns and nothing else: what reading them takes."""
    import duckdb

    sums = ", ".join(f"sum({name})" for name in _columns(job))

    def run() -> Answer:
        duckdb.execute(f"SELECT count(*), {sums} FROM read_parquet('{file}')").fetchall()
        yield from ()

    return run


def _sql_sums(job: str) -> str:
    parts = ["count(*) AS n"]
    for at in outcomes(job):
        parts += [f"count(o{at})", f"sum(o{at})"]
        if at >= 10:
            parts.append(f"sum(o{at}::BIGINT * o{at}::BIGINT)")
    return ", ".join(parts)


def duckdb_sets(file: Path, job: str) -> Callable[[], Answer]:
    """Ask DuckDB for all grouping sets at once."""
    import duckdb

    sets = ", ".join("(" + ", ".join(f"a{at}" for at in by) + ")" for by in grouping_sets(job))
    used = ", ".join(f"a{at}" for at in sorted({at for by in grouping_sets(job) for at in by}))

    def run() -> Answer:
        rows = duckdb.execute(
            f"SELECT grouping({used}) AS which, {_sql_sums(job)} FROM read_parquet('{file}') "
            f"GROUP BY GROUPING SETS ({sets})"
        ).fetchall()
        found: dict[int, list[int]] = {}
        for which, n, *_sums in rows:
            found.setdefault(which, []).append(n)
        for counts in found.values():
            yield len(counts), sum(counts)

    return run


def polars_loop(file: Path, job: str) -> Callable[[], Answer]:
    """Group by once per grouping set, lazily, from the file."""
    import polars as pl

    sums = [pl.len().alias("n")]
    for at in outcomes(job):
        value = pl.col(f"o{at}").cast(pl.Int64)
        sums += [value.count().alias(f"v{at}"), value.sum().alias(f"s{at}")]
        if at >= 10:
            sums.append((value * value).sum().alias(f"q{at}"))

    def run() -> Answer:
        for by in grouping_sets(job):
            rows = pl.scan_parquet(file)
            keys = [f"a{at}" for at in by]
            found = (rows.group_by(keys).agg(sums) if keys else rows.select(sums)).collect()
            yield len(found), int(found["n"].sum())

    return run


def pandas_loop(file: Path, job: str) -> Callable[[], Answer]:
    """Group by once per grouping set, from a frame that is in memory already."""
    frame = _pandas_frame(file, job)
    for at in outcomes(job):
        if at >= 10:
            frame[f"q{at}"] = frame[f"o{at}"].astype("float64") ** 2
    values = [name for name in frame.columns if name[0] in "oq"]

    def run() -> Answer:
        for by in grouping_sets(job):
            keys = [f"a{at}" for at in by]
            if not keys:
                frame[values].agg(["count", "sum"])
                yield 1, len(frame)
                continue
            grouped = frame.groupby(keys, observed=True)
            grouped[values].agg(["count", "sum"])
            sizes = grouped.size()
            yield len(sizes), int(sizes.sum())

    return run


def fairlearn(file: Path, job: str) -> Callable[[], Answer]:
    """One MetricFrame per grouping set and outcome, as its guide shows."""
    import numpy as np
    from fairlearn.metrics import MetricFrame, count, selection_rate

    frame = _pandas_frame(file, job)

    def run() -> Answer:
        for by in grouping_sets(job):
            groups, students = 1, len(frame)
            for at in outcomes(job):
                known = frame[frame[f"o{at}"].notna()]
                if not by:
                    known[f"o{at}"].mean()
                    continue
                told = known[f"o{at}"].to_numpy().astype(int)
                found = MetricFrame(
                    metrics={"n": count, "rate": selection_rate},
                    y_true=np.zeros(len(known)),
                    y_pred=told,
                    sensitive_features=known[[f"a{one}" for one in by]],
                ).by_group
                groups, students = len(found), int(found["n"].sum())
            yield groups, students

    return run


def aequitas(file: Path, job: str) -> Callable[[], Answer]:
    """Its Group over a pasted column per grouping set."""
    from aequitas.group import Group

    frame = _pandas_frame(file, job)

    def run() -> Answer:
        for by in grouping_sets(job):
            pasted = frame[f"a{by[0]}"].astype(str) if by else frame["a0"].astype(str) * 0
            for at in by[1:]:
                pasted = pasted + "|" + frame[f"a{at}"].astype(str)
            given = frame[["o0"]].rename(columns={"o0": "score"}).assign(group=pasted)
            given["label_value"] = given["score"] = given["score"].fillna(0).astype(int)
            found, _names = Group().get_crosstabs(given, attr_cols=["group"])
            yield len(found), int(found["group_size"].sum())

    return run


def spark(file: Path, job: str) -> Callable[[], Answer]:
    """Count the finest cells on two local workers, after one run to warm up."""
    from pyspark.sql import SparkSession

    local = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    for name in ("spark.driver.host", "spark.driver.bindAddress"):
        local = local.config(name, "127.0.0.1")
    session = local.getOrCreate()
    session.read.parquet(str(file)).createOrReplaceTempView("rows")
    base = ", ".join(f"a{at}" for at in range(8))
    query = f"SELECT {base}, {_sql_sums(job)} FROM rows GROUP BY {base}"
    session.sql(query).collect()

    def run() -> Answer:
        yield len(session.sql(query).collect()), 0

    return run


ENGINES = {
    one.__name__: one
    for one in (ours, scan, duckdb_sets, polars_loop, pandas_loop, fairlearn, aequitas, spark)
}


def peak_megabytes() -> float:
    """Return the most memory that this process held (Linux; what its parent held does not count)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def measured(run: Callable[[], Answer]) -> dict[str, float]:
    """Run once; return what it took and what it counted."""
    cpu, begun = time.process_time(), time.perf_counter()
    answers = list(run())
    return {
        "seconds": time.perf_counter() - begun,
        "cpu": time.process_time() - cpu,
        "megabytes": peak_megabytes(),
        "groups": sum(groups for groups, _n in answers),
        "students": sum(n for _groups, n in answers),
    }


def main() -> None:
    """Run ``ENGINE FILE JOB`` and print; what is fast is warmed up by a run before."""
    engine, file, job = sys.argv[1:]
    run = ENGINES[engine](Path(file), job)
    took = measured(run)
    print(json.dumps(measured(run) if took["seconds"] < WARM else took))


if __name__ == "__main__":
    main()
