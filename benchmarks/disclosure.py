"""What hiding costs: hidden share, counts that could be recovered before and after, and seconds.

``python -m benchmarks.disclosure`` makes districts, protects them and prints a table;
``--large`` adds twelve outcomes at once over school x race x sex x one more attribute.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from itertools import combinations

import numpy as np

from throughline.engines.disclosure import (
    Axis,
    Outcome,
    Policy,
    Refusal,
    Release,
    Table,
    pool,
    protect,
)
from throughline.engines.disclosure.auditing import Attack
from throughline.engines.disclosure.counts import Known
from throughline.engines.disclosure.layers import promises
from throughline.engines.disclosure.patterns import published, small_counts
from throughline.engines.disclosure.releases import offered

RACES = ("Native", "Asian", "Black", "Hispanic", "Pacific", "Two or more", "White")
SHARES = np.array([0.012, 0.05, 0.17, 0.27, 0.005, 0.045, 0.448])
RISKS = (0.07, 0.02, 0.15, 0.07, 0.08, 0.08, 0.05)
RATES = (0.07, 0.2, 0.5, 0.85, 0.93)
SEED = 11
MOST_ATTACKED = 3_500
"""Counts up to which small counts alone are attacked; above, only the release is."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A table to make: schools, whether by sex and one more attribute, outcomes, districts.

    ``pooled`` merges small races first; ``pairs`` prints every two attributes, not all at once.
    """

    name: str
    schools: int
    sex: bool = False
    lunch: bool = False
    outcomes: int = 0
    districts: int = 0
    pooled: bool = False
    pairs: bool = False


SMALL = (
    Plan("25 schools x race", 25),
    Plan("25 x race x sex", 25, sex=True),
    Plan("25 x race, 1 outcome", 25, outcomes=1),
    Plan("120 schools in 6 districts x race", 120, districts=6),
    Plan("12 x race x sex, 1 outcome", 12, sex=True, outcomes=1),
    Plan("12 x race x sex x lunch, 1 outcome", 12, sex=True, lunch=True, outcomes=1),
    Plan("the same, small races pooled", 12, sex=True, lunch=True, outcomes=1, pooled=True),
    Plan("the same, by two attributes at a time", 12, sex=True, lunch=True, outcomes=1, pairs=True),
)
LARGE = (
    Plan("120 in 6 districts x race, 1 outcome", 120, outcomes=1, districts=6),
    Plan("12 x race x sex x lunch, 12 outcomes", 12, sex=True, lunch=True, outcomes=12),
    Plan(
        "the same, by two attributes at a time", 12, sex=True, lunch=True, outcomes=12, pairs=True
    ),
    Plan("25 x race x sex x lunch, 12 outcomes", 25, sex=True, lunch=True, outcomes=12),
    Plan(
        "the same, by two attributes at a time", 25, sex=True, lunch=True, outcomes=12, pairs=True
    ),
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.disclosure", description=__doc__)
    parser.add_argument("--large", action="store_true", help="twelve outcomes at once too")
    chosen = parser.parse_args()
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("numpy", "scipy"))
    print(f"Python {platform.python_version()}, {versions}, {os.cpu_count()} cores.\n")
    print(
        "| table | counts | small | recovered, small alone | hidden | share | recovered | narrowest"
        " | CPU s |\n|---|---|---|---|---|---|---|---|---|"
    )
    for plan in (*SMALL, *LARGE) if chosen.large else SMALL:
        print(line(plan), flush=True)


def line(plan: Plan) -> str:
    """Protect one table; return its line."""
    policy = Policy()
    table = make(plan)
    if plan.pooled:
        table, _names = pool(table, ["race"], threshold=policy.threshold)
    names = table.grid.names
    tables = list(combinations(names, 2)) if plan.pairs else [names]
    asked = offered(table.grid, tables)
    known = Known(table)
    counts = int(asked.sum()) * len(known.values)
    small = int(small_counts(known.values, policy).rows[:, asked].sum())
    simple = counts <= MOST_ATTACKED and not (plan.pooled or plan.pairs)
    before = recovered(table, policy) if simple else "-"
    seconds, answer = timed(partial(protect, table, policy, tables=tables))
    start = f"| {plan.name} | {counts} | {small} | {before} |"
    if isinstance(answer, Refusal):
        return f"{start} {answer.sentence} |"
    audit = answer.audit
    return (
        f"{start} {audit.checked} | {audit.checked / counts:.0%} | {audit.recoverable} "
        f"| {audit.narrowest_width} | {seconds:.2f} |"
    )


def timed(work: Callable[[], Release | Refusal]) -> tuple[float, Release | Refusal]:
    """Return the processor's seconds and the answer."""
    begun = time.process_time()
    answer = work()
    return time.process_time() - begun, answer


def recovered(table: Table, policy: Policy) -> int:
    """How many counts have one value only when nothing but small counts hides."""
    known, grid = Known(table), table.grid
    pattern = small_counts(known.values, policy)
    public = published(known, pattern, np.ones(grid.size, dtype=bool))
    wanted = promises(known.values, pattern.rows, policy.threshold)
    return Attack(grid, public, wanted, lambda: float("inf")).run().recoverable


def make(plan: Plan) -> Table:
    """Make students: schools of different size and mix, the same for the same plan."""
    rng = np.random.default_rng(SEED)
    sizes = rng.lognormal(np.log(550), 0.5, plan.schools).astype(int) + 30
    mixes = rng.dirichlet(SHARES / SHARES.sum() * 12, plan.schools)
    n = np.stack([rng.multinomial(size, mix) for size, mix in zip(sizes, mixes, strict=True)])
    axes = [schools(plan), Axis.flat("race", RACES)]
    risks = np.array(RISKS)[None, :]
    for wanted, name, labels, share in (
        (plan.sex, "sex", ("F", "M"), 0.49),
        (plan.lunch, "lunch", ("free", "paid"), 0.55),
    ):
        if wanted:
            first = rng.binomial(n, share)
            n, risks = np.stack([first, n - first], axis=-1), risks[..., None]
            axes.append(Axis.flat(name, labels))
    outcomes = tuple(
        Outcome(f"outcome {j + 1}", tuple(rng.binomial(n, risks if not j else RATES[j % 5]).ravel().tolist()))
        for j in range(plan.outcomes)
    )  # fmt: skip
    return Table(tuple(axes), tuple(n.ravel().tolist()), outcomes)


def schools(plan: Plan) -> Axis:
    """Name the schools, in districts where there are any."""
    names = [f"School {number + 1}" for number in range(plan.schools)]
    if not plan.districts:
        return Axis.flat("school", names)
    paths = [(name, f"District {i % plan.districts + 1}") for i, name in enumerate(names)]
    return Axis(("school", "district"), tuple(paths))


if __name__ == "__main__":
    main()
