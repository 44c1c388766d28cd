from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import TwoNetworks
from tests.factories.convenings import make_district_with_team, make_event, seat_of_fellow
from tests.factories.meetings import new_tap
from tests.factories.people import NOW, make_person
from tests.factories.programs import fellow_of, make_engagement
from tests.factories.teams import make_team
from throughline.audit.models import AuditEvent
from throughline.convenings.actions import (
    check_in,
    close_event,
    confirm_seat,
    expect_newcomers,
    follow_leaver,
    follow_succession,
    register,
)
from throughline.convenings.enums import EventState, SeatPart, SeatState
from throughline.convenings.models import Event, Registration, Seat, SeatBlock, SeatMove
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.ledger.actions.hand_over import hand_over
from throughline.ledger.enums import EntryKind
from throughline.ledger.models import Entry
from throughline.ledger.queries import balances
from throughline.meetings.enums import Mark, OccasionState
from throughline.meetings.models import Attendance, AttendanceHistory, Invitation, Reply
from throughline.people.actions import delegate
from throughline.people.enums import Role, Verb
from throughline.people.models import Person
from throughline.programs.actions.succeed import succeed

MINUTE = timedelta(minutes=1)


def half_days_of(event: Event) -> tuple[int, int, int]:
    """Delivered, booked and left of the fellow's half-days, as the ledger says."""
    seat = seat_of_fellow(event)
    [balance] = [
        one
        for one in balances(seat.person, event.scope.cohort)
        if one.promise_key == "convening-days" and one.person_id == seat.person_id
    ]
    assert balance.remaining is not None
    return balance.delivered, balance.scheduled, balance.remaining


def morning_of(event: Event, position: int = 1) -> datetime:
    """Nine in the morning of a half-day of this event, when the desk opens."""
    return event.blocks.select_related("occasion").get(position=position).occasion.starts_at


def tap_in(
    event: Event,
    position: int,
    status: str = Mark.PRESENT,
    *,
    by: Person | None = None,
    tap: UUID | None = None,
    after: timedelta = MINUTE,
) -> Attendance:
    """Mark the fellow at a half-day."""
    block = event.blocks.select_related("event__scope", "occasion__scope").get(position=position)
    moment = block.occasion.starts_at + after
    person = seat_of_fellow(event).person
    return check_in(block, person, status=status, tap=tap or new_tap(), by=by, now=moment)


def test_a_yes_is_a_yes_to_each_half_day(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)
    seat = seat_of_fellow(event)

    for _time in range(2):
        confirm_seat(seat, coming="yes", by=seat.person, now=NOW)

    assert seat.state == SeatState.CONFIRMED
    assert Counter(Reply.objects.values_list("answer", flat=True)) == {"yes": 4}
    assert half_days_of(event) == (0, 4, 20)


def test_one_day_keeps_that_day_booked(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)
    seat = seat_of_fellow(event)

    confirm_seat(seat, coming="one_day", day=event.first_day, by=seat.person, now=NOW)

    expected = SeatBlock.objects.filter(is_expected=True).values_list("block__position", flat=True)
    assert list(expected.order_by("block__position")) == [1, 2]
    assert half_days_of(event) == (0, 2, 20)


def test_a_no_frees_seat_and_days_and_may_be_taken_back(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)
    seat = seat_of_fellow(event)

    confirm_seat(seat, coming="no", by=seat.person, now=NOW)
    after_no = (half_days_of(event), Event.objects.get(pk=event.pk).seats_taken)
    confirm_seat(seat, coming="yes", by=seat.person, now=NOW)

    assert after_no == ((0, 0, 20), 0)
    assert (half_days_of(event), Event.objects.get(pk=event.pk).seats_taken) == ((0, 4, 20), 1)


def test_a_seat_that_was_given_up_may_be_gone(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)
    seat = seat_of_fellow(event)
    confirm_seat(seat, coming="no", by=seat.person, now=NOW)
    Event.objects.filter(pk=event.pk).update(capacity=0)

    with pytest.raises(WrongState, match="given to somebody else"):
        confirm_seat(seat, coming="yes", by=seat.person, now=NOW)


def test_an_answer_names_a_day_of_the_event(two_networks: TwoNetworks) -> None:
    seat = seat_of_fellow(make_event(two_networks.ours))

    with pytest.raises(BadInput, match="one of the days"):
        confirm_seat(seat, coming="one_day", day=NOW.date(), by=seat.person, now=NOW)
    with pytest.raises(BadInput, match="one of the answers"):
        confirm_seat(seat, coming="perhaps", by=seat.person, now=NOW)


