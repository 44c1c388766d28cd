from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from tests.factories.counting import queries_of
from tests.factories.people import NOW, make_person, make_staff
from tests.factories.programs import blueprint_text, fellow_of, make_cohort, make_engagement
from tests.factories.teams import make_team
from throughline.audit.models import AuditEvent
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.meetings.actions import (
    cancel_occasion,
    hold_occasion,
    make_feed,
    move_occasion,
    skip_occasion,
)
from throughline.meetings.actions.plan_meetings import plan_meeting, plan_series
from throughline.meetings.models import MeetingSeries, Occasion
from throughline.meetings.turns import proposal_for, turns
from throughline.people.actions import delegate
from throughline.people.enums import Verb
from throughline.people.models import Person
from throughline.teams.models import Team

pytestmark = pytest.mark.django_db

SignIn = Callable[[Person | None], Client]
ONCE = "1d7f9e0a-3f55-4a5e-9c7b-0d1e2f3a4b5c"


def lern_team() -> Team:
    """A team whose program asks for 60 to 90 minutes a month, not in July."""
    return make_team(make_engagement(make_cohort(source=blueprint_text("lern"))))


def lead_of(team: Team) -> Person:
    return fellow_of(team.engagement)


def member_of(team: Team) -> Person:
    person = team.memberships.order_by("pk")[0].person
    assert person is not None
    return person


def planned(team: Team, **changed: Any) -> MeetingSeries:
    """A series from January to August, on the second Tuesday at half past three."""
    given: dict[str, Any] = {
        "rule": "2nd Tuesday", "starts_local": time(15, 30), "zone": "America/New_York",
        "minutes": 60, "starts_on": date(2027, 1, 1), "ends_on": date(2027, 8, 31), "skips": [7],
        "by": lead_of(team), "now": NOW,
    }  # fmt: skip
    return plan_series(team, **given | changed)


def meetings() -> QuerySet[Occasion]:
    """What the team meets for; a cohort has half-days too."""
    return Occasion.objects.filter(kind="team_meeting").order_by("starts_at")


def sent(**changed: object) -> dict[str, object]:
    """The form of a series, filled in."""
    return {
        "nth": "2nd", "weekday": "Tuesday", "starts_local": "15:30", "minutes": 75,
        "zone": "America/New_York", "starts_on": "2027-01-01", "ends_on": "2027-08-31",
        "skips": ["7"], "once": ONCE,
    } | changed  # fmt: skip


def test_turns_fall_on_their_weekday_and_leave_months_out() -> None:
    found = turns("last Friday", starts_on=date(2027, 1, 30), ends_on=date(2027, 4, 30), skips=[3])

    assert found == [(202702, date(2027, 2, 26)), (202704, date(2027, 4, 30))]


@pytest.mark.requirement("LERN-33")
def test_the_program_proposes_the_series_and_another_length_needs_a_reason(
    as_person: SignIn,
) -> None:
    team = lern_team()
    client, url = as_person(lead_of(team)), reverse("meetings:series", args=[team.ref])

    page = client.get(url).content.decode()
    short = client.post(url, sent(minutes=45))
    said_why = client.post(url, sent(minutes=45, beyond_because="Buses leave at half past four."))

    assert "the program asks for 60 to 90 minutes each" in page
    assert all(f'<option value="{one}" selected>' in page for one in ("2nd", "Tuesday"))
    assert (short.status_code, said_why.status_code) == (422, 302)
    assert "The program asks for 60 to 90 minutes." in short.content.decode()
    series = MeetingSeries.objects.get()
    assert (series.key, series.minutes, series.minutes_min, series.minutes_max) == (
        "strategy", 45, 60, 90,
    )  # fmt: skip
    assert series.beyond_because == "Buses leave at half past four."


def test_a_program_without_such_meetings_proposes_nothing_and_takes_any_length() -> None:
    team = make_team()

    meeting = plan_meeting(
        team, day=date(2027, 1, 12), starts_local=time(9), zone="America/Chicago", minutes=20,
        by=None, now=NOW,
    )  # fmt: skip

    assert proposal_for(team).most is None
    assert meeting.minutes == 20


