"""Plan what a team meets for: one meeting, or one a month."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import once as sent_once
from throughline.audit import trail
from throughline.core.decision import Decision
from throughline.core.errors import BadInput, NotAllowed
from throughline.core.locks import take
from throughline.meetings.enums import OccasionKind
from throughline.meetings.models import AgendaItem, Invitation, MeetingSeries, Occasion
from throughline.meetings.models.occasion import moment_of
from throughline.meetings.rules import can_plan_meetings
from throughline.meetings.turns import check_length, proposal_for, turns
from throughline.meetings.zones import known_zone
from throughline.people.models import Person
from throughline.teams.models import Team

BACK, AHEAD = timedelta(days=366), timedelta(days=3 * 366)
"""How far from today a meeting can be planned; more is a slip of the finger."""


@transaction.atomic
def plan_meeting(
    team: Team,
    *,
    day: date,
    starts_local: time,
    zone: str,
    minutes: int,
    place_words: str = "",
    beyond_because: str = "",
    by: Person | None,
    now: datetime,
    once: UUID | str | None = None,
) -> Occasion:
    """Plan one meeting of a team, to which everybody of it is invited.

    The same ``once`` again returns the first one.

    Raises
    ------
    NotAllowed
        ``by`` neither leads the team, nor keeps its roster for who does, nor is on the staff.
    BadInput
        The day is years away, the zone unknown, or the length not the program's without a reason.
    """
    if not (decision := can_plan_meetings(by, team)):
        raise NotAllowed(decision.reason)
    sent = sent_once.claim(team.network_id, once, by.pk if by else None, "plan_meeting", now)
    if sent.result:
        return Occasion.objects.get(ref=sent.result)
    _check_day(day, now, "day")
    proposal = proposal_for(team)
    check_length(proposal, minutes, beyond_because)
    meeting = Occasion(
        day=day, starts_local=starts_local, zone=known_zone(zone), minutes=minutes,
        place_words=place_words,
    )  # fmt: skip
    _plan(team, meeting, proposal.agenda, decision, by=by, now=now, reason=beyond_because)
    sent.keep(meeting.ref)
    return meeting


@transaction.atomic
def plan_series(
    team: Team,
    *,
    rule: str,
    starts_local: time,
    zone: str,
    minutes: int,
    starts_on: date,
    ends_on: date,
    skips: Collection[int] = (),
    place_words: str = "",
    beyond_because: str = "",
    by: Person | None,
    now: datetime,
    once: UUID | str | None = None,
) -> MeetingSeries:
    """Plan one meeting a month, each at the same local time, and invite everybody of the team.

    The same ``once`` again returns the first series.

    Raises
    ------
    NotAllowed
        ``by`` neither leads the team, nor keeps its roster for who does, nor is on the staff.
    BadInput
        Days or length make no sense, or no meeting is left between the days.
    """
    if not (decision := can_plan_meetings(by, team)):
        raise NotAllowed(decision.reason)
    sent = sent_once.claim(team.network_id, once, by.pk if by else None, "plan_series", now)
    if sent.result:
        return MeetingSeries.objects.get(ref=sent.result)
    proposal = proposal_for(team)
    check_length(proposal, minutes, beyond_because)
    _check_day(starts_on, now, "starts_on")
    _check_day(ends_on, now, "ends_on")
    days = turns(rule, starts_on=starts_on, ends_on=ends_on, skips=skips)
    if not days:
        raise BadInput(_("No meeting falls between these days."), field="ends_on")
    take(team)
    series: MeetingSeries = MeetingSeries.objects.create(
        network_id=team.network_id, scope=team.scope, key=_free_key(team, proposal.key), rule=rule,
        zone=known_zone(zone), starts_local=starts_local, minutes=minutes,
        minutes_min=proposal.least, minutes_max=proposal.most,
        beyond_because=beyond_because.strip(), skips=sorted(skips), starts_on=starts_on,
        ends_on=ends_on,
    )  # fmt: skip
    trail.record(
        by, "planned", series, now=now, scope=team.scope_id, reason=beyond_because,
        on_behalf_of=decision.on_behalf_of,
    )  # fmt: skip
    for month, day in days:
        turn = Occasion(
            series=series, occurrence=month, day=day, starts_local=starts_local, zone=zone,
            minutes=minutes, place_words=place_words,
        )  # fmt: skip
        _plan(team, turn, proposal.agenda, decision, by=by, now=now)
    sent.keep(series.ref)
    return series


def _plan(
    team: Team,
    meeting: Occasion,
    agenda: Sequence[tuple[str, int]],
    decision: Decision,
    *,
    by: Person | None,
    now: datetime,
    reason: str = "",
) -> None:
    """Keep a meeting with the agenda of the program, and invite the scope of its team."""
    meeting.network_id = team.network_id
    meeting.scope = team.scope
    meeting.kind = OccasionKind.TEAM_MEETING
    meeting.starts_at = moment_of(meeting.day, meeting.starts_local, meeting.zone)
    meeting.save()
    Invitation.objects.create(network_id=team.network_id, occasion=meeting, scope=team.scope)
    AgendaItem.objects.bulk_create(
        AgendaItem(
            network_id=team.network_id, occasion=meeting, position=position, words=words[:200],
            minutes=length,
        )
        for position, (words, length) in enumerate(agenda, start=1)
    )  # fmt: skip
    trail.record(by, "planned", meeting, now=now, reason=reason, on_behalf_of=decision.on_behalf_of)


def _check_day(day: date, now: datetime, field: str) -> None:
    if not now.date() - BACK <= day <= now.date() + AHEAD:
        raise BadInput(_("Choose a day from one year back to three years ahead."), field=field)


def _free_key(team: Team, key: str) -> str:
    """Return ``key``, or with a number where the team had such a series before."""
    used = set(MeetingSeries.objects.filter(scope=team.scope).values_list("key", flat=True))
    tried = [key, *(f"{key[:56]}-{number}" for number in range(2, len(used) + 2))]
    return next(one for one in tried if one not in used)
