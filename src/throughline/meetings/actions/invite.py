"""Invite somebody, or everybody of a scope."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed
from throughline.meetings.enums import Part
from throughline.meetings.models import Invitation, Occasion
from throughline.meetings.rules import can_plan
from throughline.people.models import Person, Scope


@transaction.atomic
def invite(
    occasion: Occasion,
    *,
    person: Person | None = None,
    scope: Scope | None = None,
    part: str = Part.WANTED,
    by: Person | None,
    now: datetime,
) -> Invitation:
    """Invite a person or a scope; inviting again returns the invitation that stands.

    Raises
    ------
    NotAllowed
        ``by`` is neither in the occasion's scope nor on its staff.
    BadInput
        Nobody is named, or both a person and a scope.
    """
    if not (decision := can_plan(by, occasion.scope)):
        raise NotAllowed(decision.reason)
    if (person is None) == (scope is None):
        raise BadInput(_("Invite either a person or a group."))
    invitation, is_new = Invitation.objects.get_or_create(
        network_id=occasion.network_id,
        occasion=occasion,
        person=person,
        scope=scope,
        defaults={"part": part},
    )
    if is_new:
        trail.record(by, "invited", occasion, now=now)
    return invitation
