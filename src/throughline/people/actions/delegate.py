"""Hand some verbs to an assistant, and take them back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from throughline.audit import trail
from throughline.core.errors import NotAllowed
from throughline.people.models import Delegation, Person, Scope
from throughline.people.rules import can_delegate


@transaction.atomic
def delegate(
    principal: Person,
    assistant: Person,
    scope: Scope,
    verbs: Iterable[str],
    *,
    by: Person | None,
    now: datetime,
) -> Delegation:
    """Let ``assistant`` do ``verbs`` for ``principal`` in ``scope``; again replaces the list.

    Raises
    ------
    NotAllowed
        A verb cannot be delegated, or it is not the principal who says so.
    """
    wanted = sorted(set(verbs))
    if not (decision := can_delegate(by, principal, assistant, scope, wanted)):
        raise NotAllowed(decision.reason)
    grant, _ = Delegation.objects.update_or_create(
        network_id=principal.network_id,
        principal=principal,
        delegate=assistant,
        scope=scope,
        to_on=None,
        defaults={"may": wanted},
        create_defaults={"may": wanted, "from_on": now.date()},
    )
    trail.record(by or principal, "delegated", assistant, now=now, scope=scope.pk, fields=wanted)
    assistant.__dict__.pop("live_delegations", None)
    return grant


@transaction.atomic
def end_delegation(grant: Delegation, *, by: Person, now: datetime) -> None:
    """Take everything back today; either of the two may.

    Raises
    ------
    NotAllowed
        ``by`` is neither principal nor delegate.
    """
    if not by.is_in([grant.principal_id, grant.delegate_id]):
        raise NotAllowed("Only you or your assistant can end this.")
    ended_on = max(now.date(), grant.from_on)
    if Delegation.objects.filter(pk=grant.pk, to_on=None).update(to_on=ended_on):
        trail.record(by, "ended delegation", grant.delegate, now=now, scope=grant.scope_id)
