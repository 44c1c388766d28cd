"""Book seats for a district at an event."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.convenings.actions.half_days import entitlement_of, expect
from throughline.convenings.enums import Coverage, EventState, RegistrationState, SeatPart
from throughline.convenings.models import Event, Registration, Seat, SeatBlock
from throughline.convenings.queries import Expected, people_of
from throughline.convenings.rules import can_register, can_staff
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.locks import take
from throughline.meetings.actions import invite
from throughline.meetings.enums import Part
from throughline.people.models import Person
from throughline.programs.enums import SEATED_STATES
from throughline.programs.models import DistrictEngagement
from throughline.teams.models import TeamMembership


@transaction.atomic
def register(
    event: Event,
    engagement: DistrictEngagement,
    *,
    people: Sequence[Person],
    by: Person | None,
    now: datetime,
) -> Registration | None:
    """Book a seat for each of ``people`` who has none, and their half-days in the ledger.

    Registering again adds who is new. Returns the district's booking, or nothing for nobody.

    Raises
    ------
    NotAllowed
        ``by`` neither leads the district nor books for its leader, nor is on the staff.
    BadInput
        Somebody is not of this district; only staff bring guests.
    WrongState
        Not enough seats are left, or somebody booked for this district a moment ago.
    """
    if not (decision := can_register(by, event, engagement)):
        raise NotAllowed(decision.reason)
    own = {one.person.pk: one for one in people_of(engagement)}
    guests = [person for person in people if person.pk not in own]
    if guests and not can_staff(by, event.scope):
        raise BadInput(
            _("%(name)s is not on a team of this district.") % {"name": guests[0]}, field="people"
        )
    take(event)
    seated = set(Seat.objects.filter(event=event).values_list("person", flat=True))
    new = [person for person in dict.fromkeys(people) if person.pk not in seated]
    booking = Registration.objects.filter(
        ~Q(state=RegistrationState.CANCELLED), event=event, engagement=engagement
    ).first()
    if not new:
        return booking
    _take(event, len(new))
    on_behalf_of = decision.on_behalf_of if isinstance(decision.on_behalf_of, Person) else None
    booking = _booking(booking, event, engagement, len(new), by=by, for_=on_behalf_of, now=now)
    for person in new:
        _seat(booking, event, person, own.get(person.pk), by=by, for_=on_behalf_of, now=now)
    trail.record(
        by, "booked", booking, now=now, scope=engagement.scope_id, on_behalf_of=on_behalf_of
    )
    return booking


@transaction.atomic
def expect_engagement(
    event: Event, engagement: DistrictEngagement, *, by: Person | None, now: datetime
) -> Registration | None:
    """Hold seats for everybody of a district who is expected: leaders, and members who said yes."""
    people = [one.person for one in people_of(engagement)]
    return register(event, engagement, people=people, by=by, now=now)


@transaction.atomic
def expect_newcomers(
    engagement: DistrictEngagement,
    by: Person | None,  # noqa: ARG001 - part of the hook
    now: datetime,
) -> None:
    """Hold seats at published events for a district that began (hears ``ENGAGEMENT_OPENED``).

    An event that is full holds none: nobody is kept out of the program for that.
    """
    coming = Event.objects.filter(
        scope=engagement.cohort.scope_id, state=EventState.PUBLISHED, first_day__gt=now.date()
    )
    for event in coming.select_related("scope"):
        # The system asks: whoever accepted the place has no right to hold seats.
        with suppress(WrongState), transaction.atomic():
            expect_engagement(event, engagement, by=None, now=now)


@transaction.atomic
def expect_member(membership: TeamMembership, by: Person | None, now: datetime) -> None:
    """Hold seats at published events for who joined a team (hears ``MEMBER_JOINED``)."""
    engagement = membership.team.engagement
    if engagement.state in SEATED_STATES:
        expect_newcomers(engagement, by, now)


def _take(event: Event, count: int) -> None:
    fits = Q(capacity__isnull=True) | Q(capacity__gte=F("seats_taken") + count)
    if not Event.objects.filter(fits, pk=event.pk).update(seats_taken=F("seats_taken") + count):
        raise WrongState(_("Not enough seats are left at this event."))


def _booking(
    booking: Registration | None,
    event: Event,
    engagement: DistrictEngagement,
    count: int,
    *,
    by: Person | None,
    for_: Person | None,
    now: datetime,
) -> Registration:
    if booking is None:
        made: Registration = Registration.objects.create(
            network_id=event.network_id,
            event=event,
            engagement=engagement,
            booked_by=by,
            on_behalf_of=for_,
            asked_at=now,
            seats=count,
        )
        return made
    if not Registration.objects.filter(pk=booking.pk, seats=booking.seats).update(
        seats=F("seats") + count
    ):
        raise WrongState(_("Somebody booked for this district a moment ago. Look again."))
    return booking


def _seat(
    booking: Registration,
    event: Event,
    person: Person,
    expected: Expected | None,
    *,
    by: Person | None,
    for_: Person | None,
    now: datetime,
) -> None:
    part = SeatPart.GUEST
    if expected is not None:
        part = SeatPart.PARTICIPANT if expected.is_fellow else SeatPart.MEMBER
    seat = Seat.objects.create(
        network_id=event.network_id,
        registration=booking,
        event=event,
        person=person,
        part=part,
        coverage=Coverage.PROGRAM if part == SeatPart.PARTICIPANT else Coverage.DISTRICT,
    )
    entitlement = entitlement_of(seat)
    wanted = Part.WANTED if part == SeatPart.PARTICIPANT else Part.OPTIONAL
    for block in event.blocks.select_related("occasion__scope"):
        # Who may book seats may not always plan meetings: the seat itself invites.
        invite(block.occasion, person=person, part=wanted, by=None, now=now)
        half_day = SeatBlock.objects.create(network_id=event.network_id, seat=seat, block=block)
        expect(half_day, entitlement, by=by, now=now, on_behalf_of=for_)
