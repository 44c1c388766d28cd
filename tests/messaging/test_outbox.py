"""A message is held until somebody answers for it, can be stopped before its hour, and goes once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.factories.messaging import make_message
from tests.factories.people import NOW, make_network, make_person, make_staff, root_of
from throughline.audit.models import AuditEvent
from throughline.core import walls
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.jobs.models import Job
from throughline.messaging.actions.release_message import (
    discard_message,
    hold_message,
    release_message,
    stop_message,
)
from throughline.messaging.actions.send_message import send_message
from throughline.messaging.actions.sync_template import sync_template
from throughline.messaging.enums import MessageState
from throughline.messaging.models import Delivery, Message, TemplateVersion
from throughline.people.enums import ScopeKind
from throughline.people.models import Scope

pytestmark = pytest.mark.django_db
HOUR = NOW + timedelta(hours=18)


def test_a_composed_message_is_held_and_asks_for_nothing():
    network = make_network()
    readers = [make_person(network), make_person(network)]

    message = make_message(network, to=[*readers, readers[0]], kind="service")

    assert (message.state, message.released_at) == (MessageState.HELD, None)
    assert list(message.deliveries.order_by("pk").values_list("person", "address")) == [
        (reader.pk, reader.address) for reader in readers
    ]
    assert not Job.objects.exists()


def test_composing_again_under_the_same_key_returns_the_first():
    network = make_network()
    first = make_message(network, key="offer")

    again = make_message(network, key="offer", subject="Another subject")

    assert (again.pk, again.subject) == (first.pk, "A seat for your district")
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "sentence", "field"),
    [
        ({"kind": "gossip"}, "service, action or news", "kind"),
        ({"subject": "  "}, "Write a subject", "subject"),
        ({"subject": "x" * 201}, "Shorten", "subject"),
        ({"body": "\n"}, "Write the message", "body"),
        ({"body": "By {date.confirm_by}."}, "Nobody has filled in", "body"),
    ],
)
def test_a_message_with_a_hole_is_refused(change, sentence, field):
    network = make_network()

    with pytest.raises(BadInput, match=sentence) as refused:
        make_message(network, **change)

    assert refused.value.field == field
    assert not Message.objects.exists()


def test_a_message_to_nobody_is_refused():
    network = make_network()

    with pytest.raises(BadInput, match="at least one reader"):
        send_message(
            network, key="x", kind="service", subject="x", body="x", to=[], by=None, now=NOW,
            scope=root_of(network), about=("x", "y"),
        )  # fmt: skip


def test_whoever_releases_answers_for_it():
    director = make_staff()
    message = make_message(director.network)

    release_message(message, by=director, now=NOW)

    assert (message.state, message.approved_by, message.released_at) == (
        MessageState.RELEASING,
        director,
        NOW,
    )
    assert list(Job.objects.values_list("name", "args")) == [
        ("messaging.deliver", {"message": message.ref})
    ]


def test_releasing_twice_is_refused_and_asks_for_one_delivery():
    director = make_staff()
    message = make_message(director.network)
    release_message(message, by=director, now=NOW)

    with pytest.raises(WrongState, match="already been released"):
        release_message(message, by=director, now=NOW)

    assert Job.objects.count() == 1
    assert AuditEvent.objects.filter(verb="released").count() == 1


def test_a_message_with_an_hour_waits_for_it_and_can_be_stopped():
    director = make_staff()
    message = make_message(director.network, hold_until=HOUR)

    release_message(message, by=director, now=NOW)
    assert message.state == MessageState.APPROVED
    assert Job.objects.get().run_at == HOUR

    stop_message(message, by=director, now=NOW)
    assert (message.state, message.approved_by, message.released_at) == (
        MessageState.HELD,
        None,
        None,
    )
    with pytest.raises(WrongState, match="can no longer be stopped"):
        stop_message(message, by=director, now=NOW)


def test_what_is_on_its_way_cannot_be_stopped_or_discarded():
    director = make_staff()
    message = release_message(make_message(director.network), by=director, now=NOW)

    with pytest.raises(WrongState, match="can no longer be stopped"):
        stop_message(message, by=director, now=NOW)
    with pytest.raises(WrongState, match="already been released"):
        discard_message(message, by=director, now=NOW)


def test_a_discarded_message_is_gone_for_good():
    director = make_staff()
    message = make_message(director.network)

    discard_message(message, by=director, now=NOW, reason="Wrong cohort")

    assert message.state == MessageState.DISCARDED
    for step in (release_message, discard_message):
        with pytest.raises(WrongState, match="has been discarded"):
            step(message, by=director, now=NOW)


def test_the_hour_of_a_held_message_can_be_set_and_taken_away():
    director = make_staff()
    message = make_message(director.network)

    assert hold_message(message, until=HOUR, by=director, now=NOW).hold_until == HOUR
    assert hold_message(message, until=None, by=director, now=NOW).hold_until is None
    with pytest.raises(BadInput, match="still to come") as refused:
        hold_message(message, until=NOW, by=director, now=NOW)
    assert refused.value.field == "until"


def test_a_released_message_keeps_its_hour():
    director = make_staff()
    message = release_message(make_message(director.network), by=director, now=NOW)

    with pytest.raises(WrongState, match="Only a held message"):
        hold_message(message, until=HOUR, by=director, now=NOW)


def test_a_release_that_saw_another_hour_is_refused():
    director = make_staff()
    message = make_message(director.network)
    stale = Message.objects.get(pk=message.pk)
    hold_message(message, until=HOUR, by=director, now=NOW)

    with pytest.raises(WrongState, match="changed its hour"):
        release_message(stale, by=director, now=NOW)


def test_service_mail_goes_without_a_release():
    person = make_person()

    def send() -> Message:
        return send_message(
            person.network, key="received", kind="service", subject="We have it", body="Thank you.",
            to=[person], scope=root_of(person.network), about=("x", "y"), by=person, now=NOW,
        )  # fmt: skip

    message, again = send(), send()

    assert again == message
    assert message.state == MessageState.RELEASING
    assert Job.objects.count() == 1


@pytest.mark.parametrize("step", [release_message, stop_message, discard_message])
def test_only_staff_of_the_scope_decide(step):
    network = make_network()
    scope = Scope.objects.below(root_of(network), kind=ScopeKind.PROGRAM, label="One")
    other = Scope.objects.below(root_of(network), kind=ScopeKind.PROGRAM, label="Other")
    message = make_message(network, scope=scope)

    for person in (make_person(network), make_staff(network, scope=other), make_staff()):
        with pytest.raises(NotAllowed):
            step(message, by=person, now=NOW)


def test_a_template_of_the_same_words_is_one_version():
    network = make_network()
    words = {"kind": "service", "subject": "We have it", "body": "Thank you."}

    first = sync_template(network, "received", now=NOW, **words)
    same = sync_template(network, "received", now=NOW, **words)
    other = sync_template(network, "received", now=NOW, **{**words, "body": "Thanks."})

    assert same == first
    assert (first.number, other.number) == (1, 2)


def test_the_database_refuses_a_second_delivery_to_one_person():
    message = make_message(make_network())
    delivery = Delivery.objects.get()

    with pytest.raises(IntegrityError):
        Delivery.objects.create(
            network=message.network, message=message, person=delivery.person, address="x"
        )


def test_the_database_refuses_a_released_message_that_does_not_say_when():
    make_message(make_network())

    with pytest.raises(IntegrityError, match="a_released_message_says_when"):
        Message.objects.update(state=MessageState.SENT)


def test_the_database_refuses_a_sent_delivery_that_does_not_say_when():
    make_message(make_network())

    with pytest.raises(IntegrityError, match="a_sent_delivery_says_when"):
        Delivery.objects.update(state="sent")


def test_the_database_refuses_to_change_a_wording():
    walls.put_up(connection)
    sync_template(make_network(), "x", kind="service", subject="x", body="x", now=NOW)

    with pytest.raises(DatabaseError, match=walls.ONLY_ADDED), transaction.atomic():
        TemplateVersion.objects.update(number=7)


def test_the_database_refuses_a_reader_of_another_network():
    walls.put_up(connection)

    with pytest.raises(DatabaseError, match=walls.ANOTHER_NETWORK), transaction.atomic():
        make_message(make_network(), to=[make_person()])
