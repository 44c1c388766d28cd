"""Groups: round after round beside good-enough-golfers; a morning's repair; teams by attributes.

``python -m benchmarks.matching_group --golfers FOLDER`` runs good-enough-golfers in Node: the folder
has its ``lib/geneticSolver.js`` as ``geneticSolver.js``, and ``lodash`` beside it (``npm install
lodash``). ``--sample CSV`` adds the sample class of GroupENG, whose rules the made-up class follows.
"""

from __future__ import annotations

import argparse
import csv
import json
import platform
import random
import statistics
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from itertools import combinations
from pathlib import Path
from typing import Any

from throughline.engines.matching import (
    Grouping,
    Limits,
    Member,
    Participant,
    Round,
    Teaming,
    TeamRule,
    form_teams,
    group,
    repair_group,
)

SEEDS = (1, 2, 3)
KIRKMAN_SEEDS = range(1, 21)
PATIENCE_S = 60
GOLFERS = """
const fs = require("fs"), vm = require("vm");
global._ = require("lodash");
vm.runInThisContext(fs.readFileSync("geneticSolver.js", "utf8"));
const asked = JSON.parse(process.argv[1]), before = process.cpuUsage();
let rounds;
geneticSolver(asked.groups, asked.size, asked.rounds, asked.apart, [], one => {
  rounds = one.rounds;
});
const used = process.cpuUsage(before);
console.log(JSON.stringify({rounds, seconds: (used.user + used.system) / 1e6}));
"""
CLASS = 105
CHOICES = ("automotive", "robotics", "nanotech", "renewable energy", "statistics")


@dataclass(frozen=True, slots=True)
class Week:
    """Rounds to seat: groups, sizes, rounds, whether in teams of seven, and with seven roles."""

    name: str
    groups: int
    size: int
    rounds: int
    teams: bool = False
    roles: bool = False
    sizes: tuple[int, ...] = ()


