"""A declined applicant asks for deletion; a district that was offered a seat keeps its application."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.admissions.test_offers import released
from tests.factories.admissions import LATER, make_draft, make_season
from tests.people.test_emptying import everything
from throughline.admissions.enums import Outcome
from throughline.admissions.models import Application
from throughline.core.errors import WrongState
from throughline.forms.models import Answer, AnswerHistory, Signature
from throughline.people.actions.empty_person import empty_person
from throughline.people.models import Person
from throughline.teams.models import TeamMembership

pytestmark = pytest.mark.django_db

THEN = LATER + timedelta(days=40)


def leads(outcome: str) -> tuple[Application, Person, Person]:
    season = released(seats=1, waitlist=1, applications=3)
    one = next(
        one
        for one in Application.objects.filter(call=season.call).order_by("pk")
        if one.decision.outcome == outcome
    )
    return one, one.lead, season.director


def test_of_a_declined_application_nothing_that_was_written_is_left():
    application, lead, director = leads(Outcome.DECLINE)
    submissions = application.parts.values("submission")
    answers = Answer.objects.filter(submission__in=submissions)
    assert [one for one in answers if one.value]
    members = TeamMembership.objects.filter(team=application.team)
    written = [one.full_name for one in members]
    assert len(written) == 5

    empty_person(Person.objects.get(pk=lead.pk), by=director, now=THEN)

    assert {one.value for one in answers.all()} == {None}
    assert not AnswerHistory.objects.filter(answer__in=answers).exclude(value=None).exists()
    after = everything()
    assert [name for name in written if name != lead.full_name and name in after] == []
    (signed,) = [row for row in after.splitlines() if lead.full_name in row]
    assert str(Signature.objects.get(signer=lead).signed_at.year) in signed
    application.refresh_from_db()
    assert (application.state, application.review_count) == ("decided", 3)


def test_the_application_of_a_district_with_a_seat_stays_with_it():
    application, lead, director = leads(Outcome.OFFER)
    answers = Answer.objects.filter(submission__in=application.parts.values("submission"))
    before = {one.pk: one.value for one in answers if not one.field_version.is_personal}
    lead.roles.update(to_on=LATER.date())

    empty_person(Person.objects.get(pk=lead.pk), by=director, now=THEN)

    assert {one.pk: one.value for one in answers if one.pk in before} == before


def test_an_open_application_is_settled_first():
    draft = make_draft()
    director = make_season(1, network=draft.network).director

    with pytest.raises(WrongState, match="neither decided nor withdrawn"):
        empty_person(draft.lead, by=director, now=THEN)

    assert Person.objects.get(pk=draft.lead_id).emptied_at is None
