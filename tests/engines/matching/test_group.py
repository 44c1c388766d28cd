"""People sit in small groups, round after round, and meet as few as can be again."""

from __future__ import annotations

import doctest
from collections import Counter
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.engines.matching.sittings import groupings, people, rounds, ways, worth
from throughline.engines.matching import (
    BrokenPlan,
    Certificate,
    Infeasible,
    InvalidProblem,
    group_designs,
    grouping,
)
from throughline.engines.matching import rounds as rounds_module
from throughline.engines.matching.group_changes import repair_group
from throughline.engines.matching.group_checking import check_group
from throughline.engines.matching.group_conflicts import conflicts_group
from throughline.engines.matching.group_crowd import crowd_of, with_spares
from throughline.engines.matching.group_designs import design
from throughline.engines.matching.group_pricing import Seats
from throughline.engines.matching.group_search import Search, seated_by_chance
from throughline.engines.matching.grouping import group
from throughline.engines.matching.rounds import (
    Apart,
    Clash,
    Grouping,
    Participant,
    Round,
    Seating,
)
from throughline.engines.matching.working import Cancelled, Limits, Progress, Work, fingerprint

LITTLE = Limits(work=1)


def key_of(plan) -> tuple[int, int, int, int]:
    alike = plan.same_role.value if plan.same_role else 0
    return len(plan.unmet), plan.repeats.value, plan.most_meets, alike


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(groupings())
def test_no_other_way_to_sit_has_fewer_repeats(problem):
    everything = [worth(problem, one) for one in ways(problem)]
    kept = [one for one in everything if not one[0]]

    if kept:
        plan = group(problem, limits=LITTLE)
        assert key_of(plan) == min(kept)
        assert plan.repeats.bound <= min(kept)[1]
    else:
        with pytest.raises(Infeasible):
            group(problem, limits=LITTLE)
    if everything:
        plan = group(problem, partial=True, limits=LITTLE)
        assert key_of(plan) == min(everything)
    else:
        with pytest.raises(Infeasible):
            group(problem, partial=True, limits=LITTLE)


@pytest.mark.parametrize(
    ("groups", "size", "number"),
    [(5, 3, 7), (6, 4, 7), (8, 4, 9), (9, 3, 13), (12, 7, 5), (4, 4, 5), (7, 5, 6), (14, 6, 5)],
)
def test_in_rounds_made_by_algebra_nobody_meets_twice(groups, size, number):
    made = design(groups, size, number)

    assert made is not None
    assert len(made) == number
    for sits in made:
        assert sorted(sits) == sorted(list(range(groups)) * size)
    met = Counter(
        pair
        for sits in made
        for one in range(groups)
        for pair in combinations([place for place, group_ in enumerate(sits) if group_ == one], 2)
    )
    assert max(met.values()) == 1


def test_where_no_algebra_is_known_none_is_claimed():
    assert design(6, 3, 8) is None
    assert design(5, 3, 8) is None


def weeks(groups: int, size: int, number: int, **more) -> Grouping:
    return Grouping(people(groups * size, **more), rounds(number, size), mix_roles="role" in more)


@pytest.mark.parametrize(
    "problem",
    [
        weeks(5, 3, 7),
        weeks(8, 4, 9),
        weeks(6, 4, 7),
        weeks(12, 7, 5, team=7, role=7),
        weeks(21, 4, 5, team=7, role=7),
        Grouping(people(84, 7), rounds(5, sizes=(5,) * 12 + (6,) * 4)),
        Grouping(people(83, 7), rounds(5, 6)),
    ],
)
def test_large_plans_reach_what_counting_proves(problem):
    plan = group(problem)

    assert plan.repeats == Certificate(0, 0, "counting")
    assert plan.same_role in {None, Certificate(0, 0, "counting")}
    assert (plan.unmet, plan.most_meets) == ((), 1)


