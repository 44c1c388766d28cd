"""Sessions get slots and rooms, people get sessions, and both are proven."""

from __future__ import annotations

import doctest
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings

from tests.engines.matching.rooms import NINE, agendas, points, regret, seatings, ways
from throughline.engines.matching import (
    Agenda,
    Attendee,
    BrokenPlan,
    Cancelled,
    Certificate,
    Exhausted,
    Infeasible,
    InvalidProblem,
    Limits,
    MissedChoice,
    NeverAtOnce,
    Place,
    Room,
    Seat,
    Session,
    Slot,
    Speaker,
    Spot,
    agenda,
    agenda_solving,
    check_agenda,
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(agendas(most=4))
def test_an_agenda_is_regretted_least_and_then_seats_people_best(problem):
    everything = list(ways(problem))
    if not everything:
        with pytest.raises(Infeasible):
            agenda(problem)
        return

    plan = agenda(problem)

    least = min(regret(problem, way) for way in everything)
    assert plan.places in everything
    assert plan.regret == Certificate(-least, -least, "optimal")
    assert plan.unplaced == ()
    best = max(points(problem, sat) for sat in seatings(problem, plan.places))
    assert set(plan.seats) in list(seatings(problem, plan.places))
    assert plan.choices == Certificate(best, best, "optimal")


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(agendas())
def test_what_cannot_all_be_placed_is_placed_as_far_as_can_be(problem):
    plan = agenda(problem, partial=True)

    most = max(len(way) for way in ways(problem, 0))
    assert len(plan.places) == most
    assert len(plan.unplaced) == len(problem.sessions) - most
    some = replace_sessions(problem, {one.session for one in plan.places})
    assert -plan.regret.value == min(regret(some, way) for way in ways(some))


def replace_sessions(problem: Agenda, keys: set[str]) -> Agenda:
    sessions = tuple(one for one in problem.sessions if one.key in keys)
    speaking = {key for one in sessions for key in one.speakers}
    return replace(
        problem,
        sessions=sessions,
        speakers=tuple(one for one in problem.speakers if one.key in speaking),
        never_at_once=tuple(
            replace(one, sessions=one.sessions & keys) for one in problem.never_at_once
        ),
        attendees=tuple(
            replace(one, choices=tuple(key for key in one.choices if key in keys))
            for one in problem.attendees
        ),
        pinned=tuple(one for one in problem.pinned if one.session in keys),
        barred=tuple(one for one in problem.barred if one.session in keys),
    )


HOURS = tuple(Slot(f"{9 + n}h", NINE + timedelta(hours=n), 60) for n in range(3))
ROOMS = (Room("hall", 4, frozenset({"projector"})), Room("attic", 2))
TALKS = (
    Session("aims", 45, frozenset({"ann"})),
    Session("budgets", 45, frozenset({"bo"}), frozenset({"projector"})),
    Session("data", 60, frozenset({"ann"})),
    Session("families", 30, seats=1),
    Session("trust", 30),
)
PEOPLE = (
    Attendee("cy", ("aims", "data", "trust")),
    Attendee("di", ("families", "aims")),
    Attendee("ed", ("families", "budgets"), frozenset({"11h"})),
    Attendee("bo", ("data", "budgets", "families")),
)
DAY = Agenda(
    HOURS, ROOMS, TALKS, (Speaker("ann", frozenset({"9h"})),),
    (NeverAtOnce("both for boards", frozenset({"budgets", "trust"})),), PEOPLE,
    (Spot("trust", "9h"),), (Spot("families", room="hall", reason="too large"),),
)  # fmt: skip
PLAN = agenda(DAY)


def test_rules_are_kept_and_what_people_miss_is_named():
    places = {one.session: one for one in PLAN.places}

    assert places["trust"].slot == "9h"
    assert "9h" not in (places["aims"].slot, places["data"].slot)
    assert places["aims"].slot != places["data"].slot
    assert (places["budgets"].room, places["families"].room) == ("hall", "attic")
    assert PLAN.regret.kind == PLAN.choices.kind == "optimal"
    sat = {(one.attendee, one.session) for one in PLAN.seats}
    missed = {(one.attendee, one.session) for one in PLAN.missed}
    assert sat | missed == {(one.key, key) for one in PEOPLE for key in one.choices}
    assert not sat & missed
    assert ("bo", "budgets") in missed
    assert MissedChoice("bo", "budgets", "not there then") in PLAN.missed


def test_seats_are_not_exceeded_and_the_reason_is_said():
    one_room = Agenda(
        HOURS[:1],
        ROOMS[1:],
        (Session("x", 60),),
        attendees=tuple(Attendee(key, ("x",)) for key in "abc"),
    )

    plan = agenda(one_room)

    assert len(plan.seats) == 2
    assert [one.why for one in plan.missed] == ["full"]
    assert plan.regret == Certificate(-1, -1)


def test_two_choices_at_once_are_one_choice():
    both = Agenda(
        HOURS[:1], ROOMS, TALKS[:1] + TALKS[4:], attendees=(Attendee("cy", ("trust", "aims")),)
    )

    plan = agenda(both)

    assert plan.seats == (Seat("cy", "trust"),)
    assert plan.missed == (MissedChoice("cy", "aims", "another choice then"),)
    assert plan.regret == Certificate(-1, -1)


def test_sessions_without_a_spot_are_named_where_that_is_wanted():
    rooms = (*ROOMS, Room("garden", 9))
    wants = (Attendee("cy", ("data", "aims")),)
    crowded = replace(DAY, slots=HOURS[:2], rooms=rooms, attendees=wants)

    with pytest.raises(Infeasible, match="aims, data: 2 to place") as refused:
        agenda(crowded)
    plan = agenda(crowded, partial=True)

    assert refused.value.conflict == (
        "aims", "data", "ann speaks once at a time", "ann is away in 9h",
    )  # fmt: skip
    assert len(plan.unplaced) == 1
    assert plan.missed == (MissedChoice("cy", plan.unplaced[0], "not on the agenda"),)


def test_an_agenda_of_nothing_and_one_without_room():
    nowhere = Agenda((), (), TALKS[3:])

    assert agenda(Agenda(HOURS, ROOMS, ())).places == ()
    assert agenda(nowhere, partial=True).unplaced == ("families", "trust")
    with pytest.raises(Infeasible, match="trust: 1 to place, 0 spots"):
        agenda(nowhere)


def test_a_longer_slot_is_at_once_with_all_it_overlaps():
    long = Slot("morning", NINE, 120)
    problem = Agenda((*HOURS[:2], long), ROOMS[:1], (Session("workshop", 120), Session("talk", 30)))

    with pytest.raises(Infeasible):
        agenda(problem)
    with_attic = agenda(replace(problem, rooms=ROOMS))

    assert {one.room for one in with_attic.places} == {"hall", "attic"}


def test_larger_agendas_are_proven_by_the_sets_that_can_be_at_once():
    chance = random.Random(3)
    sessions = tuple(Session(f"s{n}", 60) for n in range(12))
    people = tuple(
        Attendee(f"p{n}", tuple(chance.sample([one.key for one in sessions], 4))) for n in range(60)
    )
    rooms = tuple(Room(f"r{n}", 15 + 5 * n) for n in range(4))
    problem = Agenda(HOURS, rooms, sessions, attendees=people)

    plan = agenda(problem)

    assert plan.regret.value == plan.regret.bound
    moved = replace(problem, sessions=sessions[::-1], attendees=people[::-1], rooms=rooms[::-1])
    assert agenda(moved).regret == plan.regret


def test_the_same_problem_gives_the_same_agenda():
    plans = {repr(agenda(DAY)) for _run in range(3)}

    assert len(plans) == 1
    assert PLAN.made.reproducible


def test_whoever_watches_may_stop_it_and_gets_the_agenda_so_far():
    crossing = replace(DAY, attendees=(*PEOPLE, Attendee("flo", tuple(one.key for one in TALKS))))
    heard = []

    def watch(progress):
        heard.append(progress.phase)
        return progress.phase != "exchanges"

    with pytest.raises(Cancelled) as stopped:
        agenda(crossing, watch=watch)

    assert heard == ["spots", "exchanges"]
    best = stopped.value.best
    assert best is not None
    check_agenda(crossing, best)


def test_a_limit_in_seconds_that_leaves_no_agenda_says_so():
    hours = tuple(Slot(f"h{n}", NINE + timedelta(hours=n), 60) for n in range(25))
    rooms = tuple(Room(f"r{n}", 50 * n) for n in range(4))
    talks = tuple(Session(f"s{n}", 60, expected=7 * n % 190) for n in range(70))
    apart = tuple(NeverAtOnce(f"a{n}", frozenset({f"s{n}", f"s{n + 9}"})) for n in range(40))

    with pytest.raises(Exhausted, match="allow more"):
        agenda(Agenda(hours, rooms, talks, never_at_once=apart), limits=Limits(wall_s=0.0))


def test_without_work_an_agenda_is_valid_and_may_be_called_unproven():
    plan = agenda(DAY, limits=Limits(work=0))

    assert plan.regret.value <= plan.regret.bound
    check_agenda(DAY, plan)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"places": PLAN.places[1:]}, "'aims' is named 0 times"),
        ({"places": (*PLAN.places, PLAN.places[0])}, "'aims' is named 2 times"),
        ({"places": (Place("z", "9h", "hall"), *PLAN.places)}, "no session is called 'z'"),
        ({"places": (replace(PLAN.places[0], slot="z"), *PLAN.places[1:])}, "does not exist"),
        ({"places": (replace(PLAN.places[0], slot="9h"), *PLAN.places[1:])}, "ann is away in 9h"),
        ({"places": (*PLAN.places[:4], Place("trust", "10h", "hall"))}, "pinned to 9h"),
        (
            {"places": (*PLAN.places[:3], Place("families", "9h", "hall"), PLAN.places[4])},
            "barred from hall: too large",
        ),
        (
            {"places": (PLAN.places[0], Place("budgets", "10h", "attic"), *PLAN.places[2:])},
            "needs projector",
        ),
        ({"places": (Place("aims", "11h", "hall"), *PLAN.places[1:])}, "ann speaks at data then"),
        ({"seats": PLAN.seats[1:]}, "missed choices are not named"),
        ({"seats": (*PLAN.seats, PLAN.seats[0])}, "twice in one session"),
        ({"seats": (*PLAN.seats, Seat("cy", "budgets"))}, "'cy' sits in 'budgets' unasked"),
        ({"seats": (*PLAN.seats, Seat("bo", "budgets"))}, "'bo' is not there"),
        ({"missed": PLAN.missed[1:]}, "missed choices are not named"),
        ({"missed": (replace(PLAN.missed[0], why="not on the agenda"), *PLAN.missed[1:])}, "are not named"),
        ({"regret": Certificate(1, 1)}, "the regret is"),
        ({"choices": Certificate(PLAN.choices.value, 0)}, "above its own bound"),
        ({"choices": Certificate(PLAN.choices.value, 99)}, "called the best below 99"),
        ({"kept": Certificate(1, 1)}, "the number kept is 0"),
    ],
)  # fmt: skip
def test_an_agenda_that_was_tampered_with_does_not_pass(change, complaint):
    check_agenda(DAY, PLAN)

    with pytest.raises(BrokenPlan, match=complaint):
        check_agenda(DAY, replace(PLAN, **change))


