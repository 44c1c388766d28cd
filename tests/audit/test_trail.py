"""What the trail holds, and what it refuses to hold."""

from __future__ import annotations

import hashlib
import uuid

import pytest
from django.db import IntegrityError, transaction

from tests.conftest import TwoNetworks
from tests.factories.people import NOW, make_network, make_person
from throughline.audit import once, trail
from throughline.audit.models import AuditReason

pytestmark = pytest.mark.django_db


def test_an_event_names_columns_and_never_their_contents():
    person = make_person(full_name="Marigold Lane")

    event = trail.record(person, "renamed", person, now=NOW, fields=["full_name"])

    assert (event.kind, event.key, event.fields) == ("people.person", person.ref, ["full_name"])
    assert "Marigold" not in repr(event.__dict__)


def test_ids_of_two_networks_are_refused(two_networks: TwoNetworks):
    with pytest.raises(trail.TwoNetworks):
        trail.record(two_networks.our_director, "looked", two_networks.their_director, now=NOW)


def test_nobody_acts_for_herself():
    person = make_person()

    with pytest.raises(IntegrityError), transaction.atomic():
        trail.record(person, "signed", person, now=NOW, on_behalf_of=person)


def test_a_reason_can_be_shredded_while_its_seal_holds():
    person = make_person()
    event = trail.record(person, "waived", person, now=NOW, reason="A sick child.")
    reason = AuditReason.objects.get(event=event)
    assert event.reason_sha256 == hashlib.sha256((reason.salt + reason.words).encode()).hexdigest()

    AuditReason.objects.filter(event=event).update(words="", salt="")

    event.refresh_from_db()
    assert len(event.reason_sha256) == 64


def test_a_form_that_is_sent_twice_is_remembered_once():
    network = make_network()
    key = uuid.uuid4()
    first = once.claim(network.pk, key, 1, "submit", NOW)
    assert first.result == ""

    first.keep("7F3K")

    assert once.claim(network.pk, key, 1, "submit", NOW).result == "7F3K"


@pytest.mark.parametrize(("by", "action"), [(2, "submit"), (1, "release")])
def test_a_key_holds_for_its_person_and_its_form_alone(by: int, action: str):
    network = make_network()
    key = uuid.uuid4()
    once.claim(network.pk, key, 1, "submit", NOW).keep("7F3K")

    assert once.claim(network.pk, key, by, action, NOW).result == ""


@pytest.mark.parametrize("key", [None, "", "not-a-key"])
def test_a_form_without_a_key_is_never_remembered(key: str | None):
    network = make_network()
    once.claim(network.pk, key, 1, "submit", NOW).keep("7F3K")

    assert once.claim(network.pk, key, 1, "submit", NOW).result == ""
