"""Reading what was released. A question that was never planned has no answer here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from throughline.people.models import Person
from throughline.releases.models import Release, ReleaseEntry


@dataclass(frozen=True, slots=True)
class Entry:
    """One released cell, as a page may use it. The reason of a hidden cell is not here."""

    cell: str
    n: int | None
    printed: str
    shown: str


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """A released table with its source and the day it was retrieved."""

    release: Release
    period: str
    source: str
    table: str
    retrieved_on: date | None
    entries: tuple[Entry, ...]

    @property
    def question(self) -> dict[str, Any]:
        """The question that it answers, as it was planned."""
        asked: dict[str, Any] = json.loads(self.release.question)
        return asked


def canonical(question: Mapping[str, object]) -> tuple[str, str]:
    """Return a question as canonical JSON and its SHA-256: the same question, the same bytes."""
    text = json.dumps(question, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text, hashlib.sha256(text.encode()).hexdigest()


def released_tables(
    person: Person, questions: Iterable[Mapping[str, object]], *, cells_of: Iterable[str] = ()
) -> list[ReleasedTable]:
    """Return the tables that answer these questions and that ``person`` may read, by period.

    Two queries however many there are. Of superseded cells only the newest answer. With
    ``cells_of``, only cells whose key ends with one of them are in the tables.
    """
    hashes = [canonical(question)[1] for question in questions]
    releases = list(
        Release.objects.visible_to(person)
        .released()
        .filter(question_sha256__in=hashes, cells__superseded_by__isnull=True)
        .select_related("cells")
        .order_by("cells__period", "number")
    )
    entries: dict[int, list[Entry]] = {release.pk: [] for release in releases}
    ends = reduce(or_, (Q(cell__endswith=one) for one in cells_of), Q())
    rows = ReleaseEntry.objects.filter(ends, release__in=entries).order_by("release", "cell")
    for release, cell, n, printed, shown in rows.values_list(
        "release", "cell", "n", "printed", "shown"
    ):
        entries[release].append(Entry(cell, n, printed, shown))
    return [
        ReleasedTable(
            release,
            release.cells.period,
            release.cells.source,
            release.cells.table,
            release.cells.retrieved_on,
            tuple(entries[release.pk]),
        )
        for release in releases
    ]
