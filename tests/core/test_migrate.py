"""A first migration builds each class once, and ends with the same classes as Django's own way."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from django.db import migrations, models
from django.db.migrations.state import ProjectState

from throughline.core.management.commands.migrate import new_models_drawn_alone

LIBRARY = [
    migrations.CreateModel("Shelf", [("id", models.AutoField(primary_key=True))]),
    migrations.CreateModel(
        "Book",
        [
            ("id", models.AutoField(primary_key=True)),
            ("shelf", models.ForeignKey("library.Shelf", models.CASCADE, related_name="books")),
        ],
    ),
    migrations.CreateModel(
        "Loan",
        [
            ("id", models.AutoField(primary_key=True)),
            ("book", models.ForeignKey("library.Book", models.CASCADE, related_name="loans")),
            ("before", models.ForeignKey("self", models.CASCADE, null=True)),
        ],
    ),
    migrations.AddField("Shelf", "newest", models.ForeignKey("library.Book", models.CASCADE)),
    migrations.CreateModel("Atlas", [], bases=("library.book",)),
]


def migrated() -> ProjectState:
    state = ProjectState()
    assert state.apps is not None
    for operation in LIBRARY:
        operation.state_forwards("library", state)
    return state


def drawn(state: ProjectState) -> dict[str, list[tuple[str, bool]]]:
    """Return the fields of each class, reverse ones too, and whether each leads to a live class."""
    return {
        model.__name__: [
            (
                field.name,
                field.related_model is None
                or state.apps.get_model("library", field.related_model.__name__)
                is field.related_model,
            )
            for field in model._meta.get_fields(include_hidden=True)
        ]
        for model in state.apps.get_models()
    }


def test_models_drawn_alone_know_one_another_as_models_drawn_together_do():
    with new_models_drawn_alone():
        alone = drawn(migrated())

    assert alone == drawn(migrated())
    assert {leads for fields in alone.values() for _name, leads in fields} == {True}


@pytest.mark.parametrize(("way", "times"), [(new_models_drawn_alone, 1), (nullcontext, 3)])
def test_a_model_is_drawn_once_when_others_that_point_at_it_are_added(way, times, monkeypatch):
    from django.db.migrations.state import ModelState

    seen: list[str] = []
    render = ModelState.render

    def counted(model_state, apps):
        seen.append(model_state.name)
        return render(model_state, apps)

    monkeypatch.setattr(ModelState, "render", counted)

    with way():
        state = ProjectState()
        assert state.apps is not None
        for operation in LIBRARY[:3]:
            operation.state_forwards("library", state)

    assert seen.count("Shelf") == times
