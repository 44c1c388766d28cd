"""Why two sit together, what cannot hold together, and how little a repair moves."""

from __future__ import annotations

import doctest
from dataclasses import replace
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.engines.matching.sittings import groupings, people, rounds, ways, worth
from throughline.engines.matching import Ease, Infeasible, InvalidProblem, group_mending
from throughline.engines.matching.group_changes import Moved, repair_group, why_group
from throughline.engines.matching.group_checking import check_group
from throughline.engines.matching.group_conflicts import conflicts_group
from throughline.engines.matching.grouping import group
from throughline.engines.matching.rounds import (
    MINORS,
    Apart,
    Grouping,
    Participant,
    Round,
    fair_sizes,
    numbers_of_groups,
    units,
)
from throughline.engines.matching.working import Limits

LITTLE = Limits(work=1)


def solved(problem):
    try:
        return group(problem, limits=LITTLE)
    except Infeasible:
        return None


def moves_between(old, new) -> int:
    """The fewest who change groups, whichever new group takes the place of which old one."""
    size = max(len(old), len(new))
    before = [set(one) for one in old] + [set()] * (size - len(old))
    after = [set(one) for one in new] + [set()] * (size - len(new))
    there = set().union(*before) & set().union(*after)
    return len(there) - max(
        sum(len(one & two) for one, two in zip(before, order, strict=True))
        for order in permutations(after)
    )


def all_sizes(problem):
    """The problem with every choice of sizes that its rounds allow."""
    options = []
    for one in problem.rounds:
        there = sum(len(unit) > 0 for unit in units(problem, one))
        numbers = numbers_of_groups(there, one.size) if there else []
        options.append(
            [replace(one, size=0, sizes=fair_sizes(there, number)) for number in numbers] or [one]
        )
    for choice in product(*options):
        yield replace(problem, rounds=tuple(choice))


@pytest.mark.slow
@settings(max_examples=6, deadline=None)
@given(groupings(mates=("apart", "free")), some.data())
def test_a_repair_moves_as_few_as_any_way_could_and_then_has_as_few_repeats(problem, data):
    old = solved(problem)
    if old is None:
        return
    gone = data.draw(some.sampled_from([one.key for one in problem.people]))
    now = replace(
        problem, rounds=tuple(replace(one, absent=one.absent | {gone}) for one in problem.rounds)
    )
    everything = [
        (
            sum(moves_between(one.groups, way[n]) for n, one in enumerate(old.rounds)),
            worth(sized, way)[1],
        )
        for sized in all_sizes(now)
        for way in ways(sized)
        if not worth(sized, way)[0]
    ]
    if not everything:
        with pytest.raises(Infeasible):
            repair_group(now, old.rounds, limits=LITTLE)
        return

    mended = repair_group(now, old.rounds, limits=LITTLE)

    check_group(now, mended.plan)
    assert (len(mended.moved), mended.plan.repeats.value) == min(everything)
    assert mended.forced <= len(mended.moved)
    seats = sum(len(each) for one in old.rounds for each in one.groups)
    assert mended.kept + len(mended.moved) + len(mended.gone) == seats


def test_a_repair_with_nothing_changed_is_the_old_plan():
    problem = Grouping(people(23, 4), rounds(3, 4))
    plan = group(problem)

    mended = repair_group(problem, plan.rounds)

    assert mended.plan == plan
    assert (mended.moved, mended.gone, mended.forced, mended.loss) == ((), (), 0, 0)


def test_on_the_morning_of_the_third_round_two_of_one_group_are_missing():
    problem = Grouping(people(24, 4), rounds(4, 4))
    plan = group(problem)
    over = tuple(Round(one.key, fixed=tuple(map(frozenset, one.groups))) for one in plan.rounds[:2])
    missing = plan.rounds[2].groups[0][:2]
    now = replace(
        problem, rounds=(*over, Round("round 3", 4, absent=frozenset(missing)), problem.rounds[3])
    )

    mended = repair_group(now, plan.rounds)

    assert mended.gone == tuple(("round 3", key) for key in missing)
    assert (len(mended.moved), mended.forced) == (1, 1)
    assert mended.moved[0].now == 0
    assert mended.plan.rounds[:2] == plan.rounds[:2]
    assert mended.plan.rounds[3] == plan.rounds[3]
    assert sorted(map(len, mended.plan.rounds[2].groups)) == [3, 3, 4, 4, 4, 4]
    assert mended.plan.repeats.value == 0


def test_somebody_who_comes_late_is_seated_and_nobody_moves():
    problem = Grouping(people(8), rounds(1, 4))
    plan = group(problem)
    more = replace(problem, people=(*problem.people, Participant("late")))

    mended = repair_group(more, plan.rounds)

    assert (mended.moved, mended.kept) == ((), 8)
    assert [sorted(map(len, one.groups)) for one in mended.plan.rounds] == [[4, 5]]


def test_a_repair_that_cannot_be_names_the_rules():
    problem = Grouping(people(4), rounds(1, sizes=(2, 2)))
    plan = group(problem)
    now = replace(problem, apart=tuple(Apart("p0", f"p{n}") for n in (1, 2, 3)))

    with pytest.raises(Infeasible) as refusal:
        repair_group(now, plan.rounds)
    assert refusal.value.conflict == ("apart:p0:p1", "apart:p0:p2", "apart:p0:p3")


