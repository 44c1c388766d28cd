"""Migrate with the walls down, and put them up afterwards."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from throughline.core import walls


class Command(migrate.Command):
    """``migrate``, as Django has it, between taking the walls down and putting them up."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        walls.take_down(connection)
        super().handle(*args, **options)
        walls.put_up(connection)
