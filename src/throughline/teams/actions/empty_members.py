"""Empty the rosters of teams that never came to be."""

from __future__ import annotations

from collections.abc import Collection

from throughline.people.personal import FORMER
from throughline.teams.models import Team, TeamMembership


def empty_members(teams: Collection[int]) -> None:
    """Take names, addresses and titles off these rosters, and what the teams were for.

    Places and dates stay. Call inside an action.
    """
    TeamMembership.objects.filter(team__in=teams).update(full_name=FORMER, email="", title="")
    Team.objects.filter(pk__in=teams).update(prior_mandate="")
