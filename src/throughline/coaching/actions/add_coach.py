"""Make a person a coach, and say whom she must not coach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.coaching.enums import Belongs
from throughline.coaching.models import Coach, CoachTie
from throughline.coaching.rules import can_add_coach
from throughline.core.errors import BadInput, NotAllowed
from throughline.core.locks import take
from throughline.people.models import Organization, Person


@transaction.atomic
def add_coach(
    person: Person,
    *,
    belongs: str = Belongs.CONTRACTED,
    is_former_superintendent: bool = False,
    topics: Sequence[str] = (),
    load_cap: int = 6,
    by: Person | None,
    now: datetime,
) -> Coach:
    """Make ``person`` a coach of the network; again returns the coach she is.

    Raises
    ------
    NotAllowed
        ``by`` is not on the host's staff.
    """
    _allow(by)
    coach, is_new = Coach.objects.get_or_create(
        network_id=person.network_id,
        person=person,
        defaults={
            "belongs": belongs,
            "is_former_superintendent": is_former_superintendent,
            "topics": list(topics),
            "load_cap": load_cap,
        },
    )
    if is_new:
        trail.record(by, "added coach", coach, now=now)
    return coach


@transaction.atomic
def add_tie(
    coach: Coach,
    *,
    organization: Organization | None = None,
    person: Person | None = None,
    ground: str,
    expires_on: date | None = None,
    by: Person | None,
    now: datetime,
) -> CoachTie:
    """Say that a coach must not coach a district or a person. A tie is no fault.

    Raises
    ------
    NotAllowed
        ``by`` is neither the coach nor on the host's staff.
    BadInput
        Not exactly one of the two is named.
    """
    if by is None or not by.is_in([coach.person_id]):
        _allow(by)
    if (organization is None) == (person is None):
        raise BadInput(_("Name either a district or a person."))
    take(coach)
    tie, is_new = CoachTie.objects.get_or_create(
        network_id=coach.network_id,
        coach=coach,
        organization=organization,
        person=person,
        defaults={"ground": ground[:200], "expires_on": expires_on},
    )
    if is_new:
        trail.record(by, "added tie", coach, now=now)
    return tie


def _allow(by: Person | None) -> None:
    if not (decision := can_add_coach(by)):
        raise NotAllowed(decision.reason)
