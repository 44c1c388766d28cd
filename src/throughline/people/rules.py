"""Who may change who people are and what they hold."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from throughline.core.decision import YES, Decision, no
from throughline.people.enums import MAY_BE_HELD_AT, STAFF_ROLES, Role, Verb
from throughline.people.models import Person, RoleAssignment, Scope


def can_administer(person: Person | None, scope: Scope) -> Decision:
    """Staff of the scope, or of one above it, administer it; the system may always."""
    if person is None or person.holds(scope, *STAFF_ROLES):
        return YES
    return no(_("Only staff of this network can do this."))


def can_give_role(by: Person | None, person: Person, role: str, scope: Scope) -> Decision:
    """Only directors give roles, nobody to herself, and a role only where it can be held."""
    if scope.kind not in MAY_BE_HELD_AT[Role(role)]:
        return no(_("This role cannot be held there."))
    if by is None:
        return YES
    if person.pk in by.same_ids:
        return no(_("Nobody gives a role to themselves. Ask another director."))
    if not by.holds(scope, Role.DIRECTOR):
        return no(_("Only a director gives roles."))
    return YES


def can_end_role(by: Person | None, assignment: RoleAssignment) -> Decision:
    """Directors end roles, and everybody her own."""
    if by is None or assignment.person_id in by.ids or by.holds(assignment.scope, Role.DIRECTOR):
        return YES
    return no(_("Only a director ends the roles of others."))


def can_choose_for(by: Person | None, person: Person) -> Decision:
    """Everybody chooses her own language; the system may for a person who has not."""
    if by is None or by.is_in([person.pk]):
        return YES
    return no(_("Only they can choose this themselves."))


def can_describe(by: Person, person: Person) -> Decision:
    """Everybody describes herself; no assistant, no staff and not the system does it for her."""
    if by.pk != person.pk:
        return no(_("Only they can say this themselves."))
    if person.is_minor:
        return no(_("Students under age are not asked about themselves here."))
    return YES


def can_delegate(
    by: Person | None, principal: Person, assistant: Person, scope: Scope, verbs: Iterable[str]
) -> Decision:
    """A person hands on listed verbs in a scope that she is in; an assistant passes nothing on."""
    unknown = [verb for verb in verbs if verb not in Verb.values]
    if unknown:
        return no(
            _("This cannot be handed to an assistant: %(verbs)s.") % {"verbs": ", ".join(unknown)}
        )
    if principal.network_id != assistant.network_id or assistant.is_minor:
        return no(_("Choose an adult of this network as your assistant."))
    if by is not None and not by.is_in([principal.pk]):
        return no(_("Only you can name your assistant."))
    if not principal.scopes().filter(paths_down__descendant=scope.pk).exists():
        return no(_("You can only hand on what you do yourself."))
    return YES
