"""Name a coach of the network by her address."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.coaching.actions.add_coach import add_coach
from throughline.coaching.enums import MOST_COACHED, Belongs
from throughline.coaching.models import Coach
from throughline.coaching.rules import can_add_coach
from throughline.core.errors import BadInput, NotAllowed
from throughline.core.locks import take
from throughline.people.actions import add_person
from throughline.people.models import Person, PersonAlias


@transaction.atomic
def name_coach(
    *,
    full_name: str,
    email: str,
    belongs: str = Belongs.CONTRACTED,
    is_former_superintendent: bool = False,
    load_cap: int = 6,
    by: Person,
    now: datetime,
) -> Coach:
    """Make a coach of somebody new, or of whom the address belongs to; again returns the coach.

    She signs in with a code sent there. Whom she coaches is assigned afterwards.

    Raises
    ------
    NotAllowed
        ``by`` is not on the host's staff.
    BadInput
        Name or address is missing, the number makes no sense, or she is a minor.
    """
    if not (decision := can_add_coach(by)):
        raise NotAllowed(decision.reason)
    if not email.strip():
        raise BadInput(_("Enter the coach's e-mail address."), field="email")
    if belongs not in Belongs.values:
        raise BadInput(_("Choose one of the answers."), field="belongs")
    if not 0 < load_cap <= MOST_COACHED:
        raise BadInput(
            _("Choose a number from 1 to %(most)d.") % {"most": MOST_COACHED}, field="load_cap"
        )
    take(by.network)  # one press sent twice names one coach
    known = PersonAlias.objects.filter(
        network_id=by.network_id, kind="email", value=email.strip().lower(),
        verified_at__isnull=False,
    ).first()  # fmt: skip
    person = (
        known.person
        if known
        else add_person(by.network, full_name=full_name, email=email, by=by, now=now)
    )
    if person.is_minor:
        raise BadInput(_("A minor does not coach."), field="email")
    return add_coach(
        person, belongs=belongs, is_former_superintendent=is_former_superintendent,
        load_cap=load_cap, by=by, now=now,
    )  # fmt: skip
