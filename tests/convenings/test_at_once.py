"""Seats, replies, marks and coaching while several press at the same moment."""

from __future__ import annotations

from datetime import date, time
from functools import partial
from uuid import uuid4

import pytest

from tests.factories.coaching import make_coach, make_coaching
from tests.factories.convenings import make_district_with_team, make_event, seat_of_fellow
from tests.factories.meetings import new_tap
from tests.factories.people import NOW, make_person, make_staff
from tests.factories.programs import fellow_of, make_engagement
from tests.factories.threads import at_once
from throughline.coaching.actions import assign_coach, log_session, plan_session
from throughline.coaching.models import CoachingEngagement, CoachingSession
from throughline.convenings.actions import cancel_event, check_in, confirm_seat, register
from throughline.convenings.models import Event, Seat, SeatBlock
from throughline.core.errors import DomainError
from throughline.ledger.models import Entitlement, Entry
from throughline.ledger.rules import sums_of
from throughline.meetings.actions import make_feed
from throughline.meetings.models import Attendance, Feed, Reply

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def tab(seat: Seat) -> Seat:
    return Seat.objects.select_related("event__scope__cohort", "person").get(pk=seat.pk)


def booked(seat: Seat) -> int:
    """Half-days that the ledger holds for the person of a seat."""
    held = Entry.objects.filter(
        entitlement__holder_person=seat.person, source__startswith="convenings.half_day"
    ).values_list("entitlement", flat=True)
    return sum(sums_of([pk])[pk].scheduled for pk in set(held))


def test_answers_from_eight_tabs_leave_seat_replies_and_ledger_at_one():
    event = make_event()
    seat = seat_of_fellow(event)
    person, first_day = seat.person, event.first_day

    at_once(
        [
            partial(
                confirm_seat, tab(seat), coming=("yes", "no", "one_day", "yes")[place % 4],
                day=first_day, by=person, now=NOW,
            )
            for place in range(8)
        ]
    )  # fmt: skip

    expected = SeatBlock.objects.filter(seat=seat, is_expected=True)
    assert booked(seat) == expected.count()
    assert all(one.scheduled_entry_id for one in expected)
    assert Reply.objects.filter(person=person, answer="yes").count() == expected.count()


def test_a_yes_that_is_changed_from_eight_tabs_leaves_nothing_booked_behind():
    event = make_event()
    seat = seat_of_fellow(event)
    person = seat.person
    confirm_seat(tab(seat), coming="one_day", day=event.first_day, by=person, now=NOW)

    at_once(
        [
            partial(
                confirm_seat, tab(seat), coming="yes" if place % 2 else "no", by=person, now=NOW
            )
            for place in range(8)
        ]
    )

    assert booked(seat) == SeatBlock.objects.filter(seat=seat, is_expected=True).count()


def test_nothing_stays_booked_for_an_event_that_is_canceled_while_people_answer():
    event = make_event()
    seat = seat_of_fellow(event)
    staff = make_staff(event.network)
    answers = [
        partial(confirm_seat, tab(seat), coming="yes", by=seat.person, now=NOW) for _ in range(7)
    ]

    at_once([*answers, partial(cancel_event, event, because="Snow.", by=staff, now=NOW)])

    assert booked(seat) == 0
    with pytest.raises(DomainError, match=r"Answers can be changed|canceled a moment ago"):
        confirm_seat(tab(seat), coming="yes", by=seat.person, now=NOW)


def test_a_guest_booked_eight_times_takes_one_seat():
    event = make_event()
    registration = event.registrations.select_related("engagement__cohort").get()
    assert registration.engagement is not None
    guest = make_person(event.network)

    results = at_once(
        [
            partial(
                register, Event.objects.get(pk=event.pk), registration.engagement,
                people=[guest], by=None, now=NOW,
            )
            for _ in range(8)
        ]
    )  # fmt: skip

    event.refresh_from_db()
    registration.refresh_from_db()
    assert [one for one in results if isinstance(one, DomainError)] == []
    assert (event.seats_taken, event.seats.count(), registration.seats) == (2, 2, 2)


