"""The language in which somebody is written to."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import translation

from throughline.people.models import Person


def language_of(person: Person) -> str:
    """Return her own language, or her network's while she has chosen none."""
    return person.locale or person.network.locale


def in_language_of(person: Person) -> translation.override:
    """Write in her language inside this block, whoever sets it off."""
    return translation.override(language_of(person))


def by_language(people: Iterable[Person]) -> dict[str, list[Person]]:
    """Return people by the language in which each is written to, in the order given."""
    found: dict[str, list[Person]] = {}
    for person in people:
        found.setdefault(language_of(person), []).append(person)
    return found
