"""What higher apps may hear from teams. Filled by ``composition.wiring``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from throughline.core.decision import Decision
from throughline.people.models import Person
from throughline.teams.models import Team, TeamMembership
from throughline.ui.navigation import NavItem

MAY_ACTIVATE: list[Callable[[Team], Decision]] = []
"""May this team start? Every refusal is shown."""

MEMBER_JOINED: list[Callable[[TeamMembership, Person | None, datetime], None]] = []
"""Somebody said yes to a place in a team."""

MEMBER_LEFT: list[Callable[[TeamMembership, Person | None, datetime], None]] = []
"""Somebody who had said yes left a team."""

TEAM_TABS: list[Callable[[Team], NavItem]] = []
"""Pages of higher apps about one team, shown beside its roster."""
