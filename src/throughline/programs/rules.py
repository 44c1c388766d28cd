"""Who may open a cohort, seat a district and hand over a role."""

from __future__ import annotations

from django.utils.translation import gettext as _

from throughline.core.decision import YES, Decision, no
from throughline.people.enums import STAFF_ROLES, Role
from throughline.people.models import Person, Scope
from throughline.programs.enums import EngagementState
from throughline.programs.models import Cohort, DistrictEngagement

LEADS = frozenset({Role.FELLOW, Role.TEAM_LEAD, Role.APPLICANT})
"""Roles that speak for a district where they are held."""


def leads(person: Person, scope_id: int) -> bool:
    """Whether she speaks for the district whose scope this is; a role at the cohort is not enough."""
    held = any(role in LEADS and scope == scope_id for role, scope in person.live_roles)
    return held and person.scopes().filter(pk=scope_id).exists()


def root_of(person: Person) -> Scope:
    """Return the scope of her whole network. One query."""
    return Scope.objects.get(network_id=person.network_id, parent=None)


def can_import(by: Person | None, root: Scope) -> Decision:
    """Directors bring blueprints into a network, and open cohorts."""
    if by is None or by.holds(root, Role.DIRECTOR):
        return YES
    return no(_("Only a director can import a blueprint or open a cohort."))


def can_staff(by: Person | None, cohort: Cohort) -> Decision:
    """Staff of the cohort, or of what lies above it; the system may always."""
    if by is None or by.holds(cohort.scope_id, *STAFF_ROLES):
        return YES
    return no(_("Only staff of this program can do this."))


def can_invite_around(by: Person | None, cohort: Cohort) -> Decision:
    """Directors invite faculty, partners and experts to a cohort, and end their roles."""
    if by is None or by.holds(cohort.scope_id, Role.DIRECTOR):
        return YES
    return no(_("Only a director gives roles."))


def can_begin(by: Person | None, cohort: Cohort, state: str) -> Decision:
    """Anybody of the network begins to apply; only staff offer a place by hand."""
    if by is not None and by.network_id != cohort.network_id:
        return no(_("Only people of this network can take part."))
    if state == EngagementState.APPLYING:
        return YES
    if state == EngagementState.OFFERED:
        return can_staff(by, cohort)
    return no(_("A district begins by applying, or with a place that the host offers."))


def can_answer_offer(by: Person | None, engagement: DistrictEngagement) -> Decision:
    """The district's leader takes the place that the host offered, or staff do it for her."""
    if by is not None and leads(by, engagement.scope_id):
        return YES
    if can_staff(by, engagement.cohort):
        return YES
    return no(_("Only the leader of this district or the host's staff can answer."))


def can_take_seat(
    by: Person | None, cohort: Cohort, engagement: DistrictEngagement | None
) -> Decision:
    """Staff seat anybody; a leader whose district was offered a place seats her district."""
    if can_staff(by, cohort):
        return YES
    if engagement is not None and engagement.state != EngagementState.APPLYING:
        return can_answer_offer(by, engagement)
    return no(_("Only the host's staff can give a place that was not offered."))


def can_succeed(by: Person | None, engagement: DistrictEngagement) -> Decision:
    """Directors hand a leader's role to a successor."""
    if by is None or by.holds(engagement.scope_id, Role.DIRECTOR):
        return YES
    return no(_("Only a director can hand a role to a successor."))