def test_eight_devices_mark_one_person_once():
    event = make_event()
    seat = seat_of_fellow(event)
    block = event.blocks.select_related("event__scope", "occasion__scope").order_by("position")[0]
    began = block.occasion.starts_at

    results = at_once(
        [
            partial(
                check_in, type(block).objects.select_related("event__scope", "occasion__scope").get(pk=block.pk),
                seat.person, status="present", tap=new_tap(), by=None, now=began,
            )
            for _ in range(8)
        ]
    )  # fmt: skip

    assert [one for one in results if isinstance(one, DomainError)] == []
    assert Attendance.objects.filter(person=seat.person).count() == 1
    delivered = Entry.objects.standing().filter(
        kind="delivered", entitlement__holder_person=seat.person
    )
    assert delivered.count() == 1


def test_a_calendar_address_made_eight_times_leaves_one_that_works():
    person = fellow_of(make_engagement())

    at_once([lambda: make_feed(person, by=person, now=NOW)] * 8)

    assert Feed.objects.filter(person=person, revoked_at=None).count() == 1


def test_of_eight_coaches_given_at_once_one_coaches():
    engagement = make_engagement()
    fellow = fellow_of(engagement)
    coaches = [make_coach(engagement.network) for _ in range(8)]

    at_once(
        [
            partial(assign_coach, one, engagement=engagement, coachee=fellow, by=None, now=NOW)
            for one in coaches
        ]
    )

    assert CoachingEngagement.objects.active().filter(coachee=fellow).count() == 1


def test_a_coach_is_given_no_more_than_she_has_room_for():
    first = make_engagement()
    coach = make_coach(first.network, load_cap=2)
    others = [make_engagement(first.cohort, name=f"District {one}") for one in range(5)]

    at_once(
        [
            partial(assign_coach, coach, engagement=one, coachee=fellow_of(one), by=None, now=NOW)
            for one in [first, *others]
        ]
    )

    assert CoachingEngagement.objects.active().filter(coach=coach).count() == 2


def test_one_press_plans_one_session_and_books_its_minutes_once():
    engagement = make_district_with_team(make_engagement().cohort, members=0)
    coaching = make_coaching(engagement)
    key = uuid4()

    results = at_once(
        [
            partial(
                plan_session, CoachingEngagement.objects.get(pk=coaching.pk),
                day=date(2026, 12, 9), starts_local=time(10), minutes=60,
                by=coaching.coach.person, now=NOW, once=key,
            )
            for _ in range(8)
        ]
    )  # fmt: skip

    assert {one.pk for one in results} == {CoachingSession.objects.get().pk}  # type: ignore[attr-defined]
    assert [sums_of([pk])[pk].scheduled for pk in entitlements_of(coaching)] == [60]


def test_one_press_logs_one_session_and_delivers_its_minutes_once():
    engagement = make_district_with_team(make_engagement().cohort, members=0)
    coaching = make_coaching(engagement)
    key = uuid4()

    results = at_once(
        [
            partial(
                log_session, CoachingEngagement.objects.get(pk=coaching.pk),
                day=date(2026, 11, 23), starts_local=time(10), minutes=120, mode="on_site",
                by=coaching.coach.person, now=NOW, log_key=key,
            )
            for _ in range(8)
        ]
    )  # fmt: skip

    assert {one.pk for one in results} == {CoachingSession.objects.get().pk}  # type: ignore[attr-defined]
    assert [sums_of([pk])[pk].delivered for pk in entitlements_of(coaching)] == [120]


def entitlements_of(coaching: CoachingEngagement) -> list[int]:
    assert coaching.entitlement_id is not None
    return list(Entitlement.objects.filter(pk=coaching.entitlement_id).values_list("pk", flat=True))
