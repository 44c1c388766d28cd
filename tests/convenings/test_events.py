from datetime import UTC, date, datetime, time

import pytest
from django.db import IntegrityError, transaction

from tests.conftest import TwoNetworks
from tests.factories.convenings import (
    PLACE,
    make_district_with_team,
    make_event,
    make_events,
    seat_of_fellow,
)
from tests.factories.people import NOW, make_person
from tests.factories.programs import fellow_of, make_cohort, make_engagement
from throughline.convenings.actions import (
    cancel_event,
    confirm_seat,
    move_event,
    place_event,
    plan_events,
    publish_event,
)
from throughline.convenings.agenda import half_days
from throughline.convenings.enums import EventState, SeatPart, SeatState, SessionKind
from throughline.convenings.models import Block, Event, Seat, SeatBlock
from throughline.convenings.queries import may_publish
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.ledger.enums import EntryKind
from throughline.ledger.models import Entry
from throughline.meetings.models import Attendance, Occasion, Reply


@pytest.mark.requirement("RELN-08")
def test_five_convenings_of_two_days_are_twenty_half_days(two_networks: TwoNetworks) -> None:
    events = make_events(make_cohort(two_networks.ours))

    spans = [
        (event.number, (event.last_day - event.first_day).days + 1)
        for event in events
        if event.first_day and event.last_day
    ]
    half = Block.objects.filter(event__in=events)
    assert spans == [(1, 2), (2, 2), (3, 2), (4, 2), (5, 2)]
    assert (half.count(), half.filter(counts_half_days=1).count()) == (20, 20)


@pytest.mark.requirement("RELN-08")
def test_a_cohort_may_be_published_once_all_five_have_places(two_networks: TwoNetworks) -> None:
    cohort = make_cohort(two_networks.ours)
    *first, last = make_events(cohort)
    for event in first:
        place_event(event, place_words=PLACE, by=None, now=NOW)

    before = may_publish(cohort)
    place_event(last, place_words=PLACE, by=None, now=NOW)

    assert (bool(before), before.reason) == (False, f"{last.title} needs a place.")
    assert may_publish(cohort)


def test_each_convening_has_a_theme_and_an_agenda_with_time_to_reflect(
    two_networks: TwoNetworks,
) -> None:
    events = make_events(make_cohort(two_networks.ours))

    assert [event.theme for event in events] == [
        "Will and vision",
        "Evidence and causes",
        "Engaging families and community",
        "Policy and resources",
        "Sustaining and sharing",
    ]
    agenda = [
        (part.block.position, part.kind) for part in events[2].sessions.select_related("block")
    ]
    assert agenda == [
        (1, SessionKind.OPENING),
        (1, SessionKind.CONTENT),
        (2, SessionKind.CONSULTANCY),
        (2, SessionKind.REFLECTION),
        (3, SessionKind.WORK_TIME),
        (4, SessionKind.COMMITMENTS),
    ]


def test_a_convening_begins_at_nine_where_it_is(two_networks: TwoNetworks) -> None:
    event = make_events(make_cohort(two_networks.ours))[2]

    first = event.blocks.select_related("occasion").first()

    assert first is not None
    assert (first.occasion.starts_local, first.occasion.zone) == (time(9, 0), "America/New_York")


def test_two_and_a_half_days_can_begin_in_the_afternoon() -> None:
    found = half_days(date(2027, 1, 13), 5, time(9, 0), begins="afternoon")

    assert [(one.day.day, one.is_morning) for one in found] == [
        (13, False), (14, True), (14, False), (15, True), (15, False),
    ]  # fmt: skip


def test_planning_again_adds_nothing(two_networks: TwoNetworks) -> None:
    cohort = make_cohort(two_networks.ours)
    make_events(cohort)
    before = (Event.objects.count(), Occasion.objects.count())

    plan_events(cohort, None, NOW)

    assert (Event.objects.count(), Occasion.objects.count()) == before


