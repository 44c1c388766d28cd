"""Tables of teams, one noun a file."""

from throughline.teams.models.membership import TeamInvitation, TeamMembership
from throughline.teams.models.team import Team, TeamWaiver

__all__ = ["Team", "TeamInvitation", "TeamMembership", "TeamWaiver"]
