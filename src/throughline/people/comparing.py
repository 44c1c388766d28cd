"""Two records side by side, as staff read them before they decide."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from throughline.people.models import Affiliation, Person, PersonAlias, RoleAssignment
from throughline.people.role_words import role_word


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of both records."""

    title: str
    of_one: list[str]
    of_other: list[str]


def side_by_side(one: Person, other: Person) -> list[Line]:
    """Return what is known of two records. Four queries."""
    both = [one, other]
    facts = [
        (_("Name"), {person.pk: [person.full_name] for person in both}),
        (_("Addresses"), _addresses(both)),
        (_("Signs in"), _signs_in(both)),
        (_("Roles"), _roles(both)),
        (_("Works at"), _work(both)),
        (
            _("Under age"),
            {person.pk: [_("Yes") if person.is_minor else _("No")] for person in both},
        ),
    ]
    return [Line(title, found.get(one.pk, []), found.get(other.pk, [])) for title, found in facts]


def _addresses(both: list[Person]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = PersonAlias.objects.filter(person__in=both, kind="email").order_by("pk")
    for person, value in rows.values_list("person", "value"):
        found.setdefault(person, []).append(value)
    return found


def _signs_in(both: list[Person]) -> dict[int, list[str]]:
    keys = [person.pk for person in both]
    rows = Person.objects.filter(pk__in=keys, account_link__isnull=False)
    signing = set(rows.values_list("pk", flat=True))
    return {key: [_("Yes") if key in signing else _("No")] for key in keys}


def _roles(both: list[Person]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = RoleAssignment.objects.live().filter(person__in=both)
    for row in rows.select_related("scope", "person__network").order_by("pk"):
        word = role_word(row.role, row.person.network)
        found.setdefault(row.person_id, []).append(f"{word}, {row.scope}")
    return found


def _work(both: list[Person]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Affiliation.objects.filter(person__in=both).select_related("organization")
    for row in rows.order_by("pk"):
        said = f"{row.title}, {row.organization}" if row.title else str(row.organization)
        found.setdefault(row.person_id, []).append(said)
    return found
