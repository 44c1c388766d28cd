"""One press sent eight times at once, and people who press different buttons, in admissions."""

from __future__ import annotations

from collections import Counter
from functools import partial
from uuid import uuid4

import pytest

from tests.admissions.test_selection import small
from tests.factories.admissions import (
    CLOSED,
    LATER,
    fill,
    give,
    make_application,
    make_call,
    make_draft,
    make_readers,
    make_season,
)
from tests.factories.people import NOW, make_person, make_place
from tests.factories.threads import at_once
from throughline.admissions.actions.adopt_selection import adopt_selection
from throughline.admissions.actions.answer_offer import answer_offer
from throughline.admissions.actions.assign_reviewers import assign_reviewers
from throughline.admissions.actions.declare_conflict import declare_conflict
from throughline.admissions.actions.promote_next import lapse_offers
from throughline.admissions.actions.propose_selection import change_selection, propose_selection
from throughline.admissions.actions.release_decisions import release_decisions
from throughline.admissions.actions.stage_decision import sign_decisions, stage_decision
from throughline.admissions.actions.start_application import start_application
from throughline.admissions.actions.submit_application import submit_application
from throughline.admissions.actions.submit_review import submit_review
from throughline.admissions.actions.take_back_application import withdraw_application
from throughline.admissions.enums import DecisionState, Outcome
from throughline.admissions.models import (
    Application,
    Call,
    Decision,
    Review,
    ReviewAssignment,
    SelectionRun,
)
from throughline.admissions.staging import mark_of
from throughline.audit.models import AuditEvent
from throughline.core.errors import DomainError, WrongState
from throughline.ledger.models import Entitlement, Entry
from throughline.messaging.models import Message
from throughline.programs.models import CohortSeat
from throughline.teams.actions.name_member import name_member

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def decision_of(application: Application) -> Decision:
    """A tab of its own: an object that shares nothing with any other."""
    return Decision.objects.select_related(
        "application__call__cohort", "application__engagement", "application__team"
    ).get(application=application)


def ready_to_send(call: Call | None = None) -> Application:
    """A draft with every answer and a roster of five."""
    application = make_draft(call)
    fill(application)
    for number in range(5):
        name_member(application.team, full_name=f"Member {number}", by=application.lead, now=NOW)
    return application


def refusals(results: list[object]) -> list[object]:
    return [one for one in results if isinstance(one, DomainError)]


def test_one_press_begins_one_application():
    call, place = make_call(), make_place()
    person = make_person(call.network)

    results = at_once(
        [partial(start_application, call, district_place=place, by=person, now=NOW)] * 8
    )

    assert {one.pk for one in results} == {Application.objects.get().pk}  # type: ignore[attr-defined]


def test_of_eight_people_of_one_district_one_begins():
    call, place = make_call(), make_place()
    people = [make_person(call.network) for _ in range(8)]

    results = at_once(
        [partial(start_application, call, district_place=place, by=one, now=NOW) for one in people]
    )

    assert len(refusals(results)) == 7
    assert Application.objects.count() == 1


def test_two_tabs_of_one_person_begin_one_application_whatever_the_district():
    call = make_call()
    person, places = make_person(call.network), [make_place(f"District {one}") for one in range(8)]

    at_once(
        [partial(start_application, call, district_place=one, by=person, now=NOW) for one in places]
    )

    assert Application.objects.filter(lead=person).count() == 1


def test_one_press_sends_one_application_and_every_tab_hears_that_it_is_in():
    application = ready_to_send()
    tabs = [Application.objects.get(pk=application.pk) for _ in range(8)]
    key, lead = uuid4(), application.lead

    results = at_once(
        [
            partial(submit_application, tab, typed_name="A. Lead", by=lead, now=NOW, once=key)
            for tab in tabs
        ]
    )

    assert [getattr(one, "state", one) for one in results] == ["submitted"] * 8
    assert application.attestations.count() == 1
    assert Message.objects.filter(about_key=application.ref).count() == 1


def test_the_first_applicants_of_a_call_can_send_at_the_same_moment():
    call = make_call()
    drafts = [ready_to_send(call) for _ in range(4)]

    results = at_once(
        [
            partial(submit_application, one, typed_name="A. Lead", by=one.lead, now=NOW)
            for one in drafts
        ]
    )

    assert refusals(results) == []
    assert Application.objects.filter(state="submitted").count() == 4


def test_an_application_is_sent_or_withdrawn_and_never_half_of_each():
    application = ready_to_send()
    lead = application.lead
    tabs = [Application.objects.get(pk=application.pk) for _ in range(8)]

    at_once(
        [
            partial(submit_application, tab, typed_name="A. Lead", by=lead, now=NOW)
            if place % 2
            else partial(withdraw_application, tab, by=lead, now=NOW)
            for place, tab in enumerate(tabs)
        ]
    )

    application.refresh_from_db()
    application.engagement.refresh_from_db()
    application.team.refresh_from_db()
    assert (application.state, application.engagement.state, application.team.state) == (
        "withdrawn", "withdrawn", "dissolved",
    )  # fmt: skip


