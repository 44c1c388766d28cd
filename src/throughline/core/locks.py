"""Take a row, so that of several people at the same moment one goes on and the others wait."""

from __future__ import annotations

from django.db import models
from django.db.models import F


def take(row: models.Model) -> None:
    """Hold this row until the transaction ends. Read what a decision rests on after this line.

    An update that changes nothing takes the row's lock on PostgreSQL and lets foreign keys still
    point to it; on SQLite there is one writer anyway. What was read before may be stale by now.
    """
    key = row._meta.pk.attname
    type(row)._default_manager.filter(pk=row.pk).update(**{key: F(key)})
