"""Teams are formed once by what is known of people, and as few as can be fail a rule."""

from __future__ import annotations

import doctest
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.engines.matching.sittings import splits
from throughline.engines.matching import (
    BrokenPlan,
    Cancelled,
    Certificate,
    InvalidProblem,
    Limits,
    teaming,
)
from throughline.engines.matching.team_checking import (
    check_teams,
    cost_of,
    failures,
    fewest_failures,
)
from throughline.engines.matching.teaming import form_teams
from throughline.engines.matching.teams import Failed, Member, Teaming, TeamRule, team_sizes
from throughline.engines.matching.working import fingerprint

LITTLE = Limits(work=1)


def crowd(*each: str) -> tuple[Member, ...]:
    """A color, a shape and a number for everybody: "r x 3"."""
    words = [one.split() for one in each]
    return tuple(
        Member(f"m{n}", (("color", color), ("shape", shape)), (("score", int(score)),))
        for n, (color, shape, score) in enumerate(words)
    )


@some.composite
def teamings(draw):
    number = draw(some.integers(3, 6))
    words = [
        f"{draw(some.sampled_from('rgb'))} {draw(some.sampled_from('xy'))} {draw(some.integers(0, 5))}"
        for _one in range(number)
    ]
    members = crowd(*words)
    colors = sorted({word[0] for word in words})
    rules = (
        TeamRule("alone", "not alone", "color", (frozenset(colors[:1]),), weight=draw(some.integers(1, 2))),
        TeamRule("same", "same", "shape"),
        TeamRule("spread", "spread", "color"),
        TeamRule("score", "balance", "score", within=draw(some.integers(0, 2))),
    )  # fmt: skip
    chosen = draw(some.lists(some.sampled_from(rules), min_size=1, unique=True))
    return Teaming(members, tuple(chosen), teams=draw(some.integers(2, 3)))


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(teamings())
def test_no_other_teams_fail_less(problem):
    keys: list[tuple[str, ...]] = [(one.key,) for one in problem.members]
    costs = {
        cost_of(problem, tuple(failures(problem, tuple(map(tuple, way)))))
        for way in splits(keys, team_sizes(problem))
    }

    plan = form_teams(problem, limits=LITTLE)

    assert plan.certificate.value == min(costs)
    assert fewest_failures(problem) <= min(costs)


def test_rules_of_every_kind_can_all_hold():
    members = crowd("r x 1", "r x 3", "g x 3", "g x 1", "r y 2", "r y 2", "g y 4", "g y 0")
    rules = (
        TeamRule("pairs", "not alone", "color"),
        TeamRule("one shape", "same", "shape"),
        TeamRule("half of each", "spread", "color"),
        TeamRule("even", "balance", "score"),
    )

    plan = form_teams(Teaming(members, rules, teams=2), limits=LITTLE)

    assert {frozenset(one) for one in plan.teams} == {
        frozenset({"m0", "m1", "m2", "m3"}), frozenset({"m4", "m5", "m6", "m7"}),
    }  # fmt: skip
    assert (plan.failed, plan.certificate) == ((), Certificate(0, 0, "counting"))


def test_what_cannot_be_is_counted_beforehand():
    members = crowd("r x 0", "g x 0", "g y 0", "g y 0")
    alone = TeamRule("alone", "not alone", "color", weight=3)
    same = TeamRule("same", "same", "color")

    assert fewest_failures(Teaming(members, (alone, same), teams=2)) == 4
    plan = form_teams(Teaming(members, (alone, same), teams=2), limits=LITTLE)
    assert plan.certificate.value == sum(3 if one.rule == "alone" else 1 for one in plan.failed)


def test_teams_that_do_not_divide_differ_by_one():
    members = crowd(*["r x 1"] * 7)
    rule = TeamRule("even", "balance", "score")

    plan = form_teams(Teaming(members, (rule,), teams=3), limits=LITTLE)

    assert sorted(map(len, plan.teams)) == [2, 2, 3]
    given_ = form_teams(Teaming(members, (rule,), sizes=(5, 2)), limits=LITTLE)
    assert [len(one) for one in given_.teams] == [5, 2]


SMALL = Teaming(
    crowd("r x 1", "r y 3", "g x 2", "g y 0"), (TeamRule("spread", "spread", "color"),), teams=2
)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"teams": (("m0", "m2"), ("m1",))}, "'m3' is in no team"),
        ({"teams": (("m0", "m2"), ("m1", "m3", "m0"))}, "'m0' is in 2 teams"),
        ({"teams": (("m0", "m2"), ("m1", "m3", "z"))}, "nobody is called 'z'"),
        ({"teams": (("m0", "m2", "m1"), ("m3",))}, "the sizes are"),
        ({"teams": (("m0", "m1"), ("m2", "m3"))}, "the failing teams are others"),
        ({"failed": (Failed("spread", 0),)}, "the failing teams are others"),
        ({"certificate": Certificate(1, 0, "gap")}, "cost 0, not 1"),
        ({"certificate": Certificate(0, 1, "counting")}, "no bound of 1"),
        ({"certificate": Certificate(0, 0, "gap")}, "is called gap"),
    ],
)
def test_teams_that_were_tampered_with_do_not_pass(change, complaint):
    plan = form_teams(SMALL, limits=LITTLE)
    check_teams(SMALL, plan)

    with pytest.raises(BrokenPlan, match=complaint):
        check_teams(SMALL, replace(plan, **change))


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"members": (Member("a"), Member("a"))}, "members.1.key"),
        ({"members": (Member("a", numbers=(("score", -1),)),)}, "members.0.numbers.score"),
        ({"rules": (TeamRule("r", "spread", "hat"),)}, "rules.0.of"),
        ({"rules": (TeamRule("r", "balance", "hat"),)}, "rules.0.of"),
        ({"rules": (TeamRule("r", "spread", "color", (frozenset("z"),)),)}, "rules.0.values"),
        ({"rules": (TeamRule("r", "spread", "color", weight=0),)}, "rules.0.weight"),
        ({"rules": (TeamRule("r", "balance", "score", within=-1),)}, "rules.0.within"),
        ({"rules": (TeamRule("r", "spread", "color"),) * 2}, "rules.1.key"),
        ({"teams": 0}, "teams"),
        ({"teams": 9}, "teams"),
        ({"teams": 0, "sizes": (2, 1)}, "sizes"),
    ],
)
def test_bad_input_names_its_path(change, path):
    with pytest.raises(InvalidProblem) as refusal:
        replace(SMALL, **change)
    assert refusal.value.path == path


def test_the_same_problem_and_seed_give_the_same_teams():
    words = [f"{'rgb'[n % 3]} {'xy'[n * n % 5 % 2]} {n * 7 % 11}" for n in range(23)]
    rules = (TeamRule("alone", "not alone", "color"), TeamRule("even", "balance", "score"))
    problem = Teaming(crowd(*words), rules, teams=7)

    assert fingerprint(form_teams(problem, limits=LITTLE)) == fingerprint(
        form_teams(problem, limits=LITTLE)
    )


def test_whoever_watches_can_stop_and_gets_the_best_teams_so_far():
    problem = replace(SMALL, rules=(TeamRule("even", "balance", "score"), *SMALL.rules))

    with pytest.raises(Cancelled) as stopped:
        form_teams(problem, watch=lambda _progress: False)

    best = stopped.value.best
    assert best is not None
    check_teams(problem, best)


def test_the_examples_of_the_docs_are_true():
    assert doctest.testmod(teaming).failed == 0
