"""Reads that serve the pages of people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.audit.models import AccessEvent, AuditEvent
from throughline.core.todo import ToDo
from throughline.people import hooks
from throughline.people.enums import STAFF_ROLES, Role
from throughline.people.identity import Asked
from throughline.people.models import Person, PrivacyRequest, RoleAssignment, Scope
from throughline.people.personal import Held


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One thing that was done to a person's record, and by whom."""

    at: datetime
    who: str
    verb: str


@dataclass(frozen=True, slots=True)
class Look:
    """One look at something restricted about a person: by whom, at what, by which right."""

    at: datetime
    who: str
    what: str
    why: str


def delegable_scopes(person: Person) -> QuerySet[Scope]:
    """Return the scopes in which this person can name an assistant: her own, below the cohort."""
    return person.scopes().filter(kind__in=["engagement", "team", "group"])


def todo_items(person: Person, *, now: datetime) -> list[ToDo]:  # noqa: ARG001 - as everywhere
    """Return requests about personal data that wait for this director. One query, if she is one."""
    if Role.DIRECTOR not in {role for role, _scope in person.live_roles}:
        return []
    waiting = PrivacyRequest.objects.visible_to(person).open().exclude(person__in=person.ids)
    return [
        ToDo(
            title=_("Answer a request about personal data: %(name)s") % {"name": one.person},
            minutes=10,
            due_on=one.due_on,
            href=reverse("people:answer_request", args=[one.ref]),
            weight=2,
        )
        for one in waiting.select_related("person").order_by("due_on", "pk")
    ]


def things_about(person: Person, limit: int | None = 20) -> list[TrailLine]:
    """Return the last things that were done to this person's record, newest first. Two queries."""
    events = list(
        AuditEvent.objects.filter(
            network=person.network_id, kind="people.person", key=person.ref
        ).order_by("-id")[:limit]
    )
    names = _names(event.by for event in events)
    return [
        TrailLine(event.at, names.get(event.by or 0, "Throughline"), event.verb) for event in events
    ]


def looks_at(person: Person, limit: int | None = 50) -> list[Look]:
    """Return who looked at what is restricted about this person, newest first. Two queries."""
    events = list(
        AccessEvent.objects.filter(network=person.network_id, about__in=person.ids).order_by("-id")[
            :limit
        ]
    )
    names = _names(event.viewer for event in events)
    return [
        Look(event.at, names.get(event.viewer, "Throughline"), _noun(event.kind), event.why)
        for event in events
    ]


def _names(keys: Iterable[int | None]) -> dict[int, str]:
    wanted = {key for key in keys if key}
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "full_name"))


def _noun(kind: str) -> str:
    """Return what a table is called where people read about it."""
    titles = {one.key: str(one.title) for one in hooks.PERSONAL_DATA if isinstance(one, Held)}
    return titles.get(kind, kind)


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
