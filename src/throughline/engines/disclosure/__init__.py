"""What may be published so that no student can be worked out, from one table or from several.

Owns the hiding of small counts and of those that would give them away, the audit of everything
published about a snapshot, the ledger of releases, ranges and rounding. Does not decide who may
see a release (releases) and never changes a number that is shown.
"""

from throughline.engines.disclosure.bands import band, rounded
from throughline.engines.disclosure.counts import Outcome, Table, tabulate
from throughline.engines.disclosure.grids import ALL, Axis
from throughline.engines.disclosure.ledger import Entry, Ledger, Number, UnreadableLedger
from throughline.engines.disclosure.policy import Audit, Policy, Refusal
from throughline.engines.disclosure.pooling import Pooled, pool
from throughline.engines.disclosure.protecting import audit, protect
from throughline.engines.disclosure.releases import Cell, Printed, Release
from throughline.engines.disclosure.unusable import Unusable

__all__ = [
    "ALL",
    "Audit",
    "Axis",
    "Cell",
    "Entry",
    "Ledger",
    "Number",
    "Outcome",
    "Policy",
    "Pooled",
    "Printed",
    "Refusal",
    "Release",
    "Table",
    "UnreadableLedger",
    "Unusable",
    "audit",
    "band",
    "pool",
    "protect",
    "rounded",
    "tabulate",
]
