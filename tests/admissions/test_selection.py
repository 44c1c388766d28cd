"""A list is proposed, changed with a reason, adopted, signed by two people and released once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db.models import F

from tests.factories.admissions import (
    CLOSED,
    LATER,
    Season,
    make_application,
    make_call,
    make_readers,
    make_season,
    review_all,
)
from tests.factories.people import NOW, make_network, make_person, make_staff
from tests.factories.programs import blueprint_text
from throughline.admissions.actions.adopt_selection import adopt_selection, take_back_selection
from throughline.admissions.actions.assign_reviewers import assign_reviewers
from throughline.admissions.actions.decide_exception import decide_exception
from throughline.admissions.actions.propose_selection import change_selection, propose_selection
from throughline.admissions.actions.release_decisions import release_decisions
from throughline.admissions.actions.stage_decision import sign_decisions, stage_decision
from throughline.admissions.enums import (
    ApplicationState,
    CallState,
    DecisionState,
    Outcome,
    RunState,
)
from throughline.admissions.models import Application, Decision, SelectionRun, WaitlistEntry
from throughline.admissions.room import room_of
from throughline.admissions.selection import selection
from throughline.admissions.staging import mark_of, release_blocks
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.messaging.models import Message
from throughline.people.actions import add_affiliation
from throughline.people.enums import Role
from throughline.people.models import Person
from throughline.programs.enums import EngagementState
from throughline.teams.enums import TeamState

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def small(seats: int = 2, waitlist: int = 1) -> str:
    return (
        blueprint_text()
        .replace("max = 12\ntarget = 12", f"max = {seats}\ntarget = {seats}")
        .replace("waitlist = 6", f"waitlist = {waitlist}")
    )


def run_of(season: Season) -> SelectionRun:
    run: SelectionRun = season.extra["run"]
    return run


def test_the_proposal_follows_the_means():
    season = make_season(4, points=(2, 4, 3, 1), source=small(), stage="proposed")

    refs = [one.ref for one in season.applications]
    plan = run_of(season).plan
    assert plan["seats"] == [refs[1], refs[2]]
    assert plan["waitlist"] == [refs[0]]
    assert plan["coin_flips"] == []


def test_proposing_again_puts_the_earlier_proposal_away():
    season = make_season(3, points=(2, 4, 3), source=small(), stage="proposed")

    again = propose_selection(season.call, by=season.director, now=LATER)

    run_of(season).refresh_from_db()
    assert run_of(season).state == RunState.DISCARDED
    assert again.plan == run_of(season).plan
    assert again.input_sha256 == run_of(season).input_sha256


def test_only_staff_without_a_tie_propose():
    season = make_season(2, points=(2, 3), source=small())

    with pytest.raises(NotAllowed, match="staff"):
        propose_selection(season.call, by=make_person(season.call.network), now=LATER)
    add_affiliation(
        season.director, season.applications[0].engagement.district, title="x", by=None, now=NOW
    )
    tied = Person.objects.get(pk=season.director.pk)
    with pytest.raises(NotAllowed, match="a tie to one of the districts"):
        propose_selection(season.call, by=tied, now=LATER)


def test_two_change_places_with_a_reason_and_a_stale_page_changes_nothing():
    season = make_season(4, points=(2, 4, 3, 1), source=small(), stage="proposed")
    run, refs = run_of(season), [one.ref for one in season.applications]

    change_selection(
        run, out=refs[2], into=refs[0], reason="No other district of its state.", revision=0,
        by=season.director, now=LATER,
    )  # fmt: skip

    assert (run.plan["seats"], run.plan["waitlist"]) == ([refs[1], refs[0]], [refs[2]])
    assert run.plan["changes"][0]["reason"] == "No other district of its state."
    with pytest.raises(WrongState, match="a moment ago"):
        change_selection(
            run, out=refs[1], into=refs[3], reason="x", revision=0, by=season.director, now=LATER
        )


def test_a_change_needs_a_reason_and_two_that_can_change_places():
    season = make_season(4, points=(2, 4, 3, 1), source=small(), stage="proposed")
    run, refs = run_of(season), [one.ref for one in season.applications]

    def change(out: str, into: str, reason: str) -> None:
        change_selection(
            run, out=out, into=into, reason=reason, revision=0, by=season.director, now=LATER
        )

    with pytest.raises(BadInput, match="in a sentence"):
        change(refs[1], refs[3], "")
    with pytest.raises(BadInput, match="with a seat"):
        change(refs[0], refs[3], "x")
    with pytest.raises(BadInput, match="of this call"):
        change(refs[1], "NOBODY", "x")


def test_the_page_shows_spread_mean_and_states_of_what_one_may_see():
    season = make_season(4, points=(2, 4, 3, 1), source=small(), stage="proposed")

    shown = selection(season.director, run_of(season))

    assert [one.each for one in shown.seats] == [[4.0] * 3, [3.0] * 3]
    assert [one.mean for one in shown.rows] == [4.0, 3.0, 2.0, 1.0]
    assert [one.seat for one in shown.seats] == ["Firm", "Firm"]
    room = room_of(shown)
    assert [(one.label, one.seated, one.applied) for one in room.states] == [("GA", 2, 4)]
    assert (room.sizes, room.locales) == ([], [])


def test_a_place_is_close_where_the_other_side_of_the_last_seat_is_near():
    season = make_season(3, points=(4, 3, 3), source=small())
    third = Application.objects.filter(pk=season.applications[2].pk)
    third.update(points_sum=F("points_sum") - 1)

    run = propose_selection(season.call, by=season.director, now=LATER)

    assert [(one.seat, one.note) for one in selection(season.director, run).rows] == [
        ("Firm", ""),
        ("Close", "0.03 ahead of the first alternate"),
        ("Alternate 1", "Close: 0.03 below the last seat"),
    ]


@pytest.mark.requirement("RELN-03")
def test_adopting_stages_offers_a_ranked_waitlist_and_declines():
    season = make_season(4, points=(2, 4, 3, 1), source=small(), stage="adopted")

    staged = {one.application_id: one.outcome for one in Decision.objects.filter(state="staged")}
    assert [staged[one.pk] for one in season.applications] == [
        Outcome.WAITLIST, Outcome.OFFER, Outcome.OFFER, Outcome.DECLINE,
    ]  # fmt: skip
    assert WaitlistEntry.objects.get().rank == 1
    assert season.call.state == CallState.DECIDING
    assert {one.state for one in season.applications} == {ApplicationState.IN_REVIEW}
    with pytest.raises(WrongState):
        adopt_selection(run_of(season), by=season.director, now=LATER)


def test_a_list_is_taken_back_before_it_is_sent_and_never_after():
    season = make_season(2, points=(4, 3), source=small(), stage="adopted")

    take_back_selection(run_of(season), by=season.director, now=LATER)

    assert not Decision.objects.exists()
    season.call.refresh_from_db()
    assert season.call.state == CallState.REVIEWING
    with pytest.raises(WrongState):
        take_back_selection(run_of(season), by=season.director, now=LATER)


def test_nobody_signs_a_list_that_was_changed_after_it_was_shown():
    season = make_season(2, points=(4, 3), source=small(), stage="adopted")
    shown = mark_of(season.call)
    decision = Decision.objects.exclude(outcome=Outcome.DECLINE).order_by("pk")[0]
    stage_decision(
        decision, outcome=Outcome.DECLINE, because="Talked.", by=season.director, now=LATER
    )

    with pytest.raises(WrongState, match="changed since you opened it"):
        sign_decisions(season.call, shown=shown, by=season.director, now=LATER)

    assert not Decision.objects.filter(signed_by__isnull=False).exists()


def test_two_different_people_sign():
    season = make_season(2, points=(4, 3), source=small(), stage="adopted")

    assert (
        sign_decisions(season.call, shown=mark_of(season.call), by=season.director, now=LATER) == 2
    )
    with pytest.raises(WrongState, match="Somebody else signs second"):
        sign_decisions(season.call, shown=mark_of(season.call), by=season.director, now=LATER)
    with pytest.raises(NotAllowed):
        sign_decisions(
            season.call,
            shown=mark_of(season.call),
            by=make_staff(season.call.network, role=Role.COORDINATOR),
            now=LATER,
        )
    committee = make_person(
        season.call.network, role=Role.COMMITTEE, scope=season.call.cohort.scope
    )
    assert sign_decisions(season.call, shown=mark_of(season.call), by=committee, now=LATER) == 2

    assert set(Decision.objects.values_list("signed_by", "second_by")) == {
        (season.director.pk, committee.pk)
    }


def test_a_changed_decision_is_signed_again():
    season = make_season(3, points=(4, 3, 2), source=small(), stage="signed")
    decision = Decision.objects.get(application=season.applications[2])

    stage_decision(
        decision, outcome=Outcome.DECLINE, because="Another year.", feedback="Strong voices.",
        by=season.director, now=LATER,
    )  # fmt: skip

    assert (decision.signed_by, decision.second_by, decision.feedback) == (
        None, None, "Strong voices.",
    )  # fmt: skip
    assert not WaitlistEntry.objects.exists()
    assert [one.is_done for one in release_blocks(season.call)] == [False, True, True, True]


@pytest.mark.requirement("RELN-03")
def test_a_further_offer_than_there_are_seats_is_refused():
    season = make_season(3, points=(4, 3, 2), source=small(), stage="adopted")
    third = Decision.objects.get(application=season.applications[2])

    with pytest.raises(BadInput, match="There are 2 seats and as many offers"):
        stage_decision(
            third, outcome=Outcome.OFFER, because="Please.", by=season.director, now=LATER
        )
    with pytest.raises(BadInput, match="why"):
        stage_decision(third, outcome=Outcome.DECLINE, because="", by=season.director, now=LATER)


def test_nothing_is_released_unsigned_unread_or_by_others():
    season = make_season(2, points=(4, 3), source=small(), stage="adopted")

    with pytest.raises(WrongState, match="2 signatures by different people"):
        release_decisions(season.call, has_read=True, by=season.director, now=LATER)
    with pytest.raises(BadInput, match="Read one letter"):
        release_decisions(season.call, has_read=False, by=season.director, now=LATER)
    with pytest.raises(NotAllowed):
        release_decisions(
            season.call, has_read=True, by=make_person(season.call.network), now=LATER
        )
    assert not Message.objects.filter(key__startswith="decision:").exists()


def test_release_sends_one_letter_each_and_moves_everything_at_once():
    season = make_season(4, points=(2, 4, 3, 1), source=small(), stage="released")

    states = [
        (one.decision.outcome, one.decision.state, one.engagement.state, one.team.state)
        for one in Application.objects.filter(call=season.call).order_by("pk")
    ]
    assert states == [
        (Outcome.WAITLIST, DecisionState.RELEASED, EngagementState.APPLYING, TeamState.PROPOSED),
        (Outcome.OFFER, DecisionState.RELEASED, EngagementState.OFFERED, TeamState.PROPOSED),
        (Outcome.OFFER, DecisionState.RELEASED, EngagementState.OFFERED, TeamState.PROPOSED),
        (Outcome.DECLINE, DecisionState.RELEASED, EngagementState.DECLINED, TeamState.DISSOLVED),
    ]
    assert {one.state for one in season.applications} == {ApplicationState.DECIDED}
    letters = Message.objects.filter(key__startswith="decision:")
    assert letters.count() == 4
    assert {one.deliveries.count() for one in letters} == {1}


def test_an_offer_letter_is_the_blueprints_with_the_day_to_answer_by():
    season = make_season(1, points=(4,), source=small(), stage="released")

    letter = Message.objects.get(key__startswith="decision:")
    assert letter.subject == "You are invited to join Racial Equity Leadership Network"
    assert "we invite you to join as a fellow" in letter.body
    assert "Please answer by" in letter.body
    assert f"/applications/{season.applications[0].ref}/answer/" in letter.body


def test_releasing_twice_sends_nothing_twice():
    season = make_season(2, points=(4, 3), source=small(), stage="signed")
    key = uuid4()

    first = release_decisions(season.call, has_read=True, by=season.director, now=LATER, once=key)
    again = release_decisions(season.call, has_read=True, by=season.director, now=LATER, once=key)

    assert (first, again) == (2, 2)
    with pytest.raises(WrongState, match="have been sent"):
        release_decisions(season.call, has_read=True, by=season.second, now=LATER)
    assert Message.objects.filter(key__startswith="decision:").count() == 2


def test_a_released_decision_is_never_changed():
    season = make_season(1, points=(4,), source=small(), stage="released")

    with pytest.raises(WrongState, match="has been sent"):
        stage_decision(
            Decision.objects.get(), outcome=Outcome.DECLINE, because="x", by=season.director,
            now=LATER,
        )  # fmt: skip


def test_lists_of_another_network_do_not_exist():
    season = make_season(1, points=(4,), source=small(), stage="proposed")
    stranger = make_staff(make_network())

    assert list(SelectionRun.objects.visible_to(stranger)) == []
    assert list(SelectionRun.objects.visible_to(season.director)) == [run_of(season)]


def test_a_refused_exception_is_declined_in_the_words_of_who_refused():
    network = make_network()
    call, director = make_call(network, source=small()), make_staff(network)
    read = make_application(call)
    away = make_application(call, state="MO", answers={"out-of-region": "Near."})
    decide_exception(away.cases.get(), grant=False, because="Too far.", by=director, now=NOW)
    make_readers(call, 3)
    assign_reviewers(call, by=director, now=CLOSED)
    review_all(call)

    adopt_selection(propose_selection(call, by=director, now=LATER), by=director, now=LATER)

    assert read.decision.outcome == Outcome.OFFER
    assert (away.decision.outcome, away.decision.reason_key, away.decision.because) == (
        Outcome.DECLINE, "not_eligible", "Too far.",
    )  # fmt: skip
