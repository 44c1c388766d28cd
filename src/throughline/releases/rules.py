"""Who may bring figures in and take them back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from throughline.core.decision import YES, Decision, no
from throughline.people.enums import STAFF_ROLES, Role
from throughline.people.models import Person, Scope
from throughline.releases.models import Release


def can_publish_figures(person: Person | None, scope: Scope) -> Decision:
    """Whoever takes part in the network may bring in what a public source has published."""
    if person is None or (person.network_id == scope.network_id and person.live_roles):
        return YES
    return no(_("Only people who take part in this network can load figures for it."))


def can_recall(person: Person | None, release: Release) -> Decision:
    """Staff and analysts of the population's scope recall a release, with a reason."""
    scope = release.book.population.scope
    if person is None or person.holds(scope, *STAFF_ROLES, Role.ANALYST):
        return YES
    return no(_("Only this network's staff can recall figures. Tell them what is wrong."))
