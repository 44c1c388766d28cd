"""The page of one entitlement: what it is, every entry, what was added and asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from throughline.core.told import Told
from throughline.ledger.enums import AddOnState
from throughline.ledger.models import AddOn, Entitlement
from throughline.ledger.naming import told_label
from throughline.ledger.queries.cohort_page import Line, page_title
from throughline.ledger.queries.entries import TrailEntry, trail_of
from throughline.ledger.rules import Sums, in_words, sums_of
from throughline.people.models import Person


@dataclass(frozen=True, slots=True)
class AddOnLine:
    """One add-on in words."""

    add_on: AddOn
    amount: str


@dataclass(frozen=True, slots=True)
class Held:
    """What one holder has of a promise, and how it came to be."""

    entitlement: Entitlement
    promise: Told
    holder: str
    line: Line
    entries: Sequence[TrailEntry]
    added: Sequence[AddOnLine]
    asked: AddOnLine | None
    lapses_on: date
    alert: int | None
    """The highest percent that nobody noted and that still holds."""

    @property
    def left(self) -> str:
        """What can still be booked, never below nothing."""
        return in_words(max(self.line.sums.free, 0), self.line.unit)


def held_page(person: Person, entitlement: Entitlement) -> Held:
    """Return the page. Four queries."""
    promise = entitlement.promise
    sums = sums_of([entitlement.pk]).get(entitlement.pk, Sums())
    add_ons = [
        AddOnLine(one, in_words(one.quantity, promise.unit))
        for one in AddOn.objects.visible_to(person)
        .filter(entitlement=entitlement)
        .select_related("asked_by", "decided_by", "entitlement__promise", "entitlement__engagement")
    ]
    waiting = entitlement.alerts.filter(noted_at__isnull=True, percent__lte=sums.used_percent)
    return Held(
        entitlement=entitlement,
        promise=told_label(promise.cohort.version, promise),
        holder=page_title(entitlement),
        line=Line("", "", promise.unit, sums, not promise.is_on_request),
        entries=trail_of(person, entitlement),
        added=[one for one in add_ons if one.add_on.state != AddOnState.ASKED],
        asked=next((one for one in add_ons if one.add_on.state == AddOnState.ASKED), None),
        lapses_on=entitlement.valid_to,
        alert=max(waiting.values_list("percent", flat=True), default=None),
    )
