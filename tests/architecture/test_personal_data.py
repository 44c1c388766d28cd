"""Nothing that names a person, or that she wrote, is missing from what she is shown of herself."""

from __future__ import annotations

from collections import Counter

from django.db import models

from tests.architecture.test_layers import our_models
from tests.architecture.text_fields import NAME, OWNED, TEXTS, TIERED
from throughline.people.hooks import PERSONAL_DATA
from throughline.people.models import Person
from throughline.people.personal import Held


def names_persons(model: type[models.Model]) -> bool:
    return any(field.related_model is Person for field in model._meta.local_fields)


def holds_words(model: type[models.Model]) -> bool:
    return bool({TIERED, OWNED, NAME} & TEXTS.get(model._meta.label_lower, {}).keys())


def test_every_table_that_names_persons_or_holds_their_words_is_listed_once():
    wanted = {
        model._meta.label_lower
        for model in our_models()
        if names_persons(model) or holds_words(model)
    }

    listed = Counter(one.key for one in PERSONAL_DATA)

    assert [key for key, times in listed.items() if times > 1] == []
    assert wanted - listed.keys() == set()


def test_what_is_not_shown_says_why():
    assert [one.key for one in PERSONAL_DATA if not isinstance(one, Held) and not one.why] == []


def test_every_word_of_hers_is_shown():
    """A column is read by its name, or by what opens sealed texts."""
    hidden = []
    for one in PERSONAL_DATA:
        if not isinstance(one, Held):
            continue
        readings = [reading for _label, reading in one.shows.values()]
        opens = any(callable(reading) for reading in readings)
        read = {reading.split(".")[0] for reading in readings if isinstance(reading, str)}
        for kind in (TIERED, OWNED, NAME):
            for column in TEXTS.get(one.key, {}).get(kind, "").split():
                is_opened = opens and column in {"sealed", "body"}
                is_composed = "sentence" in read and hasattr(one.model, "sentence")
                if column not in read and not is_opened and not is_composed:
                    hidden.append(f"{one.key}.{column}")

    assert hidden == ["forms.answerhistory.sealed"]


def test_every_lookup_leads_to_persons():
    for one in PERSONAL_DATA:
        if isinstance(one, Held):
            for path in one.whose:
                assert one.model._default_manager.filter(**{f"{path}__in": [0]}).query is not None
