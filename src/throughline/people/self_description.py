"""Seal and open what a person says about herself: the only place that does."""

from __future__ import annotations

import json
from collections.abc import Mapping

from throughline.people.identity import Given, Kept
from throughline.people.models import EquityIdentity, Person
from throughline.people.sealing import seal, unseal


def kept_of(person: Person) -> dict[str, Kept]:
    """Return what this person says about herself, by the key of the set. For herself alone.

    Raises
    ------
    KeyGone
        Her key, or the installation's, is not here.
    """
    row = EquityIdentity.objects.visible_to(person).first()
    if row is None:
        return {}
    found = json.loads(unseal(person, bytes(row.sealed), identity=_place(person)))
    return {
        key: Kept(
            one["title"], one["version"], Given(tuple(one["chosen"]), one["words"]), one["said"]
        )
        for key, one in found.items()
    }


def sealed_for(person: Person, answers: Mapping[str, Kept]) -> bytes:
    """Return the answers sealed with her key."""
    plain = {
        key: {
            "title": one.title,
            "version": one.version,
            "chosen": list(one.given.chosen),
            "words": one.given.words,
            "said": list(one.said),
        }
        for key, one in answers.items()
    }
    return seal(person, json.dumps(plain, ensure_ascii=False), identity=_place(person))


def _place(person: Person) -> str:
    return f"{EquityIdentity._meta.db_table}:{person.ref}:sealed"
