"""Who is invited hears of what changes, by letters that staff release."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.conftest import TwoNetworks
from tests.factories.convenings import PLACE, make_event, seat_of_fellow
from tests.factories.people import NOW
from throughline.convenings.actions import (
    cancel_event,
    confirm_seat,
    move_event,
    place_event,
    publish_event,
)
from throughline.convenings.models import Event
from throughline.core.errors import NotAllowed
from throughline.messaging.actions.release_message import release_message
from throughline.messaging.enums import MessageState
from throughline.messaging.models import Message
from throughline.people.actions.choose_language import choose_language
from throughline.people.models import Person

SignIn = Callable[[Person | None], Client]
LATER = date(2027, 3, 18)


def about(event: Event) -> list[tuple[str, str]]:
    """State and subject of each letter about an event, the oldest first."""
    found = Message.objects.filter(about_kind="convenings.event", about_key=event.ref)
    return list(found.order_by("pk").values_list("state", "subject"))


def release(event: Event) -> Message:
    """Let the letter that is held go."""
    held = Message.objects.get(about_key=event.ref, state=MessageState.HELD)
    return release_message(held, by=None, now=NOW)


def readers(message: Message) -> set[Person]:
    """To whom a letter goes."""
    return {one.person for one in message.deliveries.select_related("person")}


def test_publishing_holds_an_invitation_to_everybody_with_a_seat(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours, districts=2, members=5)

    message = Message.objects.get(about_key=event.ref)

    assert (message.state, message.kind, message.scope) == ("held", "action", event.scope)
    assert message.subject == "Dates of your next network convening"
    assert readers(message) == {seat.person for seat in event.seats.select_related("person")}
    for words in (
        "Feb 11–12, 2027", PLACE, f"{{site}}/convenings/{event.ref}/", f"{event.ref}.ics",
    ):  # fmt: skip
        assert words in message.body


def test_each_reader_is_written_to_in_her_language(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours, districts=2)
    spanish = seat_of_fellow(event).person
    choose_language(spanish, "es", by=spanish, now=NOW)

    move_event(event, first_day=LATER, by=None, now=NOW)

    held = Message.objects.filter(about_key=event.ref, state=MessageState.HELD)
    hers = held.get(subject="Fechas de su próximo encuentro")
    theirs = held.get(subject="Dates of your next network convening")
    assert readers(hers) == {spanish}
    assert len(readers(theirs)) == 1
    assert not readers(theirs) & readers(hers)


def test_a_blueprint_without_a_letter_is_spoken_for(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)
    version = event.scope.cohort.version
    version.parsed = {**version.parsed, "messaging": {}}
    type(version).objects.filter(pk=version.pk).update(parsed=version.parsed)
    event = Event.objects.get(pk=event.pk)

    move_event(event, first_day=LATER, by=None, now=NOW)

    message = Message.objects.get(about_key=event.ref, state=MessageState.HELD)
    assert message.subject == f"Will you come? {event.theme}"
    assert f"“{event.theme}” takes place on Mar 18–19, 2027." in message.body


def test_publishing_sends_nothing_by_itself_and_a_cohort_without_people_writes_nothing(
    two_networks: TwoNetworks,
) -> None:
    filled, empty = (make_event(two_networks.ours, districts=count) for count in (1, 0))

    assert [state for state, _subject in about(filled)] == ["held"]
    assert about(empty) == []


def test_moving_raises_the_sequence_and_writes_to_who_was_invited(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    event = make_event(two_networks.ours)
    release(event)
    seat = seat_of_fellow(event)
    confirm_seat(seat, coming="yes", by=seat.person, now=NOW)
    client, url = as_person(seat.person), f"/convenings/{event.ref}.ics"
    before = client.get(url).content.decode()

    for _time in range(2):
        event = move_event(
            event, first_day=LATER, reason="The hall {burned} down.", by=two_networks.our_director,
            now=NOW,
        )  # fmt: skip

    after = client.get(url).content.decode()
    assert (before.count("SEQUENCE:1"), after.count("SEQUENCE:2")) == (4, 4)
    moved = Message.objects.get(about_key=event.ref, state=MessageState.HELD)
    assert moved.subject == f"Moved to Mar 18–19, 2027: {event.theme}"
    assert "It was planned for Feb 11–12, 2027." in moved.body
    assert "The hall (burned) down." in moved.body
    assert readers(moved) == {seat.person}


def test_who_was_never_invited_is_invited_to_the_new_days(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)

    move_event(event, first_day=LATER, by=None, now=NOW)

    subject = "Dates of your next network convening"
    assert about(event) == [(MessageState.DISCARDED, subject), (MessageState.HELD, subject)]
    held = Message.objects.get(about_key=event.ref, state=MessageState.HELD)
    assert "Mar 18–19, 2027" in held.body


def test_a_second_move_throws_the_first_letter_away(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)
    release(event)

    event = move_event(event, first_day=LATER, by=None, now=NOW)
    event = move_event(event, first_day=date(2027, 3, 25), by=None, now=NOW)

    assert [state for state, _subject in about(event)] == ["releasing", "discarded", "held"]
    [message] = Message.objects.filter(about_key=event.ref, state=MessageState.HELD)
    assert "It was planned for Mar 18–19, 2027." in message.body


def test_another_place_is_told_and_answers_stand(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)
    release(event)
    seat = seat_of_fellow(event)
    confirm_seat(seat, coming="yes", by=seat.person, now=NOW)

    for _time in range(2):
        place_event(event, place_words="Mill Hall, Macon", by=two_networks.our_director, now=NOW)

    seat.refresh_from_db()
    assert seat.state == "confirmed"
    assert about(event)[1:] == [("held", f"New place: {event.theme}")]


def test_another_theme_is_no_letter(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)

    place_event(event, place_words=PLACE, theme="Will", by=two_networks.our_director, now=NOW)

    assert len(about(event)) == 1


def test_canceling_writes_to_who_was_invited_and_to_nobody_else(two_networks: TwoNetworks) -> None:
    told, untold = make_event(two_networks.ours), make_event(two_networks.theirs)
    release(told)

    for event in (told, untold):
        cancel_event(event, because="Ice on every road.", by=None, now=NOW)

    assert about(told)[1:] == [("held", f"Canceled: {told.theme}")]
    assert [state for state, _subject in about(untold)] == ["discarded"]


def test_who_gave_the_seat_up_hears_no_more(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours, districts=2)
    release(event)
    seat = seat_of_fellow(event)
    confirm_seat(seat, coming="no", by=seat.person, now=NOW)

    move_event(event, first_day=LATER, by=None, now=NOW)

    message = Message.objects.get(about_key=event.ref, state=MessageState.HELD)
    assert seat.person not in readers(message)
    assert len(readers(message)) == 1


def test_staff_release_it_and_nobody_else(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)
    message = Message.objects.get(about_key=event.ref)

    for person in (seat_of_fellow(event).person, two_networks.their_director):
        with pytest.raises(NotAllowed):
            release_message(message, by=person, now=NOW)
    release_message(message, by=two_networks.our_director, now=NOW)

    message.refresh_from_db()
    assert message.state == MessageState.RELEASING


def test_the_page_says_that_a_letter_waits(two_networks: TwoNetworks, as_person: SignIn) -> None:
    event = make_event(two_networks.ours)
    client, url = as_person(two_networks.our_director), f"/convenings/{event.ref}/move/"

    refused = client.post(url, {"first_day": "2020-01-01", "reason": "Typed."})
    moved = client.post(url, {"first_day": LATER.isoformat(), "reason": ""}, follow=True)

    assert refused.status_code == 422
    assert "Typed." in refused.content.decode()
    assert "waits in the outbox" in moved.content.decode()


def test_an_event_is_published_once_with_one_letter(two_networks: TwoNetworks) -> None:
    event = make_event(two_networks.ours)

    with pytest.raises(Exception, match="published before"):
        publish_event(event, by=two_networks.our_director, now=NOW)

    assert len(about(event)) == 1
