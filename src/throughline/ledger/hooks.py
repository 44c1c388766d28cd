"""What higher apps may hear from the ledger. Filled by ``composition.wiring``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from throughline.people.models import Person
from throughline.programs.models import DistrictEngagement

ENGAGEMENT_OPENED: list[Callable[[DistrictEngagement, Person | None, datetime], None]] = []
"""A district is in the cohort and holds what it was promised: events hold seats for its people."""
