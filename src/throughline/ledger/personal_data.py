"""What the ledger holds about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughline.ledger.models import AddOn, Alert, Entitlement, Entry, Waiver
from throughline.people.personal import Held, Listed, Points

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
    Held(
        AddOn, _("More than was promised, for you or asked for by you"),
        ("entitlement__holder_person", "asked_by", "decided_by"),
        {
            "promise": (_("Promise"), "entitlement.promise"),
            "quantity": (_("Quantity"), "quantity"),
            "unit": (_("Unit"), "entitlement.promise.unit"),
            "reason": (_("Reason"), "reason"),
            "clause": (_("Rests on"), "clause"),
            "state": (_("State"), "state"),
            "answer": (_("Answer"), "answer"),
            "on": (_("On"), "asked_at"),
        },
        related=("entitlement__promise",),
    ),
    Held(
        Waiver, _("Rules that were set aside for you"), ("person", "by"),
        {
            "rule": (_("Rule"), "sentence"),
            "list": (_("For"), "rules"),
            "reason": (_("Reason"), "reason"),
            "on": (_("On"), "at"),
            "until": (_("Until"), "ended_at"),
        },
    ),
    Points(Alert, "who on the staff took an alert off the list; what it says is the entitlement's"),
)  # fmt: skip
