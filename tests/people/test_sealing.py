"""Private texts are words only for their author, and for nobody once her key is gone."""

from __future__ import annotations

import stat

import pytest
from django.conf import settings

from tests.factories.people import NOW, make_network, make_person
from throughline.people.models import SealingKey
from throughline.people.sealing import (
    KeyGone,
    destroy_key,
    master_key,
    rotate_master_key,
    seal,
    unseal,
)

pytestmark = pytest.mark.django_db


def test_a_sealed_text_holds_no_word_of_it_and_opens_again():
    author = make_person()

    sealed = seal(author, "marigold", identity="note:1")

    assert b"marigold" not in sealed
    assert unseal(author, sealed, identity="note:1") == "marigold"


def test_a_sealed_text_cannot_be_moved_to_another_row_or_author():
    network = make_network()
    author, other = make_person(network), make_person(network)
    seal(other, "mine", identity="note:2")
    sealed = seal(author, "marigold", identity="note:1")

    with pytest.raises(KeyGone):
        unseal(author, sealed, identity="note:2")
    with pytest.raises(KeyGone):
        unseal(other, sealed, identity="note:1")


def test_a_destroyed_key_takes_every_private_text_with_it():
    author = make_person()
    sealed = seal(author, "marigold", identity="note:1")

    destroy_key(author, now=NOW)

    with pytest.raises(KeyGone, match="erased"):
        unseal(author, sealed, identity="note:1")
    assert SealingKey.objects.get(person=author).wrapped is None


def test_rotating_the_master_key_touches_no_text():
    author = make_person()
    sealed = seal(author, "marigold", identity="note:1")
    old, new = master_key(), b"n" * 32

    assert rotate_master_key(old, new) == 1

    with pytest.raises(KeyGone, match="another master key"):
        unseal(author, sealed, identity="note:1")
    assert rotate_master_key(new, old) == 1
    assert unseal(author, sealed, identity="note:1") == "marigold"


def test_the_master_key_is_readable_by_its_owner_alone():
    master_key()

    assert stat.S_IMODE(settings.MASTER_KEY_FILE.stat().st_mode) == 0o600
