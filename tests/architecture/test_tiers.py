"""Every text column says whose words it holds; a participant's words have a tier."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models

from tests.architecture.test_layers import our_models
from tests.architecture.text_fields import (
    MACHINE_ENDINGS,
    OWNED,
    READERS,
    TEXTS,
    TIERED,
)
from throughline.core.tiers import Tier
from throughline.people.tiered import TieredText

TEXT = (models.CharField, models.TextField, models.JSONField, models.BinaryField)


def texts_of(model: type[models.Model]) -> Iterator[str]:
    """Yield the columns of a model that can hold somebody's words."""
    for field in model._meta.local_fields:
        is_text = isinstance(field, TEXT) and not field.choices
        if is_text and not field.name.endswith(MACHINE_ENDINGS):
            yield field.name


def listed(kind: str) -> set[str]:
    return {
        f"{label}.{name}" for label, kinds in TEXTS.items() for name in kinds.get(kind, "").split()
    }


def test_every_text_column_says_whose_words_it_holds():
    found = {
        model._meta.label_lower: sorted(names)
        for model in our_models()
        if (names := list(texts_of(model)))
    }

    said = {
        label: sorted(name for names in kinds.values() for name in names.split())
        for label, kinds in TEXTS.items()
    }
    assert found == said


def test_the_words_of_a_participant_have_a_tier_in_their_row():
    without = [
        model._meta.label
        for model in our_models()
        if TIERED in TEXTS.get(model._meta.label_lower, {})
        and dict(model._meta.get_field("tier").choices or []) != dict(Tier.choices)
    ]

    assert without == []


def test_every_tiered_table_is_listed_and_read_through_the_one_filter():
    tiered = [model for model in our_models() if issubclass(model, TieredText)]

    assert len(tiered) >= 3
    assert [one for one in tiered if TIERED not in TEXTS[one._meta.label_lower]] == []
    for model in tiered:
        manager = model._default_manager
        assert type(manager.all()).visible_to.__qualname__ == "TieredQuerySet.visible_to"


def test_what_has_no_tier_of_its_own_says_who_reads_it():
    assert set(READERS) == listed(OWNED)


def test_a_sealed_column_belongs_to_a_tier_or_to_one_person():
    sealed = {
        f"{model._meta.label_lower}.{name}"
        for model in our_models()
        for name in texts_of(model)
        if name == "sealed"
    }

    assert sealed <= listed(TIERED) | listed(OWNED)
