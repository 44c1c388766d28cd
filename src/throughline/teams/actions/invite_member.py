"""Ask people on the roster whether they will join."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.locks import take
from throughline.core.states import states_before
from throughline.messaging.actions.send_message import send_message
from throughline.messaging.enums import Kind
from throughline.messaging.wording import on_site
from throughline.people.actions import add_person
from throughline.people.languages import in_language_of
from throughline.people.models import Person, PersonAlias
from throughline.teams.enums import MEMBER_MAY_BECOME, MemberState, TeamState
from throughline.teams.models import Team, TeamInvitation, TeamMembership
from throughline.teams.rules import can_edit_roster, words_for
from throughline.ui import spelling

OPEN_FOR = timedelta(days=21)
"""How long an invitation waits for an answer."""


@transaction.atomic
def invite_member(
    membership: TeamMembership, *, by: Person | None, now: datetime
) -> TeamInvitation:
    """Write to a named person; again returns the open invitation, or renews one that lapsed.

    The letter needs somebody to go to, so an address nobody has yet gets a person who can sign
    in. She holds no role and is in no team before she says yes.

    Raises
    ------
    NotAllowed
        ``by`` may not edit this roster.
    WrongState
        The district has no place yet, or the person has answered or left.
    BadInput
        Her e-mail address is missing.
    """
    team = membership.team
    if not (decision := can_edit_roster(by, team)):
        raise NotAllowed(decision.reason)
    if team.state == TeamState.PROPOSED:
        raise WrongState(_("Members are invited once the district has a place in the cohort."))
    if not membership.email:
        raise BadInput(
            _("Add an e-mail address for %(name)s first.") % {"name": membership}, field="email"
        )
    take(membership)  # one press sent twice writes one letter
    open_one = membership.invitations.filter(answered_at__isnull=True).first()
    if open_one is not None and open_one.expires_at > now:
        return open_one
    if open_one is not None:
        membership.invitations.filter(pk=open_one.pk).update(answered_at=now)
    _mark_invited(membership)
    invitation = TeamInvitation.objects.create(
        network_id=membership.network_id,
        membership=membership,
        sent_at=now,
        expires_at=now + OPEN_FOR,
    )
    _write(invitation, person_at(membership, by=by, now=now), by=by, now=now)
    trail.record(
        by, "invited", membership, now=now, scope=team.scope_id, fields=["state"],
        on_behalf_of=decision.on_behalf_of,
    )  # fmt: skip
    return invitation


@transaction.atomic
def invite_members(team: Team, *, by: Person | None, now: datetime) -> list[TeamInvitation]:
    """Write to everybody on the roster who has an address and was not asked yet.

    Raises
    ------
    NotAllowed
        ``by`` may not edit this roster.
    WrongState
        The district has no place in the cohort yet.
    """
    if not (decision := can_edit_roster(by, team)):
        raise NotAllowed(decision.reason)
    waiting = team.memberships.filter(state=MemberState.NAMED).exclude(email="")
    return [invite_member(one, by=by, now=now) for one in waiting.select_related("team")]


def person_at(membership: TeamMembership, *, by: Person | None, now: datetime) -> Person:
    """Return the person who has the member's address, making her if nobody has."""
    alias = PersonAlias.objects.filter(
        network_id=membership.network_id,
        kind="email",
        value=membership.email,
        verified_at__isnull=False,
    ).first()
    if membership.email and alias is not None:
        return alias.person
    return add_person(
        membership.network, full_name=membership.full_name, email=membership.email, by=by, now=now
    )


def _mark_invited(membership: TeamMembership) -> None:
    before = [*states_before(MEMBER_MAY_BECOME, MemberState.INVITED), MemberState.INVITED]
    moved = TeamMembership.objects.filter(pk=membership.pk, state__in=before).update(
        state=MemberState.INVITED
    )
    if not moved:
        raise WrongState(_("%(name)s has already answered.") % {"name": membership})
    membership.refresh_from_db(fields=["state"])


def _write(invitation: TeamInvitation, reader: Person, *, by: Person | None, now: datetime) -> None:
    with in_language_of(reader):
        _write_to(invitation, reader, by=by, now=now)


def _write_to(
    invitation: TeamInvitation, reader: Person, *, by: Person | None, now: datetime
) -> None:
    membership = invitation.membership
    team = membership.team
    words = words_for(team.engagement)
    place = {
        "name": reader.name,
        "team": words.one("team"),
        "district": team.engagement.district.name,
        "program": team.engagement.cohort.program.name,
        "link": on_site(reverse("teams:answer", args=[membership.ref])),
        "until": spelling.day(invitation.expires_at.date()),
    }
    send_message(
        team.network,
        key=f"teams.invitation:{invitation.pk}",
        kind=Kind.ACTION,
        subject=_("Join the %(team)s of %(district)s") % place,
        body=_(
            "Dear %(name)s,\n\n%(district)s takes part in the %(program)s, and you are invited "
            "to join its %(team)s. Please answer by %(until)s:\n\n%(link)s\n\n"
            "It takes two minutes. You sign in with a code that we send to this address."
        )
        % place,
        to=[reader],
        scope=team.scope,
        about=("teams.teammembership", membership.ref),
        by=by,
        now=now,
    )
