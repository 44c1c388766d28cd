"""Plan the events that a cohort's calendar holds."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from throughline.audit import trail
from throughline.convenings.agenda import HalfDay, half_days, laid_out
from throughline.convenings.blueprint import ConveningsSection
from throughline.convenings.enums import EventKind, Mode
from throughline.convenings.models import Block, Event, Session
from throughline.convenings.naming import kind_of, objectives_of, part_of, theme_of, title_of
from throughline.convenings.rules import can_staff
from throughline.core.errors import NotAllowed
from throughline.meetings.actions import plan_occasion
from throughline.meetings.enums import OccasionKind
from throughline.people.models import Person
from throughline.programs.models import BlueprintVersion, CalendarItem, Cohort
from throughline.programs.sections import section
from throughline.programs.series import AgendaBlock, Series

HALF_DAY = 210
"""Minutes up to which a meeting without half-days counts as one."""


@transaction.atomic
def plan_events(cohort: Cohort, by: Person | None, now: datetime) -> list[Event]:
    """Plan one draft event per date of each series (hears ``programs.COHORT_OPENED``).

    Planning again adds what is missing and changes nothing that is there.

    Raises
    ------
    NotAllowed
        ``by`` is not on the staff of the cohort.
    """
    if not (decision := can_staff(by, cohort.scope)):
        raise NotAllowed(decision.reason)
    series = section(cohort.version, "convenings", ConveningsSection).series
    there = set(Event.objects.filter(scope=cohort.scope).values_list("series_key", "number"))
    items = CalendarItem.objects.filter(cohort=cohort, series__in=series, number__gt=0)
    return [
        _plan(cohort, item, series[item.series], by=by, now=now)
        for item in items
        if (item.series, item.number) not in there
    ]


def _plan(
    cohort: Cohort,
    item: CalendarItem,
    series: Series,
    *,
    by: Person | None,
    now: datetime,
) -> Event:
    title, theme, objectives = named(item, cohort.version)
    times = times_of(item, series)
    event: Event = Event.objects.create(
        network_id=cohort.network_id,
        scope=cohort.scope,
        kind=EventKind.CONVENING if item.half_days else EventKind.SESSION,
        series_key=item.series,
        number=item.number,
        title=title,
        theme=theme,
        objectives=objectives,
        zone=item.zone,
        first_day=times[0].day,
        last_day=times[-1].day,
        half_days=len(times),
        mode=_mode(series),
    )
    blocks = [block_of(event, one, by=by, now=now) for one in times]
    _add_agenda(event, series.agenda, blocks, cohort.version)
    trail.record(by, "planned", event, now=now)
    return event


def times_of(item: CalendarItem, series: Series) -> list[HalfDay]:
    """Return the half-days of a date; a meeting without half-days counts as one."""
    times = half_days(item.on, item.half_days or 1, item.starts_local, begins=series.begins)
    if not item.half_days and item.minutes:
        return [HalfDay(1, item.on, times[0].starts_local, item.minutes, is_morning=True)]
    return list(times)


def named(item: CalendarItem, version: BlueprintVersion) -> tuple[str, str, str]:
    """Return title, theme and objectives of the event on this date."""
    about = (version, item.series, item.number)
    return title_of(*about), theme_of(*about), objectives_of(*about)


def block_of(event: Event, half_day: HalfDay, *, by: Person | None, now: datetime) -> Block:
    """Add a half-day to an event, with an occasion of its own."""
    occasion = plan_occasion(
        event.scope,
        kind=OccasionKind.BLOCK,
        day=half_day.day,
        starts_local=half_day.starts_local,
        zone=event.zone,
        minutes=half_day.minutes,
        by=by,
        now=now,
    )
    block: Block = Block.objects.create(
        network_id=event.network_id,
        event=event,
        occasion=occasion,
        position=half_day.position,
        is_morning=half_day.is_morning,
    )
    return block


def _add_agenda(
    event: Event, agenda: tuple[AgendaBlock, ...], blocks: list[Block], version: BlueprintVersion
) -> None:
    lengths = [block.occasion.minutes for block in blocks]
    Session.objects.bulk_create(
        Session(
            network_id=event.network_id,
            event=event,
            block=blocks[place],
            position=position,
            title=part_of(version, event.series_key, position),
            kind=kind_of(part),
            minutes=part.minutes,
        )
        for position, (place, part) in enumerate(laid_out(agenda, lengths), 1)
    )


def _mode(series: Series) -> Mode:
    key = series.mode[0].replace(" ", "_") if series.mode else ""
    return Mode(key) if key in Mode.values else Mode.IN_PERSON
