"""Who may have a record emptied, and who answers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from throughline.core.decision import YES, Decision, no
from throughline.people.enums import Role
from throughline.people.merge_rules import has_second_factor, is_closed
from throughline.people.models import Person, Scope
from throughline.people.role_words import role_word


def can_answer_requests(by: Person) -> Decision:
    """Directors of the whole network with a second factor."""
    root = Scope.objects.filter(network_id=by.network_id, parent=None).first()
    if root is None or not by.holds(root, Role.DIRECTOR):
        return no(_("Only a director of the whole network answers this."))
    if not has_second_factor(by):
        return no(_("Set up your second factor first. Then you can answer this."))
    return YES


def can_empty(by: Person, person: Person) -> Decision:
    """Directors empty records of others who hold no role any more, other than as an applicant."""
    if not (decision := can_answer_requests(by)):
        return decision
    if person.network_id != by.network_id:
        return no(_("Only a director of the whole network answers this."))
    if person.pk in by.same_ids:
        return no(_("Nobody empties their own record. Ask another director."))
    if is_closed(by, person):
        return no(_("This record is closed to you. Ask a colleague."))
    if held := [role for role, _scope in person.live_roles if role != Role.APPLICANT]:
        words = ", ".join(dict.fromkeys(str(role_word(role, person.network)) for role in held))
        return no(
            _("%(name)s still holds a role here: %(roles)s. End it first; others rely on it.")
            % {"name": person, "roles": words}
        )
    return YES
