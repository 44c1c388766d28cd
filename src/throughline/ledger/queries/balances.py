"""Balances, and which entitlement a delivery draws on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from throughline.core.told import Told
from throughline.ledger.models import Entitlement, Entry, Promise
from throughline.ledger.models.entitlement import EntitlementQuerySet
from throughline.ledger.naming import told_label
from throughline.ledger.rules import Sums, in_words, sums_of
from throughline.people.models import Person, Scope
from throughline.programs.models import Cohort, DistrictEngagement


@dataclass(frozen=True, slots=True)
class Balance:
    """What one holder has of one promise, in the promise's unit; None where no number is promised."""

    promise_key: str
    label: Told
    unit: str
    holder: str
    engagement_id: int | None
    person_id: int | None
    granted: int | None
    delivered: int
    scheduled: int
    remaining: int | None
    free: int | None
    ref: str
    until: date | None
    """The last day on which it can be used; nothing without a number."""

    @property
    def delivered_words(self) -> str:
        return in_words(self.delivered, self.unit)

    @property
    def scheduled_words(self) -> str:
        return in_words(self.scheduled, self.unit)

    @property
    def granted_words(self) -> str:
        return "" if self.granted is None else in_words(self.granted, self.unit)

    @property
    def free_words(self) -> str:
        """What is neither delivered nor booked, never below nothing."""
        return "" if self.free is None else in_words(max(self.free, 0), self.unit)


def balances(
    person: Person, cohort: Cohort, *, engagement: DistrictEngagement | None = None
) -> list[Balance]:
    """Return every balance of this cohort that ``person`` may see, by promise. Two queries."""
    held = held_in(person, cohort)
    if engagement is not None:
        held = held.filter(engagement=engagement)
    entitlements = list(held)
    sums = sums_of([one.pk for one in entitlements])
    return [_balance(one, cohort, sums.get(one.pk, Sums())) for one in entitlements]


def entitlement_for(
    *,
    promise_key: str,
    cohort: Cohort,
    person: Person | None = None,
    engagement: DistrictEngagement | None = None,
    on: date | None = None,
) -> Entitlement | None:
    """Return the entitlement of a person or district (of the period that holds ``on``), if any."""
    found = Entitlement.objects.filter(promise__cohort=cohort, promise__key=promise_key)
    if person is not None:
        found = found.filter(holder_person__in=person.ids)
    elif engagement is not None:
        found = found.filter(engagement=engagement, holder_scope__isnull=False)
    else:
        found = found.filter(holder_scope=cohort.scope_id)
    if on is not None:
        found = found.filter(valid_from__lte=on, valid_to__gte=on)
    return found.select_related("promise__cohort", "engagement").order_by("valid_from").first()


def entitlement_drawing(
    table: str,
    *,
    cohort: Cohort,
    person: Person | None = None,
    engagement: DistrictEngagement | None = None,
    on: date | None = None,
) -> Entitlement | None:
    """Return the entitlement that deliveries of a blueprint's table draw on (``on`` that day).

    ``table`` is a path such as ``convenings.series.network`` or ``coaching.kinds.executive``.
    """
    for promise in Promise.objects.filter(cohort=cohort).order_by("pk"):
        if table in promise.draws:
            found = entitlement_for(
                promise_key=promise.key, cohort=cohort, person=person, engagement=engagement
            )
            return entitlement_on(found, on) if found is not None and on is not None else found
    return None


def entitlement_on(entitlement: Entitlement, day: date) -> Entitlement:
    """Return the same holder's entitlement for the period that holds ``day``, else this one."""
    if entitlement.promise.period == "program":
        return entitlement
    found = Entitlement.objects.filter(
        promise=entitlement.promise_id,
        holder_scope=entitlement.holder_scope_id,
        holder_person=entitlement.holder_person_id,
        valid_from__lte=day,
        valid_to__gte=day,
    )
    return found.select_related("promise__cohort", "engagement").first() or entitlement


def source_for(base: str, kind: str) -> str:
    """Return the source of the next booking of ``base``: itself, or "base#2" after a correction."""
    corrected = (
        Entry.objects.filter(Q(source=base) | Q(source__startswith=f"{base}#"), kind=kind)
        .filter(reversal__isnull=False)
        .count()
    )
    return base if not corrected else f"{base}#{corrected + 1}"


def holder_name(entitlement: Entitlement) -> str:
    """Return whose entitlement it is: the district first, or the person without one."""
    if entitlement.engagement is not None:
        return entitlement.engagement.district.name
    return str(entitlement.holder_person or entitlement.holder_scope)


def held_in(person: Person, cohort: Cohort) -> EntitlementQuerySet:
    """Return the entitlements of a cohort that ``person`` sees, with their holders."""
    return (
        Entitlement.objects.visible_to(person)
        .filter(promise__cohort=cohort)
        .select_related("promise", "engagement__district", "holder_person", "holder_scope")
        .order_by("promise", "engagement__district__name", "holder_person__full_name", "valid_from")
    )


def _balance(entitlement: Entitlement, cohort: Cohort, sums: Sums) -> Balance:
    promise = entitlement.promise
    has_number = not promise.is_on_request
    return Balance(
        promise_key=promise.key,
        label=told_label(cohort.version, promise),
        unit=promise.unit,
        holder=str(entitlement.holder_person or holder_name(entitlement)),
        engagement_id=entitlement.engagement_id,
        person_id=entitlement.holder_person_id,
        granted=sums.granted if has_number else None,
        delivered=sums.delivered,
        scheduled=sums.scheduled,
        remaining=sums.remaining if has_number else None,
        free=sums.free if has_number else None,
        ref=entitlement.ref,
        until=entitlement.valid_to if has_number else None,
    )


@dataclass(frozen=True, slots=True)
class OwnPromises:
    """What one person and her district were promised in a cohort."""

    cohort: Cohort
    balances: list[Balance]
    covered: list[Balance]


def own_promises(person: Person, cohorts: QuerySet[Cohort]) -> list[OwnPromises]:
    """Return balances of these cohorts that are hers or her district's. Three queries."""
    found = list(cohorts.select_related("program", "version").order_by("-starts_on", "pk"))
    own = Q(holder_person__in=person.ids) | Q(holder_scope__in=person.scopes())
    own |= Q(holder_scope__isnull=False, engagement__scope__in=_districts(person))
    entitlements = list(
        Entitlement.objects.visible_to(person)
        .filter(own, promise__cohort__in=[one.pk for one in found])
        .select_related("promise", "engagement__district", "holder_person", "holder_scope")
        .order_by("promise", "valid_from")
    )
    sums = sums_of([one.pk for one in entitlements])
    groups: dict[int, OwnPromises] = {cohort.pk: OwnPromises(cohort, [], []) for cohort in found}
    for one in entitlements:
        group = groups[one.promise.cohort_id]
        shown = group.covered if one.promise.kind == "cost" else group.balances
        shown.append(_balance(one, group.cohort, sums.get(one.pk, Sums())))
    return list(groups.values())


def _districts(person: Person) -> QuerySet[Scope]:
    """Return the scopes of districts that she is in, herself or with a team."""
    return Scope.objects.filter(kind="engagement", paths_down__descendant__in=person.scopes())
