"""A signature is a name, a moment and the exact wording; nobody signs for another."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.factories.people import NOW, make_network, make_person, make_staff, root_of
from throughline.core import walls
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.forms.actions.sign_text import end_signed_text, put_out_text, sign_text
from throughline.forms.actions.sync_text import sync_text
from throughline.forms.enums import SignableKind, SignedState
from throughline.forms.models import SignableText, Signature, SignedText
from throughline.people.models import Network

pytestmark = pytest.mark.django_db
WORDS = "I am committed to addressing historical disparities in my system."


def put_out(network: Network, *wants: str) -> SignedText:
    text = sync_text(network, "commitment", WORDS, kind=SignableKind.ATTESTATION, now=NOW)
    return put_out_text(
        text, scope=root_of(network), wants=wants or ("applicant",), by=None, now=NOW
    )


def test_a_signed_commitment_keeps_name_time_and_text_version():
    person = make_person()
    signed_text = put_out(person.network)

    signature = sign_text(
        signed_text, part="applicant", typed_name=" Dana  Person ", by=person, now=NOW
    )

    assert (signature.typed_name, signature.signed_at, signature.signer) == (
        "Dana Person",
        NOW,
        person,
    )
    assert (signed_text.state, signed_text.signed_at) == (SignedState.SIGNED, NOW)
    assert (signed_text.text.body, signed_text.text.version) == (WORDS, 1)


def test_signing_twice_leaves_one_signature():
    person = make_person()
    signed_text = put_out(person.network)

    first = sign_text(signed_text, part="applicant", typed_name="Dana", by=person, now=NOW)
    again = sign_text(
        signed_text, part="applicant", typed_name="D.", by=person, now=NOW + timedelta(days=1)
    )

    assert again == first
    assert Signature.objects.count() == 1


def test_a_text_is_signed_when_every_part_has_signed():
    host, lead = make_person(network := make_network()), make_person(network)
    signed_text = put_out(network, "host", "lead")

    sign_text(signed_text, part="lead", typed_name="Lead", by=lead, now=NOW)
    assert signed_text.state == SignedState.OUT

    sign_text(signed_text, part="host", typed_name="Host", by=host, now=NOW)
    assert signed_text.state == SignedState.SIGNED


def test_a_part_that_is_not_asked_for_cannot_be_signed():
    person = make_person()

    with pytest.raises(NotAllowed, match="Nobody is asked"):
        sign_text(put_out(person.network), part="funder", typed_name="Dana", by=person, now=NOW)


def test_a_person_of_another_network_cannot_sign():
    signed_text = put_out(make_network())

    with pytest.raises(NotAllowed, match="another network"):
        sign_text(signed_text, part="applicant", typed_name="Dana", by=make_person(), now=NOW)


def test_a_signature_without_a_name_is_none():
    person = make_person()

    with pytest.raises(BadInput, match="full name") as refused:
        sign_text(put_out(person.network), part="applicant", typed_name=" ", by=person, now=NOW)

    assert refused.value.field == "typed_name"


def test_an_ended_text_cannot_be_signed_nor_ended_again():
    person = make_person()
    signed_text = end_signed_text(put_out(person.network), by=None, now=NOW)

    with pytest.raises(WrongState, match="no longer waiting"):
        sign_text(signed_text, part="applicant", typed_name="Dana", by=person, now=NOW)
    with pytest.raises(WrongState, match="already ended"):
        end_signed_text(signed_text, by=None, now=NOW)


def test_another_wording_is_another_version():
    network = make_network()
    first = sync_text(network, "commitment", WORDS, kind=SignableKind.ATTESTATION, now=NOW)

    same = sync_text(network, "commitment", WORDS, kind=SignableKind.ATTESTATION, now=NOW)
    other = sync_text(network, "commitment", "Shorter.", kind=SignableKind.ATTESTATION, now=NOW)

    assert same == first
    assert (first.version, other.version) == (1, 2)
    assert SignableText.objects.count() == 2


def test_signed_texts_are_seen_by_signers_and_staff_and_nobody_else():
    network = make_network()
    signer, stranger, director = make_person(network), make_person(network), make_staff(network)
    signed_text = put_out(network)
    sign_text(signed_text, part="applicant", typed_name="Dana", by=signer, now=NOW)

    seen = [
        list(SignedText.objects.visible_to(person))
        for person in (signer, director, stranger, make_staff())
    ]

    assert seen == [[signed_text], [signed_text], [], []]


def test_the_database_refuses_an_empty_signature():
    person = make_person()
    signed_text = put_out(person.network)

    with pytest.raises(IntegrityError, match="a_signature_has_a_name"):
        Signature.objects.create(
            network=person.network, signed_text=signed_text, signer=person, part="applicant",
            typed_name="", signed_at=NOW,
        )  # fmt: skip


def test_the_database_refuses_to_change_a_signature():
    walls.put_up(connection)
    person = make_person()
    sign_text(put_out(person.network), part="applicant", typed_name="Dana", by=person, now=NOW)

    with pytest.raises(DatabaseError, match=walls.ONLY_ADDED), transaction.atomic():
        Signature.objects.update(typed_name="Somebody else")
