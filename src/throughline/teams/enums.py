"""Closed lists of teams, and the lives of a team and a membership."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TeamState(models.TextChoices):
    """The life of a team."""

    PROPOSED = "proposed", _("Proposed")
    FORMING = "forming", _("Forming")
    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Ended")
    DISSOLVED = "dissolved", _("Dissolved")


TEAM_MAY_BECOME = {
    TeamState.PROPOSED: frozenset({TeamState.FORMING, TeamState.DISSOLVED}),
    TeamState.FORMING: frozenset({TeamState.ACTIVE, TeamState.ENDED}),
    TeamState.ACTIVE: frozenset({TeamState.ENDED}),
    TeamState.ENDED: frozenset(),
    TeamState.DISSOLVED: frozenset(),
}
"""The whole life of a team. One that shrinks while active is flagged, never deactivated."""

LIVE_TEAM_STATES = frozenset({TeamState.PROPOSED, TeamState.FORMING, TeamState.ACTIVE})


class MemberState(models.TextChoices):
    """The life of a membership."""

    NAMED = "named", _("Named")
    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Accepted")
    ACTIVE = "active", _("Active")
    LEFT = "left", _("Left")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("Lapsed")


MEMBER_MAY_BECOME = {
    MemberState.NAMED: frozenset({MemberState.INVITED, MemberState.DECLINED, MemberState.LAPSED}),
    MemberState.INVITED: frozenset(
        {MemberState.ACCEPTED, MemberState.DECLINED, MemberState.LAPSED}
    ),
    MemberState.ACCEPTED: frozenset({MemberState.ACTIVE, MemberState.LEFT}),
    MemberState.ACTIVE: frozenset({MemberState.LEFT}),
    MemberState.LEFT: frozenset(),
    MemberState.DECLINED: frozenset(),
    MemberState.LAPSED: frozenset(),
}
"""The whole life of a membership."""

LIVE_MEMBER_STATES = frozenset(
    {MemberState.NAMED, MemberState.INVITED, MemberState.ACCEPTED, MemberState.ACTIVE}
)
JOINED_STATES = frozenset({MemberState.ACCEPTED, MemberState.ACTIVE})
"""States in which a member is a person who said yes."""


class MemberKind(models.TextChoices):
    """Where in the system a member stands."""

    ADMINISTRATOR = "administrator", _("Administrator")
    PRINCIPAL = "principal", _("Principal")
    TEACHER = "teacher", _("Teacher")
    STAFF = "staff", _("School or district staff")
    FAMILY = "family", _("Family member")
    COMMUNITY = "community", _("Community member")
    BOARD = "board", _("Board member")
    STUDENT = "student", _("Student")


SIZE_RULE = "size"
"""Key of the rule that a waiver may set aside."""
