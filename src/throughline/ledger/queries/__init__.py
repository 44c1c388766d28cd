"""Reads that serve the pages of the ledger, and what higher apps ask of it."""

from throughline.ledger.queries.balances import (
    Balance,
    OwnPromises,
    balances,
    entitlement_drawing,
    entitlement_for,
    own_promises,
    source_for,
)
from throughline.ledger.queries.cohort_page import (
    QUIET_AFTER,
    CohortLedger,
    Line,
    TrailEntry,
    last_entries,
    ledger_of_cohort,
    promise_lines,
)

__all__ = [
    "QUIET_AFTER",
    "Balance",
    "CohortLedger",
    "Line",
    "OwnPromises",
    "TrailEntry",
    "balances",
    "entitlement_drawing",
    "entitlement_for",
    "last_entries",
    "ledger_of_cohort",
    "own_promises",
    "promise_lines",
    "source_for",
]
