"""A call opens with its cohort; an application begins with everything it needs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.admissions import make_application, make_call, make_draft
from tests.factories.people import NOW, make_network, make_person, make_place
from throughline.admissions.actions.open_call import make_call as open_again
from throughline.admissions.actions.start_application import start_application
from throughline.admissions.models import Application, Call
from throughline.audit.models import AuditEvent
from throughline.core.errors import NotAllowed, WrongState
from throughline.people.enums import Role
from throughline.programs.enums import EngagementState
from throughline.teams.enums import TeamState

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.requirement("NEWS-01")
def test_a_cohort_opens_its_call_with_the_dates_of_its_blueprint():
    call = make_call()

    assert call.opens_at == datetime(2026, 10, 1, 4, tzinfo=UTC)
    assert call.closes_at == datetime(2027, 2, 2, 4, 59, tzinfo=UTC)
    assert call.grace_minutes == 30
    phase = call.phases.get()
    assert (phase.reviews_wanted, phase.discuss_at, phase.conflict_years) == (3, 2, 4)
    assert phase.sees_others == "after_own"


def test_opening_a_call_again_returns_the_first():
    call = make_call()

    assert open_again(call.cohort, by=None, now=NOW) == call
    assert Call.objects.filter(cohort=call.cohort).count() == 1


def test_starting_makes_an_engagement_a_team_and_a_role_at_once():
    application = make_draft()

    assert application.engagement.state == EngagementState.APPLYING
    assert application.team.state == TeamState.PROPOSED
    assert application.scope == application.engagement.scope
    assert application.lead.holds(application.scope, Role.APPLICANT)
    assert AuditEvent.objects.filter(verb="started", key=application.ref).count() == 1


def test_the_number_can_be_said_aloud_and_counts_nothing():
    application = make_draft()

    prefix, _, spoken = application.number.partition("-")
    assert prefix == "RELN27"
    assert len(spoken) == 4


def test_starting_twice_returns_the_application_that_was_begun():
    first = make_draft()

    again = start_application(
        first.call, district_place=make_place("Elsewhere"), by=first.lead, now=NOW
    )

    assert again == first
    assert Application.objects.filter(call=first.call).count() == 1


def test_a_second_leader_of_a_district_is_sent_to_her_colleague():
    first = make_draft()
    place = first.engagement.district.place
    assert place is not None

    with pytest.raises(WrongState, match="Somebody of this district"):
        start_application(first.call, district_place=place, by=make_person(first.network), now=NOW)


@pytest.mark.requirement("NEWS-01")
def test_nobody_starts_before_the_call_opens_or_after_it_closes():
    call = make_call()
    person, place = make_person(call.network), make_place()

    with pytest.raises(NotAllowed, match="not open yet"):
        start_application(
            call, district_place=place, by=person, now=call.opens_at - timedelta(seconds=1)
        )
    with pytest.raises(NotAllowed, match="closed"):
        start_application(call, district_place=place, by=person, now=call.last_moment)


def test_nobody_of_another_network_starts():
    call = make_call()

    with pytest.raises(NotAllowed, match="this network"):
        start_application(
            call, district_place=make_place(), by=make_person(make_network()), now=NOW
        )


def test_what_the_check_asked_is_not_asked_again():
    call = make_call()
    place = make_place()

    application = start_application(
        call, district_place=place, by=make_person(call.network), now=NOW, title_key="other-cabinet"
    )

    submission = application.parts.get().submission
    given = dict(submission.answers.values_list("field__key", "value"))
    assert given == {"district": place.code, "title": "other-cabinet"}


def test_two_calls_number_their_applications_apart():
    one, other = make_application(), make_application()

    assert one.number != other.number
