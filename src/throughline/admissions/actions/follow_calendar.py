"""Let a call that has not opened follow its cohort's calendar."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from throughline.admissions.actions.open_call import make_call, planned_call, planned_days
from throughline.admissions.models import Application, Call, ReviewPhase
from throughline.audit import trail
from throughline.people.models import Person
from throughline.programs.models import Cohort


@transaction.atomic
def follow_calendar(cohort: Cohort, by: Person | None, now: datetime) -> None:
    """Make the call again from today's dates and version (hears ``COHORT_REPLANNED``).

    A call that has opened, or for which somebody began to write, stays what it was announced as:
    its dates move only by an extension with a reason. Again changes nothing.
    """
    call = Call.objects.filter(cohort=cohort).first()
    if call is None:
        make_call(cohort, by=by, now=now)
        return
    if call.opens_at <= now or Application.objects.filter(call=call).exists():
        return
    fresh = planned_call(cohort, now)
    if fresh is None:
        return
    fields = [name for name, value in fresh.items() if getattr(call, name) != value]
    if fields and Call.objects.filter(pk=call.pk, opens_at=call.opens_at).update(**fresh):
        trail.record(by, "moved", call, now=now, scope=cohort.scope_id, fields=fields)
    for stage, days in planned_days(cohort).items():
        ReviewPhase.objects.filter(call=call, stage=stage).update(**days)