def test_the_search_alone_finds_the_schoolgirls_walks():
    crowd = crowd_of(weeks(5, 3, 7))
    for seed in range(1, 4):
        chance = np.random.Generator(np.random.PCG64(seed))
        search = Search(
            Seats(crowd, seated_by_chance(crowd, chance)), (0, 0, 0, 1, 0), chance,
            Work(Limits(seed=seed), steps_a_unit=5_000),
        )  # fmt: skip
        search.run()
        assert search.key == (0, 0, 0, 1, 0)


def test_twelve_fellows_in_fours_meet_again_24_times_and_counting_proves_it():
    plan = group(Grouping(people(12), rounds(5, 4)), limits=LITTLE)

    assert plan.repeats == Certificate(24, 24, "counting")


def test_twelve_fellows_in_threes_meet_again_three_times():
    plan = group(Grouping(people(12), rounds(5, 3)), limits=Limits(work=1))

    assert plan.repeats == Certificate(3, 0, "gap")


@settings(max_examples=25, deadline=None)
@given(groupings(), some.integers(0, 99))
def test_prices_of_swaps_are_what_the_swaps_change(problem, seed):
    crowd = with_spares(crowd_of(problem))
    chance = np.random.Generator(np.random.PCG64(seed))
    start = seated_by_chance(crowd, chance)
    home = np.where(crowd.here, seated_by_chance(crowd, chance), -1)
    seats = Seats(crowd, start, home=home)

    def total(some_: Seats) -> float:
        clash, _repeats, alike = some_.worth()
        new = some_.meets - crowd.met
        again = (crowd.weight * (new * crowd.met + new * (new - 1) // 2)).sum() // 2
        weights = some_.weights
        return float(
            clash + some_.alone() + weights.role * alike + weights.meet * again
            + weights.move * some_.moved()
        )  # fmt: skip

    for _step in range(6):
        rounds_, people_ = np.nonzero(crowd.here)
        price = seats.prices(rounds_, people_)
        can = np.argwhere(np.isfinite(price))
        if not can.size:
            return
        row, other = can[int(chance.integers(len(can)))]
        before = total(seats)
        seats.swap(int(rounds_[row]), int(people_[row]), int(other))
        anew = Seats(crowd, seats.seat, home=home)
        assert total(seats) - before == price[row, other]
        assert np.array_equal(seats.pair, anew.pair)
        there = np.broadcast_to(np.arange(crowd.width + 1) < crowd.width, seats.cost.shape)
        assert np.array_equal(seats.cost[there], anew.cost[there])
        assert total(anew) == total(seats)


TEAMS = Grouping(people(9, 3), rounds(2, 3))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"groups": ("p0 p3 p6", "p1 p4 p7", "p2 p5")}, "'p8' sits nowhere"),
        ({"groups": ("p0 p3 p6", "p1 p4 p7", "p2 p5 p8 p0")}, "'p0' sits 2 times"),
        ({"groups": ("p0 p3 p6", "p1 p4 p7", "p2 p5 z")}, "nobody is called 'z'"),
        ({"groups": ("p0 p3 p6 p1 p4", "p7 p8", "p2 p5")}, "sizes"),
        ({"groups": ("p0 p1 p3", "p2 p4 p6", "p5 p7 p8")}, "the clashes are not"),
        ({"unmet": (Clash("round 1", "p0", "p3", "team:t0"),)}, "the clashes are not"),
        ({"repeats": Certificate(1, 0, "gap")}, "there are 0 repeats, not 1"),
        ({"repeats": Certificate(0, 0, "gap")}, "called gap"),
        ({"repeats": Certificate(0, 1, "counting")}, "counting proves no more than 0"),
        ({"most_meets": 2}, "met 1 times, not 2"),
        ({"same_role": Certificate(0, 0, "counting")}, "only then"),
        ({"rounds": ()}, "rounds are not"),
    ],
)
def test_a_plan_that_was_tampered_with_does_not_pass(change, complaint):
    plan = group(TEAMS)
    check_group(TEAMS, plan)
    if "groups" in change:
        seating = Seating("round 1", tuple(tuple(one.split()) for one in change.pop("groups")))
        change["rounds"] = (seating, plan.rounds[1])

    with pytest.raises(BrokenPlan, match=complaint):
        check_group(TEAMS, replace(plan, **change))


