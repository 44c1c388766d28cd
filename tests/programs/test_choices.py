"""Choices of the format are read as words, in English and Spanish; the file keeps its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, get_args, get_origin

import pytest
from django.test import Client
from django.urls import reverse
from pydantic import BaseModel

from tests.factories.people import NOW, make_network, make_staff
from tests.factories.programs import blueprint_text
from throughline.composition.sections import SECTIONS
from throughline.core.blueprint.whole import unwrapped
from throughline.people.models import Person
from throughline.programs.actions.start_draft import copy_program
from throughline.programs.choices import OF_ONE_VALUE, WORDS, word_of
from throughline.programs.models import BlueprintVersion

AsPerson = Callable[[Person | None], Client]


def choices_below(annotation: Any, seen: set[type]) -> Iterator[tuple[str, str]]:
    """Yield name and choice of each value that is one of a few."""
    kind, _marks = unwrapped(annotation)
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        for inner in get_args(kind) if get_origin(kind) is not Literal else ():
            yield from choices_below(inner, seen)
        return
    if kind in seen:
        return
    seen.add(kind)
    for name, field in kind.model_fields.items():
        of, _marks = unwrapped(field.annotation)
        if get_origin(of) is Literal and all(isinstance(one, str) for one in get_args(of)):
            yield from ((name, one) for one in get_args(of))
        yield from choices_below(field.annotation, seen)


OFFERED = {pair for model in SECTIONS.values() for pair in choices_below(model, set())}


def test_every_choice_of_the_format_has_words_and_no_words_are_left_over():
    without = {pair for pair in OFFERED if pair not in OF_ONE_VALUE and pair[1] not in WORDS}

    assert without == set()
    assert set(WORDS) <= {choice for _name, choice in OFFERED}
    assert set(OF_ONE_VALUE) <= OFFERED


def test_the_words_of_one_value_go_before_those_of_the_choice():
    assert word_of("tier", "mine") == "the author alone"
    assert word_of("roll", "none") == "it stays on its day"
    assert word_of("becomes", "nothing") == "nothing"


@pytest.mark.django_db
def test_a_choice_is_read_as_words_and_kept_by_its_key(as_person: AsPerson):
    draft = copy_program(make_network(), blueprint_text(), name="Promise", by=None, now=NOW)
    client = as_person(make_staff(draft.network))
    page = reverse("programs:draft_section", args=[draft.program.ref, "program"])
    path = "program.cohort.above_max"

    english = client.get(page).text
    spanish = client.get(page, headers={"accept-language": "es"}).text
    saved = client.post(page, {"seen": draft.sha256, path: "refuse"})

    words = "refuse, unless somebody decides otherwise"
    assert f'<option value="refuse unless overridden" selected>{words}</option>' in english
    assert "rechazar, salvo que alguien decida otra cosa</option>" in spanish
    assert saved.status_code == 302
    assert 'above_max = "refuse"\n' in BlueprintVersion.objects.get(pk=draft.pk).source
