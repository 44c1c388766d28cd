"""Readers and coaches are given as well as can be, provably, and who cannot be served is named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.engines.matching.meetings import coachings, reviewings, short_ways, table, ways, worth
from throughline.engines.matching import (
    Application,
    Barred,
    Coach,
    Coaching,
    Infeasible,
    InvalidProblem,
    Leader,
    Pair,
    Part,
    Reader,
    Reviewing,
    Starved,
    Unmet,
    assign,
    blocking,
    check_pairs,
    match,
)


def met(plan) -> set[tuple[str, str]]:
    return {(pair.whom, pair.by) for pair in plan.pairs}


def can_be(problem, refusal: Infeasible, named: set[str]) -> bool:
    """Whether these alone can be served, or these readers alone be given their least."""
    if not isinstance(refusal, Starved):
        readers = tuple(
            one if one.key in named else replace(one, least=0) for one in problem.readers
        )
        return any(True for _way in ways(replace(problem, readers=readers)))
    return any(True for _way in ways(problem, named))


def is_smallest(problem, refusal: Infeasible) -> bool:
    """Whether it cannot be done for those who are named, and can without any one of them."""
    named = set(refusal.conflict)
    return not can_be(problem, refusal, named) and all(
        can_be(problem, refusal, named - {one}) for one in named
    )


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(reviewings())
def test_no_other_way_to_read_serves_the_worst_served_better_or_all_better(problem):
    everything = [worth(problem, one) for one in ways(problem)]
    if not everything:
        with pytest.raises(Infeasible) as refusal:
            assign(problem)
        if not problem.pinned:
            assert is_smallest(problem, refusal.value)
        return

    fair, total = assign(problem), assign(problem, mode="total")

    assert worth(problem, met(fair)) == max(everything)
    assert worth(problem, met(total))[1] == max(each[1] for each in everything)
    assert fair.total.value == fair.total.bound
    assert total.total.value == total.total.bound
    assert fair.worst is None or fair.worst.value == fair.worst.bound == max(everything)[0]


@pytest.mark.slow
@settings(max_examples=45, deadline=None)
@given(coachings())
def test_no_other_way_to_coach_serves_the_worst_served_better_or_all_better(problem):
    everything = [worth(problem, one) for one in ways(problem)]
    if not everything:
        with pytest.raises(Starved) as refusal:
            match(problem)
        assert is_smallest(problem, refusal.value)
        return

    fair, total = match(problem), match(problem, mode="total")

    assert worth(problem, met(fair)) == max(everything)
    assert worth(problem, met(total))[1] == max(each[1] for each in everything)
    assert fair.worst.value == fair.worst.bound == max(everything)[0]


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(coachings(equal=True))
def test_in_a_stable_match_nobody_would_rather_leave_with_somebody_else(problem):
    plan = match(problem, mode="stable")

    check_pairs(problem, plan)
    assert blocking(problem, plan) == ()


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(reviewings())
def test_when_not_all_can_be_read_most_are_and_as_evenly_as_can_be(problem):
    free = replace(
        problem, readers=tuple(replace(one, least=0) for one in problem.readers), pinned=()
    )
    everything = list(short_ways(free))

    plan = assign(free, partial=True)

    missing = {one.whom: one.missing for one in plan.unmet}
    reads = {one.key: one.readers - missing.get(one.key, 0) for one in free.applications}
    assert sum(reads.values()) == max(sum(each.values()) for each in everything)
    most = [each for each in everything if sum(each.values()) == sum(reads.values())]
    assert sorted(reads.values()) == max(sorted(each.values()) for each in most)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(coachings())
def test_when_not_all_can_be_coached_as_many_as_can_be_are(problem):
    keys = [one.key for one in problem.leaders]
    groups = [
        {key for key, bit in zip(keys, f"{n:04b}", strict=False) if bit == "1"} for n in range(16)
    ]
    most = max(len(group) for group in groups if any(True for _way in ways(problem, group)))

    plan = match(problem, partial=True)

    assert len(plan.pairs) == most
    assert len(plan.unmet) == len(keys) - most


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(reviewings())
def test_other_names_give_the_same_plan(problem):
    people = [one.key for one in (*problem.applications, *problem.readers)]
    names = {key: f"n{99 - place}" for place, key in enumerate(people)}
    other = Reviewing(
        tuple(replace(one, key=names[one.key]) for one in problem.applications),
        tuple(replace(one, key=names[one.key]) for one in problem.readers),
        problem.parts,
        tuple(Barred(names[one.whom], names[one.by]) for one in problem.barred),
        tuple(Pair(names[one.whom], names[one.by]) for one in problem.pinned),
    )
    try:
        plan = assign(problem)
    except Infeasible:
        return

    assert met(assign(other)) == {(names[whom], names[by]) for whom, by in met(plan)}


def spread(height: int, width: int, readers: int, most: int, least: int = 0) -> Reviewing:
    """Many applications, with points that look like chance and are not."""
    points = tuple(
        tuple((row * 7919 + column * 104_729 + row * column * 31) % 997 for column in range(width))
        for row in range(height)
    )
    return Reviewing(
        tuple(Application(f"a{row}", readers) for row in range(height)),
        tuple(Reader(f"r{column}", most, least) for column in range(width)),
        (Part("fit", points),),
    )


@pytest.mark.slow
@pytest.mark.parametrize("least", [0, 2])
def test_many_are_read_within_two_percent_of_the_proven_bound_and_twice_the_same(least):
    problem = spread(50, 60, 3, 4, least)

    total, fair = assign(problem, mode="total"), assign(problem)

    assert total.total.value == total.total.bound
    assert fair.worst.value >= 0.98 * fair.worst.bound
    assert fair.total.value <= total.total.value
    assert assign(problem) == fair


@pytest.mark.slow
def test_a_total_over_more_pairs_than_are_looked_at_first_is_proven_over_all():
    problem = spread(90, 100, 1, 1)

    plan = assign(problem, mode="total")

    from scipy.optimize import linear_sum_assignment

    points = problem.parts[0].points
    rows, columns = linear_sum_assignment(points, maximize=True)
    assert plan.total.value == plan.total.bound
    assert plan.total.value == sum(points[a][b] for a, b in zip(rows, columns, strict=True))


def test_who_cannot_be_read_is_named_with_numbers_and_others_are_not():
    problem = Reviewing(
        (Application("north", 2), Application("south", 2), Application("west", 1)),
        (Reader("ann", 2), Reader("bo", 1), Reader("cy", 3)),
        barred=(Barred("north", "cy", "own district"), Barred("south", "cy", "own district")),
    )

    with pytest.raises(Starved, match="north, south: 4 needed, and room for 3 with") as refusal:
        assign(problem)

    assert refusal.value.by == ("ann", "bo")
    plan = assign(problem, partial=True)
    assert sum(one.missing for one in plan.unmet) == 1
    assert plan.unmet[0].whom in ("north", "south")


def test_time_that_is_enough_only_in_pieces_is_said_to_be_in_pieces():
    leaders = Leader("l", 3), Leader("m", 3), Leader("n", 1)
    problem = Coaching(leaders, (Coach("c", 4), Coach("d", 2)))

    with pytest.raises(Starved, match=r"l, m: 6 needed, and room for 6 .*, but nobody") as refusal:
        match(problem)

    assert refusal.value.conflict == ("l", "m")


def test_readers_who_cannot_be_given_their_least_are_named():
    problem = Reviewing(
        (Application("north", 1), Application("south", 1)),
        (Reader("ann", 2, 2), Reader("bo", 2, 1), Reader("cy", 2)),
    )

    with pytest.raises(
        Infeasible, match="ann, bo: at least 3 to serve, and 2 needed by"
    ) as refusal:
        assign(problem)

    assert refusal.value.conflict == ("ann", "bo")


def test_more_pins_than_room_name_who_has_too_many():
    two = (Application("north", 1), Application("south", 1))
    pins = (Pair("north", "ann"), Pair("south", "ann"))

    with pytest.raises(Infeasible, match="ann is pinned") as refusal:
        assign(Reviewing(two, (Reader("ann", 1), Reader("bo", 1)), pinned=pins))

    assert refusal.value.conflict == ("ann",)


def ranked(*lines: str) -> tuple[Part, Part]:
    """The ranking matrix of Gale & Shapley as points: rank 1 is worth most."""
    pairs = [[one.split(",") for one in line.split()] for line in lines]
    fit, seen = (
        tuple(tuple(9 - int(one[side]) for one in line) for line in pairs) for side in (0, 1)
    )
    return Part("fit", fit), Part("seen", seen)


def test_stable_gale_and_shapley_1962_example_2_has_one_answer():
    fit, seen = ranked("1,3 2,2 3,1 4,3", "1,4 2,3 3,2 4,4", "3,1 1,4 2,3 4,2", "2,2 3,1 1,4 4,1")
    problem = Coaching(
        tuple(Leader(key) for key in ("alpha", "beta", "gamma", "delta")),
        tuple(Coach(key, 1) for key in "ABCD"), (fit,), coaches_see=(seen,),
    )  # fmt: skip

    plan = match(problem, mode="stable")

    assert met(plan) == {("alpha", "C"), ("beta", "D"), ("gamma", "A"), ("delta", "B")}
    assert plan.worst is plan.total is None


def test_stable_leaves_out_whom_nobody_has_time_for_and_keeps_pins():
    problem = Coaching(
        (Leader("l"), Leader("m"), Leader("n")), (Coach("c", 1), Coach("d", 1)),
        (Part("fit", table("91", "82", "73")),), pinned=(Pair("n", "c"),),
    )  # fmt: skip

    plan = match(problem, mode="stable")

    assert met(plan) == {("n", "c"), ("m", "d")}
    assert plan.unmet == (Unmet("l", 1),)


def test_stable_is_refused_where_leaders_want_unequal_time():
    with pytest.raises(InvalidProblem, match=r"^leaders: expected equal time"):
        match(Coaching((Leader("l", 1), Leader("m", 2)), (Coach("c", 3),)), mode="stable")


TWO = (Application("a", 1), Application("b", 1))
ONE = (Reader("r", 2),)


@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("applications.1.key", lambda: Reviewing((TWO[0], TWO[0]), ONE)),
        ("applications.0.readers", lambda: Reviewing((Application("a", -1),), ONE)),
        ("readers.0.most", lambda: Reviewing(TWO, (Reader("r", 1, 2),))),
        ("readers.0.least", lambda: Reviewing(TWO, (Reader("r", 1, -1),))),
        ("parts.0.points", lambda: Reviewing(TWO, ONE, (Part("p", table("1")),))),
        ("parts.0.points.1", lambda: Reviewing(TWO, ONE, (Part("p", ((1,), (-1,))),))),
        ("parts.0.points.0", lambda: Reviewing(TWO, ONE, (Part("p", ((1, 2), (1, 2))),))),
        ("parts.0.points.0", lambda: Reviewing(TWO, ONE, (Part("p", ((10**7,), (1,))),))),
        ("parts.1.key", lambda: Reviewing(TWO, ONE, (Part("p", table("1", "1")),) * 2)),
        ("barred.0.whom", lambda: Reviewing(TWO, ONE, barred=(Barred("z", "r"),))),
        ("pinned.0.by", lambda: Reviewing(TWO, ONE, pinned=(Pair("a", "z"),))),
        ("pinned.1", lambda: Reviewing(TWO, ONE, pinned=(Pair("a", "r"),) * 2)),
        (
            "pinned.0",
            lambda: Reviewing(TWO, ONE, barred=(Barred("a", "r"),), pinned=(Pair("a", "r"),)),
        ),
        ("leaders.0.time", lambda: Coaching((Leader("l", 0),), ())),
        ("coaches.0.time", lambda: Coaching((), (Coach("c", -1),))),
        (
            "pinned.1.whom",
            lambda: Coaching(
                (Leader("l"),), (Coach("c", 1), Coach("d", 1)), (), (),
                (Pair("l", "c"), Pair("l", "d")),
            ),
        ),
        ("mode", lambda: assign(Reviewing(TWO, ONE), mode="stable")),
    ],
)  # fmt: skip
def test_a_problem_that_contradicts_itself_names_the_place(path, make):
    with pytest.raises(InvalidProblem) as refusal:
        make()

    assert refusal.value.path == path


def test_nobody_at_all_is_a_problem_with_an_empty_answer():
    assert assign(Reviewing((), ())).pairs == ()
    assert match(Coaching((), (Coach("c", 1),))).pairs == ()
    assert match(Coaching((), ()), mode="stable").pairs == ()
    assert assign(Reviewing((Application("a", 0),), ONE)).pairs == ()
