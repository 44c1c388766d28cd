"""Let figures in that a public source has already published."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.numbers import following
from throughline.engines.disparity import Percent, Unreadable, read_rate
from throughline.people.models import Person
from throughline.releases import hooks
from throughline.releases.enums import (
    POLICY_AS_PRINTED,
    Audience,
    Kind,
    PlanState,
    Reason,
    ReleaseState,
    Shown,
)
from throughline.releases.models import (
    BaseCells,
    Population,
    Release,
    ReleaseBook,
    ReleaseEntry,
    ReleasePlan,
)
from throughline.releases.queries import canonical
from throughline.releases.rules import can_publish_figures

_POLICY_SHA256 = hashlib.sha256(POLICY_AS_PRINTED.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One figure as printed: the cell's key, the size of the group, the text of the rate."""

    cell: str
    n: int | None
    printed: str


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table of a public source: the question it answers, its figures, and where it stands."""

    question: Mapping[str, object]
    period: str
    source: str
    table: str
    retrieved_on: date
    sha256: str
    dimensions: Sequence[str]
    measures: Sequence[str]
    cells: Sequence[PrintedCell]


@transaction.atomic
def publish_figures(
    population: Population, table: PublishedTable, *, by: Person | None, now: datetime
) -> Release:
    """Enter a published table as printed, with its source, for everyone.

    Entering the same table of the same source again returns the release that stands.

    Raises
    ------
    NotAllowed
        ``by`` takes no part in this network.
    BadInput
        A figure is printed in a form that we do not know, or a cell appears twice.
    WrongState
        Somebody entered another table of this population at the same moment.
    """
    if not (decision := can_publish_figures(by, population.scope)):
        raise NotAllowed(decision.reason)
    question, question_sha256 = canonical(table.question)
    book = _book(population)
    if standing := Release.objects.filter(
        book=book, question_sha256=question_sha256, cells__sha256=table.sha256
    ).first():
        return standing
    entries = _entries(population, table.cells)
    plan = _plan(population, book, table, question_sha256, len(entries), now)
    release = Release.objects.create(
        network_id=population.network_id,
        plan=plan,
        book=book,
        cells=plan.cells,
        number=_next_number(book),
        question=question,
        question_sha256=question_sha256,
        policy_sha256=book.policy_sha256,
        kind=Kind.PUBLISHED,
        state=ReleaseState.RELEASED,
        sha256=table.sha256,
        released_at=now,
    )
    for entry in entries:
        entry.release = release
    ReleaseEntry.objects.bulk_create(entries, batch_size=500)
    trail.record(by, "published", release, now=now, scope=population.scope_id)
    for heard in hooks.RELEASED:
        heard(release, now)
    return release


def _book(population: Population) -> ReleaseBook:
    book, _made = ReleaseBook.objects.get_or_create(
        population=population,
        audience=Audience.PUBLIC,
        defaults={
            "network_id": population.network_id,
            "policy": POLICY_AS_PRINTED,
            "policy_sha256": _POLICY_SHA256,
            "threshold": population.least,
        },
    )
    return book


def _plan(
    population: Population,
    book: ReleaseBook,
    table: PublishedTable,
    question_sha256: str,
    size: int,
    now: datetime,
) -> ReleasePlan:
    """Freeze the cells and plan the one table that they will ever show."""
    before = (
        BaseCells.objects.filter(
            population=population,
            period=table.period,
            releases__question_sha256=question_sha256,
            superseded_by__isnull=True,
        )
        .order_by("-frozen_at", "-pk")
        .first()
    )
    cells = BaseCells.objects.create(
        network_id=population.network_id,
        population=population,
        period=table.period,
        kind=Kind.PUBLISHED,
        sha256=table.sha256,
        dimensions=list(table.dimensions),
        measures=list(table.measures),
        cells=size,
        source=table.source,
        table=table.table,
        retrieved_on=table.retrieved_on,
        supersedes=before,
        frozen_at=now,
    )
    return ReleasePlan.objects.create(
        network_id=population.network_id,
        cells=cells,
        book=book,
        number=1,
        tables=[question_sha256],
        sha256=question_sha256,
        state=PlanState.DECIDED,
        shown=size,
        decided_at=now,
    )


def _next_number(book: ReleaseBook) -> int:
    """Return the next number of the book, taken under its revision: the row is the lock."""
    seen = ReleaseBook.objects.get(pk=book.pk).revision
    moved = ReleaseBook.objects.filter(pk=book.pk, revision=seen).update(revision=F("revision") + 1)
    if not moved:
        raise WrongState(_("Somebody released another table a moment ago. Try again."))
    return following(Release.objects.filter(book=book), "number")


def _entries(population: Population, cells: Sequence[PrintedCell]) -> list[ReleaseEntry]:
    seen: set[str] = set()
    entries = []
    for cell in cells:
        if cell.cell in seen:
            raise BadInput(_("The cell %(cell)s appears twice.") % {"cell": cell.cell})
        seen.add(cell.cell)
        try:
            rate = read_rate(cell.printed)
        except Unreadable as error:
            raise BadInput(f"{cell.cell}: {error}") from error
        entries.append(_entry(population, cell, rate))
    return entries


def _entry(population: Population, cell: PrintedCell, rate: Percent | None) -> ReleaseEntry:
    """Turn a printed figure into an entry. A dot stays a dot: nothing is known, and not zero."""
    return ReleaseEntry(
        network_id=population.network_id,
        cell=cell.cell,
        n=cell.n,
        low=float(rate.low) if rate else None,
        high=float(rate.high) if rate else None,
        printed=cell.printed or ".",
        shown=Shown.VALUE if cell.printed.isdigit() else Shown.BAND,
        reason=Reason.PUBLISHED_SO,
    )