def test_who_is_kept_apart_by_name_and_minors_are_looked_at_too():
    crowd = (*people(4), Participant("kid", minor=True), Participant("teen", minor=True))
    problem = Grouping(crowd, rounds(1, 2), apart=(Apart("p0", "p1", "related"),))
    plan = group(problem)

    def seated(*groups: str):
        return replace(plan, rounds=(Seating("round 1", tuple(tuple(g.split()) for g in groups)),))

    assert {frozenset(one) for one in plan.rounds[0].groups} >= {frozenset({"kid", "teen"})}
    with pytest.raises(BrokenPlan, match="'p0' and 'p1' must not"):
        check_group(problem, seated("p0 p1", "p2 p3", "kid teen"))
    with pytest.raises(BrokenPlan, match="'minors' does not hold for p0, kid"):
        check_group(problem, seated("p0 kid", "p1 teen", "p2 p3"))


def test_fixed_rounds_stay_and_count_and_so_do_earlier_groups_with_people_who_left():
    fixed = Round("before", fixed=(frozenset(("p0", "p1")), frozenset(("p2", "p3"))))
    crowd = (*people(3), Participant("p3", formerly=frozenset({"old p3"})))
    earlier = (frozenset(("p0", "old p3", "who left")),)
    problem = Grouping(crowd, (fixed, Round("now", 2)), earlier=earlier)

    plan = group(problem)

    assert plan.rounds[0].groups == (("p0", "p1"), ("p2", "p3"))
    assert {frozenset(one) for one in plan.rounds[1].groups} == {
        frozenset(("p0", "p2")), frozenset(("p1", "p3")),
    }  # fmt: skip
    with pytest.raises(BrokenPlan, match="are fixed"):
        check_group(problem, replace(plan, rounds=(Seating("before", ()), plan.rounds[1])))


def test_who_is_absent_sits_out_one_round_only():
    problem = Grouping(people(7), (Round("one", 3, absent=frozenset({"p0"})), Round("two", 3)))

    plan = group(problem)

    assert [sorted(map(len, one.groups)) for one in plan.rounds] == [[3, 3], [3, 4]]
    assert "p0" not in {key for one in plan.rounds[0].groups for key in one}


@pytest.mark.parametrize(
    ("number", "several"),
    [
        (0, rounds(1, 3)),
        (3, ()),
        (2, (Round("empty", 3, absent=frozenset({"p0", "p1"})), *rounds(1, 2))),
        (1, rounds(2, 3)),
        (4, rounds(2, 1)),
        (4, rounds(2, 9)),
    ],
)
def test_few_people_few_rounds_and_odd_sizes_have_plans_too(number, several):
    problem = Grouping(people(number), several)

    plan = group(problem, limits=LITTLE)

    assert plan.repeats.kind == "counting"
    assert conflicts_group(problem) is None
    assert repair_group(problem, plan.rounds, limits=LITTLE).moved == ()


def test_teams_that_stay_together_sit_as_one():
    problem = Grouping(people(12, 3), rounds(3, 2), mates="together")

    plan = group(problem)

    assert plan.repeats == Certificate(0, 0, "counting")
    for one in plan.rounds:
        assert [len(each) for each in one.groups] == [6, 6]
    with pytest.raises(BrokenPlan, match="parted"):
        split = Seating(
            "round 1", (tuple(f"p{n}" for n in range(7)), ("p7", "p8", "p9", "p10", "p11"))
        )
        check_group(problem, replace(plan, rounds=(split, *plan.rounds[1:])))


