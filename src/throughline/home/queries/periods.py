"""The stretches of time in which a program looks at its figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from throughline.core.blueprint.moments import Span
from throughline.ledger.actions.open_entitlement import add_months
from throughline.programs.models import Cohort
from throughline.programs.sections import section
from throughline.reporting.blueprint import ReportingSection
from throughline.ui import spelling

QUARTER = Span(3, "month")
"""How often figures are looked at where the program says nothing about it."""

MONTHS = {"month": 1, "year": 12}
DAYS = {"week": 7, "day": 1, "working day": 1}


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both inclusive; ``number`` 0 is everything so far."""

    number: int
    first: date
    last: date

    @property
    def label(self) -> str:
        if not self.number:
            return _("All so far")
        return spelling.days(self.first, self.last)


def periods_of(cohort: Cohort, today: date) -> list[Period]:
    """Return everything so far, then each period that has begun, the first one first."""
    last = max(min(today, cohort.ends_on), cohort.starts_on)
    found = [Period(0, cohort.starts_on, last)]
    for number, (first, until) in enumerate(_stretches(cohort), 1):
        if first > last:
            break
        found.append(Period(number, first, until))
    return found


def _stretches(cohort: Cohort) -> Iterator[tuple[date, date]]:
    span = section(cohort.version, "reporting", ReportingSection).periods or QUARTER
    first, number = cohort.starts_on, 0
    while first <= cohort.ends_on:
        number += 1
        following = _later(cohort.starts_on, span, number)
        yield first, min(following - timedelta(days=1), cohort.ends_on)
        first = following


def _later(day: date, span: Span, times: int) -> date:
    if span.unit in MONTHS:
        return add_months(day, MONTHS[span.unit] * span.number * times)
    return day + timedelta(days=DAYS[span.unit] * span.number * times)
