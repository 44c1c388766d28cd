"""Migrate with the walls down, and put them up afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.state import ModelState, ProjectState

from throughline.core import walls


class Command(migrate.Command):
    """``migrate``, as Django has it, between taking the walls down and putting them up."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        walls.take_down(connection)
        with new_models_drawn_alone():
            super().handle(*args, **options)
        walls.put_up(connection)


@contextmanager
def new_models_drawn_alone() -> Iterator[None]:
    """Let a migration that adds a model build the class of that model and of no other.

    Django builds every connected class anew for each model that is added. Nearly all of ours are
    connected through the network, and a first migration spent two thirds of its time on that.
    Nothing points at a model that is not there yet; the others learn of it when it is registered.
    """
    as_django_does = ProjectState.add_model

    def add_model(self: ProjectState, model_state: ModelState) -> None:
        is_known = (model_state.app_label, model_state.name_lower) in self.models
        if is_known or "apps" not in self.__dict__:
            as_django_does(self, model_state)
            return
        classes = self.__dict__.pop("apps")
        as_django_does(self, model_state)
        self.__dict__["apps"] = classes
        classes.render_multiple([model_state])

    ProjectState.add_model = add_model  # type: ignore[method-assign]
    try:
        yield
    finally:
        ProjectState.add_model = as_django_does  # type: ignore[method-assign]
