"""Who may bring figures in and keep findings."""

from __future__ import annotations

from django.utils.translation import gettext as _

from throughline.core.decision import YES, Decision, no
from throughline.people.enums import Role
from throughline.people.models import Person, Scope


def can_load(person: Person | None, scope: Scope) -> Decision:
    """Whoever takes part in the network may load figures that are public anyway."""
    if person is None or (person.network_id == scope.network_id and person.live_roles):
        return YES
    return no(_("Only people who take part in this network can load figures for it."))


def can_pin(person: Person, scope: Scope) -> Decision:
    """A finding is kept where its author takes part, in a team she leads, or in what she staffs."""
    if person.holds(scope, Role.FELLOW, Role.TEAM_LEAD):
        return YES
    if Scope.objects.visible_to(person).filter(pk=scope.pk).exists():
        return YES
    return no(_("You can keep findings in your own team, not in another one."))
