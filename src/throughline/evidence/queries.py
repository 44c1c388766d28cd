"""Reads that serve the pages of evidence. Numbers come from releases alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from throughline.core.decision import Decision
from throughline.evidence.answers import Asked, GraduationPage, answer
from throughline.evidence.enums import GRADUATING_CLASS, GRADUATION
from throughline.evidence.groups import ALL, GROUPS, LENSES
from throughline.evidence.models import Snapshot
from throughline.evidence.rules import can_load
from throughline.people.enums import PlaceKind, Role, ScopeKind
from throughline.people.models import Person, Place, Scope
from throughline.releases.queries import released_tables

DISTRICTS_A_PAGE = 40

EVERY, BOTH = "every", "both"
"""Cells of a state's sums: of every school with a size, and of those that print that of the group too."""


def graduation_question(place: Place, year: int) -> dict[str, object]:
    """Return the one question that a year of printed graduation rates answers."""
    return {
        "by": ["school", "group"],
        "measure": GRADUATION,
        "place": place.code,
        "school_year": year,
    }


def state_class_question(state: str, year: int) -> dict[str, object]:
    """Return the one question that the sums of a state's graduating class answer."""
    return {"by": ["group"], "measure": GRADUATING_CLASS, "school_year": year, "state": state}


def district_graduation(
    person: Person,
    place: Place,
    *,
    year: int | None = None,
    comparator: str = ALL,
    lens: str = "everything",
    look: str = ALL,
) -> GraduationPage:
    """Return what was released about a district's graduation rates and ``person`` may read.

    A fixed number of queries. Without a released year, the page has no years and says so.
    """
    asked = Asked(
        year,
        comparator if comparator in GROUPS else ALL,
        lens if lens in LENSES else "everything",
        look if look in GROUPS else ALL,
    )
    known = (
        Snapshot.objects.visible_to(person)
        .frozen()
        .filter(data_set__owner_place=place, data_set__measure=GRADUATION)
        .order_by("school_year")
        .values_list("school_year", flat=True)
    )
    tables = {
        int(table.period): table
        for table in released_tables(person, [graduation_question(place, one) for one in known])
    }
    if not tables:
        return GraduationPage(place, asked, [])
    schools = Place.objects.filter(kind=PlaceKind.SCHOOL, parent=place)
    names = dict(schools.values_list("code", "name"))
    return answer(place, asked, tables, names)


@dataclass(frozen=True, slots=True)
class DistrictLine:
    """A district to choose, and whether this network has its figures."""

    code: str
    name: str
    where: str
    is_loaded: bool


@dataclass(frozen=True, slots=True)
class DistrictSearch:
    """Districts whose name and state fit, and how many more there are."""

    lines: list[DistrictLine]
    more: int


def districts(person: Person, *, name: str, state: str) -> DistrictSearch:
    """Search districts by part of a name and by state; without either, those with figures here."""
    loaded = set(
        Snapshot.objects.visible_to(person)
        .frozen()
        .filter(data_set__measure=GRADUATION)
        .values_list("data_set__owner_place", flat=True)
    )
    listed = Place.objects.visible_to(person).listed().districts()
    found = listed.order_by("name", "jurisdiction")
    if not name and not state:
        found = found.filter(pk__in=loaded)
    if name:
        found = found.filter(name__icontains=name)
    if state:
        found = found.filter(jurisdiction=state)
    lines = [
        DistrictLine(one.code, one.name, one.where, one.pk in loaded)
        for one in found[:DISTRICTS_A_PAGE]
    ]
    return DistrictSearch(lines, max(0, found.count() - len(lines)))


def states(person: Person) -> list[tuple[str, str]]:
    """Return abbreviation and name of every state, by name."""
    found = Place.objects.visible_to(person).filter(kind=PlaceKind.STATE).order_by("name")
    return list(found.values_list("jurisdiction", "name"))


def graduation_href(place: Place) -> str:
    """Return the address of a district's graduation rates."""
    return reverse("evidence:graduation", args=[place.code])


def keeping_scope(person: Person) -> Scope | None:
    """Return where findings of this person live: her team, or one of the district that she leads.

    Who is in no team keeps them in her district, cohort or whatever she holds a role in.
    """
    order = [ScopeKind.TEAM, ScopeKind.ENGAGEMENT, ScopeKind.COHORT, ScopeKind.PROGRAM]
    rank = {kind: place for place, kind in enumerate(order)}
    led = {scope for role, scope in person.live_roles if role in {Role.FELLOW, Role.TEAM_LEAD}}
    found = Scope.objects.filter(
        Q(pk__in=person.scopes()) | Q(kind=ScopeKind.TEAM, paths_up__ancestor__in=led),
        network_id=person.network_id,
    ).exclude(pk__in=person.excluded_scopes())
    return min(
        found.distinct(),
        key=lambda one: (rank.get(ScopeKind(one.kind), len(rank)), one.pk),
        default=None,
    )


def may_load(person: Person) -> Decision:
    """Say whether this person may load a district's figures for her network."""
    return can_load(person, Scope.objects.get(network=person.network_id, parent=None))
