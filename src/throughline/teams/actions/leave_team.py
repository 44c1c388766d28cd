"""A member leaves a team. Her place in its history stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import NotAllowed, WrongState
from throughline.core.states import states_before
from throughline.people.actions import end_role
from throughline.people.models import Person
from throughline.teams import hooks
from throughline.teams.enums import MEMBER_MAY_BECOME, MemberState
from throughline.teams.models import TeamMembership
from throughline.teams.rules import can_leave


@transaction.atomic
def leave_team(
    membership: TeamMembership, *, by: Person | None, now: datetime, reason: str = ""
) -> TeamMembership:
    """End a membership and the role behind it.

    Raises
    ------
    NotAllowed
        ``by`` is neither the member nor somebody who edits the roster.
    WrongState
        She has not joined, or has left already.
    """
    if not (decision := can_leave(by, membership)):
        raise NotAllowed(decision.reason)
    moved = TeamMembership.objects.filter(
        pk=membership.pk, state__in=states_before(MEMBER_MAY_BECOME, MemberState.LEFT)
    ).update(state=MemberState.LEFT, to_on=now.date())
    if not moved:
        raise WrongState(_("%(name)s is not a member of this team.") % {"name": membership})
    membership.refresh_from_db()
    if membership.assignment is not None:
        end_role(membership.assignment, by=None, now=now, reason=reason)
    trail.record(
        by, "left", membership, now=now, scope=membership.team.scope_id, fields=["state"],
        reason=reason, on_behalf_of=decision.on_behalf_of,
    )  # fmt: skip
    for heard in hooks.MEMBER_LEFT:
        heard(membership, by, now)
    return membership
