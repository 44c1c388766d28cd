"""Reads that serve the pages of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from throughline.audit.models import AuditEvent
from throughline.people import hooks
from throughline.people.enums import STAFF_ROLES
from throughline.people.identity import Asked
from throughline.people.models import Person, RoleAssignment, Scope


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One thing that was done to a person's record, and by whom."""

    at: datetime
    who: str
    verb: str


def delegable_scopes(person: Person) -> QuerySet[Scope]:
    """Return the scopes in which this person can name an assistant: her own, below the cohort."""
    return person.scopes().filter(kind__in=["engagement", "team", "group"])


def things_about(person: Person, limit: int = 20) -> list[TrailLine]:
    """Return the last things that were done to this person's record, newest first. Two queries."""
    events = list(
        AuditEvent.objects.filter(
            network=person.network_id, kind="people.person", key=person.ref
        ).order_by("-id")[:limit]
    )
    names = dict(
        Person.objects.filter(pk__in={event.by for event in events if event.by}).values_list(
            "pk", "full_name"
        )
    )
    return [
        TrailLine(event.at, names.get(event.by or 0, "Throughline"), event.verb) for event in events
    ]


def staff_of(person: Person) -> QuerySet[RoleAssignment]:
    """Return live staff roles at scopes that this person staffs or that lie above one of hers."""
    return (
        RoleAssignment.objects.visible_to(person)
        .live()
        .filter(role__in=[*STAFF_ROLES, "finance", "safeguarding_lead"])
        .select_related("person", "scope")
        .order_by("person__full_name", "pk")
    )


def asked_of(person: Person) -> list[Asked]:
    """Return the code sets that this person may describe herself with, each once, in order."""
    found = {one.key: one for hook in hooks.ASKED_ABOUT_THEMSELVES for one in hook(person)}
    return list(found.values())
