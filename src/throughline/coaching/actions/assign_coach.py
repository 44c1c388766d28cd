"""Give somebody a coach."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.coaching.blueprint import CoachingSection
from throughline.coaching.enums import CoachingKind, CoachingState
from throughline.coaching.models import Coach, CoachingEngagement
from throughline.coaching.rules import can_coach, can_staff
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.locks import take
from throughline.ledger.models import Entitlement
from throughline.ledger.queries import entitlement_drawing, entitlement_for
from throughline.people.actions import give_role
from throughline.people.enums import Role, ScopeKind
from throughline.people.models import Person, Scope
from throughline.programs.models import DistrictEngagement
from throughline.programs.sections import section
from throughline.teams.models import Team


@transaction.atomic
def assign_coach(
    coach: Coach,
    *,
    engagement: DistrictEngagement,
    coachee: Person | None = None,
    team: Team | None = None,
    key: str = "",
    kind: str = CoachingKind.COACH,
    follows: CoachingEngagement | None = None,
    by: Person | None,
    now: datetime,
) -> CoachingEngagement:
    """Let ``coach`` coach a person or a team of a district; again returns the same engagement.

    ``key`` is the kind's key in the blueprint, by default its first. Sessions draw on what the
    blueprint names for it.

    Raises
    ------
    NotAllowed
        ``by`` is not on the host's staff, or the coach has a tie or no room.
    BadInput
        Not exactly one of person and team is named, or the team is of another district.
    WrongState
        Somebody else coaches them now; end that first.
    """
    if not (decision := can_staff(by, engagement.scope)):
        raise NotAllowed(decision.reason)
    if (coachee is None) == (team is None):
        raise BadInput(_("Choose a person or a team."), field="coachee")
    if team is not None and team.engagement_id != engagement.pk:
        raise BadInput(_("Choose a team of this district."), field="coachee")
    key = key or _first_key(engagement)
    take(engagement)
    take(coach)  # nor does anybody give her one more than she has room for
    live = CoachingEngagement.objects.active().filter(
        engagement=engagement, key=key, coachee=coachee, team=team
    )
    found = live.select_related("coach__person").first()
    if found is not None:
        if found.coach_id == coach.pk:
            return found
        raise WrongState(_("%(name)s coaches here now. End that first.") % {"name": found.coach})
    if not (decision := can_coach(coach, engagement, coachee, now.date())):
        raise NotAllowed(decision.reason)
    scope = Scope.objects.below(engagement.scope, kind=ScopeKind.GROUP, label=_("Coaching"))
    coaching: CoachingEngagement = CoachingEngagement.objects.create(
        network_id=engagement.network_id,
        scope=scope,
        engagement=engagement,
        kind=kind,
        key=key,
        coach=coach,
        coachee=coachee,
        team=team,
        entitlement=_entitlement(engagement, coachee, key),
        state=CoachingState.ACTIVE,
        from_on=now.date(),
        follows=follows,
    )
    # Giving a role is a director's right; here the role follows from the assignment.
    give_role(coach.person, Role.COACH, scope, by=None, now=now)
    trail.record(by, "assigned", coaching, now=now)
    return coaching


def _first_key(engagement: DistrictEngagement) -> str:
    kinds = section(engagement.cohort.version, "coaching", CoachingSection).kinds
    return next(iter(kinds), "coach")


def _entitlement(
    engagement: DistrictEngagement, coachee: Person | None, key: str
) -> Entitlement | None:
    """Return what sessions of this kind draw on: the person's own, else her district's."""
    cohort = engagement.cohort
    kind = section(cohort.version, "coaching", CoachingSection).kinds.get(key)
    pool = kind.pool if kind else None
    table = f"coaching.kinds.{key}"
    if coachee is not None:
        own = (
            entitlement_for(promise_key=pool, cohort=cohort, person=coachee)
            if pool
            else entitlement_drawing(table, cohort=cohort, person=coachee)
        )
        if own is not None:
            return own
    if pool:
        return entitlement_for(promise_key=pool, cohort=cohort, engagement=engagement)
    return entitlement_drawing(table, cohort=cohort, engagement=engagement)
