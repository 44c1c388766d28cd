"""Look at teams with arithmetic alone: no search is trusted, nor asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from throughline.engines.matching.checking import BrokenPlan
from throughline.engines.matching.rounds import Groups
from throughline.engines.matching.teams import (
    Failed,
    Member,
    Teaming,
    TeamPlan,
    TeamRule,
    sets_of,
    team_sizes,
)


def check_teams(problem: Teaming, plan: TeamPlan) -> None:
    """Pass teams that have everybody once and the sizes asked for, and fail as often as claimed.

    Raises
    ------
    BrokenPlan
        Somebody is unknown, missing or there twice, sizes are others, a failing team is not named,
        or the claim is not what counting gives.
    """
    for complaint in _complaints(problem, plan):
        raise BrokenPlan(complaint)


def _complaints(problem: Teaming, plan: TeamPlan) -> Iterator[str]:
    there = Counter(key for team in plan.teams for key in team)
    known = {one.key for one in problem.members}
    for key, times in there.items():
        if key not in known:
            yield f"nobody is called {key!r}"
        if times > 1:
            yield f"{key!r} is in {times} teams"
    if missing := [one.key for one in problem.members if not there[one.key]]:
        yield f"{missing[0]!r} is in no team"
    if sorted(map(len, plan.teams)) != sorted(team_sizes(problem)):
        yield f"the sizes are {[len(team) for team in plan.teams]}"
    failed = tuple(failures(problem, plan.teams))
    if plan.failed != failed:
        yield "the failing teams are others"
    claim, value = plan.certificate, cost_of(problem, failed)
    if claim.value != value:
        yield f"failing teams cost {value}, not {claim.value}"
    if claim.bound > min(value, fewest_failures(problem)):
        yield f"counting proves no bound of {claim.bound}"
    if claim.kind != ("counting" if claim.value == claim.bound else "gap"):
        yield f"{claim.value} above {claim.bound} is called {claim.kind}"


def cost_of(problem: Teaming, failed: Sequence[Failed]) -> int:
    """Add up the weights of what fails."""
    weight = {one.key: one.weight for one in problem.rules}
    return sum(weight[one.rule] for one in failed)


def failures(problem: Teaming, teams: Groups) -> Iterator[Failed]:
    """Name every rule that does not hold, team by team."""
    member = {one.key: one for one in problem.members}
    for rule in problem.rules:
        spread = _shares(problem, rule, len(teams)) if rule.kind == "spread" else []
        for number, team in enumerate(teams):
            if not _holds(problem, rule, [member[key] for key in team], spread):
                yield Failed(rule.key, number)


def _shares(problem: Teaming, rule: TeamRule, teams: int) -> list[tuple[int, int]]:
    """Return the fewest and most of each set of values that a team should have."""
    counts = [_count(problem.members, rule, each) for each in sets_of(problem, rule)]
    return [(count // teams, -(-count // teams)) for count in counts]


def _count(members: Sequence[Member], rule: TeamRule, values: frozenset[str]) -> int:
    return sum(dict(one.facts).get(rule.of) in values for one in members)


def _holds(
    problem: Teaming, rule: TeamRule, team: Sequence[Member], spread: Sequence[tuple[int, int]]
) -> bool:
    if rule.kind == "balance":
        everybody = len(problem.members)
        total = sum(dict(one.numbers)[rule.of] for one in problem.members)
        own = sum(dict(one.numbers)[rule.of] for one in team)
        return abs(own * everybody - total * len(team)) <= rule.within * len(team) * everybody
    counts = [_count(team, rule, values) for values in sets_of(problem, rule)]
    if rule.kind == "not alone":
        return 1 not in counts
    if rule.kind == "same":
        return sum(count > 0 for count in counts) <= 1
    return all(low <= count <= high for count, (low, high) in zip(counts, spread, strict=True))


def fewest_failures(problem: Teaming) -> int:
    """Return what failing teams cost at least, by counting for each rule alone.

    Of whom there is only one, that one is alone. Of one value there are no more teams than its
    people fill.
    """
    sizes = team_sizes(problem)
    least = 0
    for rule in problem.rules:
        counts = [_count(problem.members, rule, values) for values in sets_of(problem, rule)]
        if rule.kind == "not alone" and 1 in counts:
            least += rule.weight
        elif rule.kind == "same" and sum(counts) == len(problem.members):
            full = sum(count // min(sizes) for count in counts)
            least += rule.weight * max(0, len(sizes) - full)
    return least
