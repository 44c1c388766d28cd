"""Take a sent application back, to change it or for good."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.admissions.enums import APPLICATION_MAY_BECOME, ApplicationState, CaseState
from throughline.admissions.models import Application
from throughline.admissions.rules import can_take_back, can_withdraw
from throughline.audit import trail
from throughline.core.errors import NotAllowed, WrongState
from throughline.core.states import states_before
from throughline.forms.actions.withdraw_submission import reopen_submission, withdraw_submission
from throughline.people.actions import end_role
from throughline.people.enums import Role
from throughline.people.models import Person, RoleAssignment
from throughline.programs.actions.move_engagement import withdraw_engagement
from throughline.teams.actions.activate_team import end_team


@transaction.atomic
def take_back_application(application: Application, *, by: Person, now: datetime) -> Application:
    """Reopen a sent application so that answers can be changed; it must be sent again.

    Raises
    ------
    NotAllowed
        ``by`` is not the applicant, or the call has closed.
    WrongState
        It is not waiting to be read.
    """
    if not (decision := can_take_back(by, application, now)):
        raise NotAllowed(decision.reason)
    moved = Application.objects.filter(
        pk=application.pk,
        state__in=states_before(APPLICATION_MAY_BECOME, ApplicationState.DRAFT),
    ).update(state=ApplicationState.DRAFT, submitted_at=None)
    if not moved:
        raise WrongState(_("Only an application that nobody reads yet can be taken back."))
    application.refresh_from_db()
    application.cases.filter(state=CaseState.OPEN).delete()
    part = application.parts.select_related("submission").get(stage=application.stage)
    reopen_submission(part.submission, by=by, now=now)
    trail.record(by, "took back", application, now=now, fields=["state"])
    return application


@transaction.atomic
def withdraw_application(
    application: Application, *, by: Person, now: datetime, reason: str = ""
) -> Application:
    """Withdraw an application for good, with its engagement and its proposed team.

    Raises
    ------
    NotAllowed
        ``by`` is not the applicant.
    WrongState
        It is being read or was decided; or it has been withdrawn.
    """
    if not (decision := can_withdraw(by, application)):
        raise NotAllowed(decision.reason)
    moved = Application.objects.filter(
        pk=application.pk,
        state__in=states_before(APPLICATION_MAY_BECOME, ApplicationState.WITHDRAWN),
    ).update(state=ApplicationState.WITHDRAWN)
    if not moved:
        raise WrongState(_("This application can no longer be withdrawn here. Write to us."))
    application.refresh_from_db()
    application.cases.filter(state=CaseState.OPEN).delete()
    part = application.parts.select_related("submission").get(stage=application.stage)
    withdraw_submission(part.submission, by=by, now=now)
    end_team(application.team, by=None, now=now)
    withdraw_engagement(application.engagement, by=by, now=now, reason=reason)
    end_lead(application, now=now, reason="withdrew")
    trail.record(by, "withdrew", application, now=now, fields=["state"], reason=reason)
    return application


def end_lead(application: Application, *, now: datetime, reason: str) -> None:
    """End the role that let the applicant write: nothing of a cohort is hers. Call in an action."""
    held = RoleAssignment.objects.filter(
        person=application.lead, role=Role.APPLICANT, scope=application.scope, to_on=None
    )
    for assignment in held.select_related("person", "scope"):
        end_role(assignment, by=None, now=now, reason=reason)
