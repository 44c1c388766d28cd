"""Invite a colleague to the staff of a network, program or cohort."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.core.errors import BadInput, NotAllowed
from throughline.core.locks import take
from throughline.people.actions.add_person import add_person
from throughline.people.actions.give_role import give_role
from throughline.people.models import Person, PersonAlias, Scope
from throughline.people.rules import can_administer


@transaction.atomic
def invite_staff(
    scope: Scope, *, full_name: str, email: str, role: str, by: Person, now: datetime
) -> Person:
    """Add a colleague, or find her by her address, and give her a role in ``scope``.

    She signs in with a code sent to that address; a second factor is asked of her then.

    Raises
    ------
    NotAllowed
        ``by`` may not give this role there.
    BadInput
        Name or address is missing.
    """
    if not (decision := can_administer(by, scope)):
        raise NotAllowed(decision.reason)
    if not email.strip():
        raise BadInput(_("Enter the colleague's e-mail address."), field="email")
    take(by.network)  # one press sent twice adds one colleague
    alias = PersonAlias.objects.filter(
        network_id=by.network_id,
        kind="email",
        value=email.strip().lower(),
        verified_at__isnull=False,
    ).first()
    person = (
        alias.person
        if alias
        else add_person(by.network, full_name=full_name, email=email, by=by, now=now)
    )
    give_role(person, role, scope, by=by, now=now)
    return person
