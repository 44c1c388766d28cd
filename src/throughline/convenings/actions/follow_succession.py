"""Seats of people who leave: a leader's go to who follows her, a member's are given up."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from throughline.audit import trail
from throughline.convenings.actions.half_days import drop, entitlement_of, expect
from throughline.convenings.enums import TAKEN, EventState, SeatState
from throughline.convenings.models import Event, Seat, SeatMove
from throughline.convenings.queries import people_of
from throughline.meetings.actions import invite
from throughline.meetings.models import Invitation
from throughline.people.models import Person
from throughline.programs.models import DistrictEngagement, Succession
from throughline.teams.models import TeamMembership


@transaction.atomic
def follow_succession(succession: Succession, by: Person | None, now: datetime) -> None:
    """Pass seats at events to come to the successor, who is asked anew (hears ``SUCCEEDED``).

    Comes after the ledger has handed over what was left. Without a successor, or where she has a
    seat already, the seat is given up.
    """
    for seat in _seats_to_come(succession.leaving, succession.engagement):
        _pass_on(seat, succession.taking_over, by=by, now=now)


@transaction.atomic
def follow_leaver(membership: TeamMembership, by: Person | None, now: datetime) -> None:
    """Give up seats of somebody who left a team and is not expected otherwise (``MEMBER_LEFT``)."""
    person, engagement = membership.person, membership.team.engagement
    if person is None or any(one.person.pk in person.ids for one in people_of(engagement)):
        return
    for seat in _seats_to_come(person, engagement):
        _pass_on(seat, None, by=by, now=now)


def _seats_to_come(person: Person, engagement: DistrictEngagement) -> QuerySet[Seat]:
    return Seat.objects.filter(
        person__in=person.ids,
        registration__engagement=engagement,
        event__state=EventState.PUBLISHED,
        state__in=TAKEN,
    ).select_related("event__scope__cohort", "person")


def _pass_on(seat: Seat, to: Person | None, *, by: Person | None, now: datetime) -> None:
    leaving = seat.person
    half_days = list(
        seat.half_days.select_related("block__occasion__scope", "scheduled_entry__entitlement")
    )
    for half_day in half_days:
        drop(half_day, by=by, now=now)
    invitations = Invitation.objects.filter(occasion__block__event=seat.event_id)
    invitations.filter(person=leaving).delete()
    if to is None or Seat.objects.filter(event=seat.event_id, person__in=to.ids).exists():
        given_up = Seat.objects.filter(pk=seat.pk, state__in=TAKEN)
        if given_up.update(state=SeatState.RELEASED, answered_at=now):
            Event.objects.filter(pk=seat.event_id).update(seats_taken=F("seats_taken") - 1)
        return
    Seat.objects.filter(pk=seat.pk, person=leaving).update(
        person=to, state=SeatState.HELD, answered_at=None
    )
    seat.refresh_from_db()
    SeatMove.objects.create(
        network_id=seat.network_id, seat=seat, from_person=leaving, to_person=to, at=now, by=by
    )
    entitlement = entitlement_of(seat)
    for half_day in half_days:
        invite(half_day.block.occasion, person=to, by=None, now=now)
        expect(half_day, entitlement, by=by, now=now)
    trail.record(by, "seat moved", seat, now=now, fields=["person"])
