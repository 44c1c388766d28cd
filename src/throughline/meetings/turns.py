"""Which days a monthly series falls on, and how long the program says that a meeting is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _

from throughline.core.blueprint.amounts import Amount
from throughline.core.blueprint.phrases import MONTHS
from throughline.core.errors import BadInput
from throughline.programs.almanac import add_months, on_weekday
from throughline.teams.models import Team
from throughline.teams.rules import teams_section, words_for

NTHS = ("1st", "2nd", "3rd", "4th", "last")
MOST_MINUTES = 720


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a team's program says about its meetings; empty where it says nothing."""

    key: str = "monthly"
    title: str = ""
    rule: str = ""
    starts_local: time | None = None
    skips: tuple[int, ...] = ()
    least: int | None = None
    most: int | None = None
    agenda: tuple[tuple[str, int], ...] = ()
    """Words and minutes of what its meetings begin with."""


def proposal_for(team: Team) -> Proposal:
    """Return the first series of meetings that the blueprint of the team's cohort names."""
    series = next(iter(teams_section(team.engagement).meetings.items()), None)
    if series is None:
        return Proposal()
    key, table = series
    length = table.length
    is_time = isinstance(length, Amount) and length.unit == "minute"
    return Proposal(
        key=key,
        title=words_for(team.engagement).fill(table.title),
        rule=table.on if table.on and " " in table.on else "",
        starts_local=time.fromisoformat(table.time) if table.time else None,
        skips=tuple(MONTHS.index(month) + 1 for month in table.skip),
        least=length.low if isinstance(length, Amount) and is_time else None,
        most=length.high if isinstance(length, Amount) and is_time else None,
        agenda=tuple((one.title, one.minutes) for one in table.agenda if one.title),
    )


def turns(
    rule: str, *, starts_on: date, ends_on: date, skips: Collection[int]
) -> list[tuple[int, date]]:
    """Return the month (202611) and the day of each turn between two days, both included."""
    found = []
    month = starts_on.replace(day=1)
    while month <= ends_on:
        day = on_weekday(month, rule)
        if month.month not in skips and starts_on <= day <= ends_on:
            found.append((month.year * 100 + month.month, day))
        month = add_months(month, 1)
    return found


def check_length(proposal: Proposal, minutes: int, because: str) -> None:
    """Refuse a length that makes no sense, or is not the program's and has no reason.

    Raises
    ------
    BadInput
        Which, and what the program asks for.
    """
    if not 0 < minutes <= MOST_MINUTES:
        raise BadInput(_("Say how many minutes it takes, up to 12 hours."), field="minutes")
    least, most = proposal.least, proposal.most
    if least is None or most is None or least <= minutes <= most or because.strip():
        return
    raise BadInput(
        _("The program asks for %(least)d to %(most)d minutes. Change the length, or say why.")
        % {"least": least, "most": most},
        field="beyond_because",
    )
