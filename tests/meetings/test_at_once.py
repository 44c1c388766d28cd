"""A team's meeting while several people write on its page at the same moment."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

import pytest

from tests.factories.people import NOW
from tests.factories.threads import at_once
from tests.meetings.test_meeting_page import EVENING
from tests.meetings.test_team_meetings import lead_of, lern_team, meetings, planned
from throughline.audit.models import AuditEvent
from throughline.core.errors import WrongState
from throughline.meetings.actions import move_occasion, skip_occasion
from throughline.meetings.actions.close_meeting import Was, close_meeting
from throughline.meetings.actions.minute import put_on_agenda
from throughline.meetings.models import AgendaItem, Attendance, Occasion
from throughline.meetings.queries import people_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_nothing_is_lost_and_no_turn_is_moved_skipped_or_closed_twice() -> None:
    team = lern_team()
    planned(team)
    first, second, third, *_rest = meetings()
    AgendaItem.objects.filter(occasion=first).delete()

    at_once(
        [
            partial(put_on_agenda, tab(first), words=f"No. {one}", by=None, now=NOW)
            for one in range(6)
        ]
    )
    moved = at_once(
        [
            partial(
                move_occasion, tab(second), day=second.day.replace(day=one),
                starts_local=second.starts_local, seen=0, by=None, now=NOW,
            )
            for one in (20, 21, 22)
        ]
    )  # fmt: skip
    skipped = at_once(
        [partial(skip_occasion, tab(third), because="Exams.", by=None, now=NOW) for _ in range(3)]
    )
    once, lead = uuid4(), lead_of(team)
    marks = [Was(one, "present") for one in people_of(team)]
    at_once(
        [
            partial(
                close_meeting, tab(first), minutes=60, marks=marks, decision_maker_present=True,
                by=lead, now=EVENING, once=once,
            )
            for _ in range(3)
        ]
    )  # fmt: skip

    agenda = AgendaItem.objects.filter(occasion=first)
    assert sorted(agenda.values_list("position", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert {one.words for one in agenda} == {f"No. {one}" for one in range(6)}
    assert [sum(isinstance(one, WrongState) for one in all_) for all_ in (moved, skipped)] == [2, 2]
    assert AuditEvent.objects.filter(key=first.ref, verb="held").count() == 1
    assert Attendance.objects.filter(occasion=first).count() == len(marks)


def tab(meeting: Occasion) -> Occasion:
    return Occasion.objects.select_related("scope").get(pk=meeting.pk)
