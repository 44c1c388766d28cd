from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from tests.conftest import TwoNetworks
from tests.factories.convenings import (
    PLACE,
    make_district_with_team,
    make_event,
    make_events,
    seat_of_fellow,
)
from tests.factories.counting import queries_of
from tests.factories.meetings import new_tap
from tests.factories.people import NOW, make_person
from tests.factories.programs import make_cohort
from tests.factories.teams import make_team
from throughline.convenings.actions import expect_newcomers, place_event
from throughline.convenings.enums import EventState, SeatState
from throughline.convenings.models import Event, Seat
from throughline.convenings.queries import todo_items
from throughline.core import clock
from throughline.meetings.enums import Mark
from throughline.meetings.models import Attendance
from throughline.people.actions import delegate
from throughline.people.enums import Role, Verb
from throughline.people.models import Person

SignIn = Callable[[Person | None], Client]


def test_a_fellow_reads_dates_place_and_agenda_and_answers(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    event = make_event(two_networks.ours)
    seat = seat_of_fellow(event)
    client = as_person(seat.person)

    listed, shown = client.get("/convenings/"), client.get(f"/convenings/{event.ref}/")
    sent = client.post(f"/convenings/seats/{seat.ref}/answer/", {f"seat-{seat.ref}-coming": "yes"})

    text = shown.content.decode()
    assert f"/convenings/{event.ref}/" in listed.content.decode()
    for words in (
        "Engaging families and community",
        PLACE,
        "Protected time to reflect",
        "9:00–9:30 am ET",
    ):
        assert words in text
    assert sent.status_code == 302
    assert Seat.objects.get().state == SeatState.CONFIRMED


def test_an_answer_that_is_missing_is_asked_for_beside_the_field(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    seat = seat_of_fellow(make_event(two_networks.ours))

    response = as_person(seat.person).post(f"/convenings/seats/{seat.ref}/answer/", {})

    assert response.status_code == 422
    assert "Choose one of the answers." in response.content.decode()


def test_an_assistant_sees_the_answer_form_of_whom_she_answers_for(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    event = make_event(two_networks.ours)
    seat, assistant = seat_of_fellow(event), make_person(two_networks.ours)
    engagement = seat.registration.engagement
    assert engagement is not None
    delegate(seat.person, assistant, engagement.scope, [Verb.REPLY], by=seat.person, now=NOW)

    page = as_person(assistant).get(f"/convenings/{event.ref}/").content.decode()
    sent = as_person(assistant).post(
        f"/convenings/seats/{seat.ref}/answer/", {f"seat-{seat.ref}-coming": "no"}
    )

    assert f"Answer for {seat.person}" in page
    assert sent.status_code == 302
    assert Seat.objects.get().state == SeatState.RELEASED


def test_the_calendar_file_holds_each_half_day(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    event = make_event(two_networks.ours)

    response = as_person(seat_of_fellow(event).person).get(f"/convenings/{event.ref}.ics")

    found = Calendar.from_ical(response.content).walk("VEVENT")
    assert [(str(one["summary"]), str(one["location"])) for one in found] == (
        [(event.title, PLACE)] * 4
    )


@pytest.mark.parametrize("whose", ["stranger", "other network"])
def test_a_stranger_cannot_tell_that_an_event_exists(
    two_networks: TwoNetworks, as_person: SignIn, whose: str
) -> None:
    event = make_event(two_networks.ours)
    seat, block = seat_of_fellow(event), event.blocks.first()
    engagement = seat.registration.engagement
    assert block is not None and engagement is not None
    stranger = make_person(two_networks.ours)
    client = as_person(stranger if whose == "stranger" else two_networks.their_director)
    pages = [
        f"/convenings/{event.ref}/",
        f"/convenings/{event.ref}.ics",
        f"/convenings/{event.ref}/overview/",
        f"/convenings/{event.ref}/move/",
        f"/convenings/{event.ref}/cancel/",
        f"/convenings/{event.ref}/register/{engagement.ref}/",
        f"/convenings/half-days/{block.ref}/",
    ]
    posts = [
        f"/convenings/{event.ref}/publish/",
        f"/convenings/{event.ref}/close/",
        f"/convenings/seats/{seat.ref}/answer/",
    ]

    assert [client.get(url).status_code for url in pages] == [404] * len(pages)
    assert [client.post(url).status_code for url in posts] == [404] * len(posts)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.COMMITTEE, Role.FUNDER, Role.ANALYST])
def test_who_judges_or_pays_for_a_cohort_does_not_find_its_events(
    two_networks: TwoNetworks, as_person: SignIn, role: Role
) -> None:
    event = make_event(two_networks.ours)
    block = event.blocks.select_related("occasion").first()
    assert block is not None
    client = as_person(make_person(two_networks.ours, role=role, scope=event.scope))
    pages = [
        f"/convenings/{event.ref}/",
        f"/convenings/{event.ref}.ics",
        f"/meetings/{block.occasion.ref}.ics",
    ]

    assert [client.get(url).status_code for url in pages] == [404] * 3
    assert str(event.title) not in client.get("/convenings/").content.decode()


@pytest.mark.parametrize("role", [Role.COACH, Role.MEMBER])
def test_who_may_not_book_for_a_district_does_not_find_its_booking_page(
    two_networks: TwoNetworks, as_person: SignIn, role: Role
) -> None:
    event = make_event(two_networks.ours)
    engagement = seat_of_fellow(event).registration.engagement
    assert engagement is not None
    person = make_person(two_networks.ours, role=role, scope=engagement.scope)
    client, url = as_person(person), f"/convenings/{event.ref}/register/{engagement.ref}/"

    assert client.get(f"/convenings/{event.ref}/").status_code == 200
    assert client.get(url).status_code == 404
    assert client.post(url, {"people": [person.ref]}).status_code == 404


def test_a_fellow_does_not_open_the_pages_of_the_staff(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    event = make_event(two_networks.ours)
    block = event.blocks.first()
    assert block is not None
    client = as_person(seat_of_fellow(event).person)

    assert client.get(f"/convenings/{event.ref}/overview/").status_code == 404
    assert client.get(f"/convenings/half-days/{block.ref}/").status_code == 404


def test_staff_place_publish_move_and_cancel(two_networks: TwoNetworks, as_person: SignIn) -> None:
    cohort = make_cohort(two_networks.ours)
    event = make_events(cohort)[2]
    make_district_with_team(cohort, members=0)
    client, base = as_person(two_networks.our_director), f"/convenings/{event.ref}"

    refused = client.post(f"{base}/publish/", {"theme": "Listening", "publish": "1"})
    saved = client.post(f"{base}/publish/", {"theme": "Listening", "place_words": PLACE})
    client.post(f"{base}/publish/", {"theme": "Listening", "place_words": PLACE, "publish": "1"})
    moved = client.post(f"{base}/move/", {"first_day": "2027-03-18"})
    too_early = client.post(f"{base}/move/", {"first_day": "2026-03-18"})
    canceled = client.post(f"{base}/cancel/", {"because": "A storm."})

    assert refused.status_code == 422
    assert "Listening" in refused.content.decode()
    assert [one.status_code for one in (saved, moved, too_early, canceled)] == [302, 302, 422, 302]
    event.refresh_from_db()
    assert (event.theme, event.state, event.sequence) == ("Listening", EventState.CANCELLED, 2)


def test_the_overview_counts_replies_and_lists_who_comes(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    event = make_event(two_networks.ours, districts=2)

    page = as_person(two_networks.our_director).get(f"/convenings/{event.ref}/overview/")

    text = page.content.decode()
    assert "No reply" in text
    assert all(str(seat.person) in text for seat in Seat.objects.select_related("person"))


def test_one_tap_is_one_post_and_can_be_undone(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    event = make_event(two_networks.ours)
    seat = seat_of_fellow(event)
    block = event.blocks.select_related("occasion").get(position=1)
    client, url = as_person(two_networks.our_director), f"/convenings/half-days/{block.ref}/"
    here = {"seat": seat.ref, "status": Mark.PRESENT, "tap": str(new_tap())}
    undo = {"seat": seat.ref, "status": Mark.ABSENT, "tap": str(new_tap())}

    too_early = client.post(url, here)
    with clock.at(block.occasion.starts_at):
        client.post(url, here)
        client.post(url, here)
        page = client.get(url).content.decode()
    with clock.at(block.occasion.starts_at + timedelta(minutes=1)):
        client.post(url, undo)
        after = client.get(url).content.decode()

    assert too_early.status_code == 302
    assert ("1 of 1 are here" in page, "Undo" in page) == (True, True)
    assert ("0 of 1 are here" in after, "Undo" in after) == (True, False)
    assert Attendance.objects.get().history.count() == 1
    assert client.post(url, here | {"tap": "?"}).status_code == 404


def test_the_leader_adds_people_of_her_team(two_networks: TwoNetworks, as_person: SignIn) -> None:
    event = make_event(two_networks.ours)
    seat = seat_of_fellow(event)
    engagement = seat.registration.engagement
    assert engagement is not None

    Event.objects.filter(pk=event.pk).update(capacity=1)
    team = make_team(engagement, members=5)
    Event.objects.filter(pk=event.pk).update(capacity=10)
    member = team.memberships.select_related("person").first()
    assert member is not None and member.person is not None
    url = f"/convenings/{event.ref}/register/{engagement.ref}/"
    client = as_person(seat.person)

    empty = client.post(url, {"nobody": "chosen"})
    sent = client.post(url, {"people": [member.person.ref]})

    assert (empty.status_code, sent.status_code) == (422, 302)
    assert Seat.objects.filter(person=member.person).exists()


def test_pages_take_the_same_queries_however_many_come(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    event = make_event(two_networks.ours)
    block, fellow = event.blocks.first(), seat_of_fellow(event).person
    assert block is not None
    staff, participant = as_person(two_networks.our_director), as_person(fellow)

    def counts() -> list[int]:
        return [
            queries_of(staff, "/convenings/"),
            queries_of(staff, f"/convenings/{event.ref}/overview/"),
            queries_of(staff, f"/convenings/half-days/{block.ref}/"),
            queries_of(participant, f"/convenings/{event.ref}/"),
        ]

    few = counts()
    for number in range(3):
        expect_newcomers(
            make_district_with_team(event.scope.cohort, name=f"Late {number}", members=0), None, NOW
        )

    assert counts() == few


def test_what_is_owed_is_an_answer_and_a_place(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)
    seat = seat_of_fellow(event)
    assert event.first_day is not None
    near = clock.now() + (event.first_day - NOW.date()) - timedelta(days=30)

    [answer] = todo_items(seat.person, now=near)
    owed_by_staff = todo_items(two_networks.our_director, now=near)

    assert (answer.title, answer.minutes, answer.due_on, answer.href) == (
        f"Say whether you come: {event.title}",
        1,
        event.first_day - timedelta(days=14),
        f"/convenings/{event.ref}/",
    )
    drafts = Event.objects.filter(state=EventState.DRAFT, first_day__lte=near.date())
    assert {one.title for one in owed_by_staff} >= {
        f"Find a place for {draft.title}" for draft in drafts
    }
    for draft in Event.objects.filter(state=EventState.DRAFT):
        place_event(draft, place_words=PLACE, by=None, now=NOW)


def test_staff_read_the_answers_by_district_and_who_has_not_said(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    event = make_event(two_networks.ours, districts=2)
    seat = seat_of_fellow(event)
    as_person(seat.person).post(
        f"/convenings/seats/{seat.ref}/answer/", {f"seat-{seat.ref}-coming": "yes"}
    )
    silent = Seat.objects.exclude(pk=seat.pk).select_related("person").get()

    page = as_person(two_networks.our_director).get(f"/convenings/{event.ref}/overview/")

    text = " ".join(page.content.decode().split())
    replies = text[text.index("Replies by district") : text.index("The list of all 2 people")]
    assert "1 of 1" in replies and "0 of 1" in replies
    assert str(silent.person) in replies and str(seat.person) not in replies
    assert "asked for by" in text


def test_staff_of_two_cohorts_read_each_ones_dates_apart(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    first, second = (make_cohort(two_networks.ours, label=one) for one in ("Spring", "Fall"))
    for cohort in (first, second):
        make_events(cohort)

    page = as_person(two_networks.our_director).get("/convenings/").content.decode()

    assert "To come: Spring" in page and "To come: Fall" in page
