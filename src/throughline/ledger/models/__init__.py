"""Tables of the ledger, one noun a file."""

from throughline.ledger.models.add_on import AddOn
from throughline.ledger.models.entitlement import Alert, Entitlement
from throughline.ledger.models.entry import Entry
from throughline.ledger.models.promise import Promise
from throughline.ledger.models.waiver import Waiver

__all__ = ["AddOn", "Alert", "Entitlement", "Entry", "Promise", "Waiver"]