def test_rooms_clashes_and_full_sessions_do_not_pass():
    problem = Agenda(
        HOURS[:1], ROOMS[1:], (Session("x", 60), Session("y", 60)),
        never_at_once=(NeverAtOnce("pair", frozenset({"x", "y"})),),
        attendees=tuple(Attendee(key, ("x", "y")) for key in "abc"),
    )  # fmt: skip
    plan = agenda(problem, partial=True)
    closed = replace(problem, rooms=(replace(ROOMS[1], closed=frozenset({"9h"})),))
    twice = replace(
        plan, places=(Place("x", "9h", "attic"), Place("y", "9h", "attic")), unplaced=()
    )
    full = replace(plan, seats=tuple(Seat(key, "x") for key in "abc"))

    with pytest.raises(BrokenPlan, match="y has attic then"):
        check_agenda(problem, twice)
    with pytest.raises(BrokenPlan, match="never at once with y"):
        check_agenda(
            replace(problem, rooms=ROOMS),
            replace(twice, places=(Place("x", "9h", "hall"), twice.places[1])),
        )
    with pytest.raises(BrokenPlan, match="3 sit in 'x', which has 2 seats"):
        check_agenda(problem, full)
    with pytest.raises(BrokenPlan, match="attic is closed in 9h"):
        check_agenda(closed, plan)
    with pytest.raises(BrokenPlan, match="takes 60 minutes, 9h has 30"):
        check_agenda(replace(problem, slots=(replace(HOURS[0], minutes=30),)), plan)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"slots": (HOURS[0], HOURS[0])}, "slots.1.key"),
        ({"slots": (replace(HOURS[0], minutes=0),)}, "slots.0.minutes"),
        ({"slots": (replace(HOURS[0], starts_at=datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)),)}, "slots.0.starts_at"),
        ({"rooms": (ROOMS[0], ROOMS[0])}, "rooms.1.key"),
        ({"rooms": (Room("r", -1),)}, "rooms.0.seats"),
        ({"rooms": (Room("r", 1, closed=frozenset({"z"})),)}, "rooms.0.closed"),
        ({"sessions": (*TALKS, TALKS[0])}, "sessions.5.key"),
        ({"sessions": (Session("s", 0),)}, "sessions.0.minutes"),
        ({"sessions": (Session("s", 1, expected=-1),)}, "sessions.0.expected"),
        ({"sessions": (Session("s", 1, seats=-1),)}, "sessions.0.seats"),
        ({"speakers": (Speaker("z", frozenset()),)}, "speakers.0.key"),
        ({"speakers": (Speaker("ann", frozenset({"z"})),)}, "speakers.0.away"),
        ({"never_at_once": (NeverAtOnce("a", frozenset({"z"})),)}, "never_at_once.0.sessions"),
        ({"attendees": (PEOPLE[0], PEOPLE[0])}, "attendees.1.key"),
        ({"attendees": (Attendee("a", ("z",)),)}, "attendees.0.choices"),
        ({"attendees": (Attendee("a", ("aims", "aims")),)}, "attendees.0.choices"),
        ({"attendees": (Attendee("a", (), frozenset({"z"})),)}, "attendees.0.away"),
        ({"pinned": (Spot("z", "9h"),)}, "pinned.0.session"),
        ({"pinned": (Spot("aims"),)}, "pinned.0"),
        ({"barred": (Spot("aims", "z"),)}, "barred.0.slot"),
        ({"barred": (Spot("aims", None, "z"),)}, "barred.0.room"),
    ],
)  # fmt: skip
def test_a_problem_that_contradicts_itself_names_the_path(change, path):
    with pytest.raises(InvalidProblem) as refused:
        replace(DAY, **change)

    assert refused.value.path == path


def test_the_examples_of_the_docs_are_true():
    assert doctest.testmod(agenda_solving).failed == 0
