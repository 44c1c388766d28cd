"""Invite somebody to a cohort without a seat in it: faculty, a partner, an expert."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.core.errors import BadInput, NotAllowed
from throughline.people.actions import add_affiliation, add_organization
from throughline.people.actions.give_role import end_role
from throughline.people.actions.invite_staff import invite_staff
from throughline.people.enums import OrganizationKind
from throughline.people.models import Affiliation, Organization, Person, RoleAssignment
from throughline.programs.around import AROUND
from throughline.programs.models import Cohort
from throughline.programs.rules import can_invite_around


@transaction.atomic
def invite_around(
    cohort: Cohort,
    *,
    full_name: str,
    email: str,
    role: str,
    organization: str = "",
    by: Person,
    now: datetime,
) -> Person:
    """Add somebody, or find her by her address, and let her take part in ``role``; once is enough.

    She signs in with a code sent there. With ``organization`` she stands for it.

    Raises
    ------
    NotAllowed
        ``by`` directs neither the cohort nor what lies above it.
    BadInput
        Name or address is missing, the role is another one, or she is a minor.
    """
    if not (decision := can_invite_around(by, cohort)):
        raise NotAllowed(decision.reason)
    if role not in AROUND:
        raise BadInput(_("Choose one of these roles."), field="role")
    person = invite_staff(cohort.scope, full_name=full_name, email=email, role=role, by=by, now=now)
    if person.is_minor:
        raise BadInput(_("Choose an adult for this role."), field="email")
    if name := " ".join(organization.split()):
        _stands_for(person, name, by, now)
    return person


def _stands_for(person: Person, name: str, by: Person, now: datetime) -> None:
    known = Organization.objects.filter(network=person.network_id, name__iexact=name)
    there = known.order_by("pk").first() or add_organization(
        person.network, kind=OrganizationKind.PARTNER, name=name, by=by, now=now
    )
    if not Affiliation.objects.filter(person=person, organization=there, to_on=None).exists():
        add_affiliation(person, there, title="", by=by, now=now)


@transaction.atomic
def leave_cohort(assignment: RoleAssignment, *, by: Person, now: datetime) -> None:
    """End what somebody around a cohort may open, today; again changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` is neither a director there nor she herself.
    BadInput
        The role is none that stands around a cohort.
    """
    if assignment.role not in AROUND:
        raise BadInput(_("Choose one of these roles."), field="role")
    end_role(assignment, by=by, now=now)
