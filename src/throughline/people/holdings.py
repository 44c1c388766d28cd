"""What two records hold, counted by kind, as Django's own relations find it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Subquery, UniqueConstraint
from django.utils.text import capfirst
from django_stubs_ext import StrOrPromise

from throughline.core.tiers import SEALED
from throughline.people.holding_words import WORDS
from throughline.people.models import AccountPerson, Exclusion, OneTimeLink, Person, PersonMerge

ELSEWHERE = frozenset({AccountPerson, Exclusion, OneTimeLink, Person, PersonMerge})
"""Tables that are shown by themselves, or say which applications exist near somebody."""

Model = type[models.Model]


@dataclass(frozen=True, slots=True)
class Holding:
    """Rows of one kind that name either of two records."""

    title: StrOrPromise
    of_one: int
    of_other: int
    of_both: int
    """Rows of the other that stand where the first has one too, such as a seat at the same event."""


def kinds() -> dict[Model, list[str]]:
    """Return each table that names persons and is counted, with the columns that do.

    Private rows are left out: sealed ones without a tier altogether, others by their tier.
    """
    found: dict[Model, list[str]] = {}
    for relation in Person._meta.get_fields(include_hidden=True):
        model = relation.related_model
        if not relation.auto_created or relation.concrete or not isinstance(model, type):
            continue
        if model not in ELSEWHERE and not is_private(model):
            found.setdefault(model, []).append(relation.field.name)  # type: ignore[union-attr]
    return dict(sorted(found.items(), key=lambda one: one[0]._meta.label_lower))


def is_private(model: Model) -> bool:
    """Whether all rows of a table are for one person alone."""
    names = {field.name for field in model._meta.get_fields()}
    return bool({"sealed", "wrapped"} & names) and "tier" not in names


def title_of(model: Model) -> StrOrPromise:
    """Return what a page calls the rows of a table."""
    return WORDS.get(model._meta.label_lower) or capfirst(str(model._meta.verbose_name_plural))


def holdings(one: Person, other: Person) -> list[Holding]:
    """Return what two records hold, kinds that neither has left out. Two queries."""
    named = {model._meta.label_lower: (model, columns) for model, columns in kinds().items()}
    places = {label: f"n{place}" for place, label in enumerate(named)}
    counts = {places[label]: _naming(*kind) for label, kind in named.items()}
    twins = {places[label]: _standing(*kind, other.pk) for label, kind in named.items()}
    rows = {
        row.pk: vars(row)
        for row in Person.objects.filter(pk__in=[one.pk, other.pk]).annotate(**counts)
    }
    [both] = [vars(row) for row in Person.objects.filter(pk=one.pk).annotate(**twins)]
    found = [
        Holding(title_of(model), rows[one.pk][at], rows[other.pk][at], both[at] or 0)
        for (model, _columns), at in zip(named.values(), places.values(), strict=True)
    ]
    return [kind for kind in found if kind.of_one or kind.of_other]


def _naming(model: Model, columns: list[str]) -> Subquery:
    names = Q()
    for column in columns:
        names |= Q(**{column: OuterRef("pk")})
    return _count(_open(model).filter(names))


def _standing(model: Model, columns: list[str], other: int) -> Subquery:
    """Count rows of ``other`` that a unique constraint would refuse beside one of the person's."""
    collides = Q(pk__in=[])
    for column, beside, condition in _unique(model, set(columns)):
        same = {name: OuterRef(name) for name in beside}
        twin = model._base_manager.filter(condition, **same, **{column: OuterRef(OuterRef("pk"))})
        collides |= Q(Exists(twin)) & Q(**{column: other}) & condition
    return _count(_open(model).filter(collides))


def _unique(model: Model, columns: set[str]) -> Iterator[tuple[str, list[str], Q]]:
    """Yield each column that names a person and is unique, together with which others, and when."""
    for column in sorted(columns):
        if model._meta.get_field(column).unique:  # type: ignore[union-attr]
            yield column, [], Q()
    for one in model._meta.constraints:
        if not isinstance(one, UniqueConstraint) or not columns & set(one.fields):
            continue
        for column in sorted(columns & set(one.fields)):
            yield column, [name for name in one.fields if name != column], one.condition or Q()


def _open(model: Model) -> models.QuerySet[Any]:
    rows = model._base_manager.order_by()
    names = {field.name for field in model._meta.get_fields()}
    return rows.exclude(tier__in=sorted(SEALED)) if "tier" in names else rows


def _count(rows: models.QuerySet[Any]) -> Subquery:
    return Subquery(
        rows.annotate(counted=Func(F("pk"), function="COUNT")).values("counted"),
        output_field=models.IntegerField(),
    )
