"""What staff see of a cohort's ledger."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Max
from django.utils.translation import gettext as _

from throughline.ledger.enums import EntryKind, Per, Unit
from throughline.ledger.models import Entitlement, Entry, Promise
from throughline.ledger.naming import told_label
from throughline.ledger.queries.balances import held_in, holder_name
from throughline.ledger.rules import Sums, amount, in_words, sums_of
from throughline.people.models import Person
from throughline.programs.enums import EngagementState
from throughline.programs.models import Cohort, DistrictEngagement
from throughline.ui import spelling

QUIET_AFTER = timedelta(days=45)
"""After so long without a delivery, a district is worth a look."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the ledger page: a promise for the whole cohort, or one holder of a promise."""

    title: str
    note: str
    unit: str
    sums: Sums
    has_number: bool
    flag: str = ""
    tone: str = ""

    @property
    def granted(self) -> str:
        return amount(self.sums.granted, self.unit)

    @property
    def delivered(self) -> str:
        return amount(self.sums.delivered, self.unit)

    @property
    def scheduled(self) -> str:
        return amount(self.sums.scheduled, self.unit)

    @property
    def free(self) -> str:
        """What is neither delivered nor booked: "remaining" on the page, as people read it."""
        return amount(self.sums.free, self.unit)

    @property
    def unit_words(self) -> str:
        """What the numbers of this line count, as they are shown."""
        shown = {Unit.MINUTES: _("hours"), Unit.HALF_DAYS: _("days")}
        return str(shown.get(Unit(self.unit), Unit(self.unit).label))

    @property
    def done(self) -> int:
        return self.sums.delivered

    @property
    def next(self) -> int:
        return max(self.sums.scheduled, 0)

    @property
    def whole(self) -> int:
        """Length of the bar: what was promised, or more if more was given."""
        return max(self.sums.granted, self.done + self.next)


@dataclass(frozen=True, slots=True)
class CohortLedger:
    """What was promised to a cohort, and for one promise what each district has of it."""

    promises: list[tuple[Promise, Line]]
    on_request: list[tuple[Promise, Line]]
    chosen: Promise | None
    called: str
    holders: list[Line]
    total: Line | None
    pace: float


def ledger_of_cohort(
    person: Person, cohort: Cohort, *, promise_key: str = "", today: date
) -> CohortLedger:
    """Return the ledger page of a cohort. Four queries, however many districts."""
    promises = list(Promise.objects.visible_to(person).filter(cohort=cohort).order_by("pk"))
    held: dict[int, list[Entitlement]] = defaultdict(list)
    for entitlement in held_in(person, cohort):
        held[entitlement.promise_id].append(entitlement)
    sums = sums_of([one.pk for some in held.values() for one in some])
    lines = [
        (one, _promise_line(one, cohort, held[one.pk], sums))
        for one in promises
        if one.kind != "cost"
    ]
    counted = [(one, line) for one, line in lines if not one.is_on_request]
    chosen = next((one for one in promises if one.key == promise_key), None)
    chosen = chosen or next((one for one, _line in counted or lines), None)
    holders = []
    if chosen:
        holders = _holder_lines(chosen, held[chosen.pk], sums, today, cohort.starts_on)
    gone, days = cohort.share_elapsed(today)
    return CohortLedger(
        promises=counted,
        on_request=[(one, line) for one, line in lines if one.is_on_request],
        chosen=chosen,
        called=told_label(cohort.version, chosen) if chosen else "",
        holders=holders,
        total=_total(chosen, holders) if chosen else None,
        pace=gone / days,
    )


