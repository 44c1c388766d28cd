"""``__length`` for checks: SQLite does not hold a column to its ``max_length``."""

from __future__ import annotations

from django.db.models import CharField, TextField
from django.db.models.functions import Length

CharField.register_lookup(Length, "length")
TextField.register_lookup(Length, "length")
