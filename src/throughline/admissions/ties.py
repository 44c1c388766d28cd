"""Find ties between people and applications: who works, or worked, in the same district."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from throughline.admissions.models import Application, Call
from throughline.people.enums import STAFF_ROLES, Role
from throughline.people.models import Affiliation, Person, RoleAssignment, ScopePath

JUDGES = frozenset({Role.REVIEWER, Role.COMMITTEE, *STAFF_ROLES})
"""Roles whose holders read or decide, so that their ties matter."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A person and an application that she should not see."""

    application_id: int
    person_id: int
    reason: str


def years_before(day: date, years: int) -> date:
    """Return the same day ``years`` earlier; February 29 becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def judges_of(call: Call) -> list[int]:
    """Return ids of those who read for this call or help to decide it. Two queries."""
    above = ScopePath.objects.filter(descendant=call.cohort.scope_id).values("ancestor")
    holders = RoleAssignment.objects.live().filter(role__in=sorted(JUDGES), scope__in=above)
    readers = call.reviewers.values_list("person", flat=True)
    return sorted({*holders.values_list("person", flat=True), *readers})


def find_ties(call: Call, people: Iterable[int], *, years: int, today: date) -> list[Tie]:
    """Return the ties of these people to the applications of a call, now or within ``years``.

    A school counts as its district, and all records of one human as one. Three queries.
    """
    asked = set(people)
    of_root = roots_of(asked)
    judges: dict[int, list[int]] = {}
    for judge in sorted(asked & set(of_root)):
        judges.setdefault(of_root[judge], []).append(judge)
    since = years_before(today, years)
    worked = (
        Affiliation.objects.filter(person__in=of_root)
        .filter(Q(to_on__isnull=True) | Q(to_on__gte=since))
        .select_related("organization__place")
        .order_by("pk")
    )
    by_district: dict[int, set[int]] = {}
    by_place: dict[int, set[int]] = {}
    for one in worked:
        root = of_root[one.person_id]
        by_district.setdefault(one.organization_id, set()).add(root)
        place = one.organization.place
        for key in {place.pk, place.parent_id} if place and place.kind == "school" else ():
            by_place.setdefault(key or 0, set()).add(root)
    ties = []
    for application in _applications(call):
        district = application.engagement.district
        tied = by_district.get(district.pk, set()) | by_place.get(district.place_id or -1, set())
        tied |= {of_root[application.lead_id]} if application.lead_id in of_root else set()
        found = sorted(judge for root in tied for judge in judges[root])
        ties += [Tie(application.pk, judge, str(district)) for judge in found]
    return ties


def roots_of(people: set[int]) -> dict[int, int]:
    """Return the record that stands for each of these people, and for all their other records."""
    rows = Person.objects.filter(
        Q(pk__in=people)
        | Q(same_as__in=people)
        | Q(absorbed__in=people)
        | Q(same_as__absorbed__in=people)
    )
    return {pk: same or pk for pk, same in rows.values_list("pk", "same_as").distinct()}


def _applications(call: Call) -> Iterable[Application]:
    return (
        Application.objects.filter(call=call)
        .exclude(state="withdrawn")
        .select_related("engagement__district")
        .order_by("pk")
    )
