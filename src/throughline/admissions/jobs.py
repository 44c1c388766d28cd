"""Jobs of admissions: ids in, call an action."""

from __future__ import annotations

from datetime import datetime

from throughline.admissions.actions.promote_next import lapse_offers


def lapse_due_offers(*, now: datetime) -> None:
    """Let unanswered offers lapse; run every hour."""
    lapse_offers(now=now)
