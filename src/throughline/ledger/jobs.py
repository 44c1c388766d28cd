"""Jobs of the ledger: call an action."""

from __future__ import annotations

from datetime import datetime

from throughline.ledger.actions.close_period import close_periods


def close_ended_periods(*, now: datetime) -> None:
    """Let lapse or carry over what ended periods left; run every day."""
    close_periods(now=now)
