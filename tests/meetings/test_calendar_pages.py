from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from tests.conftest import TwoNetworks
from tests.factories.counting import queries_of
from tests.factories.meetings import make_occasion
from tests.factories.people import NOW, make_person, root_of
from throughline.core import clock
from throughline.core.errors import NotAllowed
from throughline.meetings.actions import (
    cancel_occasion,
    commit,
    make_feed,
    move_occasion,
    revoke_feed,
)
from throughline.meetings.enums import OccasionKind
from throughline.meetings.models import Commitment, Feed, Reply
from throughline.people.models import Person

SignIn = Callable[[Person | None], Client]


def events(body: bytes) -> list[dict[str, Any]]:
    calendar: Any = Calendar.from_ical(body)
    return [
        {
            "uid": str(event["uid"]),
            "begins": event["dtstart"].dt,
            "ends": event["dtend"].dt,
            "summary": str(event["summary"]),
            "location": str(event.get("location", "")),
            "sequence": int(event["sequence"]),
            "status": str(event.get("status", "")),
        }
        for event in calendar.walk("VEVENT")
    ]


def test_one_occasion_is_read_back_from_its_file(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    person = make_person(two_networks.ours)
    occasion = make_occasion(
        root_of(two_networks.ours), kind=OccasionKind.BLOCK, place_words="Foundry Hall, Atlanta",
        minutes=210, invited=(person,),
    )  # fmt: skip
    move_occasion(occasion, day=date(2026, 12, 11), starts_local=time(9, 0), by=None, now=NOW)

    response = as_person(person).get(f"/meetings/{occasion.ref}.ics")

    [event] = events(response.content)
    zone = event["begins"].tzinfo
    assert str(zone) == "America/New_York"
    assert event == {
        "uid": f"{occasion.ref}@throughline",
        "begins": datetime(2026, 12, 11, 9, 0, tzinfo=zone),
        "ends": datetime(2026, 12, 11, 12, 30, tzinfo=zone),
        "summary": "Event",
        "location": "Foundry Hall, Atlanta",
        "sequence": 1,
        "status": "",
    }
    assert response["Content-Type"] == "text/calendar; charset=utf-8"


@pytest.mark.parametrize("whose", ["stranger", "other network"])
def test_a_stranger_cannot_tell_that_an_occasion_exists(
    two_networks: TwoNetworks, as_person: SignIn, whose: str
) -> None:
    occasion = make_occasion(root_of(two_networks.ours))
    stranger = make_person(two_networks.ours)
    client = as_person(stranger if whose == "stranger" else two_networks.their_director)

    assert client.get(f"/meetings/{occasion.ref}.ics").status_code == 404
    assert client.post(f"/meetings/{occasion.ref}/reply/", {"answer": "yes"}).status_code == 404


def test_a_feed_says_the_time_and_nothing_else(two_networks: TwoNetworks) -> None:
    root, person = root_of(two_networks.ours), make_person(two_networks.ours)
    coaching = make_occasion(
        root, kind=OccasionKind.COACHING, place_words="SENTINEL office", invited=(person,)
    )
    dropped = make_occasion(root, day=date(2026, 12, 8), invited=(person,))
    cancel_occasion(dropped, because="SENTINEL reason", by=None, now=NOW)
    make_occasion(root)

    code = make_feed(person, by=person, now=NOW)
    response = Client().get(f"/meetings/feed/{code}.ics")

    assert b"SENTINEL" not in response.content
    assert [(e["uid"], e["summary"], e["status"]) for e in events(response.content)] == [
        (f"{coaching.ref}@throughline", "Coaching", ""),
        (f"{dropped.ref}@throughline", "Team meeting", "CANCELLED"),
    ]


def test_canceled_occasions_leave_the_feed_after_thirty_days(two_networks: TwoNetworks) -> None:
    person = make_person(two_networks.ours)
    occasion = make_occasion(root_of(two_networks.ours), invited=(person,))
    cancel_occasion(occasion, because="Snow.", by=None, now=NOW)
    code = make_feed(person, by=person, now=NOW)

    with clock.at(datetime(2027, 1, 10, tzinfo=UTC)):
        response = Client().get(f"/meetings/feed/{code}.ics")

    assert events(response.content) == []


def test_a_new_feed_replaces_the_old_and_only_its_hmac_is_stored(
    two_networks: TwoNetworks,
) -> None:
    person = make_person(two_networks.ours)

    old, new = (make_feed(person, by=person, now=NOW) for _ in range(2))

    answers = [Client().get(f"/meetings/feed/{code}.ics").status_code for code in (old, new, "x")]
    assert answers == [404, 200, 404]
    assert not Feed.objects.filter(code_hmac__in=[old, new]).exists()
    assert revoke_feed(person, by=person, now=NOW)
    assert not revoke_feed(person, by=person, now=NOW)
    assert Client().get(f"/meetings/feed/{new}.ics").status_code == 404


def test_only_she_shares_her_calendar(two_networks: TwoNetworks) -> None:
    with pytest.raises(NotAllowed):
        make_feed(make_person(two_networks.ours), by=two_networks.our_director, now=NOW)


def test_the_calendar_page_answers_closes_and_makes_an_address(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    root, person = root_of(two_networks.ours), make_person(two_networks.ours)
    occasion = make_occasion(root, invited=(person,))
    promised = commit(root, words="Send it", owner=person, due_on=NOW.date(), by=None, now=NOW)
    client = as_person(person)

    page = client.get("/meetings/")
    client.post(f"/meetings/{occasion.ref}/reply/", {"answer": "no"})
    client.post(f"/meetings/commitments/{promised.ref}/done/")
    made = client.post("/meetings/feed/new/")

    assert (page.status_code, made.status_code) == (200, 200)
    assert "/meetings/feed/" in made.content.decode()
    assert list(Reply.objects.values_list("answer", flat=True)) == ["no"]
    assert list(Commitment.objects.values_list("state", flat=True)) == ["done"]
    assert client.post(f"/meetings/{occasion.ref}/reply/", {"answer": "?"}).status_code == 404
    assert client.post("/meetings/feed/end/").status_code == 302
    assert as_person(None).get("/meetings/").status_code == 302


def test_somebody_elses_commitment_cannot_be_found(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    owner = make_person(two_networks.ours)
    promised = commit(
        root_of(two_networks.ours), words="Send", owner=owner, due_on=NOW.date(), by=None, now=NOW
    )

    for person in (make_person(two_networks.ours), two_networks.their_director):
        url = f"/meetings/commitments/{promised.ref}/done/"
        assert as_person(person).post(url).status_code == 404


def test_the_calendar_takes_the_same_queries_however_long(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    root, person = root_of(two_networks.ours), make_person(two_networks.ours)
    client, counts = as_person(person), []

    for number in range(4):
        make_occasion(root, day=date(2026, 12, 4 + number), invited=(person,))
        commit(root, words=f"Do {number}", owner=person, due_on=NOW.date(), by=None, now=NOW)
        counts.append(queries_of(client, "/meetings/"))

    assert counts[0] <= 12
    assert counts == counts[:1] * 4
