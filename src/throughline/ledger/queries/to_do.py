"""What asks the staff for a look: nearly used up, asked for, about to lapse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.blueprint.moments import Span
from throughline.core.todo import ToDo
from throughline.ledger.blueprint import LedgerSection
from throughline.ledger.models import Entitlement
from throughline.ledger.naming import told_label
from throughline.ledger.queries.balances import holder_name
from throughline.ledger.queries.cohort_page import Read
from throughline.ledger.queries.waiting import with_waiting
from throughline.ledger.rules import Sums, in_words, sums_of, warns
from throughline.people.models import Person
from throughline.programs.enums import CohortState
from throughline.programs.models import Cohort
from throughline.programs.sections import section
from throughline.ui import spelling

LOOK_WITHIN = timedelta(days=7)
"""How soon staff look at what an alert or a question says."""

DAYS_OF = {"working day": 1.4, "day": 1, "week": 7, "month": 30, "year": 365}


def todo_items(person: Person, *, now: datetime) -> list[ToDo]:
    """Return what the ledger asks of staff. Four queries, however many districts."""
    if not person.is_staff:
        return []
    running = Cohort.objects.staffed_by(person).filter(state=CohortState.RUNNING)
    cohorts = {cohort.pk: cohort for cohort in running.select_related("version")}
    return to_look_at(person, cohorts, now.date()) if cohorts else []


def to_look_at(
    person: Person, cohorts: dict[int, Cohort], today: date, read: Read | None = None
) -> list[ToDo]:
    """Return what these cohorts ask for. Three queries, or one less where ``read`` knows the cohort."""
    waiting = _waiting(person, cohorts) if read is None else read.waiting
    lapsing = _about_to_lapse(person, cohorts, today)
    sums = read.sums if read else sums_of([one.pk for one in (*waiting, *lapsing)])
    return [
        *_questions(waiting, cohorts),
        *_alerts(waiting, cohorts, sums),
        *_lapsing(lapsing, cohorts, sums),
    ]


def _called(entitlement: Entitlement, cohorts: dict[int, Cohort]) -> str:
    promise = entitlement.promise
    return told_label(cohorts[promise.cohort_id].version, promise)


def _waiting(person: Person, cohorts: dict[int, Cohort]) -> list[Entitlement]:
    """Return entitlements with an alert that nobody noted, or of which more is asked for. One query."""
    staffed = Entitlement.objects.staffed_by(person).filter(promise__cohort__in=cohorts)
    return list(
        with_waiting(staffed)
        .filter(Q(percent__isnull=False) | Q(asked__isnull=False))
        .select_related("promise", "engagement__district", "holder_person", "holder_scope")
        .order_by("pk")
    )


def _questions(waiting: Sequence[Entitlement], cohorts: dict[int, Cohort]) -> Iterator[ToDo]:
    for one in waiting:
        asked: int | None = getattr(one, "asked")  # noqa: B009 - annotated
        if asked is None:
            continue
        asked_at: datetime = getattr(one, "asked_at")  # noqa: B009 - annotated
        yield ToDo(
            _("Answer %(holder)s: %(amount)s more asked for")
            % {"holder": holder_name(one), "amount": in_words(asked, one.promise.unit)},
            5,
            (asked_at + LOOK_WITHIN).date(),
            reverse("ledger:held", args=[one.ref]),
            _("%(who)s asked, about “%(promise)s”.")
            % {"who": getattr(one, "asked_by"), "promise": _called(one, cohorts)},  # noqa: B009
            weight=3,
        )


def _alerts(
    waiting: Sequence[Entitlement], cohorts: dict[int, Cohort], sums: Mapping[int, Sums]
) -> Iterator[ToDo]:
    """Yield alerts that still hold: what was corrected or added to since asks for nothing."""
    for one in waiting:
        percent: int | None = getattr(one, "percent")  # noqa: B009 - annotated
        used = sums.get(one.pk, Sums())
        if percent is None or used.used_percent < percent or not warns(one.promise):
            continue
        raised_at: datetime = getattr(one, "raised_at")  # noqa: B009 - annotated
        yield ToDo(
            _("Look at %(holder)s: %(percent)d%% used or booked")
            % {"holder": holder_name(one), "percent": used.used_percent},
            5,
            (raised_at + LOOK_WITHIN).date(),
            reverse("ledger:held", args=[one.ref]),
            _("Of “%(promise)s” %(left)s can still be booked.")
            % {
                "promise": _called(one, cohorts),
                "left": in_words(max(used.free, 0), one.promise.unit),
            },
            weight=1,
        )


def _about_to_lapse(person: Person, cohorts: dict[int, Cohort], today: date) -> list[Entitlement]:
    """Return what ends within the time in which its program reminds of it. One query, if any."""
    spans: dict[tuple[int, str], Span] = {}
    for pk, cohort in cohorts.items():
        for key, line in section(cohort.version, "ledger", LedgerSection).entitlements.items():
            if line.show_unused is not None:
                spans[pk, key] = line.show_unused
    if not spans:
        return []
    farthest = max(days_of(span) for span in spans.values())
    ending = Entitlement.objects.staffed_by(person).filter(
        promise__cohort__in={pk for pk, _key in spans},
        promise__quantity__isnull=False,
        valid_to__range=(today, today + timedelta(days=farthest)),
    )
    return [
        one
        for one in ending.select_related("promise").order_by("valid_to", "pk")
        if (span := spans.get((one.promise.cohort_id, one.promise.key))) is not None
        and one.valid_to <= today + timedelta(days=days_of(span))
    ]


def days_of(span: Span) -> int:
    """Return about how many days a span is: near enough to say when a reminder begins."""
    return round(span.number * DAYS_OF[span.unit])


def _lapsing(
    ending: Sequence[Entitlement], cohorts: dict[int, Cohort], sums: Mapping[int, Sums]
) -> Iterator[ToDo]:
    """Yield one line for each promise and day, however many hold something of it."""
    found: dict[tuple[int, date], list[Entitlement]] = defaultdict(list)
    for one in ending:
        if sums.get(one.pk, Sums()).free > 0:
            found[one.promise_id, one.valid_to].append(one)
    for (_promise, until), some in found.items():
        promise = some[0].promise
        left = sum(sums[one.pk].free for one in some)
        about = ngettext(
            "%(n)d holder of “%(promise)s” has something left. It lapses on %(day)s.",
            "%(n)d holders of “%(promise)s” have something left. It lapses on %(day)s.",
            len(some),
        )
        said = {
            "n": len(some), "promise": _called(some[0], cohorts), "day": spelling.day(until),
        }  # fmt: skip
        place = reverse("ledger:cohort", args=[cohorts[promise.cohort_id].ref])
        yield ToDo(
            _("Offer what is left: %(amount)s") % {"amount": in_words(left, promise.unit)},
            15,
            until,
            f"{place}?promise={promise.key}#by",
            about % said,
        )