def test_who_is_left_of_a_team_that_stays_together_is_looked_at_alone():
    crowd = (Participant("kid", "t", minor=True), Participant("mother", "t"), *people(4))
    one = Round("morning", 2, absent=frozenset({"mother"}))

    plan = group(Grouping(crowd, (one, Round("evening", 2)), mates="together"))

    assert {len(group_) for group_ in plan.rounds[0].groups if "kid" in group_} == {3}


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"people": (Participant("a"), Participant("a"))}, "people.1.key"),
        ({"rounds": (Round("r", 2), Round("r", 2))}, "rounds.1.key"),
        ({"rounds": (Round("r", sizes=(2, 2)),)}, "rounds.0.sizes"),
        ({"rounds": (Round("r"),)}, "rounds.0.size"),
        ({"rounds": (Round("r", -1),)}, "rounds.0.sizes"),
        ({"rounds": (Round("r", 2, absent=frozenset("z")),)}, "rounds.0.absent"),
        ({"rounds": (Round("r", fixed=(frozenset("z"),)),)}, "rounds.0.fixed"),
        ({"rounds": (Round("r", fixed=(frozenset("a"), frozenset("ab"))),)}, "rounds.0.fixed"),
        ({"apart": (Apart("a", "z"),)}, "apart.0.other"),
        ({"apart": (Apart("a", "a"),)}, "apart.0.other"),
        (
            {
                "people": (Participant("a", "t"), Participant("b", "t")),
                "rounds": (),
                "mates": "together",
                "apart": (Apart("a", "b"),),
            },
            "apart.0.other",
        ),
        ({"least_minors": 0}, "least_minors"),
        ({"people": (Participant("a", formerly=frozenset("b")), Participant("b"))}, "people.0.formerly"),
    ],
)  # fmt: skip
def test_bad_input_names_its_path(change, path):
    problem = {"people": tuple(map(Participant, "abc")), "rounds": rounds(1, 2), **change}

    with pytest.raises(InvalidProblem) as refusal:
        Grouping(**problem)
    assert refusal.value.path == path


def test_the_same_problem_and_seed_give_the_same_plan_under_any_names():
    one = Round("short", 4, absent=frozenset({"p3", "p9"}))
    problem = Grouping(people(31, 4, 3), (one, *rounds(3, 4)), mix_roles=True)
    plan = group(problem)

    assert fingerprint(group(problem)) == fingerprint(plan)
    new = {one.key: f"q{99 - place}" for place, one in enumerate(problem.people)}
    other = group(
        replace(
            problem,
            people=tuple(replace(each, key=new[each.key]) for each in problem.people),
            rounds=(replace(one, absent=frozenset({new["p3"], new["p9"]})), *rounds(3, 4)),
        )
    )
    assert [one.groups for one in other.rounds] == [
        tuple(tuple(new[key] for key in each) for each in one.groups) for one in plan.rounds
    ]
    assert plan.made.reproducible


def test_a_rule_more_never_lowers_the_repeats():
    problem = Grouping(people(6), rounds(2, 2))
    more = replace(problem, apart=(Apart("p0", "p1"), Apart("p2", "p3"), Apart("p0", "p2")))

    assert group(more).repeats.value >= group(problem).repeats.value


def test_whoever_watches_can_stop_and_gets_the_best_so_far():
    problem = Grouping(people(12), rounds(5, 3))
    heard: list[Progress] = []

    def watch(progress: Progress) -> bool:
        heard.append(progress)
        return len(heard) < 3

    with pytest.raises(Cancelled) as stopped:
        group(problem, watch=watch)

    best = stopped.value.best
    assert best is not None
    check_group(problem, best)
    assert (len(heard), heard[-1].bound) == (3, 0)


def test_without_work_a_plan_keeps_its_rules_and_claims_no_more_than_it_proves():
    problem = Grouping(people(40, 8), rounds(5, 5), apart=(Apart("p0", "p39"),))

    plan = group(problem, limits=Limits(work=0))

    assert (plan.unmet, plan.repeats.bound, plan.repeats.kind) == ((), 0, "gap")


@pytest.mark.parametrize("module", [grouping, group_designs, rounds_module])
def test_the_examples_of_the_docs_are_true(module):
    assert doctest.testmod(module).failed == 0
