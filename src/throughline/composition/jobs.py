"""What each background job does, and what repeats. To add one, add a line."""

from __future__ import annotations

from collections.abc import Callable

from throughline.admissions.jobs import lapse_due_offers
from throughline.evidence.jobs import load_graduation
from throughline.jobs.rhythms import Rhythm
from throughline.ledger.jobs import close_ended_periods
from throughline.messaging.jobs import deliver

JOBS: dict[str, Callable[..., None]] = {
    "messaging.deliver": deliver,
    "evidence.load_graduation": load_graduation,
    "admissions.lapse_offers": lapse_due_offers,
    "ledger.close_periods": close_ended_periods,
}
"""The short name that stands in the table, and the function that does it: ``f(now=..., **ids)``."""

RECURRING: dict[str, Rhythm] = {
    "admissions.lapse_offers": Rhythm("every 60 minutes"),
    "ledger.close_periods": Rhythm("daily 03:30"),
}
"""Jobs that are asked for again and again, by the name they have in ``JOBS``."""
