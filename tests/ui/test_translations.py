"""Every text has its Spanish: nothing new reaches a reader untranslated."""

from __future__ import annotations

from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from django.utils.translation import override

from throughline.commands import messages
from throughline.ui import spelling

LANGUAGES = ["es"]


@cache
def catalog_of(language: str) -> Catalog:
    return messages.updated(language)


def forms(message: Message) -> list[str]:
    said = message.string
    return [said] if isinstance(said, str) else list(said or [])


def texts(message: Message) -> list[str]:
    said = message.id
    return [said] if isinstance(said, str) else list(said)


def all_messages(language: str) -> list[Message]:
    return [message for message in catalog_of(language) if message.id]


@pytest.mark.requirement("LEE-22")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str):
    missing = [texts(one)[0] for one in all_messages(language) if not all(forms(one))]

    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalog_holds_exactly_what_the_code_says_and_is_compiled(language: str):
    file = messages.catalog_file(language)

    assert file.read_bytes() == messages.written(catalog_of(language))
    assert file.with_suffix(".mo").read_bytes() == messages.compiled(catalog_of(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_is_filled_in_there_too(language: str):
    wrong = []
    for one in all_messages(language):
        every = set(messages.places("".join(texts(one))))
        first, last = texts(one)[0], texts(one)[-1]
        for place, form in enumerate(forms(one)):
            here = set(messages.places(form))
            source = set(messages.places(last if place else first))
            if not here <= every or not (source <= here or (place == 0 and len(forms(one)) > 1)):
                wrong.append((first, form))

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_spaces_at_the_ends_are_kept(language: str):
    def ends(text: str) -> tuple[bool, bool]:
        return text[:1].isspace(), text[-1:].isspace()

    wrong = [
        one.id
        for one in all_messages(language)
        if any(ends(form) != ends(texts(one)[0]) for form in forms(one))
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 semana"), (3, "3 semanas"), (1_000_000, "1000000 semanas")]
)
def test_plurals_follow_the_language(count: int, said: str):
    from django.utils.translation import ngettext

    with override("es"):
        assert ngettext("%(count)d week", "%(count)d weeks", count) % {"count": count} == said


def test_lengths_of_time_are_said_in_spanish():
    with override("es"):
        assert spelling.hours(120) == "2 horas"
        assert spelling.listed(["Ana", "Luis"]) == "Ana y Luis"
