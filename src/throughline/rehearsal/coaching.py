"""Fifth act, second half: coaches are named, meet leaders, write it down and plan ahead."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from throughline.coaching.actions.add_coach import add_coach
from throughline.coaching.actions.assign_coach import assign_coach
from throughline.coaching.actions.log_session import NextStep, log_session
from throughline.coaching.actions.plan_session import plan_session, zone_of
from throughline.coaching.blueprint import CoachingSection
from throughline.coaching.enums import Mode
from throughline.coaching.models import CoachingEngagement, CoachingSession
from throughline.coaching.queries import topics_of
from throughline.core import chance
from throughline.meetings.actions import close_commitment
from throughline.meetings.models import Commitment
from throughline.programs.sections import section
from throughline.rehearsal import words
from throughline.rehearsal.days import Days
from throughline.rehearsal.running import LATE_TEAM, LEFT_BEFORE_END, SUCCEEDED, lead_of
from throughline.rehearsal.stage import Stage, playing

SESSIONS_EVERY = timedelta(days=30)
MOST_SESSIONS = 7
LATE_TEAM_MEETS = 2
"""How often the coach of the late team has met its leader."""
HOURS = (time(8, 30), time(10), time(13, 30), time(15), time(16, 15))
LENGTHS = (60, 60, 45, 90, 60, 75)
ROADS = (50, 95, 130, 70)
LOGGED_AFTER = (timedelta(minutes=25), timedelta(hours=5), timedelta(days=1), timedelta(days=3))
NOT_PLANNED = 3
"""Which of five pairs has not found a day yet."""
UNLOGGED = timedelta(days=11)
"""How long ago the session was that a coach forgot to write down."""
SUCCESSOR_MET = timedelta(days=22)


@dataclass(frozen=True, slots=True)
class Meeting:
    """When two people meet, on their own clock, how, and what they turn to."""

    pair: CoachingEngagement
    number: int
    turn: int
    day: date
    at: time
    minutes: int
    mode: str
    talk: words.Talk

    @property
    def begins(self) -> datetime:
        """The instant at which it begins."""
        return datetime.combine(self.day, self.at, ZoneInfo(zone_of(self.pair)))

    @property
    def ends(self) -> datetime:
        """The instant at which it ends."""
        return self.begins + timedelta(minutes=self.minutes)


def coach(stage: Stage) -> None:
    """Name coaches, give each leader one, and play their sessions up to today."""
    if not stage.version.parsed.get("coaching", {}).get("kinds"):
        return
    start = stage.at(stage.cohort.starts_on)
    pairs = _assign(stage, start + timedelta(days=10))
    days, busy = Days.of(stage), _diaries()
    for number, pair in enumerate(pairs):
        last = None
        for turn in range(LATE_TEAM_MEETS if number == LATE_TEAM else MOST_SESSIONS):
            wanted = stage.cohort.starts_on + timedelta(days=24 + number) + turn * SESSIONS_EVERY
            meeting = _meeting(pair, number, turn, days.free(wanted, busy[pair.coach_id]))
            if not stage.has_come(meeting.ends) or _has_left(stage, pair, meeting.begins):
                break
            last = _play(stage, meeting, is_planned=turn % 2 == 0, before=last)


def look_ahead(stage: Stage) -> None:
    """Meet the successor; plan the next sessions; one coach forgets to write one down."""
    days, busy = Days.of(stage), _diaries()
    active = CoachingEngagement.objects.active().filter(engagement__in=stage.engagements)
    pairs = list(
        active.select_related(
            "coach__person", "coachee", "scope", "entitlement__promise__cohort",
            "engagement__cohort__version",
        ).order_by("engagement", "pk")
    )  # fmt: skip
    for number, pair in enumerate(pairs):
        if pair.follows_id is not None:
            met_on = days.free(stage.today - SUCCESSOR_MET, busy[pair.coach_id])
            met = _meeting(pair, number, 0, met_on)
            _play(stage, met, is_planned=False)
        if number not in {LATE_TEAM, NOT_PLANNED} and number % 5 != NOT_PLANNED:
            soon = stage.today + timedelta(days=2 + number * 3 % 9)
            ahead = days.free(soon, busy[pair.coach_id])
            _plan(_meeting(pair, number, MOST_SESSIONS, ahead), stage.end - timedelta(days=4))
    forgetful = [one for one in pairs if one.coach.person == stage.coaches[0]]
    if forgetful:
        day = days.free(stage.today - UNLOGGED, busy[forgetful[-1].coach_id])
        forgotten = _meeting(forgetful[-1], len(pairs), 1, day)
        _plan(forgotten, stage.at(stage.today - UNLOGGED - timedelta(days=9)))


def _diaries() -> dict[int, set[date]]:
    """Return the days on which each coach meets somebody already; nobody meets two on one day."""
    return defaultdict(set)


def _assign(stage: Stage, moment: datetime) -> list[CoachingEngagement]:
    with playing(moment) as now:
        coaches = [
            add_coach(
                person, is_former_superintendent=number % 2 == 0, load_cap=6,
                by=stage.director, now=now,
            )
            for number, person in enumerate(stage.coaches)
        ]  # fmt: skip
        return [
            assign_coach(
                coaches[number % len(coaches)], engagement=engagement,
                coachee=lead_of(engagement), by=stage.director, now=now,
            )
            for number, engagement in enumerate(stage.engagements)
        ]  # fmt: skip


def _has_left(stage: Stage, pair: CoachingEngagement, held: datetime) -> bool:
    """Whether the coachee will have left by then: her sessions end with her."""
    if len(stage.engagements) <= SUCCEEDED:
        return False
    return pair.engagement == stage.engagements[SUCCEEDED] and held >= stage.end - LEFT_BEFORE_END


def _meeting(pair: CoachingEngagement, number: int, turn: int, day: date) -> Meeting:
    modes = _modes(pair)
    return Meeting(
        pair=pair,
        number=number,
        turn=turn,
        day=day,
        at=HOURS[(2 * number + turn) % len(HOURS)],
        minutes=LENGTHS[(number + turn) % len(LENGTHS)],
        mode=modes[(number + turn) % len(modes)],
        talk=words.TALKS[(5 * number + turn) % len(words.TALKS)],
    )


def _modes(pair: CoachingEngagement) -> list[str]:
    """Return how the program lets them meet; what it calls "in person" is on site."""
    kind = section(pair.engagement.cohort.version, "coaching", CoachingSection).kinds[pair.key]
    wanted = {name.replace("in person", "on site").replace(" ", "_") for name in kind.modes}
    return [mode for mode in Mode.values if mode in wanted] or [Mode.VIRTUAL]


def _play(
    stage: Stage, meeting: Meeting, *, is_planned: bool, before: CoachingSession | None = None
) -> CoachingSession:
    """Plan it a week before, hold it, write it down; what was agreed ``before`` is done."""
    pair, by = meeting.pair, meeting.pair.coach.person
    planned = _plan(meeting, meeting.begins - timedelta(days=8)) if is_planned else None
    late = LOGGED_AFTER[(meeting.number + meeting.turn) % len(LOGGED_AFTER)]
    with playing(min(meeting.ends + late, stage.end - timedelta(minutes=5))) as now:
        if before is not None:
            _finish(before, words.OUTCOMES[meeting.turn % len(words.OUTCOMES)], now)
        return log_session(
            pair,
            day=meeting.day,
            starts_local=meeting.at,
            minutes=meeting.minutes,
            mode=meeting.mode,
            topics=_topics(meeting),
            shared_summary=meeting.talk.summary,
            private_note=meeting.talk.note,
            next_steps=[NextStep(meeting.talk.step, meeting.day + timedelta(days=28))],
            travel_minutes=ROADS[meeting.turn % len(ROADS)] if meeting.mode == Mode.ON_SITE else 0,
            session=planned,
            by=by,
            now=now,
            log_key=UUID(bytes=chance.token_bytes(16), version=4),
        )


def _topics(meeting: Meeting) -> list[str]:
    """Return what they turned to, in the program's own words where it has some."""
    known = [key for key, _label in topics_of(meeting.pair)]
    if set(meeting.talk.topics) <= set(known):
        return list(meeting.talk.topics)
    return known[meeting.turn % len(known) :][:2]


def _plan(meeting: Meeting, moment: datetime) -> CoachingSession:
    with playing(moment) as now:
        return plan_session(
            meeting.pair, day=meeting.day, starts_local=meeting.at, minutes=meeting.minutes,
            mode=meeting.mode, by=meeting.pair.coach.person, now=now,
        )  # fmt: skip


def _finish(session: CoachingSession, outcome: str, now: datetime) -> None:
    agreed = Commitment.objects.filter(occasion=session.occasion_id)
    for step in agreed.select_related("owner", "scope"):
        close_commitment(step, outcome=outcome, by=step.owner, now=now)
