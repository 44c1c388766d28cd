"""A district begins in a cohort: by applying, or because the host offers it a place."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed
from throughline.core.locks import take
from throughline.people.enums import ScopeKind
from throughline.people.models import Organization, Person, Scope
from throughline.programs.enums import EngagementState
from throughline.programs.models import Cohort, DistrictEngagement
from throughline.programs.rules import can_begin


@transaction.atomic
def begin_engagement(
    cohort: Cohort,
    district: Organization,
    *,
    state: str = EngagementState.APPLYING,
    by: Person | None,
    now: datetime,
) -> DistrictEngagement:
    """Begin ``district`` in ``cohort``, with a scope of its own; again returns the live one.

    Raises
    ------
    NotAllowed
        ``by`` may not begin it in this state.
    BadInput
        The district belongs to another network.
    """
    if not (decision := can_begin(by, cohort, state)):
        raise NotAllowed(decision.reason)
    if district.network_id != cohort.network_id:
        raise BadInput(_("Choose a district of this network."), field="district")
    take(cohort)  # two people of one district cannot both begin it
    live = DistrictEngagement.objects.live().filter(cohort=cohort, district=district).first()
    if live is not None:
        return live
    scope = Scope.objects.below(cohort.scope, kind=ScopeKind.ENGAGEMENT, label=district.name)
    engagement = DistrictEngagement.objects.create(
        network_id=cohort.network_id, scope=scope, cohort=cohort, district=district, state=state
    )
    trail.record(by, "began", engagement, now=now, fields=["state"])
    return engagement
