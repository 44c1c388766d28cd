"""Staff see the outbox of the programs they run, one letter as its reader gets it, and nobody else does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.messaging import make_message
from tests.factories.people import NOW, make_person, make_staff, root_of
from throughline.messaging.actions.release_message import release_message
from throughline.messaging.enums import MessageState
from throughline.people.enums import ScopeKind
from throughline.people.models import Scope

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HOUR = NOW + timedelta(hours=18)
PAGES = ("message", "release", "discard")


def test_the_outbox_says_what_waits(two_networks, as_person):
    ours = make_message(two_networks.ours, subject="Ours")
    make_message(two_networks.theirs, subject="Theirs")

    page = as_person(two_networks.our_director).get(reverse("messaging:outbox"))

    assert page.status_code == 200
    html = page.content.decode()
    assert "1 message waits for you" in html
    assert reverse("messaging:message", args=[ours.ref]) in html
    assert "Theirs" not in html


def test_the_outbox_can_be_narrowed_to_a_state(two_networks, as_person):
    make_message(two_networks.ours, subject="Still held")
    sent = make_message(two_networks.ours, subject="On its way now")
    release_message(sent, by=two_networks.our_director, now=NOW)

    page = as_person(two_networks.our_director).get(reverse("messaging:outbox"), {"state": "held"})

    html = page.content.decode()
    assert "Still held" in html
    assert "On its way now" not in html


def test_an_empty_outbox_says_so(two_networks, as_person):
    html = as_person(two_networks.our_director).get(reverse("messaging:outbox")).content.decode()

    assert "No message waits for you" in html
    assert "Letters to applicants and participants appear here before they go." in html


@pytest.mark.parametrize("number", [1, 7])
def test_the_outbox_takes_a_fixed_number_of_queries(
    number, two_networks, as_person, django_assert_num_queries
):
    for _ in range(number):
        make_message(two_networks.ours, to=[make_person(two_networks.ours) for _ in range(2)])
    client = as_person(two_networks.our_director)

    with django_assert_num_queries(6):
        client.get(reverse("messaging:outbox"))


def test_a_letter_is_shown_as_a_named_reader_gets_it(two_networks, as_person):
    readers = [make_person(two_networks.ours, full_name=f"Dr. Reader {one}") for one in "AB"]
    message = make_message(two_networks.ours, to=readers)

    page = as_person(two_networks.our_director).get(
        reverse("messaging:message", args=[message.ref]), {"as": readers[1].ref}
    )

    html = page.content.decode()
    assert "As Dr. Reader B will see it" in html
    assert "<p>Dear Dr. Reader B,</p>" in html
    assert '<p><a class="btn" href="https://network.example/answer">Answer</a></p>' in html
    assert "Dear Dr. Reader A" not in html


@pytest.mark.parametrize("number", [1, 4])
def test_a_letter_takes_a_fixed_number_of_queries(
    number, two_networks, as_person, django_assert_num_queries
):
    message = make_message(
        two_networks.ours, to=[make_person(two_networks.ours) for _ in range(number)]
    )
    client = as_person(two_networks.our_director)

    with django_assert_num_queries(6):
        client.get(reverse("messaging:message", args=[message.ref]))


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_cannot_tell_that_a_message_exists(name, two_networks, as_person):
    message = make_message(two_networks.ours)
    address = reverse(f"messaging:{name}", args=[message.ref])
    program = Scope.objects.below(root_of(two_networks.ours), kind=ScopeKind.PROGRAM, label="One")

    for person in (
        two_networks.their_director,
        make_person(two_networks.ours),
        make_staff(two_networks.ours, scope=program),
    ):
        assert as_person(person).get(address).status_code == 404
    assert as_person(None).get(address).status_code == 302


def test_a_letter_is_released_by_whoever_has_read_it(two_networks, as_person):
    message = make_message(two_networks.ours)
    client = as_person(two_networks.our_director)
    address = reverse("messaging:release", args=[message.ref])

    asked = client.get(address)
    unread = client.post(address)
    released = client.post(address, {"read": "on"})
    again = client.post(address, {"read": "on"})

    assert "Release it to 1 person" in asked.content.decode()
    assert unread.status_code == 422
    assert "Read the letter first" in unread.content.decode()
    assert released.status_code == 302
    message.refresh_from_db()
    assert (message.state, message.approved_by) == (
        MessageState.RELEASING,
        two_networks.our_director,
    )
    assert again.status_code == 422
    assert "already been released" in again.content.decode()


def test_the_hour_is_set_in_the_zone_of_whoever_sets_it(two_networks, as_person):
    message = make_message(two_networks.ours)
    client = as_person(two_networks.our_director)
    address = reverse("messaging:message", args=[message.ref])

    wrong = client.post(address, {"until": "2026-11-23T09:00"})
    nonsense = client.post(address, {"until": "soon"})
    right = client.post(address, {"until": "2026-11-26T09:00"})

    assert (wrong.status_code, nonsense.status_code, right.status_code) == (422, 422, 302)
    assert "Choose an hour that is still to come." in wrong.content.decode()
    assert 'value="soon"' in nonsense.content.decode()
    message.refresh_from_db()
    assert message.hold_until is not None
    assert message.hold_until.isoformat() == "2026-11-26T14:00:00+00:00"


def test_a_released_letter_can_be_stopped_until_its_hour(two_networks, as_person):
    director = two_networks.our_director
    message = make_message(two_networks.ours, hold_until=HOUR)
    release_message(message, by=director, now=NOW)
    client = as_person(director)
    address = reverse("messaging:stop", args=[message.ref])

    shown = client.get(reverse("messaging:message", args=[message.ref])).content.decode()
    stopped = client.post(address)
    again = client.post(address, follow=True)

    assert "you can stop it until then" in shown
    assert stopped.status_code == 302
    message.refresh_from_db()
    assert message.state == MessageState.HELD
    assert "can no longer be stopped" in again.content.decode()
    assert client.get(address).status_code == 405


def test_a_discarded_letter_is_gone_from_the_pages(two_networks, as_person):
    message = make_message(two_networks.ours)
    client = as_person(two_networks.our_director)

    gone = client.post(
        reverse("messaging:discard", args=[message.ref]), {"reason": "Wrong cohort"}, follow=True
    )

    assert gone.redirect_chain == [(reverse("messaging:outbox"), 302)]
    assert "Discarded. Nobody gets this message." in gone.content.decode()
    assert client.get(reverse("messaging:message", args=[message.ref])).status_code == 404


def test_words_of_a_letter_are_escaped(two_networks, as_person):
    message = make_message(
        two_networks.ours, subject="<i>Seat</i>", body="<script>alert(1)</script>"
    )

    html = (
        as_person(two_networks.our_director)
        .get(reverse("messaging:message", args=[message.ref]))
        .content.decode()
    )

    assert "<i>Seat" not in html
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