MIXED = (5,) * 12 + (6,) * 4
WEEKS = (
    Week("4-3-4", 4, 3, 4),
    Week("7-4-5", 7, 4, 5),
    Week("4-3-5: 12 fellows in threes", 4, 3, 5),
    Week("3-4-5: 12 fellows in fours", 3, 4, 5),
    Week("5-3-7: Kirkman", 5, 3, 7),
    Week("8-4-7", 8, 4, 7),
    Week("8-4-9", 8, 4, 9),
    Week("6-4-7", 6, 4, 7),
    *(
        Week(f"84 in {name}, mates apart{', all roles' if roles else ''}", 84 // size, size, 5, True, roles, sizes)
        for roles in (False, True)
        for name, size, sizes in (
            ("threes", 3, ()), ("fours", 4, ()), ("sixes", 6, ()), ("sevens", 7, ()),
            ("fives and sixes", 5, MIXED),
        )
    ),
)  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.matching_group", description=__doc__)
    parser.add_argument("--golfers", help="folder of good-enough-golfers")
    parser.add_argument("--sample", help="sample class of GroupENG")
    chosen = parser.parse_args()
    print(f"Python {platform.python_version()}, numpy {metadata.version('numpy')}.\n")
    for line in lines(chosen.golfers, chosen.sample):
        print(line, flush=True)


def lines(golfers: str | None = None, sample: str | None = None) -> Iterator[str]:
    """Yield the tables, line by line: every seed, and the median of CPU seconds."""
    group(problem_of(WEEKS[0]))  # loads numpy
    yield (
        "| groups-size-rounds | fewest by counting | ours, 3 seeds | CPU s | golfers, 3 runs | CPU s |"
        "\n|---|---|---|---|---|---|"
    )
    for week in WEEKS:
        yield line(week, golfers)
    yield ""
    yield kirkman()
    yield ""
    yield from mornings()
    yield ""
    yield "| one round of teams | fewest by counting | failing teams, 3 seeds | CPU s |\n|---|---|---|---|"
    yield from classes("made-up class of 105", made_up())
    if sample:
        yield from classes("GroupENG's sample class", read(Path(sample)))


def problem_of(week: Week) -> Grouping:
    """Make people, in teams of seven with a role each where asked for, and rounds."""
    number = sum(week.sizes) or week.groups * week.size
    people = tuple(
        Participant(
            f"p{n}", f"team {n // 7}" if week.teams else "", f"role {n % 7}" if week.roles else ""
        )
        for n in range(number)
    )
    size = 0 if week.sizes else week.size
    rounds = tuple(Round(f"round {n}", size, week.sizes) for n in range(week.rounds))
    return Grouping(people, rounds, mix_roles=week.roles)


def line(week: Week, golfers: str | None) -> str:
    """Seat one week with every seed; return its line."""
    problem, found, seconds = problem_of(week), [], []
    for seed in SEEDS:
        begun = time.process_time()
        plan = group(problem, limits=Limits(seed=seed))
        seconds.append(time.process_time() - begun)
        alike = f" + {plan.same_role.value}" if plan.same_role and plan.same_role.value else ""
        found.append(f"{plan.repeats.value}{alike}")
    bound = plan.repeats.bound
    start = f"| {week.name} | {bound} | {', '.join(found)} | {statistics.median(seconds):.2f} |"
    if not golfers or week.sizes or week.roles:
        return f"{start} | |"
    return f"{start} {theirs(week, golfers)} |"


def theirs(week: Week, golfers: str) -> str:
    """Run the peer as often as there are seeds; stop where it is too slow."""
    teams = [list(range(first, first + 7)) for first in range(0, 84, 7)] if week.teams else []
    asked = {"groups": week.groups, "size": week.size, "rounds": week.rounds, "apart": teams}
    found, seconds = [], []
    for _seed in SEEDS:
        answer = peer(golfers, asked)
        if answer is None:
            return f"none in {PATIENCE_S} s |"
        found.append(str(repeats(answer["rounds"])))
        seconds.append(answer["seconds"])
    return f"{', '.join(found)} | {statistics.median(seconds):.2f}"


def peer(golfers: str, asked: dict[str, Any]) -> dict[str, Any] | None:
    """Run good-enough-golfers once."""
    command = ["node", "-e", GOLFERS, json.dumps(asked)]
    try:
        done = subprocess.run(
            command, cwd=golfers, capture_output=True, timeout=PATIENCE_S, check=True
        )
    except subprocess.TimeoutExpired:
        return None
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def repeats(rounds: Sequence[Sequence[Sequence[int]]]) -> int:
    """Count meetings after the first."""
    met = Counter(pair for one in rounds for sat in one for pair in combinations(sorted(sat), 2))
    return sum(times - 1 for times in met.values())


def kirkman() -> str:
    """Say how long the search alone takes for the schoolgirls, over many seeds."""
    import numpy as np

    from throughline.engines.matching.group_crowd import crowd_of
    from throughline.engines.matching.group_pricing import Seats
    from throughline.engines.matching.group_search import STEPS_A_UNIT, Search, seated_by_chance
    from throughline.engines.matching.working import Work

    crowd, seconds = crowd_of(problem_of(Week("", 5, 3, 7))), []
    for seed in KIRKMAN_SEEDS:
        begun, chance = time.process_time(), np.random.Generator(np.random.PCG64(seed))
        seats, work = Seats(crowd, seated_by_chance(crowd, chance)), Work(steps_a_unit=STEPS_A_UNIT)
        search = Search(seats, (0, 0, 0, 1, 0), chance, work)
        search.run()
        if search.key[2]:
            return f"Kirkman by search alone: {search.key[2]} repeats with seed {seed}"
        seconds.append(time.process_time() - begun)
    return (
        f"Kirkman's 5-3-7 without algebra, {len(seconds)} seeds: 0 repeats every time, median "
        f"{statistics.median(seconds):.2f} CPU s, at most {max(seconds):.2f}."
    )


def mornings() -> Iterator[str]:
    """Yield what changes when some of 84 are missing in the third of five rounds."""
    yield "| missing in round 3 | forced | moved | repeats | CPU s |\n|---|---|---|---|---|"
    problem = problem_of(Week("", 14, 6, 5, teams=True))
    plan = group(problem)
    fixed = tuple(
        Round(one.key, fixed=tuple(map(frozenset, one.groups))) for one in plan.rounds[:2]
    )
    first = plan.rounds[2].groups[0]
    for name, gone in (
        ("5 of 84, of 5 groups", [one[0] for one in plan.rounds[2].groups[:5]]),
        ("3 of one group of 6", list(first[:3])),
        ("a whole group", list(first)),
    ):
        third = replace(problem.rounds[2], absent=frozenset(gone))
        now = replace(problem, rounds=(*fixed, third, *problem.rounds[3:]))
        begun = time.process_time()
        mended = repair_group(now, plan.rounds)
        seconds = time.process_time() - begun
        yield (
            f"| {name} | {mended.forced} | {len(mended.moved)} | {mended.plan.repeats.value} "
            f"| {seconds:.2f} |"
        )


def classes(name: str, members: tuple[Member, ...]) -> Iterator[str]:
    """Yield lines of teams of four under the rules of GroupENG's sample, with less and more work."""
    scores = [number for one in members for _name, number in one.numbers]
    words = (("Gender", "M"), ("Ethnicity", "BH"))
    majors = tuple(frozenset({each}) for each in ("Mech E", "CS", "Civ E", "EE"))
    rules = (
        *(TeamRule(of, "not alone", of, (frozenset(values),)) for of, values in words),
        TeamRule("project", "same", "Project choice"),
        TeamRule("major", "spread", "Major", majors),
        *(TeamRule(of, "spread", of, (frozenset("y"),)) for of in ("Skill1", "Skill2", "Skill3")),
        TeamRule("gpa", "balance", "GPA", within=round(statistics.pstdev(scores) / 2)),
    )
    problem = Teaming(members, rules, teams=len(members) // 4)
    for work in (1, 3):
        found, seconds = [], []
        for seed in SEEDS:
            begun = time.process_time()
            plan = form_teams(problem, limits=Limits(work=work, seed=seed))
            seconds.append(time.process_time() - begun)
            found.append(str(plan.certificate.value))
        yield (
            f"| {name}, work {work} | {plan.certificate.bound} | {', '.join(found)} "
            f"| {statistics.median(seconds):.2f} |"
        )


def made_up() -> tuple[Member, ...]:
    """Make a class like the sample of GroupENG: as many people, facts as frequent."""
    chance = random.Random(7)

    def any_of(words: Sequence[str], weights: Sequence[int]) -> str:
        return chance.choices(words, weights)[0]

    return tuple(
        Member(
            f"m{n}",
            (
                ("Gender", any_of("MF", (1, 3))),
                ("Ethnicity", any_of("-BHN", (88, 7, 9, 1))),
                ("Major", any_of(("Mech E", "CS", "Civ E", "EE"), (18, 24, 30, 33))),
                *((f"Skill{each}", any_of("y-", (3, 1))) for each in (1, 2, 3)),
                ("Project choice", any_of(CHOICES, (24, 27, 18, 21, 15))),
            ),
            (("GPA", int(chance.gauss(3.1, 0.5) * 10_000)),),
        )
        for n in range(CLASS)
    )


def read(path: Path) -> tuple[Member, ...]:
    """Read GroupENG's sample class."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        Member(
            row["ID"],
            tuple((key, value) for key, value in row.items() if key not in {"ID", "GPA"}),
            (("GPA", round(float(row["GPA"]) * 10_000)),),
        )
        for row in rows
    )


if __name__ == "__main__":
    main()
