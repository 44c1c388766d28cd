"""What the ledger holds about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughline.ledger.models import Entitlement, Entry
from throughline.people.personal import Held, Listed

HELD: tuple[Listed, ...] = (
    Held(
        Entitlement, _("What you were promised"), ("holder_person",),
        {
            "promise": (_("Promise"), "promise"),
            "from": (_("From"), "valid_from"),
            "to": (_("To"), "valid_to"),
        },
        related=("promise",),
    ),
    Held(
        Entry, _("Entries for you, or by you"), ("entitlement__holder_person", "by"),
        {
            "promise": (_("Promise"), "entitlement.promise"),
            "kind": (_("Kind"), "kind"),
            "quantity": (_("Quantity"), "quantity"),
            "unit": (_("Unit"), "entitlement.promise.unit"),
            "on": (_("On"), "happened_on"),
            "reason": (_("Reason"), "overrun_reason"),
        },
        related=("entitlement__promise",),
    ),
)  # fmt: skip
