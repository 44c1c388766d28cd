"""Flush with the append-only walls down: emptying a test database deletes rows on SQLite."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from throughline.core import walls


class Command(flush.Command):
    """``flush``, as Django has it, between taking the walls down and putting them up."""

    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        walls.take_down(connection)
        try:
            super().handle(**options)
        finally:
            walls.put_up(connection)
