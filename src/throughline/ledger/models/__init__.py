"""Tables of the ledger, one noun a file."""

from throughline.ledger.models.entitlement import Alert, Entitlement
from throughline.ledger.models.entry import Entry
from throughline.ledger.models.promise import Promise

__all__ = ["Alert", "Entitlement", "Entry", "Promise"]