WEEK = Grouping(
    (*people(8, role=2), Participant("p8", "t", dilemmas=frozenset({"d"})), Participant("p9", "t")),
    rounds(1, 5),
    mix_roles=True,
    apart=(Apart("p0", "p2", "related"),),
    earlier=(frozenset({"p1", "p9", "left"}),),
)


def test_why_tells_what_a_pair_adds_and_which_rule_keeps_it_apart():
    plan = group(WEEK, limits=LITTLE)

    related = why_group(WEEK, plan, "p2", "p0")
    assert (related.one, related.rounds, related.rule) == ("p0", (), "apart:p0:p2")
    assert (related.reason, related.turned) == ("related", None)
    assert why_group(WEEK, plan, "p8", "p9").rule == "team:t"
    again = why_group(WEEK, plan, "p1", "p9")
    assert again.before == 1
    assert dict(again.parts)["repeats"] == len(again.rounds)


def test_why_refuses_strangers():
    plan = group(WEEK, limits=LITTLE)
    with pytest.raises(InvalidProblem, match=r"other: .* got 'z'"):
        why_group(WEEK, plan, "p0", "z")
    with pytest.raises(InvalidProblem, match="somebody else"):
        why_group(WEEK, plan, "p0", "p0")


@pytest.mark.slow
@settings(max_examples=6, deadline=None)
@given(groupings(mates=("apart", "free")), some.data())
def test_a_pair_turned_round_costs_what_the_best_other_way_has_more(problem, data):
    plan = solved(problem)
    if plan is None:
        return
    keys = [one.key for one in problem.people]
    one, other = data.draw(some.lists(some.sampled_from(keys), min_size=2, max_size=2, unique=True))
    said = why_group(problem, plan, one, other, limits=LITTLE)
    others = []
    for way in ways(problem):
        clash, repeats, most, alike = worth(problem, way)
        met = any({one, other} <= set(each) for groups in way.values() for each in groups)
        if not clash and met != bool(said.rounds):
            others.append((repeats, most, alike))

    if said.turned is None:
        assert not others
    else:
        assert plan.repeats.value + said.turned.repeats == min(others)[0]


def test_why_names_who_would_move():
    problem = Grouping(people(6), rounds(1, 3))
    plan = group(problem)
    one, other = plan.rounds[0].groups[0][0], plan.rounds[0].groups[1][0]

    said = why_group(problem, plan, one, other)

    assert (said.turned.repeats, len(said.turned.moved)) == (0, 2)
    assert {each.key for each in said.turned.moved} & {one, other}
    assert all(isinstance(each, Moved) and each.was != each.now for each in said.turned.moved)


def test_a_team_larger_than_the_number_of_groups_is_named_alone():
    problem = Grouping(people(20, 5), rounds(1, 5))

    conflict = conflicts_group(problem)

    assert conflict.core == ("team:t0",)
    assert [one.what for one in conflict.fix] == ["team:t0", "team:t1", "team:t2", "team:t3"]
    assert conflict.sentence == (
        "round 1: 20 people in 4 groups, but the rule 'team:t0' keeps 5 apart from one another"
    )
    with pytest.raises(Infeasible, match="team:t0"):
        group(problem)
    partial = group(problem, partial=True, limits=LITTLE)
    assert len(partial.unmet) == 4
    assert {one.rule for one in partial.unmet} == {f"team:t{n}" for n in range(4)}


def test_a_minor_who_cannot_be_kept_from_being_alone_is_named():
    crowd = (*people(3), Participant("kid", minor=True))

    conflict = conflicts_group(Grouping(crowd, rounds(1, 2)))

    assert (conflict.core, conflict.fix) == ((MINORS,), (Ease(MINORS, "rule", 1),))
    with pytest.raises(Infeasible):
        group(Grouping(crowd, rounds(1, 2)), partial=True)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(groupings(mates=("apart",)))
def test_rules_that_are_named_cannot_hold_and_without_any_one_of_them_the_others_can(problem):
    conflict = conflicts_group(problem)
    if conflict is None:
        assert any(not worth(problem, one)[0] for one in ways(problem))
        return
    alone = replace(
        problem, rounds=tuple(o for o in problem.rounds if conflict.sentence.startswith(o.key))
    )

    def holds(rules, within=alone) -> bool:
        return any(not worth(kept, w)[0] for kept in [keeping(within, rules)] for w in ways(kept))

    fix = {one.what for one in conflict.fix}
    assert not holds(conflict.core)
    for rule in conflict.core:
        assert holds([one for one in conflict.core if one != rule])
    assert holds([one for one in rules_of(problem) if one not in fix], problem)


def rules_of(problem) -> list[str]:
    teams = {f"team:{one.team}" for one in problem.people if one.team}
    shared = {f"dilemma:{name}" for one in problem.people for name in one.dilemmas}
    return [*teams, *shared, MINORS, *(f"apart:{one.one}:{one.other}" for one in problem.apart)]


def keeping(problem, rules):
    """The problem with no rules but these."""
    return replace(
        problem,
        people=tuple(
            replace(
                one,
                team=one.team if f"team:{one.team}" in rules else "",
                dilemmas=frozenset(d for d in one.dilemmas if f"dilemma:{d}" in rules),
                minor=one.minor and MINORS in rules,
            )
            for one in problem.people
        ),
        apart=tuple(one for one in problem.apart if f"apart:{one.one}:{one.other}" in rules),
    )


def test_rules_that_hold_have_no_conflict():
    assert conflicts_group(WEEK) is None


def test_the_examples_of_the_docs_are_true():
    assert doctest.testmod(group_mending).failed == 0