def test_an_assistant_who_may_reply_answers_and_both_names_stand(
    two_networks: TwoNetworks,
) -> None:
    seat = seat_of_fellow(make_event(two_networks.ours))
    assistant = make_person(two_networks.ours)

    with pytest.raises(NotAllowed):
        confirm_seat(seat, coming="yes", by=assistant, now=NOW)
    assert seat.registration.engagement is not None
    scope = seat.registration.engagement.scope
    delegate(seat.person, assistant, scope, [Verb.REPLY], by=seat.person, now=NOW)
    assistant.__dict__.pop("live_delegations", None)
    confirm_seat(seat, coming="yes", by=assistant, now=NOW)

    event = AuditEvent.objects.get(verb="answered")
    assert (event.by, event.on_behalf_of) == (assistant.pk, seat.person_id)


def test_nobody_answers_once_it_has_begun(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)
    tap_in(event, 1)
    seat = seat_of_fellow(event)

    with pytest.raises(NotAllowed, match="registration desk"):
        confirm_seat(seat, coming="no", by=seat.person, now=NOW)


def test_the_leader_and_her_assistant_register_but_a_peer_does_not(
    two_networks: TwoNetworks,
) -> None:
    event = make_event(two_networks.ours)
    cohort = event.scope.cohort
    engagement = make_engagement(cohort, name="Late County")
    fellow, assistant = fellow_of(engagement), make_person(two_networks.ours)
    peer = seat_of_fellow(event).person

    with pytest.raises(NotAllowed):
        register(event, engagement, people=[fellow], by=peer, now=NOW)
    delegate(fellow, assistant, engagement.scope, [Verb.BOOK], by=fellow, now=NOW)
    assistant.__dict__.pop("live_delegations", None)
    booking = register(event, engagement, people=[fellow], by=assistant, now=NOW)
    again = register(event, engagement, people=[fellow], by=fellow, now=NOW)

    assert booking is not None
    assert (again, booking.seats, booking.on_behalf_of) == (booking, 1, fellow)


def test_only_staff_bring_guests(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)
    seat, guest = seat_of_fellow(event), make_person(two_networks.ours)
    engagement = seat.registration.engagement
    assert engagement is not None

    with pytest.raises(BadInput, match="not on a team of this district"):
        register(event, engagement, people=[guest], by=seat.person, now=NOW)
    register(event, engagement, people=[guest], by=two_networks.our_director, now=NOW)

    assert Seat.objects.get(person=guest).part == SeatPart.GUEST
    assert Registration.objects.get().seats == 2


def test_a_full_event_takes_nobody_more(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)
    Event.objects.filter(pk=event.pk).update(capacity=1)
    engagement = make_engagement(event.scope.cohort, name="Late County")

    with pytest.raises(WrongState, match="Not enough seats"):
        register(event, engagement, people=[fellow_of(engagement)], by=None, now=NOW)
    assert Seat.objects.count() == 1


def test_districts_and_members_who_come_later_get_seats(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)
    engagement = make_district_with_team(event.scope.cohort, name="Late County", members=5)

    for _time in range(2):
        expect_newcomers(engagement, None, NOW)

    assert Seat.objects.filter(registration__engagement=engagement).count() == 6


def test_only_a_district_of_the_cohort_registers(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)
    applying = make_engagement(event.scope.cohort, name="Hopeful County", state="applying")

    with pytest.raises(NotAllowed, match="Only districts of the cohort"):
        register(event, applying, people=[fellow_of(applying)], by=None, now=NOW)


@pytest.mark.requirement("RELN-08")
def test_each_half_day_that_somebody_attends_is_delivered_once(two_networks: TwoNetworks) -> None:
    event, desk = make_event(two_networks.ours), two_networks.our_director

    for position in (1, 2, 3, 4):
        tap = new_tap()
        tap_in(event, position, by=desk, tap=tap)
        tap_in(event, position, by=desk, tap=tap)

    event.refresh_from_db()
    marks = Attendance.objects.filter(occasion__block__event=event)
    assert (marks.count(), marks.filter(status=Mark.PRESENT).count()) == (4, 4)
    assert half_days_of(event) == (4, 0, 16)
    assert event.state == EventState.HAPPENED
    assert set(event.blocks.values_list("occasion__state", flat=True)) == {OccasionState.HELD}


def test_an_undo_takes_the_half_day_back_and_here_again_books_it_anew(
    two_networks: TwoNetworks,
) -> None:
    event, desk = make_event(two_networks.ours), two_networks.our_director

    tap_in(event, 1, by=desk)
    undone = tap_in(event, 1, Mark.ABSENT, by=desk, after=2 * MINUTE)
    after_undo = (undone.status, undone.entry, half_days_of(event))
    again = tap_in(event, 1, by=desk, after=3 * MINUTE)

    assert after_undo == (Mark.ABSENT, None, (0, 4, 20))
    assert half_days_of(event) == (1, 3, 19)
    assert again.entry is not None
    assert Entry.objects.filter(kind=EntryKind.REVERSED).count() == 1
    assert AttendanceHistory.objects.count() == 2


