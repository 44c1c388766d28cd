"""What higher apps may hear from the ledger. Filled by ``composition.wiring``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from throughline.ledger.standing import Due, Holder, Known
from throughline.people.models import Person
from throughline.programs.models import Cohort, DistrictEngagement

ENGAGEMENT_OPENED: list[Callable[[DistrictEngagement, Person | None, datetime], None]] = []
"""A district is in the cohort and holds what it was promised: events hold seats for its people."""

STANDING_FACTS: list[Callable[[Cohort, Sequence[Holder]], Mapping[int, Mapping[str, Known]]]] = []
"""What higher apps know of people for rules of standing, by person: events missed, challenges."""

DUE_SO_FAR: list[Callable[[Cohort, Sequence[int]], Mapping[tuple[int, str], Due]]] = []
"""How much of a table of the blueprint was held so far, for each person who had a place there."""
