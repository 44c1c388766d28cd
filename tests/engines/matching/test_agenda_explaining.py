"""An agenda says why here and not there, what cannot be, and changes as little as can be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.engines.matching.rooms import agendas, can_be, points, regret, seatings, ways
from tests.engines.matching.test_agenda import DAY, HOURS, PEOPLE, PLAN, TALKS
from throughline.engines.matching import (
    Agenda,
    Infeasible,
    InvalidProblem,
    Place,
    Room,
    Seat,
    Session,
    Speaker,
    agenda,
    conflicts_agenda,
    repair_agenda,
    why_agenda,
    why_seat,
)
from throughline.engines.matching.agenda_conflicts import name_of, only, parts_of


def solved(problem):
    try:
        return agenda(problem)
    except Infeasible:
        return None


def test_why_names_rules_and_neighbors_and_what_would_move():
    away = why_agenda(DAY, PLAN, Place("aims", "9h", "hall"))
    taken = why_agenda(DAY, PLAN, Place("data", "10h", "attic"))

    assert (away.held, away.shut, away.loss) == (False, ("ann is away in 9h",), None)
    assert taken.shut == ()
    assert taken.taken == ("aims has attic then", "ann speaks at aims then")
    assert taken.rivals == (("aims", 1), ("budgets", 1))
    assert (taken.loss, taken.least_loss) == (1, 0)
    assert [one.session for one in taken.into] == ["aims", "data"]


def test_why_tells_what_it_costs_to_leave_a_place():
    said = why_agenda(DAY, PLAN, PLAN.places[3])

    assert said.held
    assert (said.shut, said.taken, said.too_few) == ((), (), 1)
    assert said.least_loss is not None and said.least_loss >= 0
    assert PLAN.places[3] not in said.into


def test_why_tells_people_their_rank_and_who_would_give_way():
    full = why_seat(DAY, PLAN, "ed", "families")
    speaking = why_seat(DAY, PLAN, "bo", "budgets")
    sits = why_seat(DAY, PLAN, "cy", "data")

    assert (full.sits, full.rank, full.lack, full.loss) == (False, 1, "full", 0)
    assert (full.out, full.into) == ((Seat("di", "families"),), (Seat("ed", "families"),))
    assert (speaking.lack, speaking.loss) == ("not there then", None)
    assert (sits.sits, sits.lack, sits.loss, sits.out) == (True, None, 2, (Seat("cy", "data"),))


def test_why_refuses_strangers():
    for place, path in (("z 9h hall", "session"), ("aims z hall", "slot"), ("aims 9h z", "room")):
        with pytest.raises(InvalidProblem, match=f"place.{path}"):
            why_agenda(DAY, PLAN, Place(*place.split()))
    with pytest.raises(InvalidProblem, match="attendee"):
        why_seat(DAY, PLAN, "cy", "budgets")


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(agendas(), some.data())
def test_a_place_turned_round_costs_what_the_best_other_agenda_has_more(problem, data):
    plan = solved(problem)
    if plan is None:
        return
    place = data.draw(
        some.builds(
            Place, *(some.sampled_from([one.key for one in many]) for many in (problem.sessions, problem.slots, problem.rooms))
        )
    )  # fmt: skip

    said = why_agenda(problem, plan, place)

    assert bool(said.shut) == (not can_be(problem, place))
    held = place in plan.places
    others = [way for way in ways(problem) if (place in way) != held]
    now = regret(problem, plan.places)
    assert said.least_loss == (
        min(regret(problem, way) for way in others) - now if others else None
    )
    if others:
        most = max(len(set(way) & set(plan.places)) for way in others)
        assert len(said.into) == len(plan.places) - most
        near = [way for way in others if len(set(way) & set(plan.places)) == most]
        assert said.loss == min(regret(problem, way) for way in near) - now


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(agendas(), some.data())
def test_a_seat_turned_round_costs_what_the_best_other_seating_has_less(problem, data):
    plan = agenda(problem, partial=True)
    wishes = [(one.key, key) for one in problem.attendees for key in one.choices]
    if not wishes:
        return
    who, key = data.draw(some.sampled_from(wishes))

    said = why_seat(problem, plan, who, key)

    others = [s for s in seatings(problem, plan.places) if (Seat(who, key) in s) != said.sits]
    if not others:
        assert said.loss is None
        return
    best = max(points(problem, sat) for sat in others)
    assert said.loss == plan.choices.value - best
    near = max(len(sat & set(plan.seats)) for sat in others if points(problem, sat) == best)
    assert len(said.out) == len(plan.seats) - near


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(agendas())
def test_conflicts_are_irreducible_and_name_what_fails(problem):
    conflict = conflicts_agenda(problem)

    if any(True for _way in ways(problem)):
        assert conflict is None
        return
    core = [one for one in parts_of(problem) if name_of(problem, one) in conflict.core]
    assert not any(True for _way in ways(only(problem, set(core))))
    for one in core:
        assert any(True for _way in ways(only(problem, set(core) - {one})))
    left = len(problem.sessions) - len(conflict.fix)
    assert any(True for _way in ways(problem, left))
    assert not any(True for _way in ways(problem, left + 1))


def test_a_conflict_says_how_many_spots_there_are_and_which_rules():
    problem = Agenda(
        HOURS[:2],
        (Room("hall", 9, frozenset({"projector"}), frozenset({"10h"})), Room("attic", 9)),
        (
            Session("x", 60, needs=frozenset({"projector"})),
            Session("y", 60, needs=frozenset({"projector"})),
            Session("z", 60),
        ),
    )

    assert conflicts_agenda(problem).sentence == (
        "x, y: 2 to place, 1 spot that one of them could have: x needs projector; "
        "y needs projector; hall is closed in 10h"
    )


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(agendas(), some.data())
def test_a_repair_keeps_as_many_places_as_any_agenda_could_then_regrets_least(problem, data):
    plan = solved(problem)
    if plan is None:
        return
    lost = data.draw(some.sampled_from(plan.places))
    speaking = tuple(
        replace(one, speakers=one.speakers | {"guest"}) if one.key == lost.session else one
        for one in problem.sessions
    )
    guest = Speaker("guest", frozenset({lost.slot}))
    now = replace(problem, sessions=speaking, speakers=(*problem.speakers, guest))
    everything = list(ways(now))
    if not everything:
        with pytest.raises(Infeasible):
            repair_agenda(now, plan.places)
        return

    mended = repair_agenda(now, plan.places, plan.seats)

    old = set(plan.places)
    most = max(len(set(way) & old) for way in everything)
    near = [way for way in everything if len(set(way) & old) == most]
    assert len(mended.kept) == mended.plan.kept.value == mended.plan.kept.bound == most
    least = min(regret(now, way) for way in near)
    assert (mended.plan.regret.value, mended.plan.regret.bound) == (-least, -least)
    assert mended.forced == (lost,)
    assert len(mended.kept) + len(mended.forced) + len(mended.moved) == len(old)
    sat = max(len(one & set(plan.seats)) for one in seatings(now, mended.plan.places))
    assert len(plan.seats) - len(mended.lost) == sat


def test_nothing_changed_is_the_old_agenda():
    mended = repair_agenda(DAY, PLAN.places, PLAN.seats)

    assert mended.plan.places == mended.kept == PLAN.places
    assert mended.plan.seats == PLAN.seats
    assert mended.forced == mended.moved == mended.into == ()
    assert mended.lost == ()


def test_who_loses_a_day_moves_and_others_only_where_they_must():
    away = replace(DAY, speakers=(Speaker("ann", frozenset({"9h", "10h"})),))
    with pytest.raises(Infeasible, match="ann is away in 10h, 9h"):
        repair_agenda(away, PLAN.places)
    without = tuple(one for one in TALKS if one.key != "data")
    people = tuple(
        replace(one, choices=tuple(key for key in one.choices if key != "data")) for one in PEOPLE
    )
    smaller = replace(away, sessions=without, attendees=people)

    mended = repair_agenda(smaller, PLAN.places, PLAN.seats)

    assert [one.session for one in mended.forced] == ["aims", "data"]
    assert mended.moved == ()
    assert [(one.session, one.slot) for one in mended.into] == [("aims", "11h")]
