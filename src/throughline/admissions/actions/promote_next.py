"""Offer a seat that came free to the next alternate, and let offers lapse that nobody answered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.admissions.actions.release_decisions import (
    answer_until,
    close_application,
    send_decision,
)
from throughline.admissions.eligibility import admissions_of
from throughline.admissions.enums import DecisionState, DeclineReason, Outcome
from throughline.admissions.models import Application, Call, Decision, WaitlistEntry
from throughline.audit import trail
from throughline.programs.actions.move_engagement import offer_engagement


@transaction.atomic
def promote_next(call: Call, *, now: datetime) -> Application | None:
    """Offer a seat to the first alternate who waits. Returns whom, or nobody.

    Nothing happens where the blueprint leaves it to a person.
    """
    if admissions_of(call.cohort.version).selection.on_decline != "offer to next":
        return None
    waiting = WaitlistEntry.objects.filter(call=call, promoted_at=None, left_at=None)
    for entry in waiting.select_related("application__call__cohort", "application__engagement"):
        if _offer(entry, now):
            return entry.application
    return None


def _offer(entry: WaitlistEntry, now: datetime) -> bool:
    """Offer the seat to this alternate, unless she steps off or was promoted at this moment.

    The decision's row comes first, as everywhere, so that two people never wait for one another.
    """
    application = entry.application
    until = answer_until(application.call, now)
    moved = Decision.objects.filter(
        application=application, state=DecisionState.RELEASED, outcome=Outcome.WAITLIST
    ).update(
        outcome=Outcome.OFFER, answer_by=until, reason_key=DeclineReason.SELECTED,
        because=_("A seat came free."),
    )  # fmt: skip
    if not moved:
        return False
    WaitlistEntry.objects.filter(pk=entry.pk).update(promoted_at=now)
    offer_engagement(application.engagement, by=None, now=now)
    decision = Decision.objects.select_related("application").get(application=application)
    send_decision(decision, until, by=None, now=now)
    trail.record(None, "promoted", application, now=now, fields=["outcome"])
    return True


def lapse_offers(*, now: datetime, network_id: int | None = None) -> int:
    """Let offers lapse whose time is over, and offer each seat to the next. Returns how many.

    Each in a transaction of its own: nobody who answers waits for all of them.
    """
    due = Decision.objects.filter(
        state=DecisionState.RELEASED, outcome=Outcome.OFFER, answer_by__lte=now
    )
    if network_id is not None:
        due = due.filter(network_id=network_id)
    decisions = list(due.select_related("application__call__cohort").order_by("pk"))
    return sum(_lapse(decision, now) for decision in decisions)


@transaction.atomic
def _lapse(decision: Decision, now: datetime) -> bool:
    moved = Decision.objects.filter(
        pk=decision.pk, state=DecisionState.RELEASED, answer_by__lte=now
    ).update(state=DecisionState.LAPSED, answered_at=now)
    if not moved:
        return False
    close_application(decision.application, now=now, reason="lapsed")
    trail.record(None, "lapsed", decision, now=now, fields=["state"])
    promote_next(decision.application.call, now=now)
    return True
