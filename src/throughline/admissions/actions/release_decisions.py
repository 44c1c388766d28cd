"""Send all decisions of a call at once, through the outbox."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.admissions.actions.take_back_application import end_lead
from throughline.admissions.eligibility import admissions_of
from throughline.admissions.enums import (
    APPLICATION_MAY_BECOME,
    CALL_MAY_BECOME,
    DECISION_MAY_BECOME,
    ApplicationState,
    CallState,
    DecisionState,
    Outcome,
)
from throughline.admissions.letters import decided
from throughline.admissions.models import Application, Call, Decision
from throughline.admissions.rules import can_release
from throughline.admissions.staging import release_blocks
from throughline.audit import once as sent_once
from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.states import states_before
from throughline.messaging.actions.send_message import send_message
from throughline.people.models import Person
from throughline.programs.actions.move_engagement import decline_engagement, offer_engagement
from throughline.teams.actions.activate_team import end_team

END_OF_DAY = time(17)
"""Offers hold until five in the afternoon, in the zone of the cohort."""

DAYS = {"day": 1, "working day": 1, "week": 7, "month": 30, "year": 365}


def answer_until(call: Call, now: datetime) -> datetime:
    """Return until when an offer made now holds."""
    span = admissions_of(call.cohort.version).selection.confirm_within
    zone = ZoneInfo(call.zone)
    day = now.astimezone(zone).date() + timedelta(days=span.number * DAYS[span.unit])
    return datetime.combine(day, END_OF_DAY, tzinfo=zone)


@transaction.atomic
def release_decisions(
    call: Call, *, has_read: bool, by: Person, now: datetime, once: UUID | str | None = None
) -> int:
    """Release every decision and send its letter. Returns how many; with ``once``, once.

    Raises
    ------
    NotAllowed
        ``by`` is not on the staff, or has a tie to an applicant.
    BadInput
        Nobody said that one letter of each kind was read.
    WrongState
        Something still stands in the way, or everything was released a moment ago.
    """
    sent = sent_once.claim(call.network_id, once, by.pk, "release", now)
    if sent.result:
        return int(sent.result)
    if call.state == CallState.RELEASED:
        raise WrongState(_("These decisions have been sent."))
    if not (may := can_release(by, call)):
        raise NotAllowed(may.reason)
    if not has_read:
        raise BadInput(
            _("Read one letter of each kind first, as the person who gets it."), field="has_read"
        )
    # The call's row first: whoever changes or signs a decision takes it too, so that what stands
    # in the way is looked at after the last change.
    moved = Call.objects.filter(
        pk=call.pk, state__in=states_before(CALL_MAY_BECOME, CallState.RELEASED)
    ).update(state=CallState.RELEASED)
    if not moved:
        raise WrongState(_("These decisions have been sent."))
    blocks = [one.sentence for one in release_blocks(call) if not one.is_done]
    if blocks:
        raise WrongState(" ".join(blocks))
    call.refresh_from_db()
    count = _release_all(call, by, now)
    trail.record(by, "released", call, now=now, scope=call.cohort.scope_id, fields=["state"])
    sent.keep(str(count))
    return count


def _release_all(call: Call, by: Person, now: datetime) -> int:
    until = answer_until(call, now)
    staged = Decision.objects.filter(
        application__call=call, state__in=states_before(DECISION_MAY_BECOME, DecisionState.RELEASED)
    )
    decisions = list(
        staged.select_related(
            "application__engagement__cohort", "application__engagement__scope",
            "application__engagement__district", "application__lead__network",
            "application__team__engagement__cohort__version", "application__scope",
            "application__call__cohort__version", "application__call__cohort__program",
        ).order_by("pk")
    )  # fmt: skip
    for decision in decisions:
        _release(decision, until, by, now)
    return len(decisions)


def _release(decision: Decision, until: datetime, by: Person, now: datetime) -> None:
    is_offer = decision.outcome == Outcome.OFFER
    moved = Decision.objects.filter(pk=decision.pk, state=DecisionState.STAGED).update(
        state=DecisionState.RELEASED, released_at=now, answer_by=until if is_offer else None
    )
    if not moved:
        raise WrongState(_("Somebody changed a decision a moment ago. Look at the list again."))
    decision.refresh_from_db(fields=["state", "released_at", "answer_by"])
    application = decision.application
    Application.objects.filter(
        pk=application.pk,
        state__in=states_before(APPLICATION_MAY_BECOME, ApplicationState.DECIDED),
    ).update(state=ApplicationState.DECIDED)
    if is_offer:
        offer_engagement(application.engagement, by=None, now=now)
    elif decision.outcome != Outcome.WAITLIST:
        close_application(application, now=now, reason=decision.reason_key)
    send_decision(decision, until, by=by, now=now)
    trail.record(by, "released", decision, now=now, scope=application.scope_id, fields=["state"])


def close_application(application: Application, *, now: datetime, reason: str) -> None:
    """End what an application had begun when it leads to no seat. Call inside an action."""
    end_team(application.team, by=None, now=now)
    decline_engagement(application.engagement, by=None, now=now, reason=reason)
    end_lead(application, now=now, reason="declined")


def send_decision(decision: Decision, until: datetime, *, by: Person | None, now: datetime) -> None:
    """Send the letter of a decision to the applicant, once for each outcome. Call inside an action."""
    application = decision.application
    letter = decided(decision, answer_by=until)
    send_message(
        application.network,
        key=f"decision:{application.ref}:{decision.outcome}",
        kind="action" if decision.outcome == Outcome.OFFER else "service",
        subject=letter.subject,
        body=letter.body,
        to=[application.lead],
        scope=application.call.cohort.scope,
        about=("admissions.application", application.ref),
        by=by,
        now=now,
    )
