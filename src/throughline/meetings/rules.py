"""Who may plan, answer, mark and promise."""

from __future__ import annotations

from django.utils.translation import gettext as _

from throughline.core.decision import YES, Decision, no, yes_for
from throughline.meetings.models import Commitment, Occasion
from throughline.people.enums import STAFF_ROLES, Verb
from throughline.people.models import Person, Scope


def can_plan(by: Person | None, scope: Scope) -> Decision:
    """Whoever holds a role in the scope plans time there, and so does staff above it."""
    if by is None or by.holds(scope, *STAFF_ROLES) or _is_in(by, scope):
        return YES
    return no(_("Only people of this group or the host's staff can plan here."))


def can_reply(by: Person | None, occasion: Occasion, person: Person) -> Decision:
    """A person answers for herself; staff and the assistant whom she named answer for her."""
    if by is None or by.is_in([person.pk]) or by.holds(occasion.scope, *STAFF_ROLES):
        return YES
    if answers_for(by, person, occasion.scope):
        return yes_for(person)
    return no(_("Only the person who is invited, or somebody she named, can answer."))


def answers_for(by: Person, principal: Person, scope: Scope) -> bool:
    """Whether ``principal`` let ``by`` answer invitations, and the scope is open to both."""
    if not any(
        grant.principal_id in principal.ids and Verb.REPLY in grant.may
        for grant in by.live_delegations
    ):
        return False
    closed = [by.excluded_scopes(), principal.excluded_scopes()]
    return not any(paths.filter(descendant=scope).exists() for paths in closed)


def can_mark(by: Person | None, occasion: Occasion) -> Decision:
    """Whoever may plan there marks who came."""
    if by is None or by.holds(occasion.scope, *STAFF_ROLES) or _is_in(by, occasion.scope):
        return YES
    return no(_("Only the host's staff or the people who lead this can mark who came."))


def can_commit(by: Person | None, scope: Scope, occasion: Occasion | None) -> Decision:
    """Whoever is in the scope, was invited to the occasion or is on the staff writes it down."""
    if can_plan(by, scope):
        return YES
    if by is not None and occasion is not None:
        invited = occasion.invitations.filter(person__in=by.ids).exists()
        if invited and not by.excluded_scopes().filter(descendant=scope).exists():
            return YES
    return no(_("Only people who are part of this can promise something here."))


def can_close(by: Person | None, commitment: Commitment) -> Decision:
    """Its owner closes a commitment, and so do people of its scope and staff."""
    if by is None or by.is_in([commitment.owner_id]) or can_plan(by, commitment.scope):
        return YES
    return no(_("Only the person who promised it, or somebody of her group, can close this."))


def _is_in(person: Person, scope: Scope) -> bool:
    return person.joined_scopes().filter(pk=scope.pk).exists()
