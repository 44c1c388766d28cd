"""A seat is taken once, left once, and goes to the next in line on its own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.admissions.test_selection import small
from tests.factories.admissions import LATER, Season, make_season
from tests.factories.people import make_person, make_staff
from tests.factories.programs import make_engagement
from throughline.admissions.actions.answer_offer import answer_offer
from throughline.admissions.actions.promote_next import lapse_offers
from throughline.admissions.enums import DecisionState, Outcome
from throughline.admissions.jobs import lapse_due_offers
from throughline.admissions.models import Application, Decision, WaitlistEntry
from throughline.core import clock
from throughline.core.errors import NotAllowed, WrongState
from throughline.ledger.models import Entitlement, Entry
from throughline.messaging.models import Message
from throughline.people.actions import delegate
from throughline.people.enums import Role, Verb
from throughline.people.models import Person
from throughline.programs.actions.take_seat import take_seat
from throughline.programs.enums import EngagementState
from throughline.programs.models import CohortSeat
from throughline.teams.enums import TeamState

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SOON = LATER + timedelta(days=1)
TOO_LATE = LATER + timedelta(days=30)


def released(seats: int = 1, waitlist: int = 1, applications: int = 3) -> Season:
    points = (4, 3, 2, 1)[:applications]
    return make_season(applications, points=points, source=small(seats, waitlist), stage="released")


def lead_of(application: Application) -> Person:
    return Person.objects.get(pk=application.lead_id)


def answer(application: Application, *, accept: bool) -> Decision:
    return answer_offer(
        Decision.objects.get(application=application),
        accept=accept,
        by=lead_of(application),
        now=SOON,
    )


def test_accepting_seats_the_district_and_makes_its_leader_a_fellow():
    season = released()
    application = season.applications[0]

    decision = answer(application, accept=True)

    application.engagement.refresh_from_db()
    application.team.refresh_from_db()
    lead = lead_of(application)
    with clock.at(SOON):
        assert lead.holds(application.scope_id, Role.FELLOW)
        assert not lead.holds(application.scope_id, Role.APPLICANT)
    assert (decision.state, decision.answered_at) == (DecisionState.ACCEPTED, SOON)
    assert decision.seat is not None
    assert decision.seat.engagement == application.engagement
    assert application.engagement.state == EngagementState.ACTIVE
    assert application.team.state == TeamState.FORMING
    assert application.team.memberships.count() == 5
    assert Entitlement.objects.filter(holder_person=lead).exists()


def test_accepting_again_returns_the_first_result_and_books_nothing():
    season = released()
    first = answer(season.applications[0], accept=True)
    entries = Entry.objects.count()

    again = answer(season.applications[0], accept=True)

    assert again == first
    assert again.seat == first.seat
    assert Entry.objects.count() == entries


def test_after_one_answer_the_other_is_refused():
    season = released()
    answer(season.applications[0], accept=True)

    with pytest.raises(WrongState, match="answered"):
        answer(season.applications[0], accept=False)
    assert CohortSeat.objects.exclude(engagement=None).count() == 1


@pytest.mark.requirement("RELN-03")
def test_declining_offers_the_seat_to_the_next_in_line():
    season = released()
    first, second, _third = season.applications

    answer(first, accept=False)

    promoted = Decision.objects.get(application=second)
    assert (promoted.outcome, promoted.state) == (Outcome.OFFER, DecisionState.RELEASED)
    assert promoted.answer_by is not None
    assert promoted.answer_by > SOON + timedelta(days=13)
    second.engagement.refresh_from_db()
    assert second.engagement.state == EngagementState.OFFERED
    assert Message.objects.filter(key=f"decision:{second.ref}:offer").count() == 1
    assert answer(second, accept=True).seat is not None


def test_declining_twice_promotes_once():
    season = released(waitlist=2, applications=4)
    answer(season.applications[0], accept=False)
    answer(season.applications[0], accept=False)

    assert WaitlistEntry.objects.exclude(promoted_at=None).count() == 1


def test_an_alternate_steps_off_and_the_one_behind_is_promoted():
    season = released(waitlist=2, applications=4)
    first, second, third, _fourth = season.applications
    answer(second, accept=False)

    answer(first, accept=False)

    assert Decision.objects.get(application=third).outcome == Outcome.OFFER
    assert WaitlistEntry.objects.get(application=second).left_at == SOON
    assert Decision.objects.get(application=second).state == DecisionState.DECLINED


def test_an_alternate_has_nothing_to_accept():
    season = released()

    with pytest.raises(NotAllowed, match="no seat to accept"):
        answer(season.applications[1], accept=True)


def test_an_offer_that_nobody_answers_lapses_and_goes_on():
    season = released()

    assert lapse_offers(now=SOON) == 0
    assert lapse_offers(now=TOO_LATE) == 1
    lapse_due_offers(now=TOO_LATE)

    first, second, _third = season.applications
    assert Decision.objects.get(application=first).state == DecisionState.LAPSED
    assert Decision.objects.get(application=second).outcome == Outcome.OFFER
    assert WaitlistEntry.objects.exclude(promoted_at=None).count() == 1


def test_after_the_day_the_offer_cannot_be_taken():
    season = released()
    application = season.applications[0]

    with pytest.raises(NotAllowed, match="time to answer is over"):
        answer_offer(application.decision, accept=True, by=lead_of(application), now=TOO_LATE)


def test_only_the_applicant_answers_not_her_assistant_nor_a_stranger():
    season = released()
    application = season.applications[0]
    assistant = make_person(application.network)
    delegate(
        lead_of(application), assistant, application.scope, [Verb.EDIT_APPLICATION],
        by=lead_of(application), now=LATER,
    )  # fmt: skip

    for other in (assistant, make_person(application.network), season.director):
        with pytest.raises(NotAllowed, match="Only the applicant"):
            answer_offer(application.decision, accept=True, by=other, now=SOON)


def test_a_staged_decision_cannot_be_answered():
    season = make_season(1, points=(4,), source=small(), stage="adopted")
    application = season.applications[0]

    with pytest.raises(NotAllowed, match="nothing to answer"):
        answer_offer(application.decision, accept=True, by=lead_of(application), now=SOON)


@pytest.mark.requirement("RELN-03")
def test_when_staff_filled_the_last_seat_by_hand_accepting_is_refused_and_undone():
    season = released()
    cohort = season.call.cohort
    other = make_engagement(cohort, name="Seated by hand", now=LATER)
    take_seat(cohort, engagement=other, by=make_staff(cohort.network), now=LATER)

    with pytest.raises(WrongState, match="seat is taken"):
        answer(season.applications[0], accept=True)

    application = season.applications[0]
    assert Decision.objects.get(application=application).state == DecisionState.RELEASED
    application.engagement.refresh_from_db()
    assert application.engagement.state == EngagementState.OFFERED


def test_the_applicant_sees_the_outcome_only_after_release():
    season = make_season(1, points=(4,), source=small(), stage="signed")
    application = season.applications[0]
    lead = lead_of(application)

    assert list(Decision.objects.visible_to(lead)) == []
    assert application.state == "in_review"
    after = released()
    mine = after.applications[0]
    assert list(Decision.objects.visible_to(lead_of(mine))) == [mine.decision]
