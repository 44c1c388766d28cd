"""A column whose value comes back with every row of a list."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models.fields.json import KeyTransform

KEPT = 64


class RepeatedJSON(models.JSONField[Any, Any]):
    """JSON that many rows of a query repeat: equal texts are read once in a process.

    Rows share what was read, so nobody changes it in place; she saves something new.
    """

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if isinstance(value, str) and not isinstance(expression, KeyTransform):
            return _read(value)
        return super().from_db_value(value, expression, connection)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs


@lru_cache(maxsize=KEPT)
def _read(text: str) -> Any:
    return json.loads(text)
