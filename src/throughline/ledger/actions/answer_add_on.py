"""Grant or decline what somebody asked for beyond a promise."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.states import states_before
from throughline.ledger.actions.grant_add_on import add
from throughline.ledger.enums import MAY_BECOME, AddOnState
from throughline.ledger.models import AddOn
from throughline.ledger.rules import can_correct
from throughline.people.models import Person


@transaction.atomic
def answer_add_on(
    asked: AddOn,
    *,
    grant: bool,
    clause: str = "",
    answer: str = "",
    by: Person | None,
    now: datetime,
) -> AddOn:
    """Grant or decline what was asked for; the same answer again changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` is not on the host's staff.
    BadInput
        It is declined without a word.
    WrongState
        Somebody answered otherwise a moment ago.
    """
    if not (decision := can_correct(by, asked.entitlement)):
        raise NotAllowed(decision.reason)
    if not grant and not answer.strip():
        raise BadInput(_("Say why not. Whoever asked reads it."), field="answer")
    wanted = AddOnState.GRANTED if grant else AddOnState.DECLINED
    # An update that changes nothing takes the row: of two answers one waits, and then finds it done.
    open_now = AddOn.objects.filter(pk=asked.pk, state__in=states_before(MAY_BECOME, wanted))
    if not open_now.update(state=AddOnState.ASKED):
        asked.refresh_from_db()
        if asked.state == wanted:
            return asked
        raise WrongState(_("Somebody answered this a moment ago. Look again."))
    if grant:
        add(asked, clause, by=by, now=now)
        return asked
    asked.state, asked.answer = AddOnState.DECLINED, answer.strip()[:500]
    asked.decided_by, asked.decided_at = by, now
    asked.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    trail.record(by, "declined", asked, now=now, scope=asked.entitlement.holder_scope_id)
    return asked
