"""Look at who sits with whom with arithmetic alone: no search is trusted, nor asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from throughline.engines.matching.checking import BrokenPlan
from throughline.engines.matching.problems import Certificate
from throughline.engines.matching.rounds import (
    MINORS,
    Clash,
    Grouping,
    GroupPlan,
    Groups,
    Participant,
    Round,
    Seating,
    fair_sizes,
    numbers_of_groups,
    units,
)

Pair = tuple[str, str]


def check_group(problem: Grouping, plan: GroupPlan) -> None:
    """Pass a plan that seats everybody, keeps its rules, and is worth what it claims.

    Raises
    ------
    BrokenPlan
        Somebody is unknown, absent, missing or seated twice; sizes or fixed groups are not those
        asked for; two sit together who must not, or a minor is alone with an adult; a clash is not
        named; or numbers are not those of the groups, or claim more than counting proves.
    """
    for complaint in _complaints(problem, plan):
        raise BrokenPlan(complaint)


def _complaints(problem: Grouping, plan: GroupPlan) -> Iterator[str]:
    if [one.key for one in plan.rounds] != [one.key for one in problem.rounds]:
        yield "the rounds are not those of the problem"
    for asked, one in zip(problem.rounds, plan.rounds, strict=True):
        yield from _seated(problem, asked, one)
    apart = {frozenset((one.one, one.other)) for one in problem.apart}
    for two, three in _pairs_of(free_groups(problem, plan)):
        if frozenset((two, three)) in apart:
            yield f"{two!r} and {three!r} must not sit together"
    if plan.unmet != tuple(clashes(problem, plan.rounds)):
        yield "the clashes are not those of the groups"
    yield from _numbers(problem, plan)


def _seated(problem: Grouping, asked: Round, one: Seating) -> Iterator[str]:
    seated = [key for group in one.groups for key in group]
    if asked.fixed:
        if [frozenset(group) for group in one.groups] != list(asked.fixed):
            yield f"the groups of {one.key!r} are fixed, and are others"
        if len(seated) != sum(len(group) for group in asked.fixed):
            yield f"somebody sits twice in {one.key!r}"
        return
    there = dict.fromkeys(key for unit in units(problem, asked) for key in unit)
    for key, times in Counter(seated).items():
        if key not in there:
            yield f"nobody is called {key!r} in {one.key!r}"
        if times > 1:
            yield f"{key!r} sits {times} times in {one.key!r}"
    if missing := [key for key in there if key not in set(seated)]:
        yield f"{missing[0]!r} sits nowhere in {one.key!r}"
    yield from _sized(problem, asked, one)
    minors = {person.key for person in problem.people if person.minor}
    for group in one.groups:
        if not safe(sum(key in minors for key in group), len(group), problem.least_minors):
            yield f"the rule {MINORS!r} does not hold for {', '.join(group)} in {one.key!r}"


def safe(minors: int, people: int, least: int) -> bool:
    """Whether no minor of a group is alone with one adult, and minors are as many as they must."""
    return not minors or (minors >= least and (minors, people) != (1, 2))


def _sized(problem: Grouping, asked: Round, one: Seating) -> Iterator[str]:
    bunches = [frozenset(unit) for unit in units(problem, asked)]
    sizes = [sum(not unit.isdisjoint(group) for unit in bunches) for group in one.groups]
    if sum(sizes) != len(bunches):
        yield f"somebody is parted from the own team in {one.key!r}"
    if asked.sizes and sorted(sizes) != sorted(asked.sizes):
        yield f"the sizes in {one.key!r} are {sizes}, not {list(asked.sizes)}"
    if asked.size and bunches:
        fair = sorted(sizes, reverse=True) == list(fair_sizes(len(bunches), max(1, len(sizes))))
        if not fair or len(sizes) not in numbers_of_groups(len(bunches), asked.size):
            yield f"the sizes in {one.key!r} are {sizes}, wanted are groups of {asked.size}"


def free_groups(problem: Grouping, plan: GroupPlan) -> list[Groups]:
    """Return the groups of the rounds that are not fixed."""
    pairs = zip(problem.rounds, plan.rounds, strict=True)
    return [one.groups for asked, one in pairs if not asked.fixed]


def _pairs_of(rounds: Sequence[Groups]) -> Iterator[Pair]:
    for groups in rounds:
        for group in groups:
            yield from combinations(group, 2)


def rule_between(problem: Grouping, one: Participant, other: Participant) -> str:
    """Name the rule that would rather keep these two apart; nothing if there is none."""
    if problem.mates == "apart" and one.team and one.team == other.team:
        return f"team:{one.team}"
    mates = problem.mates == "together" and one.team and one.team == other.team
    shared = sorted(one.dilemmas & other.dilemmas)
    return f"dilemma:{shared[0]}" if shared and not mates else ""


def clashes(problem: Grouping, rounds: Sequence[Seating]) -> Iterator[Clash]:
    """Find those who sit together though a rule would keep them apart; fixed rounds are not asked."""
    person = {one.key: one for one in problem.people}
    for asked, one in zip(problem.rounds, rounds, strict=True):
        for group in () if asked.fixed else one.groups:
            for two, three in combinations(group, 2):
                if rule := rule_between(problem, person[two], person[three]):
                    yield Clash(one.key, two, three, rule)


def earlier_meetings(problem: Grouping) -> Counter[Pair]:
    """Count how often two of the problem met in earlier groups and fixed rounds."""
    order = {one.key: place for place, one in enumerate(problem.people)}
    known = {key: one.key for one in problem.people for key in (one.key, *one.formerly)}
    met: Counter[Pair] = Counter()
    fixed = [group for one in problem.rounds for group in one.fixed]
    for group in (*problem.earlier, *fixed):
        sat = sorted({known[key] for key in group if key in known}, key=order.__getitem__)
        met.update(combinations(sat, 2))
    return met


def meetings(problem: Grouping, rounds: Sequence[Groups]) -> Counter[Pair]:
    """Count how often two meet in these groups, team-mates who are to sit together left out."""
    team = {one.key: one.team for one in problem.people}
    together = problem.mates == "together"
    return Counter(
        (one, two)
        for one, two in _pairs_of(rounds)
        if not (together and team[one] and team[one] == team[two])
    )


def counted(problem: Grouping, plan: GroupPlan) -> tuple[int, int, int]:
    """Return repeats, the most meetings of any two, and pairs of one role in one group."""
    met, before = meetings(problem, free_groups(problem, plan)), earlier_meetings(problem)
    repeats = sum(times - (not before[pair]) for pair, times in met.items())
    most = max((times + before[pair] for pair, times in met.items()), default=0)
    role = {one.key: one.role for one in problem.people}
    alike = sum(times for (one, two), times in met.items() if role[one] and role[one] == role[two])
    return repeats, most, alike


def _numbers(problem: Grouping, plan: GroupPlan) -> Iterator[str]:
    repeats, most, alike = counted(problem, plan)
    if plan.most_meets != most:
        yield f"the two who met most met {most} times, not {plan.most_meets}"
    if (plan.same_role is not None) != problem.mix_roles:
        yield "roles are counted if they are to be mixed, and only then"
    floor = (fewest_repeats(problem, plan), fewest_alike(problem, plan))
    yield from _claimed("repeats", repeats, floor[0], plan.repeats)
    if plan.same_role is not None:
        yield from _claimed("pairs of one role", alike, floor[1], plan.same_role)


def _claimed(name: str, value: int, floor: int, claim: Certificate) -> Iterator[str]:
    if claim.value != value:
        yield f"there are {value} {name}, not {claim.value}"
    if claim.bound > min(value, floor):
        yield f"counting proves no more than {min(value, floor)} {name}, not {claim.bound}"
    if (claim.kind == "counting") != (claim.value == claim.bound) or claim.kind not in {
        "counting",
        "gap",
    }:
        yield f"{claim.value} {name} above {claim.bound} are called {claim.kind}"


def fewest_repeats(problem: Grouping, plan: GroupPlan) -> int:
    """Return how many repeats no plan with as many clashes, in groups as large, can do without.

    Every meeting is a repeat but the first of two who never met and may. So count meetings, and
    such pairs: over all, and for everybody alone, where every repeat is counted twice.
    """
    before, clashing = earlier_meetings(problem), len(plan.unmet)
    total, fresh, free = 0, fresh_pairs(problem, before), Counter[str]()
    for pair in fresh:
        free.update(pair)
    seats: Counter[str] = Counter()
    for asked, one in zip(problem.rounds, plan.rounds, strict=True):
        if asked.fixed or not one.groups:
            continue
        total += _fewest_meetings(problem, asked, one.groups)
        smallest = min(len(group) for group in one.groups)
        seats.update({key: smallest - 1 for group in one.groups for key in group})
    alone = sum(max(0, seats[key] - free[key]) for key in seats)
    if problem.mates == "together":
        alone = 0
    return max(0, total - len(fresh) - clashing, (alone + 1) // 2 - clashing)


def _fewest_meetings(problem: Grouping, asked: Round, groups: Groups) -> int:
    bunches = units(problem, asked)
    sizes: Sequence[int] = [len(group) for group in groups]
    if problem.mates == "together":
        sizes = fair_sizes(sum(sizes), len(sizes))
    within = sum(len(unit) * (len(unit) - 1) // 2 for unit in bunches)
    return sum(size * (size - 1) // 2 for size in sizes) - within


def fresh_pairs(problem: Grouping, before: Counter[Pair]) -> list[Pair]:
    """Return those who never met, may sit together, and are there in one round."""
    apart = {frozenset((one.one, one.other)) for one in problem.apart}
    free = [one for one in problem.rounds if not one.fixed]
    there = {
        one.key: {place for place, each in enumerate(free) if one.key not in each.absent}
        for one in problem.people
    }
    together = problem.mates == "together"
    return [
        (one.key, two.key)
        for one, two in combinations(problem.people, 2)
        if not before[one.key, two.key]
        and not there[one.key].isdisjoint(there[two.key])
        and not rule_between(problem, one, two)
        and not (together and one.team and one.team == two.team)
        and frozenset((one.key, two.key)) not in apart
    ]


def fewest_alike(problem: Grouping, plan: GroupPlan) -> int:
    """Return how many pairs of one role cannot be avoided: spread each role evenly over groups."""
    if problem.mates == "together":
        return 0
    role = {one.key: one.role for one in problem.people}
    least = 0
    for groups in free_groups(problem, plan):
        there = Counter(role[key] for group in groups for key in group if role[key])
        for people in there.values():
            shares = fair_sizes(people, len(groups))
            least += sum(share * (share - 1) // 2 for share in shares)
    return least