def test_participants_plan_publish_move_and_cancel_nothing(two_networks: TwoNetworks) -> None:
    cohort = make_cohort(two_networks.ours)
    event = make_events(cohort)[2]
    fellow = fellow_of(make_engagement(cohort))

    for attempt in (
        lambda: plan_events(cohort, fellow, NOW),
        lambda: place_event(event, place_words=PLACE, by=fellow, now=NOW),
        lambda: publish_event(event, by=fellow, now=NOW),
        lambda: move_event(event, first_day=date(2027, 1, 14), by=fellow, now=NOW),
        lambda: cancel_event(event, because="No.", by=fellow, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            attempt()


@pytest.mark.requirement("RELN-08")
def test_nothing_is_published_without_a_place(two_networks: TwoNetworks) -> None:
    event = make_events(make_cohort(two_networks.ours))[2]

    with pytest.raises(BadInput, match="still needs a place"):
        publish_event(event, place_words=" ", by=two_networks.our_director, now=NOW)
    with pytest.raises(IntegrityError, match="has_a_place"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(state=EventState.PUBLISHED)


def test_publishing_holds_a_seat_for_fellow_and_team_and_books_the_fellows_days(
    two_networks: TwoNetworks,
) -> None:
    cohort = make_cohort(two_networks.ours)
    event = make_events(cohort)[2]
    engagement = make_district_with_team(cohort)

    publish_event(event, place_words=PLACE, by=two_networks.our_director, now=NOW)

    event.refresh_from_db()
    parts = list(Seat.objects.order_by("pk").values_list("part", "coverage", "state"))
    assert parts[0] == (SeatPart.PARTICIPANT, "program", SeatState.HELD)
    assert parts[1:] == [(SeatPart.MEMBER, "district", SeatState.HELD)] * 5
    assert (event.seats_taken, event.place_words) == (6, PLACE)
    booked = Entry.objects.filter(kind=EntryKind.SCHEDULED)
    assert list(booked.values_list("entitlement__holder_person", "quantity")) == (
        [(fellow_of(engagement).pk, 1)] * 4
    )
    assert set(Occasion.objects.filter(block__event=event).values_list("place_words")) == {(PLACE,)}


def test_publishing_twice_is_refused(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)

    with pytest.raises(WrongState):
        publish_event(event, by=two_networks.our_director, now=NOW)
    assert Seat.objects.count() == 1


def test_a_published_event_keeps_a_place(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)

    with pytest.raises(BadInput, match="where people meet"):
        place_event(event, place_words="", by=None, now=NOW)


def test_a_moved_event_raises_its_sequence_and_asks_again(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)
    seat = seat_of_fellow(event)

    confirm_seat(seat, coming="yes", by=seat.person, now=NOW)
    old = event.first_day
    assert old is not None

    move_event(event, first_day=date(2027, 3, 18), by=two_networks.our_director, now=NOW)
    again = move_event(event, first_day=date(2027, 3, 18), by=None, now=NOW)

    seat.refresh_from_db()
    days = Occasion.objects.filter(block__event=event).values_list("day", "sequence", "starts_at")
    assert (again.first_day, again.last_day, again.sequence) == (
        date(2027, 3, 18), date(2027, 3, 19), 1,
    )  # fmt: skip
    assert days[0] == (date(2027, 3, 18), 2, datetime(2027, 3, 18, 13, 0, tzinfo=UTC))
    assert (seat.state, Reply.objects.count()) == (SeatState.HELD, 0)


def test_an_event_moves_only_to_days_to_come(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)

    with pytest.raises(BadInput, match="still to come"):
        move_event(event, first_day=NOW.date(), by=None, now=NOW)


def test_canceling_frees_what_was_booked_and_happens_once(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)

    with pytest.raises(BadInput, match="Say why"):
        cancel_event(event, because=" ", by=None, now=NOW)
    cancel_event(event, because="A storm.", by=two_networks.our_director, now=NOW)

    with pytest.raises(WrongState):
        cancel_event(event, because="A storm.", by=None, now=NOW)
    kinds = list(Entry.objects.exclude(kind=EntryKind.GRANTED).values_list("kind", flat=True))
    assert sorted(kinds) == [EntryKind.SCHEDULED] * 4 + [EntryKind.UNSCHEDULED] * 4
    assert not SeatBlock.objects.filter(is_expected=True).exists()
    assert not Attendance.objects.exists()


def test_drafts_are_seen_by_staff_alone_and_published_ones_by_the_cohort(
    two_networks: TwoNetworks,
) -> None:
    cohort = make_cohort(two_networks.ours)
    event = make_events(cohort)[2]
    fellow, stranger = fellow_of(make_engagement(cohort)), make_person(two_networks.ours)
    everybody = [fellow, stranger, two_networks.our_director, two_networks.their_director]

    def seen() -> list[bool]:
        return [Event.objects.visible_to(one).filter(pk=event.pk).exists() for one in everybody]

    as_draft = seen()
    publish_event(event, place_words=PLACE, by=None, now=NOW)

    assert (as_draft, seen()) == ([False, False, True, False], [True, False, True, False])
