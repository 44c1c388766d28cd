"""Set a rule of good standing or completion aside for one person."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed
from throughline.ledger.enums import RuleList
from throughline.ledger.models import Waiver
from throughline.ledger.rules import can_waive
from throughline.ledger.standing import rules_of
from throughline.people.models import Person
from throughline.programs.models import Cohort


@transaction.atomic
def waive_rule(
    cohort: Cohort,
    person: Person,
    *,
    rules: RuleList,
    rule: str,
    reason: str,
    by: Person | None,
    now: datetime,
) -> Waiver:
    """Waive a rule for ``person``, with a reason; again returns the first waiver.

    Raises
    ------
    NotAllowed
        ``by`` is neither a director nor named for it by the program, or it is for herself.
    BadInput
        The reason is missing, or the program has no such rule.
    """
    if not (decision := can_waive(by, cohort)):
        raise NotAllowed(decision.reason)
    if by is not None and person.is_in(by.ids):
        raise NotAllowed(_("Nobody sets a rule aside for herself. Ask a colleague."))
    if not reason.strip():
        raise BadInput(_("Say why this rule does not bind here."), field="reason")
    found = next(
        (one for one in rules_of(cohort.version) if (one.rules, one.key) == (rules, rule)), None
    )
    if found is None:
        raise BadInput(_("This program has no such rule."))
    waiver, is_new = Waiver.objects.get_or_create(
        cohort=cohort,
        person=person,
        rules=rules,
        rule=rule,
        ended_at=None,
        defaults={
            "network_id": cohort.network_id,
            "sentence": found.sentence[:500],
            "reason": reason.strip()[:500],
            "by": by,
            "at": now,
        },
    )
    if is_new:
        trail.record(by, "waived", waiver, now=now, scope=cohort.scope_id, reason=reason)
    return waiver