def test_two_people_who_assign_at_once_assign_once():
    call = make_call()
    for _ in range(2):
        make_application(call)
    make_readers(call, 4)

    at_once([lambda: assign_reviewers(call, by=None, now=CLOSED)] * 8)

    assert sorted(
        Counter(ReviewAssignment.objects.values_list("application", flat=True)).values()
    ) == [3, 3]


def test_readers_who_declare_ties_at_once_are_each_replaced_by_somebody_else():
    call = make_call()
    application = make_application(call)
    make_readers(call, 6)
    assign_reviewers(call, by=None, now=CLOSED)
    tabs = list(
        ReviewAssignment.objects.select_related("application", "reviewer", "phase__call__cohort")
    )

    at_once(
        [partial(declare_conflict, tab, answer="work", by=tab.reviewer, now=CLOSED) for tab in tabs]
    )

    live = ReviewAssignment.objects.filter(application=application, state="published")
    assert live.count() == 3
    assert not set(live.values_list("reviewer", flat=True)) & {tab.reviewer_id for tab in tabs}


def test_one_press_hands_in_one_review():
    call = make_call()
    application = make_application(call)
    make_readers(call, 3)
    assign_reviewers(call, by=None, now=CLOSED)
    first, *others = Review.objects.select_related("assignment__phase__rubric").order_by("pk")
    for one in others:
        give(one, 4)
    declare_conflict(first.assignment, answer="none", by=first.assignment.reviewer, now=LATER)
    keys = list(first.assignment.phase.rubric.criteria.values_list("key", flat=True))
    key = uuid4()

    results = at_once(
        [
            partial(
                submit_review, Review.objects.get(pk=first.pk), levels=dict.fromkeys(keys, 4),
                comment="Read with care.", by=first.assignment.reviewer, now=LATER, once=key,
            )
            for _ in range(8)
        ]
    )  # fmt: skip

    assert [getattr(one, "state", one) for one in results] == ["submitted"] * 8
    application.refresh_from_db()
    assert application.review_count == 3


def test_the_last_reviews_of_an_application_are_all_counted():
    call = make_call()
    application = make_application(call)
    make_readers(call, 3)
    assign_reviewers(call, by=None, now=CLOSED)
    reviews = list(
        Review.objects.select_related("assignment__phase__rubric", "assignment__reviewer")
    )

    at_once([partial(give, one, 4) for one in reviews])

    application.refresh_from_db()
    assert application.review_count == 3


def test_people_who_propose_and_adopt_at_once_leave_one_list():
    season = make_season(3, source=small(1, 1), stage="proposed")
    run, call = season.extra["run"], season.call

    at_once(
        [
            partial(
                adopt_selection, SelectionRun.objects.get(pk=run.pk), by=season.second, now=LATER
            )
            if place % 2
            else partial(propose_selection, call, by=season.director, now=LATER)
            for place in range(8)
        ]
    )

    assert SelectionRun.objects.filter(call=call).exclude(state="discarded").count() == 1
    decided = Decision.objects.filter(application__call=call)
    adopted = SelectionRun.objects.filter(call=call, state="adopted")
    assert decided.count() == 3 * adopted.count()


def test_a_list_saved_from_eight_tabs_is_changed_once():
    season = make_season(3, points=(4, 3, 2), source=small(1, 1), stage="proposed")
    run = season.extra["run"]
    seat, rest = run.plan["seats"][0], [one.ref for one in season.applications]
    other = next(one for one in rest if one != seat)
    tabs = [SelectionRun.objects.get(pk=run.pk) for _ in range(8)]

    results = at_once(
        [
            partial(
                change_selection, tab, out=seat, into=other, reason="Rural districts first.",
                revision=0, by=season.director, now=LATER,
            )
            for tab in tabs
        ]
    )  # fmt: skip

    run.refresh_from_db()
    assert len(refusals(results)) == 7
    assert (run.revision, run.plan["seats"], len(run.plan["changes"])) == (1, [other], 1)


def test_a_stale_tab_never_offers_more_seats_than_there_are():
    season = make_season(4, points=(4, 3, 2, 1), source=small(2, 2), stage="adopted")
    tabs = [decision_of(one) for one in season.applications for _ in range(2)]

    at_once(
        [
            partial(
                stage_decision, tab, outcome=Outcome.OFFER if place % 2 else Outcome.DECLINE,
                because="After the call.", by=season.director, now=LATER,
            )
            for place, tab in enumerate(tabs)
        ]
    )  # fmt: skip

    assert Decision.objects.filter(outcome=Outcome.OFFER).count() <= 2


