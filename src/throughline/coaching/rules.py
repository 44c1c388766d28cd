"""Who assigns coaches, plans sessions and writes them down."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from throughline.coaching.enums import CoachingState
from throughline.coaching.models import Coach, CoachingEngagement, CoachingSession
from throughline.core.decision import YES, Decision, no
from throughline.meetings.enums import OccasionState
from throughline.people.enums import STAFF_ROLES
from throughline.people.models import Person, RoleAssignment, Scope
from throughline.programs.models import DistrictEngagement


def can_staff(by: Person | None, scope: Scope) -> Decision:
    """The host's staff assign coaches; the system may always."""
    if by is None or by.holds(scope, *STAFF_ROLES):
        return YES
    return no(_("Only the host's staff assign coaches."))


def can_add_coach(by: Person | None) -> Decision:
    """The host's staff say who coaches in their network; the system may always."""
    if by is None:
        return YES
    held = RoleAssignment.objects.live().filter(person__in=by.ids, role__in=STAFF_ROLES)
    return YES if held.exists() else no(_("Only the host's staff can do this."))


def can_coach(
    coach: Coach, engagement: DistrictEngagement, coachee: Person | None, on: date
) -> Decision:
    """A coach takes somebody she has no tie to, up to the number that she can take."""
    ties = coach.ties.filter(Q(expires_on__isnull=True) | Q(expires_on__gt=on))
    theirs = Q(organization=engagement.district_id)
    if coachee is not None:
        theirs |= Q(person__in=coachee.same_ids)
    if coachee is not None and coachee.pk in coach.person.same_ids:
        return no(_("Nobody coaches herself."))
    if ties.filter(theirs).exists():
        return no(_("%(name)s has a tie to this district. Choose another coach.") % {"name": coach})
    if coach.engagements.filter(state=CoachingState.ACTIVE).count() >= coach.load_cap:
        return no(
            _("%(name)s already coaches as many as she can take: %(n)d.")
            % {"name": coach, "n": coach.load_cap}
        )
    return YES


def can_plan(by: Person | None, coaching: CoachingEngagement) -> Decision:
    """The coach plans sessions, and so does staff."""
    if _is_coach(by, coaching) or can_staff(by, coaching.scope):
        return YES if coaching.state == CoachingState.ACTIVE else no(_ended())
    return no(_("Only the coach or the host's staff plan a session."))


def can_log(by: Person | None, coaching: CoachingEngagement) -> Decision:
    """Only the coach herself writes down what a session was: her notes are hers."""
    if not _is_coach(by, coaching):
        return no(_("Only the coach writes down what a session was."))
    if coaching.state not in {CoachingState.ACTIVE, CoachingState.ENDED}:
        return no(_ended())
    return YES


def can_correct(by: Person | None, session: CoachingSession) -> Decision:
    """Whoever logged a session corrects it; the host's staff correct how long it took."""
    if session.occasion.state != OccasionState.HELD:
        return no(_("Only a session that was logged can be corrected."))
    if _is_coach(by, session.coaching) or can_staff(by, session.coaching.scope):
        return YES
    return no(_("Only the coach who logged this session, or the host's staff, correct it."))


def can_rewrite(by: Person | None, session: CoachingSession) -> Decision:
    """What a session was about is the coach's to correct, and nobody else's."""
    if _is_coach(by, session.coaching):
        return YES
    return no(_("Only the coach corrects what a session was about."))


def _is_coach(by: Person | None, coaching: CoachingEngagement) -> bool:
    return by is not None and by.is_in([coaching.coach.person_id])


def _ended() -> str:
    return _("This coaching is not active.")
