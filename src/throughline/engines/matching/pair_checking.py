"""Look at who meets whom with arithmetic alone: no solver is trusted, nor asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from heapq import nlargest

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
        paid = _paid(problem, plan, prices, bound + 1)
        return paid is None or (sum(above.values()) > 0 and paid // sum(above.values()) <= bound)
    floor = 0 if plan.worst is None else plan.worst.value
    paid = _paid(problem, plan, prices, floor)
    return paid is not None and (paid - floor * sum(above.values())) // prices.scale <= bound


def _paid(problem: Meeting, plan: PairPlan, prices: Prices, floor: int) -> int | None:
    """Return the most that the weighted sum can be where nobody falls below the floor.

    Pinned pairs are given. Nothing if somebody falls below the floor whatever is done.
    """
    place = {key: row for row, key in enumerate(rows(problem))}
    beside = {key: column for column, key in enumerate(columns(problem))}
    shut: list[set[int]] = [set() for _row in place]
    base, free = [0] * len(place), [0] * len(place)
    served = {place[pair.whom] for pair in plan.pairs}
    given = Counter(pin.by for pin in problem.pinned)
    for pair in plan.pairs:
        free[place[pair.whom]] += 1
    for bar in problem.barred:
        shut[place[bar.whom]].add(beside[bar.by])
    for pin in problem.pinned:
        row, column = place[pin.whom], beside[pin.by]
        shut[row].add(column)
        free[row] -= 1
        base[row] += sum(part.points[row][column] for part in problem.parts)
    limit, names = 0, columns(problem)
    for row, (weight, price) in enumerate(zip(prices.weights, prices.rows, strict=True)):
        limit += weight * base[row]
        if not free[row]:
            if row in served and base[row] < floor:
                return None
            continue
        line = line_of(problem.parts, row, len(names))
        found = _paid_in_row(
            line, shut[row], (weight, price, prices.columns), free[row], floor - base[row]
        )
        if found is None:
            return None
        limit += found[0]
        given.update(names[column] for column in found[1])
    room, time = _room(problem), min(_times(problem).values(), default=1)
    for key, price in zip(names, prices.columns, strict=True):
        least, most = max(0, room[key][0] - given[key]), room[key][1] // time - given[key]
        limit += price * (most if price >= 0 else least)
    return limit


def _paid_in_row(
    line: Sequence[int],
    shut: set[int],
    prices: tuple[int, int, tuple[int, ...]],
    free: int,
    wants: int,
) -> tuple[int, list[int]] | None:
    """Return the most that a row can bring in, besides what its columns are paid; and who it needs.

    It needs whoever it cannot do without and have what it wants.
    """
    weight, price, others = prices
    if wants <= 0 and len(line) - len(shut) > free:
        each = enumerate(zip(line, others, strict=True))
        above = (
            over
            for column, (worth, other) in each
            if (over := weight * worth - price - other) > 0 and column not in shut
        )
        return free * price + sum(above), []
    best = nlargest(free + 1, (worth for column, worth in enumerate(line) if column not in shut))
    first, rest = sum(best[:free]), sum(best[: free - 1])
    if len(best) < free or first < wants:
        return None
    useful = min(best[free - 1], wants - rest)
    needed = max(best[free - 1], first + best[free] - wants + 1 if len(best) > free else 0)
    limit, needs = free * price, []
    for column, (worth, other) in enumerate(zip(line, others, strict=True)):
        over = weight * worth - price - other
        if worth >= needed and column not in shut:
            needs.append(column)
            limit += over + other
        elif over > 0 and worth >= useful and column not in shut:
            limit += over
    return limit, needs


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
