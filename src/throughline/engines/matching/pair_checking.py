"""Look at who meets whom with arithmetic alone: no solver is trusted, nor asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from throughline.engines.matching.checking import BrokenPlan
from throughline.engines.matching.pairs import (
    Coaching,
    Meeting,
    Pair,
    PairPlan,
    Part,
    Prices,
    Reviewing,
    columns,
    rows,
)


def check_pairs(problem: Meeting, plan: PairPlan) -> None:
    """Pass a plan that keeps to its problem and is worth what it claims.

    Raises
    ------
    BrokenPlan
        Somebody is unknown, barred, not as often served as claimed, or serves too much or too
        little; a pin is not kept; points are not those of the pairs, lie above their own bound or
        are called optimal below it; prices do not prove the bound; or a stable match is not.
    """
    for complaint in _complaints(problem, plan):
        raise BrokenPlan(complaint)


def _complaints(problem: Meeting, plan: PairPlan) -> Iterator[str]:
    whom, by = set(rows(problem)), set(columns(problem))
    for pair in plan.pairs:
        if pair.whom not in whom or pair.by not in by:
            yield f"nobody is called {pair.by if pair.whom in whom else pair.whom!r}"
    if len(set(plan.pairs)) != len(plan.pairs):
        yield "somebody meets somebody twice"
    met = {(pair.whom, pair.by) for pair in plan.pairs}
    for bar in problem.barred:
        if (bar.whom, bar.by) in met:
            yield f"{bar.whom!r} and {bar.by!r} must not meet"
    for pin in problem.pinned:
        if (pin.whom, pin.by) not in met:
            yield f"{pin.whom!r} and {pin.by!r} are to meet"
    yield from _counts(problem, plan)
    yield from _worth(problem, plan)
    if plan.mode == "stable" and isinstance(problem, Coaching) and blocking(problem, plan):
        yield "somebody would rather leave with somebody else"


def _counts(problem: Meeting, plan: PairPlan) -> Iterator[str]:
    served = Counter(pair.whom for pair in plan.pairs)
    for one in plan.unmet:
        if one.missing < 1:
            yield f"{one.whom!r} lacks nothing"
        served[one.whom] += one.missing
    need = _needs(problem)
    for key in served.keys() | need.keys():
        if served[key] != need.get(key, 0):
            yield f"{key!r} is served {served[key]} times, wants {need.get(key, 0)}"
    room, time = _room(problem), _times(problem)
    used: Counter[str] = Counter()
    for pair in plan.pairs:
        used[pair.by] += time.get(pair.whom, 0)
    for key, (least, most) in room.items():
        if not least <= used[key] <= most:
            yield f"{key!r} serves {used[key]}, may serve {least} to {most}"


def _needs(problem: Meeting) -> dict[str, int]:
    if isinstance(problem, Reviewing):
        return {one.key: one.readers for one in problem.applications}
    return {one.key: 1 for one in problem.leaders}


def _room(problem: Meeting) -> dict[str, tuple[int, int]]:
    if isinstance(problem, Reviewing):
        return {one.key: (one.least, one.most) for one in problem.readers}
    return {one.key: (0, one.time) for one in problem.coaches}


def _times(problem: Meeting) -> dict[str, int]:
    if isinstance(problem, Reviewing):
        return {one.key: 1 for one in problem.applications}
    return {one.key: one.time for one in problem.leaders}


def line_of(parts: tuple[Part, ...], row: int, width: int) -> Sequence[int]:
    """Return the points of one row, over all parts."""
    if not parts:
        return [0] * width
    if len(parts) == 1:
        return parts[0].points[row]
    return [sum(each) for each in zip(*(part.points[row] for part in parts), strict=True)]


def points_of(problem: Meeting, parts: tuple[Part, ...]) -> dict[tuple[str, str], int]:
    """Return the points of every pair."""
    by = columns(problem)
    return {
        (whom, one): points
        for row, whom in enumerate(rows(problem))
        for one, points in zip(by, line_of(parts, row, len(by)), strict=True)
    }


def sums_of(problem: Meeting, pairs: Collection[Pair]) -> dict[str, int]:
    """Return the points of everybody who is served."""
    place = {key: row for row, key in enumerate(rows(problem))}
    beside = {key: column for column, key in enumerate(columns(problem))}
    sums = {pair.whom: 0 for pair in pairs}
    for pair in pairs:
        row, column = place[pair.whom], beside[pair.by]
        sums[pair.whom] += sum(part.points[row][column] for part in problem.parts)
    return sums


def _worth(problem: Meeting, plan: PairPlan) -> Iterator[str]:
    sums = sums_of(problem, plan.pairs)
    claims = (
        ("the sum", sum(sums.values()), plan.total, plan.total_prices),
        ("the least", min(sums.values(), default=0), plan.worst, plan.worst_prices),
    )
    for name, value, claim, prices in claims:
        if claim is None:
            continue
        if claim.value != value:
            yield f"{name} is {value} points, not {claim.value}"
        if claim.bound < value:
            yield f"{name} of {value} points lies above its own bound of {claim.bound}"
        if claim.kind == "optimal" and claim.bound != value:
            yield f"{name} of {value} points is called optimal below {claim.bound}"
        if claim.kind == "lp-dual" and (
            prices is None or not _proves(problem, plan, prices, claim.bound)
        ):
            yield f"the prices do not prove that {name} is at most {claim.bound}"


def _proves(problem: Meeting, plan: PairPlan, prices: Prices, bound: int) -> bool:
    """Whether no plan that serves everybody as often can have more than ``bound``."""
    names, others = rows(problem), columns(problem)
    if (len(prices.weights), len(prices.rows), len(prices.columns)) != (len(names),) * 2 + (
        len(others),
    ):
        return False
    weight = dict(zip(names, prices.weights, strict=True))
    served = {pair.whom for pair in plan.pairs}
    above = {key: one - prices.scale for key, one in weight.items() if key in served}
    if min(above.values(), default=0) < 0:
        return False
    if prices.scale == 0:
        return (
            sum(above.values()) > 0
            and _paid(problem, plan, prices, 0) // sum(above.values()) <= bound
        )
    floor = 0 if plan.worst is None else plan.worst.value
    limit = _paid(problem, plan, prices, floor)
    return (limit - floor * sum(above.values())) // prices.scale <= bound


def _paid(problem: Meeting, plan: PairPlan, prices: Prices, floor: int) -> int:
    """Return the most that the weighted sum can be; pinned pairs are given.

    Whoever meets one only cannot meet one below the floor.
    """
    pinned = {(pin.whom, pin.by) for pin in problem.pinned}
    barred = {(bar.whom, bar.by) for bar in problem.barred}
    served = Counter(pair.whom for pair in plan.pairs)
    of_pins, by_pins = Counter(w for w, _by in pinned), Counter(by for _whom, by in pinned)
    room, time = _room(problem), min(_times(problem).values(), default=1)
    limit = 0
    for key, price in zip(columns(problem), prices.columns, strict=True):
        least, most = max(0, room[key][0] - by_pins[key]), room[key][1] // time - by_pins[key]
        limit += price * (most if price >= 0 else least)
    shut: dict[str, set[str]] = {key: set() for key in rows(problem)}
    for whom, by in pinned | barred:
        shut[whom].add(by)
    for row, (whom, weight, price) in enumerate(
        zip(rows(problem), prices.weights, prices.rows, strict=True)
    ):
        free = served[whom] - of_pins[whom]
        if free == 0:
            continue
        limit += free * price
        lowest = floor if served[whom] == 1 else 0
        line = line_of(problem.parts, row, len(prices.columns))
        for by, worth, other in zip(columns(problem), line, prices.columns, strict=True):
            above = weight * worth - price - other
            if above > 0 and worth >= lowest and by not in shut[whom]:
                limit += above
    given = sums_of(problem, problem.pinned)
    weights = dict(zip(rows(problem), prices.weights, strict=True))
    return limit + sum(weights[whom] * points for whom, points in given.items())


def blocking(problem: Coaching, plan: PairPlan) -> tuple[Pair, ...]:
    """Return who would rather have each other than what the plan gives them.

    A coach would rather have somebody if there is time left for them, or for the place of somebody
    who is seen as worth less, or as much but stands later in the problem. Pinned leaders stay
    where they are. Meant for leaders who want equal time.
    """
    fit = points_of(problem, problem.parts)
    seen = points_of(problem, problem.coaches_see or problem.parts)
    place = {key: row for row, key in enumerate(rows(problem))}
    beside = {key: column for column, key in enumerate(columns(problem))}
    fixed = {pin.whom for pin in problem.pinned}
    barred = {(bar.whom, bar.by) for bar in problem.barred}
    own, time = {pair.whom: pair.by for pair in plan.pairs}, _times(problem)
    left = {one.key: one.time for one in problem.coaches}
    last: dict[str, tuple[int, int]] = {}
    for whom, by in own.items():
        left[by] -= time[whom]
        if whom not in fixed:
            last[by] = min(
                last.get(by, (seen[whom, by], -place[whom])), (seen[whom, by], -place[whom])
            )
    found = []
    for (whom, by), points in fit.items():
        if whom in fixed or (whom, by) in barred or own.get(whom) == by:
            continue
        mine = own.get(whom)
        wishes = mine is None or (points, -beside[by]) > (fit[whom, mine], -beside[mine])
        room = left[by] >= time[whom]
        if wishes and (room or (by in last and last[by] < (seen[whom, by], -place[whom]))):
            found.append(Pair(whom, by))
    return tuple(found)
