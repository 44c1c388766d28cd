"""What may be drawn, and who may correct."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.decision import YES, Decision, no
from throughline.ledger.blueprint import LedgerSection
from throughline.ledger.enums import KEPT_BY_DATES, EntryKind, Overrun, Unit
from throughline.ledger.models import Entitlement, Entry, Promise
from throughline.people.blueprint import PeopleSection
from throughline.people.enums import STAFF_ROLES, Role
from throughline.people.models import Person, Scope
from throughline.programs.models import Cohort
from throughline.programs.models.cohort import lies_above
from throughline.programs.rules import leads
from throughline.programs.sections import section


@dataclass(frozen=True, slots=True)
class Sums:
    """What the standing entries of an entitlement add up to, in the unit of its promise."""

    granted: int = 0
    delivered: int = 0
    scheduled: int = 0
    expired: int = 0
    carried: int = 0
    """How much of ``granted`` came from another holder or period, where it expired."""

    @property
    def used_percent(self) -> int:
        """How much of what was granted is used or booked, in whole percent."""
        return (self.granted - self.free) * 100 // self.granted if self.granted > 0 else 0

    @property
    def remaining(self) -> int:
        """What was neither delivered nor has lapsed."""
        return self.granted - self.delivered - self.expired

    @property
    def free(self) -> int:
        """What remains and is not booked."""
        return self.remaining - self.scheduled

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.granted + other.granted,
            self.delivered + other.delivered,
            self.scheduled + other.scheduled,
            self.expired + other.expired,
            self.carried + other.carried,
        )


def sums_of(entitlements: Iterable[int]) -> dict[int, Sums]:
    """Return the sums of each entitlement that has entries. One query."""
    found: dict[int, dict[str, int]] = {}
    rows = (
        Entry.objects.standing()
        .filter(entitlement__in=entitlements)
        .order_by()
        .values_list("entitlement", "kind")
        .annotate(total=Sum("quantity"))
    )
    for entitlement, kind, total in rows:
        found.setdefault(entitlement, {})[kind] = total
    return {entitlement: _sums(kinds) for entitlement, kinds in found.items()}


def _sums(kinds: dict[str, int]) -> Sums:
    return Sums(
        granted=kinds.get(EntryKind.GRANTED, 0) + kinds.get(EntryKind.CARRIED, 0),
        delivered=kinds.get(EntryKind.DELIVERED, 0),
        scheduled=kinds.get(EntryKind.SCHEDULED, 0) - kinds.get(EntryKind.UNSCHEDULED, 0),
        expired=kinds.get(EntryKind.EXPIRED, 0),
        carried=kinds.get(EntryKind.CARRIED, 0),
    )


def warns(promise: Promise) -> bool:
    """Whether staff are told when a promise is nearly used up: not where dates alone use it."""
    counted = not promise.is_on_request and bool(promise.alert_at)
    return counted and promise.kind not in KEPT_BY_DATES


def can_overdraw(by: Person | None, entitlement: Entitlement, reason: str) -> Decision:
    """Beyond what was promised: never, with a reason of the staff, or freely, as promised."""
    overrun = entitlement.promise.overrun
    if overrun == Overrun.ALLOW:
        return YES
    if overrun == Overrun.REFUSE:
        return no(_("No more can be booked than was promised."))
    if not reason.strip():
        return no(_("To go beyond it, a member of the staff gives a reason."))
    if can_correct(by, entitlement):
        return YES
    return no(_("Only the host's staff can go beyond what was promised."))


def can_correct(by: Person | None, entitlement: Entitlement) -> Decision:
    """Staff grant and correct; the system may always."""
    if by is None or by.holds(scope_of(entitlement), *STAFF_ROLES):
        return YES
    return no(_("Only the host's staff can correct the ledger."))


def can_reverse(by: Person | None, entry: Entry) -> Decision:
    """Staff correct any entry, and who booked one corrects it."""
    if by is not None and entry.by_id in by.ids and entry.kind != EntryKind.GRANTED:
        return YES
    return can_correct(by, entry.entitlement)


def can_ask_for_more(by: Person | None, entitlement: Entitlement) -> Decision:
    """Whoever it is for, whoever leads that district, its coaches and staff."""
    if by is None or by.is_in([entitlement.holder_person_id]) or can_correct(by, entitlement):
        return YES
    scope = scope_of(entitlement)
    if leads(by, scope) or _coaches_in(by, scope):
        return YES
    return no(_("Only the leader of the district, its coach or the host's staff can ask for more."))


def can_waive(by: Person | None, cohort: Cohort) -> Decision:
    """Directors set a rule aside for a person, and whoever else the program names for it."""
    named = section(cohort.version, "ledger", LedgerSection).waived_by
    people = section(cohort.version, "people", PeopleSection).roles
    roles = {str(people[one].kind) if one in people else one for one in named} | {Role.DIRECTOR}
    if by is None or by.holds(cohort.scope_id, *roles):
        return YES
    return no(_("Only a director, or whom the program names for it, can set a rule aside."))


def _coaches_in(by: Person, scope: int) -> bool:
    coached = by.scopes_as(Role.COACH) | by.scopes_as(Role.MENTOR)
    return Scope.objects.filter(lies_above(coached, "pk"), pk=scope).exists()


def scope_of(entitlement: Entitlement) -> int:
    """Return the scope in which an entitlement is administered: the district's, if there is one."""
    if entitlement.engagement is not None:
        return entitlement.engagement.scope_id
    return entitlement.holder_scope_id or entitlement.promise.cohort.scope_id


def amount(quantity: int, unit: str) -> str:
    """Return a number as people say it: half-days as days, minutes as hours, cents as money."""
    match unit:
        case Unit.MINUTES:
            return formats.number_format(round(Decimal(quantity) / 60, 1), 1)
        case Unit.HALF_DAYS:
            days = Decimal(quantity) / 2
            return formats.number_format(days, quantity % 2)
        case Unit.CENTS:
            return formats.number_format(Decimal(quantity) / 100, 2)
    return formats.number_format(quantity)


def in_words(quantity: int, unit: str) -> str:
    """Return a quantity with its unit in words: "10 days", "1.5 hours", "2 visits"."""
    value = amount(quantity, unit)
    match unit:
        case Unit.MINUTES:
            return ngettext("%(n)s hour", "%(n)s hours", 1 if quantity == 60 else 2) % {"n": value}
        case Unit.HALF_DAYS:
            return ngettext("%(n)s day", "%(n)s days", 1 if quantity == 2 else 2) % {"n": value}
        case Unit.SESSIONS:
            return ngettext("%(n)s session", "%(n)s sessions", quantity) % {"n": value}
        case Unit.WEEKS:
            return ngettext("%(n)s week", "%(n)s weeks", quantity) % {"n": value}
        case Unit.SEATS:
            return ngettext("%(n)s place", "%(n)s places", quantity) % {"n": value}
        case Unit.VISITS:
            return ngettext("%(n)s visit", "%(n)s visits", quantity) % {"n": value}
        case Unit.ITEMS:
            return ngettext("%(n)s item", "%(n)s items", quantity) % {"n": value}
    return value
