"""Give a role, and end one."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from throughline.audit import trail
from throughline.core import clock
from throughline.core.errors import NotAllowed
from throughline.people.models import Person, RoleAssignment, Scope
from throughline.people.rules import can_end_role, can_give_role


@transaction.atomic
def give_role(
    person: Person,
    role: str,
    scope: Scope,
    *,
    by: Person | None,
    now: datetime,
    from_on: date | None = None,
) -> RoleAssignment:
    """Give ``person`` a role in ``scope``; giving it again returns the one she holds.

    Raises
    ------
    NotAllowed
        ``by`` is no director there, gives it to herself, or the role cannot be held there.
    """
    if not (decision := can_give_role(by, person, role, scope)):
        raise NotAllowed(decision.reason)
    assignment, is_new = RoleAssignment.objects.get_or_create(
        network_id=person.network_id,
        person=person,
        role=role,
        scope=scope,
        to_on=None,
        defaults={"from_on": from_on or now.date(), "given_by": by},
    )
    if is_new:
        trail.record(by, "gave role", person, now=now, scope=scope.pk, fields=[role])
    forget_roles(person)
    return assignment


@transaction.atomic
def end_role(
    assignment: RoleAssignment, *, by: Person | None, now: datetime, reason: str = ""
) -> None:
    """End a role today. Ending it again changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` is neither a director there nor its holder.
    """
    if not (decision := can_end_role(by, assignment)):
        raise NotAllowed(decision.reason)
    with clock.at(now):
        ended_on = max(clock.today(), assignment.from_on)
    moved = RoleAssignment.objects.filter(pk=assignment.pk, to_on=None).update(
        to_on=ended_on, ended_reason=reason[:200]
    )
    if moved:
        trail.record(
            by, "ended role", assignment.person, now=now, scope=assignment.scope_id,
            fields=[assignment.role], reason=reason,
        )  # fmt: skip
    forget_roles(assignment.person)


def forget_roles(person: Person) -> None:
    """Drop what this object remembers of its roles, so that it reads them again."""
    person.__dict__.pop("live_roles", None)
