"""Take a seat, leave it, or step off the list of alternates."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.admissions.actions.promote_next import promote_next
from throughline.admissions.actions.release_decisions import close_application
from throughline.admissions.actions.take_back_application import end_lead
from throughline.admissions.enums import DecisionState, Outcome
from throughline.admissions.models import Decision, WaitlistEntry
from throughline.admissions.rules import can_answer
from throughline.audit import once as sent_once
from throughline.audit import trail
from throughline.core.errors import NotAllowed, WrongState
from throughline.ledger.actions.open_engagement import open_engagement
from throughline.people.actions import give_role
from throughline.people.enums import Role
from throughline.people.models import Person
from throughline.programs.actions.take_seat import take_seat
from throughline.teams.actions.activate_team import form_team

ANSWERED = {True: DecisionState.ACCEPTED, False: DecisionState.DECLINED}


@transaction.atomic
def answer_offer(
    decision: Decision,
    *,
    accept: bool,
    by: Person,
    now: datetime,
    once: UUID | str | None = None,
) -> Decision:
    """Accept or decline. The same answer again returns the first result; the other is refused.

    Accepting takes the seat, makes the engagement active, lets the team form, opens the
    entitlements and makes the applicant a fellow: one transaction over the apps below. Declining
    offers the seat to the next alternate.

    Raises
    ------
    NotAllowed
        ``by`` is not the applicant, nothing was offered, or the time to answer is over.
    WrongState
        The other answer was given before, or no seat is left.
    """
    sent = sent_once.claim(decision.network_id, once, by.pk, "answer", now)
    decision.refresh_from_db()
    if decision.state == ANSWERED[accept] and decision.application.lead_id in by.ids:
        return decision
    if not (may := can_answer(by, decision, now)):
        raise NotAllowed(may.reason)
    if accept and decision.outcome != Outcome.OFFER:
        raise NotAllowed(_("You are an alternate: there is no seat to accept yet."))
    # This takes the row's lock, so that of two tabs one goes on and the other finds an answer.
    mine = Decision.objects.filter(
        pk=decision.pk, state=DecisionState.RELEASED, outcome=decision.outcome
    )
    if not mine.update(answered_at=now, answered_by=by):
        decision.refresh_from_db()
        if decision.state == ANSWERED[accept]:
            return decision
        raise WrongState(_("This offer has been answered."))
    if accept:
        _accept(decision, by, now)
    else:
        _decline(decision, by, now)
    decision.refresh_from_db()
    sent.keep(decision.ref)
    return decision


def _accept(decision: Decision, by: Person, now: datetime) -> None:
    application = decision.application
    engagement = application.engagement
    seat = take_seat(engagement.cohort, engagement=engagement, by=by, now=now)
    _move(decision, DecisionState.ACCEPTED, seat=seat)
    open_engagement(engagement, fellows=[application.lead], by=by, now=now)
    form_team(application.team, by=by, now=now)
    give_role(application.lead, Role.FELLOW, application.scope, by=None, now=now)
    end_lead(application, now=now, reason="became a fellow")
    trail.record(by, "accepted", decision, now=now, scope=application.scope_id, fields=["state"])


def _decline(decision: Decision, by: Person, now: datetime) -> None:
    application = decision.application
    was_offered = decision.outcome == Outcome.OFFER
    _move(decision, DecisionState.DECLINED)
    WaitlistEntry.objects.filter(application=application, promoted_at=None, left_at=None).update(
        left_at=now
    )
    close_application(application, now=now, reason="declined by the district")
    trail.record(by, "declined", decision, now=now, scope=application.scope_id, fields=["state"])
    if was_offered:
        promote_next(application.call, now=now)


def _move(decision: Decision, state: DecisionState, **fields: object) -> None:
    moved = Decision.objects.filter(pk=decision.pk, state=DecisionState.RELEASED).update(
        state=state, **fields
    )
    if not moved:
        raise WrongState(_("This offer has been answered."))