def promise_lines(person: Person, cohort: Cohort) -> list[Line]:
    """Return one line for each promise of a cohort but covered costs. Three queries."""
    promises = Promise.objects.visible_to(person).filter(cohort=cohort).exclude(kind="cost")
    held: dict[int, list[Entitlement]] = defaultdict(list)
    for entitlement in held_in(person, cohort):
        held[entitlement.promise_id].append(entitlement)
    sums = sums_of([one.pk for some in held.values() for one in some])
    return [_promise_line(one, cohort, held[one.pk], sums) for one in promises.order_by("pk")]


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One of the last entries, in words."""

    on: date
    holder: str
    words: str
    is_crossed_out: bool


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


def _sort_of(entry: Entry) -> tuple[object, ...]:
    is_crossed_out = getattr(entry, "reversal", None) is not None
    corrects = entry.pk if entry.reverses is not None else None
    return entry.happened_on, entry.entitlement_id, entry.kind, is_crossed_out, corrects


def _trail_entry(same: list[Entry], unit: str) -> TrailEntry:
    first = same[0]
    return TrailEntry(
        on=first.happened_on,
        holder=holder_name(first.entitlement),
        words=_entry_words(first, sum(one.quantity for one in same), unit),
        is_crossed_out=getattr(first, "reversal", None) is not None,
    )


def _promise_line(
    promise: Promise, cohort: Cohort, held: list[Entitlement], sums: dict[int, Sums]
) -> Line:
    total = sum((sums.get(one.pk, Sums()) for one in held), Sums())
    return Line(
        title=told_label(cohort.version, promise),
        note=str(Per(promise.per).label),
        unit=promise.unit,
        sums=_without_handed_over(total),
        has_number=not promise.is_on_request,
    )


def _without_handed_over(sums: Sums) -> Sums:
    """Return sums in which what one person handed to another is counted once."""
    return Sums(sums.granted - sums.expired, sums.delivered, sums.scheduled, 0)


def _holder_lines(
    promise: Promise,
    held: list[Entitlement],
    sums: dict[int, Sums],
    today: date,
    begun: date,
) -> list[Line]:
    last = _last_deliveries(held)
    grouped: dict[str, list[Entitlement]] = defaultdict(list)
    for one in held:
        grouped[holder_name(one)].append(one)
    return [
        _holder_line(promise, name, some, sums, last, today, begun)
        for name, some in sorted(grouped.items())
    ]


def _holder_line(
    promise: Promise,
    name: str,
    held: list[Entitlement],
    sums: dict[int, Sums],
    last: dict[int, date],
    today: date,
    begun: date,
) -> Line:
    total = _without_handed_over(sum((sums.get(one.pk, Sums()) for one in held), Sums()))
    people = [str(one.holder_person) for one in held if one.holder_person_id]
    deliveries = [last[one.pk] for one in held if one.pk in last]
    flag, tone = _flag(promise, held[0].engagement, total, max(deliveries, default=None), today)
    untouched = total.granted > 0 and not deliveries and not total.scheduled
    if not flag and untouched and today - begun > QUIET_AFTER:
        flag, tone = _("Nothing delivered or booked yet"), "warn"
    return Line(name, ", ".join(people), promise.unit, total, not promise.is_on_request, flag, tone)


def _flag(
    promise: Promise,
    engagement: DistrictEngagement | None,
    sums: Sums,
    last: date | None,
    today: date,
) -> tuple[str, str]:
    """Return the one word that is worth a look beside a district, and its tone."""
    if engagement is not None and engagement.state in (
        EngagementState.PAUSED,
        EngagementState.WITHDRAWN,
    ):
        return str(EngagementState(engagement.state).label), "info"
    if sums.free < 0:
        over = in_words(-sums.free, promise.unit)
        return _("%(amount)s beyond the promise") % {"amount": over}, "warn"
    used = (sums.granted - sums.free) * 100 // sums.granted if sums.granted else 0
    if promise.kind == "coaching" and promise.alert_at and used >= min(promise.alert_at):
        return _("%(percent)d%% used or booked") % {"percent": used}, "warn"
    quiet = last is not None and today - last > QUIET_AFTER and sums.scheduled == 0
    if last is not None and quiet and sums.free > 0:
        return _("Nothing since %(day)s") % {"day": spelling.day(last)}, "warn"
    return "", ""


def _last_deliveries(held: list[Entitlement]) -> dict[int, date]:
    found = (
        Entry.objects.standing()
        .filter(entitlement__in=[one.pk for one in held], kind=EntryKind.DELIVERED)
        .order_by()
        .values_list("entitlement")
        .annotate(last=Max("happened_on"))
    )
    return dict(found)


def _total(promise: Promise, holders: list[Line]) -> Line:
    total = sum((line.sums for line in holders), Sums())
    return Line(_("All"), "", promise.unit, total, not promise.is_on_request)


def _entry_words(entry: Entry, number: int, unit: str) -> str:
    quantity = in_words(number, unit)
    if entry.kind == EntryKind.REVERSED and entry.reverses is not None:
        was = EntryKind(entry.reverses.kind).label
        return _("Corrected: the entry “%(was)s” of %(amount)s does not count.") % {
            "was": was, "amount": quantity,
        }  # fmt: skip
    return _("%(amount)s: %(kind)s") % {"amount": quantity, "kind": EntryKind(entry.kind).label}
