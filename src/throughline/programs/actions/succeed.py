"""A leader leaves in the middle of a program, and somebody follows."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.locks import take
from throughline.people.actions import end_role, give_role
from throughline.people.models import Delegation, Person, RoleAssignment, Scope, ScopePath
from throughline.programs import hooks
from throughline.programs.models import DistrictEngagement, Succession
from throughline.programs.rules import can_succeed


@transaction.atomic
def succeed(
    engagement: DistrictEngagement,
    *,
    leaving: Person,
    taking_over: Person | None,
    role: str,
    by: Person | None,
    now: datetime,
) -> Succession:
    """End all that ``leaving`` holds in the district; give ``role`` to ``taking_over``.

    The engagement, its team and its work go on. What the leaver wrote stays hers; what others
    wrote for the team is closed to her. Her assistants lose what she had handed to them.
    Again returns the first succession.

    Raises
    ------
    NotAllowed
        ``by`` is not a director.
    BadInput
        The two are one person, or of another network.
    WrongState
        ``leaving`` does not hold the role.
    """
    if not (decision := can_succeed(by, engagement)):
        raise NotAllowed(decision.reason)
    if taking_over is not None and taking_over.pk in leaving.ids:
        raise BadInput(_("Name somebody else to take over."), field="taking_over")
    take(engagement)
    here = Scope.objects.filter(paths_up__ancestor=engagement.scope_id)
    held = RoleAssignment.objects.live().filter(person__in=leaving.ids, scope__in=here)
    if not held.filter(role=role, scope=engagement.scope_id).exists():
        done = Succession.objects.filter(
            engagement=engagement, leaving=leaving, taking_over=taking_over, role=role
        ).last()
        if done is None:
            raise WrongState(
                _("%(name)s does not hold this role in %(district)s.")
                % {"name": leaving, "district": engagement}
            )
        return done
    for assignment in held.select_related("person", "scope"):
        end_role(assignment, by=by, now=now, reason=_("Left the district"))
    _end_delegations(leaving, engagement, now)
    if taking_over is not None:
        give_role(taking_over, role, engagement.scope, by=by, now=now)
    succession = Succession.objects.create(
        network_id=engagement.network_id,
        engagement=engagement,
        leaving=leaving,
        taking_over=taking_over,
        role=role,
        on=now.date(),
    )
    trail.record(by, "succeeded", engagement, now=now, fields=[role])
    for heard in hooks.SUCCEEDED:
        heard(succession, by, now)
    return succession


def _end_delegations(leaving: Person, engagement: DistrictEngagement, now: datetime) -> None:
    below = ScopePath.objects.filter(ancestor=engagement.scope_id).values("descendant")
    for grant in Delegation.objects.live().filter(principal__in=leaving.ids, scope__in=below):
        Delegation.objects.filter(pk=grant.pk, to_on=None).update(
            to_on=max(now.date(), grant.from_on)
        )
        trail.record(None, "ended delegation", grant.delegate, now=now, scope=grant.scope_id)
