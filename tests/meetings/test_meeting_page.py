from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.counting import queries_of
from tests.factories.ledger import open_promises
from tests.factories.people import NOW, make_person, make_staff
from tests.meetings.test_team_meetings import lead_of, lern_team, meetings, member_of, planned
from throughline.audit.models import AuditEvent
from throughline.core import clock
from throughline.core.errors import BadInput, NotAllowed
from throughline.ledger.models import Entry
from throughline.meetings.actions import cancel_occasion, commit
from throughline.meetings.actions.close_meeting import Was, close_meeting
from throughline.meetings.actions.minute import decide, put_on_agenda, take_off_agenda
from throughline.meetings.models import (
    AgendaItem,
    Attendance,
    Commitment,
    MeetingDecision,
    Occasion,
)
from throughline.meetings.queries import people_of
from throughline.people.models import Person
from throughline.teams.models import Team

pytestmark = pytest.mark.django_db

SignIn = Callable[[Person | None], Client]
EVENING = datetime(2027, 1, 12, 22, tzinfo=ZoneInfo("America/New_York"))


@pytest.fixture
def team() -> Team:
    """A team that meets every month; the first time on January 12."""
    made = lern_team()
    planned(made)
    return made


def page_of(meeting: Occasion) -> str:
    return reverse("meetings:meeting", args=[meeting.ref])


def closing(team: Team, **changed: object) -> dict[str, object]:
    """The form of who was there: all of them for an hour."""
    everybody = {f"mark-{one.ref}": "present" for one in people_of(team)}
    return {**everybody, "minutes": 60, "decision_maker": "yes", "once": str(uuid4()), **changed}


def test_a_meeting_begins_with_the_agenda_of_the_program_and_members_change_it(
    team: Team, as_person: SignIn
) -> None:
    first, member = meetings()[0], member_of(team)
    client, once = as_person(member), str(uuid4())
    [opening, *_rest] = AgendaItem.objects.filter(occasion=first)

    for _ in range(2):
        client.post(
            page_of(first), {"act": "agenda", "words": "Buses", "item_minutes": 5, "once": once}
        )
    client.post(page_of(first), {"act": "off", "ref": opening.ref})
    silent = client.post(page_of(first), {"act": "agenda", "words": " "})

    words = AgendaItem.objects.filter(occasion=first).values_list("words", flat=True)
    assert list(words) == [
        "What we said we would do", "Next step of the challenge", "Who does what", "Buses",
    ]  # fmt: skip
    assert silent.status_code == 422
    assert "Buses" in client.get(page_of(first)).content.decode()


def test_what_was_agreed_follows_into_the_next_agenda_until_it_is_closed_there(
    team: Team, as_person: SignIn
) -> None:
    first, second, third, *_rest = meetings()
    client, owner = as_person(lead_of(team)), member_of(team)
    client.post(
        page_of(first),
        {
            "act": "promise",
            "promise": "Ask the drivers",
            "owner": owner.ref,
            "due_on": "2027-02-01",
        },
    )
    promised = Commitment.objects.get()

    before = client.get(page_of(second)).content.decode()
    client.post(page_of(second), {"act": "done", "ref": promised.ref})
    again = client.post(page_of(second), {"act": "done", "ref": promised.ref}, follow=True)

    promised.refresh_from_db()
    assert (promised.owner, promised.occasion, promised.state) == (owner, first, "done")
    assert "Still open from before" in before
    assert "Ask the drivers" in before
    assert "This is closed already." in again.content.decode()
    assert "Ask the drivers" not in client.get(page_of(third)).content.decode()


def test_a_decision_says_how_it_was_made_and_is_written_once(team: Team, as_person: SignIn) -> None:
    first, client, once = meetings()[0], as_person(member_of(team)), str(uuid4())
    sent = {"act": "decision", "decision": "We go on", "decided_how": "consensus", "once": once}

    for _ in range(2):
        client.post(page_of(first), sent)

    assert list(MeetingDecision.objects.values_list("words", "decided_how")) == [
        ("We go on", "consensus")
    ]
    assert "All agreed" in client.get(page_of(first)).content.decode()


