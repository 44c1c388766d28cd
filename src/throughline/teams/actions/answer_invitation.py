"""A member says yes or no for herself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import NotAllowed, WrongState
from throughline.core.locks import take
from throughline.core.states import states_before
from throughline.people.actions import add_affiliation, give_role
from throughline.people.enums import Role
from throughline.people.models import Person
from throughline.teams import hooks
from throughline.teams.actions.invite_member import person_at
from throughline.teams.enums import MEMBER_MAY_BECOME, MemberState, TeamState
from throughline.teams.models import TeamMembership
from throughline.teams.rules import can_answer


@transaction.atomic
def accept_invitation(
    membership: TeamMembership, *, by: Person | None, now: datetime
) -> TeamMembership:
    """Make the invited person a member: a role in the team, and her place in the district.

    ``by`` None answers for whoever has the address (a rehearsal). Again changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` is somebody else, or the invitation has lapsed.
    WrongState
        She was not invited, or has answered otherwise or left.
    """
    if membership.has_joined and (by is None or membership.person_id in by.ids):
        return membership
    if not (decision := can_answer(by, membership, now)):
        raise NotAllowed(decision.reason)
    team = membership.team
    take(team)  # who says yes while the team starts is a member of a team that has started
    team.refresh_from_db(fields=["state"])
    membership.refresh_from_db()
    if membership.has_joined and (by is None or membership.person_id in by.ids):
        return membership
    person = by or person_at(membership, by=None, now=now)
    moved = TeamMembership.objects.filter(
        pk=membership.pk, state__in=states_before(MEMBER_MAY_BECOME, MemberState.ACCEPTED)
    ).update(state=MemberState.ACCEPTED, person=person, accepted_at=now, from_on=now.date())
    if not moved:
        raise _cannot(membership)
    assignment = give_role(person, Role.MEMBER, team.scope, by=None, now=now)
    joined = TeamMembership.objects.filter(pk=membership.pk)
    joined.update(assignment=assignment)
    if team.state == TeamState.ACTIVE:  # who follows a member joins a team that has started
        joined.update(state=MemberState.ACTIVE)
    membership.refresh_from_db()
    membership.invitations.filter(answered_at__isnull=True).update(answered_at=now)
    add_affiliation(
        person,
        team.engagement.district,
        title=membership.title,
        is_cabinet=membership.is_cabinet,
        from_on=now.date(),
        by=person,
        now=now,
    )
    trail.record(
        by, "accepted", membership, now=now, scope=team.scope_id, fields=["state", "person"]
    )
    for heard in hooks.MEMBER_JOINED:
        heard(membership, by, now)
    return membership


@transaction.atomic
def decline_invitation(
    membership: TeamMembership, *, by: Person | None, now: datetime
) -> TeamMembership:
    """Say no; no reason is needed. Again changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` is somebody else, or the invitation has lapsed.
    WrongState
        She has joined or left.
    """
    if not (decision := can_answer(by, membership, now)):
        raise NotAllowed(decision.reason)
    if membership.state == MemberState.DECLINED:
        return membership
    moved = TeamMembership.objects.filter(
        pk=membership.pk, state__in=states_before(MEMBER_MAY_BECOME, MemberState.DECLINED)
    ).update(state=MemberState.DECLINED)
    if not moved:
        raise _cannot(membership)
    membership.refresh_from_db()
    membership.invitations.filter(answered_at__isnull=True).update(answered_at=now)
    trail.record(
        by, "declined", membership, now=now, scope=membership.team.scope_id, fields=["state"]
    )
    return membership


def _cannot(membership: TeamMembership) -> WrongState:
    state = TeamMembership.objects.get(pk=membership.pk).state
    if state == MemberState.NAMED:
        return WrongState(_("%(name)s has not been invited yet.") % {"name": membership})
    return WrongState(_("This invitation has already been answered or taken back."))
