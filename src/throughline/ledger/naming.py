"""What a promise is called: by the version, in the language that is active."""

from __future__ import annotations

from django.utils.translation import gettext as _

from throughline.core.blueprint.amounts import Amount
from throughline.core.told import Told
from throughline.ledger.blueprint import EntitlementSection, LedgerSection
from throughline.ledger.models import Promise
from throughline.people.blueprint import PeopleSection
from throughline.programs.models import BlueprintVersion
from throughline.programs.sections import section
from throughline.programs.spoken import told
from throughline.programs.words import Words, words_of
from throughline.ui import spelling

LONGEST = 200
OWN_WORDS = frozenset({"convening", "session", "meeting", "week"})
"""Kinds of promises that a program may call by a term of its own."""


def label_of(version: BlueprintVersion, key: str) -> str:
    """Return "10 days of convenings", "Services on request", "Travel is covered", or nothing."""
    line = section(version, "ledger", LedgerSection).entitlements.get(key)
    if line is not None:
        return _label(line, words_of(version))[:LONGEST]
    roles = section(version, "people", PeopleSection).roles
    covered = {
        covered_key(name, kind): kind for name, role in roles.items() for kind in role.covered
    }
    return _covered(covered[key]) if key in covered else ""


def covered_key(role: str, kind: str) -> str:
    """Return the key of the promise that a cost of a role is covered."""
    return f"{role}-{kind}"


def told_label(version: BlueprintVersion, promise: Promise) -> Told:
    """Return what a promise is called in the reader's language."""
    return told(version, promise.label, label_of, promise.key)


def _label(line: EntitlementSection, words: Words) -> str:
    what = _what(line.kind, words)
    if not isinstance(line.quantity, Amount) or not line.quantity.unit:
        return _("%(what)s on request") % {"what": what[:1].upper() + what[1:]}
    if line.quantity.unit == line.kind and line.kind in OWN_WORDS:
        return spelling.amount(line.quantity, (words.one(line.kind), words.other(line.kind)))
    amount = spelling.amount(line.quantity)
    if amount.endswith(f" {what}"):
        return amount
    return _("%(amount)s of %(what)s") % {"amount": amount, "what": what}


def _what(kind: str, words: Words) -> str:
    if kind in OWN_WORDS:
        return words.other(kind)
    named = {
        "coaching": _("coaching"),
        "service": _("services"),
        "event": _("events"),
        "cost": _("costs"),
        "stipend": _("stipend"),
        "course": _("courses"),
        "report": _("reports"),
    }
    return named.get(kind, kind)


def _covered(kind: str) -> str:
    return {
        "travel": _("Travel is covered"),
        "lodging": _("Lodging is covered"),
        "meals": _("Meals are covered"),
        "materials": _("Learning materials are covered"),
    }.get(kind, kind)
