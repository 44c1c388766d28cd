"""What teams hold about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughline.people.personal import FORMER, Held, Listed, Points
from throughline.teams.models import Team, TeamMembership, TeamWaiver

HELD: tuple[Listed, ...] = (
    Held(
        TeamMembership, _("Teams that name you"), ("person",),
        {
            "team": (_("Team"), "team"),
            "name": (_("Name"), "full_name"),
            "email": (_("Address"), "email"),
            "title": (_("Title"), "title"),
            "state": (_("State"), "state"),
            "from": (_("From"), "from_on"),
            "to": (_("To"), "to_on"),
        },
        related=("team",),
        empties={"full_name": FORMER, "email": "", "title": ""},
        stays=_("The place in the team and its dates stay."),
    ),
    Points(Team, "a name and a mandate, of the team and of nobody alone"),
    Points(TeamWaiver, "a decision of the host about a team"),
)  # fmt: skip
