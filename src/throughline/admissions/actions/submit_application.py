"""Send an application: complete, judged by the rules, signed by its lead."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.admissions.actions.judge_application import judge_application
from throughline.admissions.actions.sign_statements import sign_statements
from throughline.admissions.dossier import TEAM_EXISTS, TEAM_MANDATE, Dossier
from throughline.admissions.eligibility import kept_title
from throughline.admissions.enums import APPLICATION_MAY_BECOME, ApplicationState
from throughline.admissions.letters import received
from throughline.admissions.models import Application, DateCommitment
from throughline.admissions.rules import can_submit
from throughline.audit import once as sent_once
from throughline.audit import trail
from throughline.core.errors import NotAllowed, WrongState
from throughline.core.states import states_before
from throughline.forms.actions.submit_submission import submit_submission
from throughline.messaging.actions.send_message import send_message
from throughline.people.actions import add_affiliation
from throughline.people.models import Person
from throughline.teams.actions.propose_team import describe_team


@transaction.atomic
def submit_application(
    application: Application,
    *,
    typed_name: str,
    by: Person,
    now: datetime,
    once: UUID | str | None = None,
) -> Application:
    """Hand the application to the readers. The same ``once`` again returns the first result.

    Raises
    ------
    NotAllowed
        ``by`` is not the applicant, or the call has closed.
    Incomplete
        A required question that is shown has no answer.
    BadInput
        No name was typed: sending signs.
    WrongState
        It has been sent, a moment ago or earlier.
    """
    sent = sent_once.claim(application.network_id, once, by.pk, "submit", now)
    if sent.result:
        application.refresh_from_db()
        return application
    if not (decision := can_submit(by, application, now)):
        raise NotAllowed(decision.reason)
    moved = Application.objects.filter(
        pk=application.pk,
        state__in=states_before(APPLICATION_MAY_BECOME, ApplicationState.SUBMITTED),
    ).update(state=ApplicationState.SUBMITTED, submitted_at=now)
    if not moved:
        raise WrongState(_("This application has already been sent."))
    application.refresh_from_db()
    dossier = Dossier(application)
    submit_submission(
        dossier.submission, by=by, now=now, facts=dossier.facts, elsewhere=dossier.elsewhere
    )
    judge_application(application, dossier, now=now)
    sign_statements(application, dossier, typed_name=typed_name, by=by, now=now)
    _keep_dates(dossier)
    _pass_on(dossier, by, now)
    trail.record(by, "submitted", application, now=now, fields=["state"])
    _send_receipt(application, now)
    sent.keep(application.ref)
    return application


def _keep_dates(dossier: Dossier) -> None:
    """Keep which dates the applicant can come to: readers see it, and later what became of it."""
    application = dossier.application
    said = {
        key
        for one in dossier.asked
        if one.wording.settings.get("of", "") in dossier.dates
        for key in dossier.given.get(one.key) or []
    }
    application.dates.all().delete()
    DateCommitment.objects.bulk_create(
        DateCommitment(
            network_id=application.network_id, application=application, calendar_key=key,
            can_attend=key in said,
        )
        for options in dossier.dates.values()
        for key, _label in options
    )  # fmt: skip


def _pass_on(dossier: Dossier, by: Person, now: datetime) -> None:
    """Tell the apps below what belongs to them: where the lead works, what her team is."""
    application = dossier.application
    title = dossier.given.get("title")
    if title:
        add_affiliation(
            application.lead,
            application.engagement.district,
            title=kept_title(dossier.version, title),
            title_key=title,
            is_cabinet=bool(dossier.facts.get("person.is_cabinet")),
            by=by,
            now=now,
        )
    if dossier.given.get(TEAM_EXISTS) is not None:
        describe_team(
            application.team,
            is_existing=dossier.given[TEAM_EXISTS] is True,
            prior_mandate=dossier.given.get(TEAM_MANDATE) or "",
            by=by,
            now=now,
        )


def _send_receipt(application: Application, now: datetime) -> None:
    letter = received(application)
    send_message(
        application.network,
        key=f"application:{application.ref}:received:{now:%Y%m%d%H%M%S}",
        kind="service",
        subject=letter.subject,
        body=letter.body,
        to=[application.lead],
        scope=application.call.cohort.scope,
        about=("admissions.application", application.ref),
        by=None,
        now=now,
    )
