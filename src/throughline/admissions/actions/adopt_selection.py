"""Adopt a list, which stages a decision for every application; and take it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.admissions.enums import (
    CALL_MAY_BECOME,
    RUN_MAY_BECOME,
    ApplicationState,
    CallState,
    CaseState,
    DecisionState,
    DeclineReason,
    Outcome,
    RunState,
)
from throughline.admissions.models import (
    Application,
    Call,
    Decision,
    ExceptionCase,
    SelectionRun,
    WaitlistEntry,
)
from throughline.admissions.rules import can_choose
from throughline.audit import trail
from throughline.core.errors import NotAllowed, WrongState
from throughline.core.states import states_before
from throughline.people.models import Person


@transaction.atomic
def adopt_selection(run: SelectionRun, *, by: Person, now: datetime) -> SelectionRun:
    """Adopt the list and stage its decisions. Nothing is sent, and applicants see nothing.

    Raises
    ------
    NotAllowed
        ``by`` is not on the staff, or has a tie to an applicant.
    WrongState
        A case is still open, or the list was adopted or put away a moment ago.
    """
    call = run.call
    if not (decision := can_choose(by, call)):
        raise NotAllowed(decision.reason)
    # The call's row first, as everywhere: two people never wait for one another.
    moved = Call.objects.filter(
        pk=call.pk, state__in=states_before(CALL_MAY_BECOME, CallState.DECIDING)
    ).update(state=CallState.DECIDING)
    moved = moved and SelectionRun.objects.filter(
        pk=run.pk, state__in=states_before(RUN_MAY_BECOME, RunState.ADOPTED)
    ).update(state=RunState.ADOPTED, adopted_by=by, adopted_at=now)
    if not moved:
        raise WrongState(_("This list has been adopted or put away."))
    _check_cases(call)
    call.refresh_from_db()
    run.refresh_from_db()
    _stage(run, by)
    trail.record(by, "adopted", run, now=now, scope=call.cohort.scope_id, fields=["state"])
    return run


@transaction.atomic
def take_back_selection(run: SelectionRun, *, by: Person, now: datetime) -> None:
    """Put an adopted list away before anything was sent; its staged decisions go with it.

    Raises
    ------
    NotAllowed
        ``by`` is not on the staff, or has a tie to an applicant.
    WrongState
        The decisions have been sent, or the list was put away a moment ago.
    """
    call = run.call
    if not (decision := can_choose(by, call)):
        raise NotAllowed(decision.reason)
    back = Call.objects.filter(pk=call.pk, state=CallState.DECIDING).update(
        state=CallState.REVIEWING
    )
    if not back or not SelectionRun.objects.filter(pk=run.pk, state=RunState.ADOPTED).update(
        state=RunState.DISCARDED
    ):
        raise WrongState(_("This list can no longer be taken back."))
    WaitlistEntry.objects.filter(call=call).delete()
    Decision.objects.filter(application__call=call, state=DecisionState.STAGED).delete()
    call.refresh_from_db()
    run.refresh_from_db()
    trail.record(by, "took back", run, now=now, scope=call.cohort.scope_id, fields=["state"])


def _check_cases(call: Call) -> None:
    waiting = ExceptionCase.objects.open().filter(
        application__call=call, application__state=ApplicationState.SUBMITTED
    )
    if count := waiting.count():
        raise WrongState(
            ngettext(
                "One exception is still open. Decide it first.",
                "%(count)d exceptions are still open. Decide them first.",
                count,
            )
            % {"count": count}
        )


def _stage(run: SelectionRun, by: Person) -> None:
    call = run.call
    seats, waits = set(run.plan["seats"]), run.plan["waitlist"]
    seated_by_hand = {one["into"]: one["reason"] for one in run.plan["changes"]}
    came_in = Application.objects.filter(
        call=call, state__in=[ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW]
    ).prefetch_related("cases")
    staged, waiting = [], []
    for application in came_in.order_by("pk"):
        outcome, key, because = _verdict(application, seats, waits)
        if outcome == Outcome.OFFER and (reason := seated_by_hand.get(application.ref)):
            because = f"{because} {reason}"
        staged.append(
            Decision(
                network_id=call.network_id, application=application, outcome=outcome,
                reason_key=key, because=because, staged_by=by,
            )
        )  # fmt: skip
        if outcome == Outcome.WAITLIST:
            rank = waits.index(application.ref) + 1
            waiting.append(
                WaitlistEntry(
                    network_id=call.network_id, call=call, application=application, rank=rank
                )
            )
    Decision.objects.bulk_create(staged)
    WaitlistEntry.objects.bulk_create(waiting)


def _verdict(
    application: Application, seats: set[str], waits: list[str]
) -> tuple[Outcome, DeclineReason, str]:
    if application.ref in seats:
        return Outcome.OFFER, DeclineReason.SELECTED, _("Chosen for a seat.")
    if application.ref in waits:
        return Outcome.WAITLIST, DeclineReason.SELECTED, _("Next in line for a seat.")
    refused = [case for case in application.cases.all() if case.state == CaseState.REFUSED]
    if refused:
        because = " ".join(case.decided_because for case in refused)
        return Outcome.DECLINE, DeclineReason.NOT_ELIGIBLE, because
    if not application.review_count:
        return (
            Outcome.DECLINE,
            DeclineReason.INCOMPLETE,
            _("The readers could not finish reading this application."),
        )
    return (
        Outcome.DECLINE,
        DeclineReason.COMPETITION,
        _("There were more strong applications than seats, and readers placed others higher."),
    )
