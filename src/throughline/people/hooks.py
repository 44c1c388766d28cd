"""What higher apps may hear from people. Filled by ``composition``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from throughline.people.identity import Asked
from throughline.people.models import Person, PersonMerge
from throughline.people.personal import Listed

AFFILIATION_CHANGED: list[Callable[[Person, datetime], None]] = []
"""Somebody began or ceased to work somewhere: conflicts of interest are computed again."""

PERSONS_MERGED: list[Callable[[PersonMerge, datetime], Sequence[str]]] = []
"""Two records are one human from now on. Returns keys of what this took away from somebody."""

PERSONS_PARTED: list[Callable[[PersonMerge, datetime], None]] = []
"""They are two again: what ``PERSONS_MERGED`` took, kept in the merge, is given back."""

INSTALLATION_OPENED: list[Callable[[datetime], object]] = []
"""The first network of an installation was made: what every network reads is brought in."""

ASKED_ABOUT_THEMSELVES: list[Callable[[Person], Sequence[Asked]]] = []
"""Says which code sets a person may describe herself with: those of the programs she is in."""

PERSON_EMPTIED: list[Callable[[Person, datetime], None]] = []
"""A record is being emptied: whoever holds more than its tables say empties that too."""

IN_OWN_WORDS: list[Callable[[Person, str], str]] = []
"""Puts the terms of a network's program into a stored text that names them."""

PERSONAL_DATA: list[Listed] = []
"""Every table that names persons, and what is shown of it to whom it is about."""
