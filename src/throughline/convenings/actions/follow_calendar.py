"""Let events that lie ahead follow their cohort's calendar."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.convenings.actions.cancel_event import cancel_event
from throughline.convenings.actions.half_days import drop, entitlement_of, expect
from throughline.convenings.actions.move_event import move_event
from throughline.convenings.actions.plan_events import block_of, named, plan_events, times_of
from throughline.convenings.blueprint import ConveningsSection
from throughline.convenings.enums import EventState, SeatState
from throughline.convenings.models import Event, Seat, SeatBlock
from throughline.core.errors import WrongState
from throughline.meetings.actions import cancel_occasion
from throughline.people.models import Person
from throughline.programs.models import CalendarItem, Cohort
from throughline.programs.sections import section
from throughline.programs.series import Series

AHEAD = (EventState.DRAFT, EventState.PUBLISHED)


@transaction.atomic
def follow_calendar(cohort: Cohort, by: Person | None, now: datetime) -> None:
    """Move, lengthen, rename, add and cancel events that lie ahead (hears ``COHORT_REPLANNED``).

    Whoever answered for other days is asked again. What has begun stays. Again changes nothing.
    """
    plan_events(cohort, by, now)
    series = section(cohort.version, "convenings", ConveningsSection).series
    items = {
        (item.series, item.number): item
        for item in CalendarItem.objects.filter(cohort=cohort, number__gt=0)
    }
    ahead = Event.objects.filter(
        scope=cohort.scope, state__in=AHEAD, first_day__gt=now.date()
    ).select_related("scope__cohort__version")
    for event in ahead:
        item = items.get((event.series_key, event.number))
        # What somebody else changed or began a moment ago stays as they left it.
        with suppress(WrongState):
            if item is None or event.series_key not in series:
                cancel_event(event, because=_("The program no longer has it."), by=by, now=now)
            else:
                _follow(event, item, series[event.series_key], cohort, by=by, now=now)


def _follow(
    event: Event,
    item: CalendarItem,
    series: Series,
    cohort: Cohort,
    *,
    by: Person | None,
    now: datetime,
) -> None:
    if item.on != event.first_day and item.on > now.date():
        event = move_event(event, first_day=item.on, by=by, now=now, pins=False)
    title, theme, objectives = _unless_typed(event, item, cohort)
    if (event.title, event.theme, event.objectives) != (title, theme, objectives):
        Event.objects.filter(pk=event.pk).update(title=title, theme=theme, objectives=objectives)
        trail.record(by, "renamed", event, now=now, fields=["title"])
    if (item.half_days or 1) != event.half_days:
        _fit(event, item, series, by=by, now=now)


def _unless_typed(event: Event, item: CalendarItem, cohort: Cohort) -> tuple[str, str, str]:
    """Return title, theme and objectives of the file, but what a host typed as she typed it.

    What no version of the program says, somebody typed.
    """
    title, theme, objectives = named(item, cohort.version)
    if (event.theme, event.objectives) == (theme, objectives):
        return title, theme, objectives
    said = [named(item, version) for version in cohort.program.versions.all()]
    return (
        title,
        theme if event.theme in {"", *(one[1] for one in said)} else event.theme,
        objectives if event.objectives in {"", *(one[2] for one in said)} else event.objectives,
    )


def _fit(
    event: Event, item: CalendarItem, series: Series, *, by: Person | None, now: datetime
) -> None:
    """Add the half-days that are missing, or take the last ones away."""
    times = times_of(item, series)
    blocks = list(event.blocks.select_related("occasion__scope").order_by("position"))
    for half_day in times[len(blocks) :]:
        block = block_of(event, half_day, by=by, now=now)
        seats = Seat.objects.filter(event=event).exclude(state=SeatState.RELEASED)
        for seat in seats.select_related("event__scope__cohort__version", "person"):
            place = SeatBlock.objects.create(network_id=event.network_id, seat=seat, block=block)
            expect(place, entitlement_of(seat), by=by, now=now)
    for block in blocks[len(times) :]:
        booked = SeatBlock.objects.filter(block=block).select_related(
            "block__occasion", "scheduled_entry__entitlement__promise"
        )
        for place in booked:
            drop(place, by=by, now=now)
        booked.delete()
        block.delete()
        because = _("The program is shorter now.")
        cancel_occasion(block.occasion, because=because, by=by, now=now)
    Event.objects.filter(pk=event.pk).update(half_days=len(times), last_day=times[-1].day)
    trail.record(by, "fitted", event, now=now, fields=["half_days", "last_day"])
