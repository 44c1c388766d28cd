"""People around a cohort: they belong to it without a seat, as faculty, partners or experts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.text import capfirst

from throughline.people.blueprint import PeopleSection
from throughline.people.enums import Role
from throughline.people.models import Affiliation, Person, RoleAssignment
from throughline.programs.models import BlueprintVersion, Cohort
from throughline.programs.sections import section
from throughline.programs.words import words_of

AROUND = (Role.FACULTY, Role.FACILITATOR, Role.PARTNER, Role.EXPERT)
"""They see the cohort's events; applications, teams' texts and coaching stay closed to them."""


@dataclass(frozen=True, slots=True)
class Around:
    """Somebody around a cohort, in the program's word for her role."""

    person: Person
    role: str
    word: str
    organization: str
    since: date


def around_words(version: BlueprintVersion) -> list[tuple[str, str]]:
    """Return each role with what the program calls it, or else its plain name."""
    own = dict(_own_words(version))
    return [(role.value, own.get(role.value) or str(role.label)) for role in AROUND]


def _own_words(version: BlueprintVersion) -> Iterator[tuple[str, str]]:
    words = words_of(version)
    for key, declared in section(version, "people", PeopleSection).roles.items():
        if declared.scope != "cohort":
            continue
        name = declared.word or key
        if name in words.terms or key != declared.kind:
            yield declared.kind, capfirst(words.one(name))


def people_around(person: Person, cohort: Cohort) -> list[Around]:
    """Return who is around a cohort that ``person`` sees, by name. Two queries."""
    words = dict(around_words(cohort.version))
    live = Affiliation.objects.filter(to_on=None).select_related("organization").order_by("pk")
    held = (
        RoleAssignment.objects.visible_to(person)
        .live()
        .filter(scope=cohort.scope_id, role__in=AROUND)
        .select_related("person")
        .prefetch_related(Prefetch("person__affiliations", live))
        .order_by("person__full_name", "pk")
    )
    return [
        Around(
            person=one.person,
            role=one.role,
            word=words[one.role],
            organization=", ".join(str(at.organization) for at in one.person.affiliations.all()),
            since=one.from_on,
        )
        for one in held
    ]
