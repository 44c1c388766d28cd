"""Name a future member, take a name off the roster, or name somebody instead of a member."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.locks import take
from throughline.core.numbers import following
from throughline.people.models import Person
from throughline.teams.actions.leave_team import leave_team
from throughline.teams.enums import JOINED_STATES, SIZE_RULE, MemberKind, MemberState
from throughline.teams.models import Team, TeamMembership
from throughline.teams.rules import can_edit_roster, ring_of, size_of, words_for


@transaction.atomic
def name_member(
    team: Team,
    *,
    full_name: str,
    email: str = "",
    title: str = "",
    role_key: str = "",
    kind: str = MemberKind.ADMINISTRATOR,
    is_cabinet: bool = False,
    by: Person | None,
    now: datetime,
    replaces: TeamMembership | None = None,
) -> TeamMembership:
    """Put a name on the roster. She becomes a person of the network when she accepts.

    Raises
    ------
    NotAllowed
        ``by`` may not edit this roster.
    BadInput
        The name is missing, the address is wrong or on the roster already, or the team is full.
    """
    if not (decision := can_edit_roster(by, team)):
        raise NotAllowed(decision.reason)
    address = _checked(full_name, email)
    take(team)  # two tabs cannot both take the last position
    live = team.memberships.live()
    if address and live.filter(email=address).exists():
        raise BadInput(_("%(email)s is already on the roster.") % {"email": address}, field="email")
    _check_room(team)
    membership = TeamMembership.objects.create(
        network_id=team.network_id,
        team=team,
        full_name=full_name.strip(),
        email=address,
        title=title.strip(),
        is_cabinet=is_cabinet,
        position=replaces.position if replaces else following(live, "position"),
        role_key=role_key or team.ring,
        kind=kind,
        replaces=replaces,
    )
    trail.record(
        by, "named", membership, now=now, scope=team.scope_id, on_behalf_of=decision.on_behalf_of
    )
    return membership


@transaction.atomic
def remove_member(
    membership: TeamMembership, *, by: Person | None, now: datetime, reason: str = ""
) -> None:
    """Take a name off the roster; somebody who said yes leaves, and her place is remembered.

    Raises
    ------
    NotAllowed
        ``by`` may not edit this roster.
    WrongState
        She has left already.
    """
    if not (decision := can_edit_roster(by, membership.team)):
        raise NotAllowed(decision.reason)
    if membership.state in JOINED_STATES:
        leave_team(membership, by=by, now=now, reason=reason)
        return
    same = TeamMembership.objects.filter(pk=membership.pk)
    key = membership.ref
    # A mere name that nobody relied on is really deleted; an invitation that was sent lapses.
    gone = same.filter(state=MemberState.NAMED, invitations__isnull=True)
    if TeamMembership.objects.filter(pk__in=list(gone.values_list("pk", flat=True))).delete()[0]:
        verb = "removed"
    elif same.filter(state__in=[MemberState.NAMED, MemberState.INVITED]).update(
        state=MemberState.LAPSED
    ):
        membership.invitations.filter(answered_at__isnull=True).update(answered_at=now)
        verb = "withdrew invitation"
    else:
        raise WrongState(_("This person is no longer on the roster."))
    trail.record(
        by, verb, membership, now=now, scope=membership.team.scope_id, key=key, reason=reason,
        on_behalf_of=decision.on_behalf_of,
    )  # fmt: skip


@transaction.atomic
def replace_member(
    membership: TeamMembership,
    *,
    full_name: str,
    email: str = "",
    title: str = "",
    kind: str = MemberKind.ADMINISTRATOR,
    is_cabinet: bool = False,
    by: Person | None,
    now: datetime,
    reason: str = "",
) -> TeamMembership:
    """Let a member leave and name somebody for her position; the history says who followed whom.

    Raises
    ------
    NotAllowed
        ``by`` may not edit this roster.
    WrongState
        The member has not joined, or has left already.
    BadInput
        As for naming.
    """
    if not (decision := can_edit_roster(by, membership.team)):
        raise NotAllowed(decision.reason)
    leave_team(membership, by=by, now=now, reason=reason)
    return name_member(
        membership.team,
        full_name=full_name,
        email=email,
        title=title,
        role_key=membership.role_key,
        kind=kind,
        is_cabinet=is_cabinet,
        by=by,
        now=now,
        replaces=membership,
    )


def _checked(full_name: str, email: str) -> str:
    if not full_name.strip():
        raise BadInput(_("Enter the member's name."), field="full_name")
    address = email.strip().lower()
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise BadInput(
                _("Enter an e-mail address like name@district.org."), field="email"
            ) from None
    return address


def _check_room(team: Team) -> None:
    ring = ring_of(team)
    if not isinstance(ring.max, int) or ring.strength != "require":
        return
    if size_of(team, named=True) < ring.max or team.waivers.filter(rule=SIZE_RULE).exists():
        return
    word = words_for(team.engagement).one(ring.word)
    raise BadInput(
        _("Your %(team)s has %(most)d members, the most it can have. Remove one first.")
        % {"team": word, "most": ring.max}
    )
