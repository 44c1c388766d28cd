"""Change a decision that is staged, and sign the list."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.admissions.actions.propose_selection import seats_of
from throughline.admissions.eligibility import admissions_of
from throughline.admissions.enums import CallState, DecisionState, DeclineReason, Outcome
from throughline.admissions.models import Call, Decision, WaitlistEntry
from throughline.admissions.rules import can_choose, can_sign_list
from throughline.admissions.staging import mark_of
from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.locks import take
from throughline.core.numbers import following
from throughline.people.models import Person


@transaction.atomic
def stage_decision(
    decision: Decision,
    *,
    outcome: str,
    because: str,
    by: Person,
    now: datetime,
    feedback: str = "",
) -> Decision:
    """Change one staged decision, with its reason. Its signatures are asked for again.

    Raises
    ------
    NotAllowed
        ``by`` is not on the staff, or has a tie to an applicant.
    BadInput
        The reason is missing, or there is no seat left to offer.
    WrongState
        The decision has been released.
    """
    call = decision.application.call
    if not (may := can_choose(by, call)):
        raise NotAllowed(may.reason)
    if not because.strip():
        raise BadInput(_("Write down why, in a sentence."), field="because")
    take(call)  # two changes cannot both take the last seat
    decision.refresh_from_db(fields=["outcome", "reason_key"])
    if outcome == Outcome.OFFER and decision.outcome != Outcome.OFFER:
        _check_seats(call)
    key = {Outcome.OFFER: DeclineReason.SELECTED, Outcome.WAITLIST: DeclineReason.SELECTED}.get(
        Outcome(outcome), decision.reason_key
    )
    if outcome == Outcome.DECLINE and key == DeclineReason.SELECTED:
        key = DeclineReason.COMPETITION
    moved = Decision.objects.filter(pk=decision.pk, state=DecisionState.STAGED).update(
        outcome=outcome, because=because.strip(), feedback=feedback.strip(), reason_key=key,
        staged_by=by, signed_by=None, second_by=None,
    )  # fmt: skip
    if not moved:
        raise WrongState(_("This decision has been sent. It can be followed by another letter."))
    _place_in_line(decision, call, outcome)
    decision.refresh_from_db()
    trail.record(
        by, "staged", decision, now=now, scope=decision.application.scope_id, fields=["outcome"],
        reason=because,
    )  # fmt: skip
    return decision


def _check_seats(call: Call) -> None:
    offers = Decision.objects.filter(
        application__call=call, outcome=Outcome.OFFER, state=DecisionState.STAGED
    ).count()
    seats = seats_of(call)
    if offers >= seats:
        raise BadInput(
            _("There are %(seats)d seats and as many offers. Take one back first.")
            % {"seats": seats},
            field="outcome",
        )


def _place_in_line(decision: Decision, call: Call, outcome: str) -> None:
    waiting = WaitlistEntry.objects.filter(call=call)
    if outcome != Outcome.WAITLIST:
        waiting.filter(application=decision.application_id).delete()
    elif not waiting.filter(application=decision.application_id).exists():
        WaitlistEntry.objects.create(
            network_id=call.network_id,
            call=call,
            application=decision.application,
            rank=following(waiting, "rank"),
        )


def signatures_wanted(call: Call) -> int:
    """Return how many people sign the list: one, or two."""
    return min(int(admissions_of(call.cohort.version).selection.sign_off), 2)


@transaction.atomic
def sign_decisions(call: Call, *, shown: str, by: Person, now: datetime) -> int:
    """Sign every staged decision that this person has not signed. Returns how many.

    ``shown`` is the mark of the list that she read: nobody signs what was put in its place since.

    Raises
    ------
    NotAllowed
        ``by`` is neither a director nor of the committee, or has a tie to an applicant.
    WrongState
        The list was changed since, or there is nothing left for this person to sign.
    """
    if not (may := can_sign_list(by, call)):
        raise NotAllowed(may.reason)
    take(call)
    if shown != mark_of(call):
        raise WrongState(_("The list was changed since you opened it. Read it again, then sign."))
    staged = Decision.objects.filter(
        application__call=call,
        state=DecisionState.STAGED,
        application__call__state=CallState.DECIDING,
    )
    keys = list(staged.values_list("pk", flat=True))
    same = Decision.objects.filter(pk__in=keys, state=DecisionState.STAGED)
    count = 0
    if signatures_wanted(call) > 1:
        second = same.filter(signed_by__isnull=False, second_by=None)
        count = second.exclude(signed_by__in=by.same_ids).update(second_by=by)
    count += same.filter(signed_by=None).update(signed_by=by)
    if not count:
        raise WrongState(_("You have signed this list. Somebody else signs second."))
    trail.record(by, "signed list", call, now=now, scope=call.cohort.scope_id)
    return count
