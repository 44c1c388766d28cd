"""Makes one plan of each kind and prints a hash of each: run in a process of its own."""

from __future__ import annotations

import json
import sys

from throughline.engines.matching import (
    Application,
    Candidate,
    Coach,
    Coaching,
    Leader,
    Part,
    Problem,
    Reader,
    Reviewing,
    Rule,
    assign,
    margins_pairs,
    margins_select,
    match,
    prices,
    repair,
    repair_select,
    select,
)
from throughline.engines.matching.working import fingerprint


def points(height: int, width: int) -> tuple[Part, ...]:
    """Points that look like chance and are not."""
    table = tuple(
        tuple((row * 7919 + column * 104_729 + row * column * 31) % 97 for column in range(width))
        for row in range(height)
    )
    return (Part("fit", table),)


def hashes() -> dict[str, str]:
    """Return a hash of each plan."""
    people = tuple(Candidate(f"n{place}", place * 7919 % 31) for place in range(60))
    rules = tuple(
        Rule(f"r{n}", (frozenset(f"n{place}" for place in range(n, 60, n + 2)),), 2, 5, weight)
        for n, weight in enumerate((None, None, 3, None, 2))
    )
    cohort = Problem(people, 12, rules, pinned=("n7",), barred=("n8",))
    reading = Reviewing(
        tuple(Application(f"a{row}", 2) for row in range(24)),
        tuple(Reader(f"r{column}", 3, 1) for column in range(30)),
        points(24, 30),
    )
    coaching = Coaching(
        tuple(Leader(f"l{row}") for row in range(20)),
        tuple(Coach(f"c{column}", 4) for column in range(7)),
        points(20, 7),
    )
    hours = Coaching(
        tuple(Leader(f"l{row}", 1 + row % 3) for row in range(12)), coaching.coaches, points(12, 7)
    )
    chosen, read = select(cohort), assign(reading)
    made = {
        "select": chosen,
        "prices": tuple(prices(cohort, chosen)),
        "margins of seats": tuple(margins_select(cohort, chosen)),
        "repair of seats": repair_select(cohort, ("n1", "n2", "n3", "n8")),
        "assign": read,
        "assign, total": assign(reading, mode="total"),
        "margins of pairs": tuple(margins_pairs(reading, read)),
        "repair of pairs": repair(reading, read.pairs[5:]),
        "match": match(coaching),
        "match, stable": match(coaching, mode="stable"),
        "match, hours": match(hours),
    }
    return {name: fingerprint(plan) for name, plan in made.items()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(hashes()))