def test_a_month_is_left_out_and_a_form_that_is_sent_twice_plans_once(as_person: SignIn) -> None:
    team = lern_team()
    client, url = as_person(lead_of(team)), reverse("meetings:series", args=[team.ref])

    answers = [client.post(url, sent()).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert list(meetings().values_list("occurrence", flat=True)) == [
        202701, 202702, 202703, 202704, 202705, 202706, 202708,
    ]  # fmt: skip


def test_a_client_reads_a_series_over_the_change_of_clocks_with_what_is_off_and_moved(
    as_person: SignIn,
) -> None:
    team = lern_team()
    planned(team)
    january, february, march, april, *_rest = meetings()
    lead = lead_of(team)
    skip_occasion(january, because="Exams.", by=lead, now=NOW)
    cancel_occasion(february, because="Snow.", by=lead, now=NOW)
    move_occasion(april, day=date(2027, 4, 20), starts_local=time(16), by=lead, now=NOW)

    for person in (member_of(team), lead):
        code = make_feed(person, by=person, now=NOW)
        body = Client().get(f"/meetings/feed/{code}.ics").content
        found = {
            str(one["uid"]): (
                one["dtstart"].dt,
                int(str(one["sequence"])),
                str(one.get("status", "")),
            )
            for one in Calendar.from_ical(body).walk("VEVENT")
        }
        new_york = ZoneInfo("America/New_York")
        assert [found[f"{one.ref}@throughline"] for one in (january, february, march, april)] == [
            (datetime(2027, 1, 12, 15, 30, tzinfo=new_york), 1, "CANCELLED"),
            (datetime(2027, 2, 9, 15, 30, tzinfo=new_york), 1, "CANCELLED"),
            (datetime(2027, 3, 9, 15, 30, tzinfo=new_york), 0, ""),
            (datetime(2027, 4, 20, 16, 0, tzinfo=new_york), 1, ""),
        ]
        assert b"Exams" not in body
        offsets = [found[f"{one.ref}@throughline"][0].utcoffset() for one in (march, april)]
        assert offsets == [timedelta(hours=-5), timedelta(hours=-4)]


def test_members_see_and_only_leaders_assistants_and_staff_plan(as_person: SignIn) -> None:
    team = lern_team()
    planned(team)
    [first, *_rest] = meetings()
    assistant, stranger = (make_person(team.network) for _ in range(2))
    lead = lead_of(team)
    delegate(lead, assistant, team.engagement.scope, [Verb.EDIT_ROSTER], by=lead, now=NOW)
    people = [lead, assistant, make_staff(team.network), member_of(team), stranger]
    pages = [
        reverse("meetings:team", args=[team.ref]),
        *(reverse(f"meetings:{name}", args=[team.ref]) for name in ("plan", "series")),
        *(reverse(f"meetings:{name}", args=[first.ref]) for name in ("move", "off")),
    ]

    answers = [[as_person(one).get(url).status_code for url in pages] for one in people]

    assert answers == [[200] * 5] * 3 + [[200, 404, 404, 404, 404], [404] * 5]
    assert "Tue, Jan 12" in as_person(member_of(team)).get(pages[0]).content.decode()


def test_what_an_assistant_plans_and_moves_is_written_down_for_her_leader(
    as_person: SignIn,
) -> None:
    team = lern_team()
    lead, assistant = lead_of(team), make_person(team.network)
    delegate(lead, assistant, team.engagement.scope, [Verb.EDIT_ROSTER], by=lead, now=NOW)
    client = as_person(assistant)
    client.post(
        reverse("meetings:plan", args=[team.ref]),
        {"day": "2027-01-12", "starts_local": "15:30", "minutes": 60, "zone": "America/New_York"},
    )
    meeting = meetings().get()
    url = reverse("meetings:move", args=[meeting.ref])

    moved = client.post(url, {"day": "2027-01-13", "starts_local": "15:30", "seen": 0})
    stale = client.post(url, {"day": "2027-01-14", "starts_local": "15:30", "seen": 0})

    assert (moved.status_code, stale.status_code) == (302, 422)
    assert "somebody changed it meanwhile" in stale.content.decode()
    meeting.refresh_from_db()
    assert (meeting.day, meeting.sequence) == (date(2027, 1, 13), 1)
    events = AuditEvent.objects.filter(key=meeting.ref).order_by("pk")
    assert list(events.values_list("verb", "by", "on_behalf_of")) == [
        (verb, assistant.pk, lead.pk) for verb in ("planned", "moved")
    ]


def test_a_turn_is_skipped_with_a_reason_and_once(as_person: SignIn) -> None:
    team = lern_team()
    planned(team)
    [first, *_rest] = meetings()
    client, url = as_person(lead_of(team)), reverse("meetings:off", args=[first.ref])

    silent = client.post(url, {"becomes": "skipped", "because": ""})
    skipped = client.post(url, {"becomes": "skipped", "because": "Exams."})
    again = client.post(url, {"becomes": "skipped", "because": "Exams."})

    assert [one.status_code for one in (silent, skipped, again)] == [422, 302, 422]
    first.refresh_from_db()
    assert (first.state, first.because) == ("skipped", "Exams.")
    assert "Exams." in client.get(reverse("meetings:team", args=[team.ref])).content.decode()


def test_what_is_no_turn_of_a_series_is_canceled_and_cannot_be_skipped() -> None:
    team = make_team()
    meeting = plan_meeting(
        team, day=date(2027, 1, 12), starts_local=time(9), zone="America/Chicago", minutes=60,
        by=None, now=NOW,
    )  # fmt: skip

    with pytest.raises(WrongState):
        skip_occasion(meeting, because="Exams.", by=None, now=NOW)
    cancel_occasion(meeting, because="Exams.", by=lead_of(team), now=NOW)

    assert meeting.state == "cancelled"


def test_a_member_plans_moves_skips_and_closes_nothing() -> None:
    team = lern_team()
    planned(team)
    first, member = meetings()[0], member_of(team)

    with pytest.raises(NotAllowed):
        planned(team, by=member)
    with pytest.raises(NotAllowed):
        move_occasion(first, day=first.day, starts_local=time(8), by=member, now=NOW)
    with pytest.raises(NotAllowed):
        skip_occasion(first, because="No.", by=member, now=NOW)
    with pytest.raises(NotAllowed):
        hold_occasion(first, by=member, now=NOW)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ends_on": date(2027, 1, 3)}, "ends_on"),
        ({"ends_on": date(2036, 1, 3)}, "ends_on"),
        ({"minutes": 0}, "minutes"),
        ({"zone": "Mars/Olympus"}, "zone"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    changed: dict[str, object], field: str
) -> None:
    team = lern_team()

    with pytest.raises(BadInput) as refused:
        planned(team, **changed)

    assert refused.value.field == field


def test_a_second_series_gets_a_key_of_its_own() -> None:
    team = lern_team()

    keys = [planned(team).key for _ in range(3)]

    assert keys == ["strategy", "strategy-2", "strategy-3"]


def test_the_database_keeps_one_occasion_for_each_turn() -> None:
    planned(lern_team())
    first, second, *_rest = meetings()

    with pytest.raises(IntegrityError), transaction.atomic():
        Occasion.objects.filter(pk=second.pk).update(occurrence=first.occurrence)


def test_the_list_takes_the_same_queries_however_long(as_person: SignIn) -> None:
    team = lern_team()
    client, url = as_person(lead_of(team)), reverse("meetings:team", args=[team.ref])
    counts = []

    for year in (2027, 2028):
        planned(team, starts_on=date(year, 1, 1), ends_on=date(year, 6, 30))
        client.get(url)
        counts.append(queries_of(client, url))

    assert counts[0] == counts[1] <= 16
