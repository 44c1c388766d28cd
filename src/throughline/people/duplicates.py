"""Records that may be of one human: suggested to staff, never brought together by themselves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from throughline.people.enums import ScopeKind
from throughline.people.merge_rules import UNDO_WITHIN
from throughline.people.models import (
    Affiliation,
    Person,
    PersonAlias,
    PersonMerge,
    RoleAssignment,
)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Two records that may be of one human, and why."""

    one: Person
    other: Person
    why: str


def records_for(by: Person) -> QuerySet[Person]:
    """Return records of her network that she may compare: none of a scope that is closed to her."""
    closed = RoleAssignment.objects.filter(scope__in=by.excluded_scopes()).values("person")
    found = Person.objects.filter(network_id=by.network_id, emptied_at=None)
    return found.exclude(pk__in=closed).exclude(pk__in=by.same_ids)


def suspicions(by: Person) -> list[Suspicion]:
    """Return pairs with one name in one district, or one address. A fixed number of queries.

    Records that were brought together, or parted again, are not suggested.
    """
    records = records_for(by).filter(same_as=None)
    pairs = dict.fromkeys(_of_one_address(records), _("Same address"))
    pairs |= dict.fromkeys(_of_one_name_and_district(records), _("Same name in one district"))
    parted = PersonMerge.objects.filter(network_id=by.network_id).values_list("kept", "absorbed")
    known = {frozenset(pair) for pair in parted}
    left = {pair: why for pair, why in pairs.items() if frozenset(pair) not in known}
    persons = Person.objects.in_bulk({pk for pair in left for pk in pair})
    found = [Suspicion(persons[one], persons[other], why) for (one, other), why in left.items()]
    return sorted(found, key=lambda pair: (pair.one.full_name, pair.one.pk, pair.other.pk))


def decided_lately(by: Person, now: datetime) -> QuerySet[PersonMerge]:
    """Return merges that can still be undone, newest first. One query."""
    return (
        PersonMerge.objects.visible_to(by)
        .live()
        .filter(merged_at__gte=now - UNDO_WITHIN)
        .exclude(Q(kept__in=by.same_ids) | Q(absorbed__in=by.same_ids))
        .select_related("kept", "absorbed", "by")
        .order_by("-merged_at", "-pk")
    )


def record_called(by: Person, words: str) -> list[Person]:
    """Return the records with this name or address, at most two: more than one is too many."""
    said = words.strip()
    at = PersonAlias.objects.filter(
        network_id=by.network_id, kind="email", value__iexact=said
    ).values("person")
    return list(records_for(by).filter(Q(full_name__iexact=said) | Q(pk__in=at)).order_by("pk")[:2])


def name_key(name: str) -> tuple[str, ...]:
    """Return a name without accents, case, marks and order: "Lane, Márigold" is "marigold lane"."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    bare = "".join(one for one in plain if not unicodedata.combining(one))
    return tuple(sorted(re.findall(r"\w+", bare)))


def _of_one_name_and_district(records: QuerySet[Person]) -> Iterator[tuple[int, int]]:
    by_name: dict[tuple[str, ...], list[int]] = {}
    for pk, name in records.values_list("pk", "full_name"):
        by_name.setdefault(name_key(name), []).append(pk)
    alike = [group for group in by_name.values() if len(group) > 1]
    districts = _districts({pk for group in alike for pk in group})
    for group in alike:
        for one, other in combinations(sorted(group), 2):
            if districts.get(one, set()) & districts.get(other, set()):
                yield one, other


def _districts(people: Iterable[int]) -> dict[int, set[tuple[str, int]]]:
    """Return where each works or worked, and in which districts' scopes she has or had a role."""
    found: dict[int, set[tuple[str, int]]] = {}
    works = Affiliation.objects.filter(person__in=people).values_list("person", "organization")
    roles = RoleAssignment.objects.filter(
        person__in=people, scope__paths_up__ancestor__kind=ScopeKind.ENGAGEMENT
    ).values_list("person", "scope__paths_up__ancestor")
    for person, place in works:
        found.setdefault(person, set()).add(("organization", place))
    for person, scope in roles:
        found.setdefault(person, set()).add(("scope", scope))
    return found


def _of_one_address(records: QuerySet[Person]) -> Iterator[tuple[int, int]]:
    aliases = PersonAlias.objects.filter(kind="email", person__in=records).annotate(
        address=Lower("value")
    )
    shared = (
        aliases.order_by()
        .values("address")
        .annotate(people=Count("person", distinct=True))
        .filter(people__gt=1)
        .values("address")
    )
    found: dict[str, set[int]] = {}
    for address, person in aliases.filter(address__in=shared).values_list("address", "person"):
        found.setdefault(address, set()).add(person)
    for people in found.values():
        yield from combinations(sorted(people), 2)
