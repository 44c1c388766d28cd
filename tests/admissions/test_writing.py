"""Writing and sending an application: alone, with an assistant, from two tabs, at the deadline."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.factories.admissions import (
    CLOSED,
    fill,
    make_application,
    make_call,
    make_draft,
    make_readers,
)
from tests.factories.people import NOW, make_person, make_staff
from throughline.admissions.actions.assign_reviewers import assign_reviewers
from throughline.admissions.actions.save_part import save_part
from throughline.admissions.actions.submit_application import submit_application
from throughline.admissions.actions.take_back_application import (
    take_back_application,
    withdraw_application,
)
from throughline.admissions.dossier import Dossier
from throughline.admissions.enums import ApplicationState
from throughline.admissions.models import Application, Attestation
from throughline.audit.models import AuditEvent
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.forms.actions.submit_submission import Incomplete
from throughline.messaging.models import Message
from throughline.people.actions import delegate
from throughline.people.enums import Role, Verb
from throughline.people.models import Affiliation, Person
from throughline.programs.enums import EngagementState
from throughline.teams.actions.name_member import name_member
from throughline.teams.enums import TeamState

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def assistant_of(application: Application) -> Person:
    assistant = make_person(application.network)
    delegate(
        application.lead, assistant, application.scope, [Verb.EDIT_APPLICATION],
        by=application.lead, now=NOW,
    )  # fmt: skip
    return assistant


def ready() -> Application:
    application = make_draft()
    fill(application)
    name_member(application.team, full_name="A Member", by=application.lead, now=NOW)
    return application


def test_sections_go_from_not_started_over_in_progress_to_done():
    application = make_draft()

    states = {line.key: line.state for line in Dossier(application).parts}
    assert states == {
        "candidate": "Not started", "district": "In progress", "goals": "Not started",
        "team": "Not started",
    }  # fmt: skip

    fill(application)
    states = {line.key: line.state for line in Dossier(application).parts}
    assert states == {
        "candidate": "Done", "district": "Done", "goals": "Done", "team": "In progress",
    }  # fmt: skip


def test_two_tabs_never_undo_one_another():
    application = make_draft()
    first = save_part(
        application, "goals", {"vision": "First."}, by=application.lead, now=NOW, revisions={}
    )

    second = save_part(
        application, "goals", {"vision": "Second."}, by=application.lead, now=NOW, revisions={}
    )

    assert first.conflicts == []
    assert [(one.yours, one.theirs) for one in second.conflicts] == [("Second.", "First.")]
    assert Dossier(application).given["vision"] == "First."


def test_an_assistant_fills_in_for_the_lead_and_both_names_stand_in_the_trail():
    application = make_draft()
    assistant = assistant_of(application)

    save_part(application, "goals", {"vision": "Hers."}, by=assistant, now=NOW)

    event = AuditEvent.objects.filter(verb="saved").latest("pk")
    assert (event.by, event.on_behalf_of) == (assistant.pk, application.lead.pk)


@pytest.mark.requirement("RELN-06")
def test_an_assistant_neither_confirms_the_commitment_nor_sends():
    application = ready()
    assistant = assistant_of(application)

    with pytest.raises(NotAllowed, match="Only Person"):
        save_part(application, "goals", {"commitment": True}, by=assistant, now=NOW)
    with pytest.raises(NotAllowed, match="because sending signs"):
        submit_application(application, typed_name="Somebody", by=assistant, now=NOW)
    assert not Attestation.objects.exists()


def test_a_stranger_neither_writes_nor_sends():
    application = ready()
    stranger = make_person(application.network)

    with pytest.raises(NotAllowed):
        save_part(application, "goals", {"vision": "x"}, by=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        submit_application(application, typed_name="x", by=stranger, now=NOW)


@pytest.mark.requirement("RELN-06")
def test_sending_signs_the_commitment_with_name_time_and_text():
    application = make_application()

    attestation = application.attestations.get()
    signature = attestation.signed_text.signatures.get()
    assert attestation.signed_text.text.body == (
        "I am committed to addressing historical disparities in my system. "
        "What I wrote is true as far as I know."
    )
    assert (signature.signer, signature.typed_name, signature.signed_at) == (
        application.lead, application.lead.full_name, NOW,
    )  # fmt: skip
    assert attestation.signed_text.text.version == 1


def test_each_convening_is_confirmed_and_a_missing_one_goes_to_a_person():
    call = make_call()
    draft = make_draft(call)
    keys = [key for key, _days in Dossier(draft).dates["convenings.series.network"]]

    application = make_application(call, answers={"dates": keys[:4]})

    answered = dict(application.dates.values_list("calendar_key", "can_attend"))
    assert answered == {key: key in keys[:4] for key in keys}
    assert len(keys) == 5
    assert application.cases.get().rule == "dates"


@pytest.mark.requirement("RELN-29")
def test_an_existing_team_is_named_with_its_mandate():
    application = make_application()

    application.team.refresh_from_db()
    assert (application.team.is_existing, application.team.prior_mandate) == (
        True, "Discipline codes.",
    )  # fmt: skip


@pytest.mark.requirement("RELN-07")
def test_the_vision_is_asked_and_without_it_nothing_is_sent():
    application = make_draft()
    fill(application, {"vision": ""})
    name_member(application.team, full_name="A Member", by=application.lead, now=NOW)

    with pytest.raises(Incomplete) as refusal:
        submit_application(application, typed_name="Me", by=application.lead, now=NOW)

    assert [one.key for one in refusal.value.missing] == ["vision"]
    application.refresh_from_db()
    assert application.state == ApplicationState.DRAFT


def test_a_roster_without_a_name_is_asked_for():
    application = make_draft()
    fill(application)

    with pytest.raises(Incomplete) as refusal:
        submit_application(application, typed_name="Me", by=application.lead, now=NOW)

    assert [one.sentence for one in refusal.value.missing] == ["Name the people of your team."]


def test_sending_needs_a_name():
    with pytest.raises(BadInput, match="full name"):
        application = ready()
        submit_application(application, typed_name=" ", by=application.lead, now=NOW)


@pytest.mark.requirement("NEWS-01")
def test_sending_tells_the_lead_by_mail_with_the_number():
    application = make_application()

    message = Message.objects.get(about_key=application.ref)
    assert message.subject == "We have your application"
    assert application.number in message.body


def test_sending_records_where_the_lead_works():
    application = make_application()

    work = Affiliation.objects.get(person=application.lead)
    assert (work.organization, work.title_key, work.is_cabinet) == (
        application.engagement.district, "superintendent", True,
    )  # fmt: skip


def test_sending_twice_is_refused_and_a_repeated_post_returns_the_first():
    application, key = ready(), uuid4()

    first = submit_application(application, typed_name="Me", by=application.lead, now=NOW, once=key)
    again = submit_application(application, typed_name="Me", by=application.lead, now=NOW, once=key)
    assert again == first
    with pytest.raises(WrongState, match="already been sent"):
        submit_application(application, typed_name="Me", by=application.lead, now=NOW)
    assert Attestation.objects.count() == 1


def test_a_page_opened_before_the_deadline_can_be_sent_in_the_grace_and_not_after():
    late, too_late = ready(), ready()
    call = late.call
    assert call.grace_minutes == 30

    submit_application(
        late, typed_name="Me", by=late.lead, now=call.closes_at + timedelta(minutes=29)
    )
    with pytest.raises(NotAllowed, match="closed"):
        submit_application(
            too_late, typed_name="Me", by=too_late.lead, now=too_late.call.last_moment
        )
    with pytest.raises(NotAllowed, match="closed"):
        save_part(
            too_late, "goals", {"vision": "x"}, by=too_late.lead, now=too_late.call.last_moment
        )


def test_a_stale_tab_cannot_change_what_was_sent():
    application = make_application()

    with pytest.raises(NotAllowed, match="has been sent"):
        save_part(application, "goals", {"vision": "Other."}, by=application.lead, now=NOW)


def test_a_sent_application_is_taken_back_changed_and_sent_again():
    application = make_application()

    take_back_application(application, by=application.lead, now=NOW)
    assert application.state == ApplicationState.DRAFT
    save_part(application, "goals", {"vision": "Better."}, by=application.lead, now=NOW)
    submit_application(application, typed_name="Me", by=application.lead, now=NOW)

    assert application.state == ApplicationState.SUBMITTED
    assert application.attestations.count() == 2


def test_taking_back_is_the_leads_and_ends_with_the_call():
    application = make_application()

    with pytest.raises(NotAllowed, match="Only the applicant"):
        take_back_application(application, by=make_person(application.network), now=NOW)
    with pytest.raises(NotAllowed, match="stays as it was sent"):
        take_back_application(application, by=application.lead, now=CLOSED)
    take_back_application(application, by=application.lead, now=NOW)
    with pytest.raises(WrongState):
        take_back_application(application, by=application.lead, now=NOW)


def test_withdrawing_ends_engagement_team_and_role_and_cannot_be_repeated():
    application = make_application()

    withdraw_application(application, by=application.lead, now=NOW)

    application.engagement.refresh_from_db()
    application.team.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN
    assert application.engagement.state == EngagementState.WITHDRAWN
    assert application.team.state == TeamState.DISSOLVED
    lead = Person.objects.get(pk=application.lead_id)
    assert not lead.holds(application.scope_id, Role.APPLICANT)
    with pytest.raises(WrongState):
        withdraw_application(application, by=application.lead, now=NOW)


def test_who_withdrew_can_begin_again():
    application = make_application()
    withdraw_application(application, by=application.lead, now=NOW)

    again = make_draft(application.call, lead=Person.objects.get(pk=application.lead_id))

    assert again != application
    assert again.state == ApplicationState.DRAFT


def test_what_is_being_read_is_not_withdrawn_here():
    application = make_application()
    make_readers(application.call, 3)
    assign_reviewers(application.call, by=make_staff(application.network), now=CLOSED)

    with pytest.raises(WrongState, match="Write to us"):
        withdraw_application(application, by=application.lead, now=CLOSED)
