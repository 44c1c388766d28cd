"""Who decides that two records are one human, and how long it can be undone."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _

from throughline.core.decision import YES, Decision, no
from throughline.people.enums import NEEDS_SECOND_FACTOR, STAFF_ROLES, Role
from throughline.people.models import AccountPerson, Person, PersonMerge, RoleAssignment, Scope

UNDO_WITHIN = timedelta(days=30)


def has_second_factor(person: Person) -> bool:
    """Whether the account by which this person signs in has an authenticator."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return True
    account = AccountPerson.objects.filter(person=person).values("account")
    return Authenticator.objects.filter(user__in=account, type=Authenticator.Type.TOTP).exists()


def signs_in(person: Person) -> bool:
    """Whether an account leads to this record."""
    return AccountPerson.objects.filter(person=person).exists()


def can_look_for_duplicates(by: Person) -> Decision:
    """Staff of the whole network with a second factor: a record is known in all its programs."""
    if not _holds_at_root(by, *STAFF_ROLES):
        return no(_("Only staff of the whole network bring records together."))
    if not has_second_factor(by):
        return no(_("Set up your second factor first. Then you can bring records together."))
    return YES


def can_merge(by: Person, kept: Person, absorbed: Person) -> Decision:
    """Staff merge records of others; what makes somebody see confidential data, a director."""
    if not (decision := can_look_for_duplicates(by)):
        return decision
    if kept.pk == absorbed.pk:
        return no(_("These are not two records."))
    if {kept.network_id, absorbed.network_id} != {by.network_id}:
        return no(_("Both records must be of this network."))
    if kept.emptied_at or absorbed.emptied_at:
        return no(_("One of these records was emptied."))
    if {kept.pk, absorbed.pk} & by.same_ids:
        return no(_("Nobody brings their own records together. Ask a colleague."))
    if is_closed(by, kept, absorbed):
        return no(_("One of these records is closed to you. Ask a colleague."))
    if sees_confidential(kept, absorbed) and not _holds_at_root(by, Role.DIRECTOR):
        return no(
            _("One of the two sees confidential data. Only a director brings these together.")
        )
    return YES


def can_part(by: Person, merge: PersonMerge, now: datetime) -> Decision:
    """Who may bring two records together may part them, for 30 days."""
    if merge.undone_at is not None:
        return no(_("These records have been parted."))
    if now > merge.merged_at + UNDO_WITHIN:
        return no(_("This was decided more than 30 days ago and can no longer be undone."))
    return can_merge(by, merge.kept, merge.absorbed)


def sees_confidential(*persons: Person) -> bool:
    """Whether one of them holds a role that asks for a second factor."""
    ids = frozenset[int]().union(*(one.same_ids for one in persons))
    held = RoleAssignment.objects.live().filter(person__in=ids)
    return held.filter(role__in=sorted(NEEDS_SECOND_FACTOR)).exists()


def is_closed(by: Person, *persons: Person) -> bool:
    """Whether one of them has or had a role in a scope that is closed to ``by``."""
    ids = frozenset[int]().union(*(one.same_ids for one in persons))
    held = RoleAssignment.objects.filter(person__in=ids, scope__in=by.excluded_scopes())
    return held.exists()


def _holds_at_root(by: Person, *roles: str) -> bool:
    root = Scope.objects.filter(network_id=by.network_id, parent=None)
    held = RoleAssignment.objects.live().filter(person__in=by.ids, role__in=roles)
    return held.filter(scope__in=root).exists()