def test_two_people_who_sign_at_once_are_the_two_signatures():
    season = make_season(2, source=small(1, 1), stage="adopted")
    shown = mark_of(season.call)

    results = at_once(
        [
            partial(sign_decisions, season.call, shown=shown, by=one, now=LATER)
            for one in [season.director, season.second] * 4
        ]
    )

    assert len(refusals(results)) == 6
    signed = Decision.objects.values_list("signed_by", "second_by").distinct()
    assert {frozenset(pair) for pair in signed} == {
        frozenset({season.director.pk, season.second.pk})
    }


def test_decisions_are_released_once_and_every_press_hears_how_many():
    season = make_season(3, points=(4, 3, 2), source=small(1, 1), stage="signed")
    key, call = uuid4(), season.call

    results = at_once(
        [lambda: release_decisions(call, has_read=True, by=season.director, now=LATER, once=key)]
        * 8
    )

    assert results == [3] * 8
    assert AuditEvent.objects.filter(verb="released", kind="admissions.decision").count() == 3
    assert Message.objects.filter(key__startswith="decision:").count() == 3


def test_a_decision_changed_at_the_moment_of_release_is_not_sent_unsigned():
    season = make_season(3, points=(4, 3, 2), source=small(1, 1), stage="signed")
    changed = decision_of(season.applications[2])

    results = at_once(
        [
            partial(release_decisions, season.call, has_read=True, by=season.director, now=LATER),
            partial(
                stage_decision, changed, outcome=Outcome.DECLINE, because="Changed.",
                by=season.second, now=LATER,
            ),
        ]
        * 4
    )  # fmt: skip

    states = set(Decision.objects.values_list("state", flat=True))
    assert len(states) == 1
    if states == {DecisionState.RELEASED}:
        assert AuditEvent.objects.filter(verb="staged").count() == 0
    assert all(isinstance(one, (WrongState, Decision, int, DomainError)) for one in results)


def test_one_yes_sent_eight_times_takes_one_seat():
    season = make_season(2, points=(4, 2), source=small(2, 0), stage="released")
    mine = season.applications[0]
    key = uuid4()

    results = at_once(
        [
            partial(answer_offer, decision_of(mine), accept=True, by=mine.lead, now=LATER, once=key)
            for _ in range(8)
        ]
    )

    assert [getattr(one, "state", one) for one in results] == ["accepted"] * 8
    assert CohortSeat.objects.exclude(engagement=None).count() == 1
    granted = Entry.objects.filter(kind="granted").values_list("entitlement", flat=True)
    assert len(granted) == len(set(granted))
    assert Entitlement.objects.filter(engagement=mine.engagement).exists()


def test_of_yes_and_no_from_two_tabs_one_counts():
    season = make_season(3, points=(4, 3, 2), source=small(1, 2), stage="released")
    mine = season.applications[0]

    results = at_once(
        [
            partial(
                answer_offer, decision_of(mine), accept=bool(place % 2), by=mine.lead, now=LATER
            )
            for place in range(8)
        ]
    )

    said = decision_of(mine).state
    assert len(refusals(results)) == 4
    promoted = Decision.objects.filter(outcome="offer", state="released").count()
    assert (said, promoted) in {("accepted", 0), ("declined", 1)}


def test_districts_that_decline_at_once_promote_one_alternate_each():
    season = make_season(5, points=(4, 4, 3, 2, 2), source=small(3, 2), stage="released")
    declining = [one for one in season.applications if decision_of(one).outcome == Outcome.OFFER]

    at_once(
        [
            partial(answer_offer, decision_of(one), accept=False, by=one.lead, now=LATER)
            for one in declining
        ]
        + [lambda: lapse_offers(now=LATER)] * 2
    )

    promoted = Decision.objects.filter(outcome=Outcome.OFFER, state=DecisionState.RELEASED)
    assert promoted.count() == 2
    letters = Message.objects.filter(key__endswith=":offer").values_list("key", flat=True)
    assert len(letters) == 5


def test_an_alternate_who_steps_off_as_a_seat_falls_free_gets_it_or_leaves_it():
    season = make_season(3, points=(4, 3, 2), source=small(1, 2), stage="released")
    first, second, _third = season.applications

    at_once(
        [
            partial(answer_offer, decision_of(first), accept=False, by=first.lead, now=LATER),
            partial(answer_offer, decision_of(second), accept=False, by=second.lead, now=LATER),
        ]
        * 4
    )

    assert Decision.objects.filter(outcome=Outcome.OFFER, state=DecisionState.RELEASED).count() <= 1
    assert decision_of(first).state == DecisionState.DECLINED
