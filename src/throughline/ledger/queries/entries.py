"""Entries of the ledger in words, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from throughline.ledger.enums import EntryKind
from throughline.ledger.models import Entitlement, Entry, Promise
from throughline.ledger.queries.balances import holder_name
from throughline.ledger.rules import in_words
from throughline.people.models import Person


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One of the last entries, in words."""

    on: date
    holder: str
    words: str
    is_crossed_out: bool
    because: str = ""
    """Why it goes beyond the promise, where it does."""


def last_entries(person: Person, promise: Promise, *, limit: int = 8) -> list[TrailEntry]:
    """Return the last entries of a promise, corrections and what they crossed out included.

    Entries of one kind that were written for one holder on one day are one line.
    """
    entries = (
        Entry.objects.visible_to(person)
        .filter(entitlement__promise=promise)
        .exclude(kind=EntryKind.GRANTED)
        .select_related(
            "entitlement__engagement__district", "entitlement__holder_person",
            "entitlement__holder_scope", "reverses", "reversal",
        )
        .order_by("-pk")[: limit * 4]
    )  # fmt: skip
    return [_trail_entry(list(some), promise.unit) for _key, some in groupby(entries, _sort_of)][
        :limit
    ]


def trail_of(person: Person, entitlement: Entitlement) -> list[TrailEntry]:
    """Return every entry of one entitlement, the newest first, corrections included. One query.

    Those of one kind and one day that follow one another are one line.
    """
    entries = (
        Entry.objects.visible_to(person)
        .filter(entitlement=entitlement)
        .select_related(
            "entitlement__engagement__district", "entitlement__holder_person",
            "entitlement__holder_scope", "reverses", "reversal", "by",
        )
        .order_by("-pk")
    )  # fmt: skip
    return [
        _trail_entry(list(some), entitlement.promise.unit)
        for _key, some in groupby(entries, _sort_of)
    ]


def _sort_of(entry: Entry) -> tuple[object, ...]:
    is_crossed_out = getattr(entry, "reversal", None) is not None
    corrects = entry.pk if entry.reverses is not None else None
    return (
        entry.happened_on, entry.entitlement_id, entry.kind, is_crossed_out, corrects,
        entry.overrun_reason,
    )  # fmt: skip


def _trail_entry(same: list[Entry], unit: str) -> TrailEntry:
    first = same[0]
    return TrailEntry(
        on=first.happened_on,
        holder=holder_name(first.entitlement),
        words=_entry_words(first, sum(one.quantity for one in same), unit),
        is_crossed_out=getattr(first, "reversal", None) is not None,
        because=first.overrun_reason,
    )


def _entry_words(entry: Entry, number: int, unit: str) -> str:
    quantity = in_words(number, unit)
    if entry.kind == EntryKind.REVERSED and entry.reverses is not None:
        was = EntryKind(entry.reverses.kind).label
        return _("Corrected: the entry “%(was)s” of %(amount)s does not count.") % {
            "was": was, "amount": quantity,
        }  # fmt: skip
    return _("%(amount)s: %(kind)s") % {"amount": quantity, "kind": EntryKind(entry.kind).label}
