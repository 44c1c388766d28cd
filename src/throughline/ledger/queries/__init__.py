"""Reads that serve the pages of the ledger, and what higher apps ask of it."""

from throughline.ledger.queries.balances import (
    Balance,
    OwnPromises,
    balances,
    entitlement_drawing,
    entitlement_for,
    entitlement_on,
    own_promises,
    source_for,
)
from throughline.ledger.queries.cohort_page import (
    QUIET_AFTER,
    CohortLedger,
    Line,
    Read,
    ledger_of_cohort,
    promise_lines,
    read_of,
)
from throughline.ledger.queries.entries import TrailEntry, last_entries
from throughline.ledger.queries.held import Held, held_page
from throughline.ledger.queries.standing_page import judged_in, own_standing, standing_page
from throughline.ledger.queries.to_do import to_look_at, todo_items

__all__ = [
    "QUIET_AFTER",
    "Balance",
    "CohortLedger",
    "Held",
    "Line",
    "OwnPromises",
    "Read",
    "TrailEntry",
    "balances",
    "entitlement_drawing",
    "entitlement_for",
    "entitlement_on",
    "held_page",
    "judged_in",
    "last_entries",
    "ledger_of_cohort",
    "own_promises",
    "own_standing",
    "promise_lines",
    "read_of",
    "source_for",
    "standing_page",
    "to_look_at",
    "todo_items",
]
