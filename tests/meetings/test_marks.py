from datetime import timedelta

import pytest
from django.db import Error, IntegrityError, transaction

from tests.conftest import TwoNetworks
from tests.factories.meetings import make_occasion, new_tap
from tests.factories.people import NOW, make_person, root_of
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.meetings.actions import cancel_occasion, mark_attendance
from throughline.meetings.enums import Mark
from throughline.meetings.models import Attendance, AttendanceHistory

MINUTE = timedelta(minutes=1)


def test_a_tap_that_arrives_twice_counts_once(two_networks: TwoNetworks) -> None:
    occasion, tap = make_occasion(root_of(two_networks.ours)), new_tap()
    person, desk = make_person(two_networks.ours), two_networks.our_director

    for moment in (NOW, NOW + MINUTE):
        mark_attendance(occasion, person, status=Mark.PRESENT, tap=tap, by=desk, now=moment)

    [mark] = Attendance.objects.all()
    assert (mark.status, mark.minutes, mark.marked_at) == (Mark.PRESENT, 60, NOW)
    assert AttendanceHistory.objects.count() == 0


@pytest.mark.parametrize("late_one_arrives_first", [False, True])
def test_of_two_stale_marks_the_later_stands_and_the_other_is_kept(
    two_networks: TwoNetworks, late_one_arrives_first: bool
) -> None:
    occasion, person = make_occasion(root_of(two_networks.ours)), make_person(two_networks.ours)
    desk = two_networks.our_director
    early = (Mark.ABSENT, new_tap(), NOW)
    late = (Mark.PRESENT, new_tap(), NOW + MINUTE)

    for status, tap, moment in [late, early] if late_one_arrives_first else [early, late]:
        mark_attendance(occasion, person, status=status, tap=tap, by=desk, now=moment)

    [mark] = Attendance.objects.all()
    [lost] = AttendanceHistory.objects.all()
    assert (mark.status, mark.tap, mark.marked_at) == late
    assert (lost.before, lost.tap, lost.at, lost.after) == (*early, Mark.PRESENT)


def test_a_mark_that_lost_stays_lost_when_its_tap_comes_again(two_networks: TwoNetworks) -> None:
    occasion, person = make_occasion(root_of(two_networks.ours)), make_person(two_networks.ours)
    first, second = new_tap(), new_tap()

    mark_attendance(occasion, person, status=Mark.PRESENT, tap=first, by=None, now=NOW)
    mark_attendance(occasion, person, status=Mark.ABSENT, tap=second, by=None, now=NOW + MINUTE)
    mark_attendance(occasion, person, status=Mark.PRESENT, tap=first, by=None, now=NOW)

    assert Attendance.objects.get().status == Mark.ABSENT
    assert AttendanceHistory.objects.count() == 1


def test_only_who_leads_or_staff_mark(two_networks: TwoNetworks) -> None:
    occasion, person = make_occasion(root_of(two_networks.ours)), make_person(two_networks.ours)

    with pytest.raises(NotAllowed):
        mark_attendance(occasion, person, status=Mark.PRESENT, tap=new_tap(), by=person, now=NOW)


def test_who_was_not_there_has_no_minutes(two_networks: TwoNetworks) -> None:
    occasion, person = make_occasion(root_of(two_networks.ours)), make_person(two_networks.ours)

    with pytest.raises(BadInput, match="Only those who were there"):
        mark_attendance(
            occasion, person, status=Mark.EXCUSED, minutes=30, tap=new_tap(), by=None, now=NOW
        )
    with pytest.raises(BadInput, match="Choose one of the marks"):
        mark_attendance(occasion, person, status="asleep", tap=new_tap(), by=None, now=NOW)


def test_nobody_is_marked_at_what_was_canceled(two_networks: TwoNetworks) -> None:
    occasion, person = make_occasion(root_of(two_networks.ours)), make_person(two_networks.ours)
    cancel_occasion(occasion, because="Snow.", by=None, now=NOW)

    with pytest.raises(WrongState):
        mark_attendance(occasion, person, status=Mark.PRESENT, tap=new_tap(), by=None, now=NOW)


def test_the_database_keeps_one_mark_per_person_and_occasion(two_networks: TwoNetworks) -> None:
    occasion, person = make_occasion(root_of(two_networks.ours)), make_person(two_networks.ours)
    mark = mark_attendance(occasion, person, status=Mark.PRESENT, tap=new_tap(), by=None, now=NOW)

    mark.pk, mark.tap = None, new_tap()
    with pytest.raises(IntegrityError), transaction.atomic():
        mark.save(force_insert=True)


def test_history_is_only_added_to(two_networks: TwoNetworks) -> None:
    occasion, person = make_occasion(root_of(two_networks.ours)), make_person(two_networks.ours)
    for status, moment in ((Mark.PRESENT, NOW), (Mark.ABSENT, NOW + MINUTE)):
        mark_attendance(occasion, person, status=status, tap=new_tap(), by=None, now=moment)

    with pytest.raises(Error, match="only added to"), transaction.atomic():
        AttendanceHistory.objects.update(after=Mark.EXCUSED)


def test_a_tap_of_another_mark_is_refused_in_words(two_networks: TwoNetworks) -> None:
    root = root_of(two_networks.ours)
    person, tap = make_person(two_networks.ours), new_tap()
    mark_attendance(make_occasion(root), person, status=Mark.PRESENT, tap=tap, by=None, now=NOW)

    with pytest.raises(BadInput, match="another mark"):
        mark_attendance(make_occasion(root), person, status=Mark.ABSENT, tap=tap, by=None, now=NOW)

    assert Attendance.objects.count() == 1
