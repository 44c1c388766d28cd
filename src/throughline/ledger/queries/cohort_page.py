"""What staff see of a cohort's ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max
from django.utils.translation import gettext as _

from throughline.ledger.enums import EntryKind, Per, Unit
from throughline.ledger.models import Entitlement, Entry, Promise
from throughline.ledger.naming import told_label
from throughline.ledger.queries.balances import held_in, holder_name
from throughline.ledger.queries.waiting import with_waiting
from throughline.ledger.rules import Sums, amount, in_words, sums_of, warns
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
    key: str = ""
    """The key of the promise, where the line is about a promise as a whole."""
    pages: Sequence[tuple[str, str]] = ()
    """Whose it is and the reference of its page, for each entitlement behind this line."""

    @property
    def only_page(self) -> str:
        """The reference of the one entitlement behind this line, where there is one."""
        return self.pages[0][1] if len(self.pages) == 1 else ""

    @property
    def lapsed(self) -> str:
        """What nobody got and nobody can get any more, or nothing."""
        return in_words(self.sums.expired, self.unit) if self.sums.expired > 0 else ""

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
    lapses_on: date | None = None
    """When what is left of the chosen promise lapses next; nothing without a number."""


def ledger_of_cohort(
    person: Person, cohort: Cohort, *, promise_key: str = "", today: date
) -> CohortLedger:
    """Return the ledger page of a cohort. Four queries, however many districts."""
    promises = list(Promise.objects.visible_to(person).filter(cohort=cohort).order_by("pk"))
    read = read_of(person, cohort)
    held, sums = read.held, read.sums
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
        holders = _holder_lines(chosen, held[chosen.pk], sums, today, cohort)
    gone, days = cohort.share_elapsed(today)
    return CohortLedger(
        promises=counted,
        on_request=[(one, line) for one, line in lines if one.is_on_request],
        chosen=chosen,
        called=told_label(cohort.version, chosen) if chosen else "",
        holders=holders,
        total=_total(chosen, holders) if chosen else None,
        pace=gone / days,
        lapses_on=_lapses_on(chosen, held[chosen.pk], today) if chosen else None,
    )


def _lapses_on(promise: Promise, held: list[Entitlement], today: date) -> date | None:
    coming = [one.valid_to for one in held if one.valid_to >= today]
    return None if promise.is_on_request else min(coming, default=None)


@dataclass(frozen=True, slots=True)
class Read:
    """What is held in a cohort, by promise, and what its entries add up to."""

    held: Mapping[int, list[Entitlement]]
    sums: dict[int, Sums]

    @property
    def waiting(self) -> list[Entitlement]:
        """Entitlements with an alert that nobody noted, or of which more is asked for."""
        every = (one for some in self.held.values() for one in some)
        return [one for one in every if (one.percent, one.asked) != (None, None)]  # type: ignore[attr-defined]


def read_of(person: Person, cohort: Cohort) -> Read:
    """Read what this person sees of a cohort's ledger, for several parts of a page. Two queries."""
    held: dict[int, list[Entitlement]] = defaultdict(list)
    for entitlement in with_waiting(held_in(person, cohort)):
        held[entitlement.promise_id].append(entitlement)
    return Read(held, sums_of([one.pk for some in held.values() for one in some]))


def promise_lines(person: Person, cohort: Cohort, read: Read | None = None) -> list[Line]:
    """Return one line for each promise of a cohort but covered costs. A query, and ``read_of``."""
    read = read or read_of(person, cohort)
    promises = Promise.objects.visible_to(person).filter(cohort=cohort).exclude(kind="cost")
    return [
        _promise_line(one, cohort, read.held[one.pk], read.sums) for one in promises.order_by("pk")
    ]


def _promise_line(
    promise: Promise, cohort: Cohort, held: list[Entitlement], sums: dict[int, Sums]
) -> Line:
    total = sum((sums.get(one.pk, Sums()) for one in held), Sums())
    return Line(
        title=told_label(cohort.version, promise),
        note=str(Per(promise.per).label),
        unit=promise.unit,
        sums=_counted_once(total),
        has_number=not promise.is_on_request,
        key=promise.key,
    )


def _counted_once(sums: Sums) -> Sums:
    """Return sums in which what one person or period handed to another is counted once.

    What lapsed without going on to anybody stays: it was promised, and nobody got it.
    """
    moved = sums.carried
    return Sums(sums.granted - moved, sums.delivered, sums.scheduled, sums.expired - moved)


def _holder_lines(
    promise: Promise,
    held: list[Entitlement],
    sums: dict[int, Sums],
    today: date,
    cohort: Cohort,
) -> list[Line]:
    last = _last_deliveries(held)
    grouped: dict[str, list[Entitlement]] = defaultdict(list)
    for one in held:
        grouped[holder_name(one)].append(one)
    return [
        _holder_line(promise, name, some, sums, last, today, cohort)
        for name, some in sorted(grouped.items())
    ]


def _holder_line(
    promise: Promise,
    name: str,
    held: list[Entitlement],
    sums: dict[int, Sums],
    last: dict[int, date],
    today: date,
    cohort: Cohort,
) -> Line:
    total = _counted_once(sum((sums.get(one.pk, Sums()) for one in held), Sums()))
    people = [str(one.holder_person) for one in held if one.holder_person_id]
    deliveries = [last[one.pk] for one in held if one.pk in last]
    flag, tone = _flag(promise, held[0].engagement, total, max(deliveries, default=None), today)
    untouched = total.granted > 0 and not deliveries and not total.scheduled
    if not flag and untouched and today - cohort.starts_on > QUIET_AFTER:
        flag, tone = _("Nothing delivered or booked yet"), "warn"
    less = less_than_promised(promise, total, cohort, today)
    if less and tone != "info" and (not flag or today > cohort.ends_on):
        flag, tone = less, "warn"
    return Line(
        name, spelling.listed(list(dict.fromkeys(people))), promise.unit, total,
        not promise.is_on_request, flag, tone,
        pages=[(page_title(one), one.ref) for one in held],
    )  # fmt: skip


def page_title(entitlement: Entitlement) -> str:
    """Return whose entitlement it is, and of which period where there are several."""
    name = str(entitlement.holder_person or holder_name(entitlement))
    if entitlement.promise.period == "program":
        return name
    return f"{name}, {spelling.days(entitlement.valid_from, entitlement.valid_to)}"


def less_than_promised(promise: Promise, sums: Sums, cohort: Cohort, today: date) -> str:
    """Say that a holder got less than promised, or will at this pace; nothing where she does not.

    While the cohort runs, what is delivered and booked may lag an even pace by a quarter of the
    promise. Once it is over, whatever was not delivered is told.
    """
    if promise.is_on_request or sums.granted <= 0:
        return ""
    if today > cohort.ends_on:
        missing = sums.granted - sums.delivered
        said = _("%(amount)s never delivered")
        return said % {"amount": in_words(missing, promise.unit)} if missing > 0 else ""
    if promise.is_cap:
        return ""
    gone, days = cohort.share_elapsed(today)
    due = sums.granted * gone // days
    behind = due - sums.delivered - sums.scheduled
    if behind * 4 <= sums.granted:
        return ""
    return _("%(amount)s behind an even pace") % {"amount": in_words(behind, promise.unit)}


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
    used = sums.used_percent
    if warns(promise) and used >= min(promise.alert_at):
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