def test_two_stale_phones_deliver_once(two_networks: TwoNetworks) -> None:
    event, desk = make_event(two_networks.ours), two_networks.our_director
    first, second = new_tap(), new_tap()

    tap_in(event, 1, by=desk, tap=second, after=5 * MINUTE)
    tap_in(event, 1, Mark.ABSENT, by=desk, tap=first, after=MINUTE)

    mark = Attendance.objects.get()
    assert (mark.status, mark.tap) == (Mark.PRESENT, second)
    assert [lost.tap for lost in AttendanceHistory.objects.all()] == [first]
    assert half_days_of(event) == (1, 3, 19)


def test_who_said_no_and_comes_is_credited_all_the_same(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)
    seat = seat_of_fellow(event)
    confirm_seat(seat, coming="no", by=seat.person, now=NOW)

    tap_in(event, 1)

    assert half_days_of(event) == (1, 0, 19)


def test_check_in_is_for_staff_on_the_day_and_for_who_has_a_seat(
    two_networks: TwoNetworks,
) -> None:
    event = make_event(two_networks.ours)
    block = event.blocks.select_related("event__scope", "occasion__scope").get(position=1)
    seat, stranger = seat_of_fellow(event), make_person(two_networks.ours)
    desk, nine = two_networks.our_director, morning_of(event)
    here: dict[str, Any] = {"status": Mark.PRESENT, "tap": new_tap()}

    with pytest.raises(NotAllowed, match="Only the host's staff"):
        check_in(block, seat.person, by=seat.person, now=nine, **here)
    with pytest.raises(NotAllowed, match="Check-in opens on"):
        check_in(block, seat.person, by=desk, now=NOW, **here)
    with pytest.raises(BadInput, match="not on the list"):
        check_in(block, stranger, by=desk, now=nine, **here)
    assert not Attendance.objects.exists()


@pytest.mark.requirement("RELN-08")
def test_closing_marks_who_was_expected_and_missing_and_frees_her_days(
    two_networks: TwoNetworks,
) -> None:
    event, desk = make_event(two_networks.ours), two_networks.our_director
    for position in (1, 2):
        tap_in(event, position, by=desk)
    over = morning_of(event, 4) + timedelta(hours=4)

    with pytest.raises(WrongState, match="not over yet"):
        close_event(event, by=desk, now=morning_of(event, 4))
    close_event(event, by=desk, now=over)

    marks = Attendance.objects.order_by("occasion__starts_at").values_list("status", flat=True)
    assert list(marks) == [Mark.PRESENT, Mark.PRESENT, Mark.ABSENT, Mark.ABSENT]
    assert half_days_of(event) == (2, 0, 18)
    with pytest.raises(WrongState):
        close_event(event, by=desk, now=over)
    with pytest.raises(NotAllowed, match="not yet closed"):
        tap_in(event, 3, by=desk)


def test_only_staff_close(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)

    with pytest.raises(NotAllowed):
        close_event(event, by=seat_of_fellow(event).person, now=NOW)
    with pytest.raises(WrongState, match="Check people in first"):
        close_event(event, by=None, now=datetime(2028, 1, 1, tzinfo=UTC))


def test_a_leaders_seat_goes_to_who_follows_her(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)
    seat = seat_of_fellow(event)
    engagement, successor = seat.registration.engagement, make_person(two_networks.ours)
    assert engagement is not None
    confirm_seat(seat, coming="yes", by=seat.person, now=NOW)
    leaving = seat.person

    succession = succeed(
        engagement, leaving=leaving, taking_over=successor, role=Role.FELLOW, by=None, now=NOW
    )
    hand_over(succession, None, NOW)
    for _time in range(2):
        follow_succession(succession, None, NOW)

    seat.refresh_from_db()
    move = SeatMove.objects.get()
    assert (seat.person, seat.state) == (successor, SeatState.HELD)
    assert (move.from_person, move.to_person) == (leaving, successor)
    assert set(Invitation.objects.values_list("person", flat=True)) == {successor.pk}
    assert half_days_of(event) == (0, 4, 20)


def test_who_leaves_a_team_gives_up_her_seat(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours, members=5)
    team = Seat.objects.filter(part=SeatPart.MEMBER).first()
    assert team is not None and team.registration.engagement is not None
    membership = team.registration.engagement.teams.get().memberships.order_by("pk")[0]
    membership.state = "left"
    membership.to_on = NOW.date()
    membership.save()

    follow_leaver(membership, None, NOW)

    assert Seat.objects.get(person=membership.person).state == SeatState.RELEASED
    assert Event.objects.get(pk=event.pk).seats_taken == 5


def test_team_members_have_no_days_in_the_ledger(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)
    engagement = seat_of_fellow(event).registration.engagement
    assert engagement is not None
    make_team(engagement, members=5)
    expect_newcomers(engagement, None, NOW)

    member = Seat.objects.filter(part=SeatPart.MEMBER).first()

    assert member is not None
    assert not member.half_days.filter(scheduled_entry__isnull=False).exists()
