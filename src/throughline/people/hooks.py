"""What higher apps may hear from people. Filled by ``composition``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from throughline.people.identity import Asked
from throughline.people.models import Person
from throughline.people.personal import Listed

AFFILIATION_CHANGED: list[Callable[[Person, datetime], None]] = []
"""Somebody began or ceased to work somewhere: conflicts of interest are computed again."""

INSTALLATION_OPENED: list[Callable[[datetime], object]] = []
"""The first network of an installation was made: what every network reads is brought in."""

ASKED_ABOUT_THEMSELVES: list[Callable[[Person], Sequence[Asked]]] = []
"""Says which code sets a person may describe herself with: those of the programs she is in."""

PERSONAL_DATA: list[Listed] = []
"""Every table that names persons, and what is shown of it to whom it is about."""