def test_staff_plan_and_close_without_reading_what_a_team_wrote(
    team: Team, as_person: SignIn
) -> None:
    first, staff = meetings()[0], make_staff(team.network)
    put_on_agenda(first, words="SENTINEL agenda", by=lead_of(team), now=NOW)
    decide(first, words="SENTINEL said", decided_how="vote", by=member_of(team), now=NOW)

    page = as_person(staff).get(page_of(first))

    assert page.status_code == 200
    assert "SENTINEL" not in page.content.decode()
    assert as_person(make_person(team.network)).get(page_of(first)).status_code == 404
    for act in (
        lambda: put_on_agenda(first, words="Ours", by=staff, now=NOW),
        lambda: decide(first, words="Ours", decided_how="vote", by=staff, now=NOW),
        lambda: take_off_agenda(first.agenda.all()[0], by=staff, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_closing_marks_everybody_in_one_form_and_draws_on_the_promise(
    team: Team, as_person: SignIn
) -> None:
    open_promises(team.engagement)
    first, client = meetings()[0], as_person(lead_of(team))
    late, away = people_of(team)[1:3]
    sent = closing(team) | {
        f"mark-{late.ref}": "partial", f"minutes-{late.ref}": 20, f"mark-{away.ref}": "excused",
    }  # fmt: skip
    url = reverse("meetings:close", args=[first.ref])

    with clock.at(EVENING):
        answers = [client.post(url, sent).status_code for _ in range(2)]
        shown = client.get(page_of(first)).content.decode()

    first.refresh_from_db()
    marks = {one.person_id: (one.status, one.minutes) for one in Attendance.objects.all()}
    assert answers == [302, 302]
    assert (first.state, first.minutes, first.decision_maker_present) == ("held", 60, True)
    assert (marks[late.pk], marks[away.pk]) == (("partial", 20), ("excused", 0))
    assert len(marks) == len(people_of(team))
    assert "Somebody was there who can decide for the district." in shown
    assert AuditEvent.objects.filter(key=first.ref, verb="held").count() == 1
    drawn = Entry.objects.filter(kind="delivered").values_list(
        "entitlement__promise__key", "quantity", "delivered_occasion"
    )
    assert list(drawn) == [("strategy-sessions", 1, first.pk)]


def test_who_is_not_marked_and_minutes_that_are_missing_are_asked_for_and_nothing_is_lost(
    team: Team, as_person: SignIn
) -> None:
    first, client = meetings()[0], as_person(lead_of(team))
    someone, other = people_of(team)[:2]
    sent = closing(team) | {
        f"mark-{someone.ref}": "",
        f"mark-{other.ref}": "partial",
        "minutes": 55,
    }

    with clock.at(EVENING):
        answer = client.post(reverse("meetings:close", args=[first.ref]), sent)

    said = answer.content.decode()
    assert answer.status_code == 422
    assert f"Say whether {someone} was there." in said
    assert "Say how many minutes." in said
    assert 'value="55"' in said
    assert not Attendance.objects.exists()


def test_what_has_not_begun_is_not_closed_and_nobody_stays_longer_than_the_meeting(
    team: Team,
) -> None:
    first, member = meetings()[0], member_of(team)

    with pytest.raises(BadInput, match="once it has begun"):
        close_meeting(first, minutes=60, marks=[], decision_maker_present=True, by=None, now=NOW)
    with pytest.raises(BadInput) as refused:
        close_meeting(
            first, minutes=60, marks=[Was(member, "partial", 90)], decision_maker_present=True,
            by=None, now=EVENING,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        close_meeting(
            first, minutes=60, marks=[], decision_maker_present=True, by=member, now=EVENING
        )

    assert refused.value.field == f"minutes-{member.ref}"


def test_a_meeting_that_is_called_off_takes_no_words(team: Team, as_person: SignIn) -> None:
    first, client = meetings()[0], as_person(lead_of(team))
    cancel_occasion(first, because="Snow.", by=None, now=NOW)

    answer = client.post(page_of(first), {"act": "agenda", "words": "Buses"})

    assert answer.status_code == 422
    assert "This meeting was called off." in answer.content.decode()


def test_the_page_takes_the_same_queries_however_much_stands_on_it(
    team: Team, as_person: SignIn
) -> None:
    first, second, *_rest = meetings()
    lead = lead_of(team)
    client, counts = as_person(lead), []

    for number in range(3):
        put_on_agenda(second, words=f"Topic {number}", by=lead, now=NOW)
        decide(second, words=f"Said {number}", decided_how="vote", by=lead, now=NOW)
        for at in (first, second):
            commit(
                team.scope, words=f"Do {number}", owner=member_of(team), due_on=date(2027, 3, 1),
                occasion=at, by=lead, now=NOW,
            )  # fmt: skip
        client.get(page_of(second))
        counts.append(queries_of(client, page_of(second)))

    assert counts == counts[:1] * 3
    assert counts[0] <= 24
