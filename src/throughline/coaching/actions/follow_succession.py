"""The coach of a leader who left goes on with who follows her."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from throughline.coaching.actions.assign_coach import assign_coach
from throughline.coaching.actions.end_coaching import end_coaching
from throughline.coaching.models import CoachingEngagement
from throughline.core.errors import NotAllowed
from throughline.people.models import Person
from throughline.programs.models import Succession


@transaction.atomic
def follow_succession(succession: Succession, by: Person | None, now: datetime) -> None:
    """End the leaver's coaching and begin her successor's with the same coach (``SUCCEEDED``).

    Nothing that was written is handed on: that needs the consent of who was coached. A coach
    with a tie to the successor is left for staff to replace.
    """
    live = CoachingEngagement.objects.active().filter(
        engagement=succession.engagement_id, coachee__in=succession.leaving.ids
    )
    for coaching in live.select_related("coach__person", "scope"):
        end_coaching(coaching, by=by, now=now)
        if succession.taking_over is None:
            continue
        try:
            with transaction.atomic():
                assign_coach(
                    coaching.coach,
                    engagement=succession.engagement,
                    coachee=succession.taking_over,
                    key=coaching.key,
                    kind=coaching.kind,
                    follows=coaching,
                    by=by,
                    now=now,
                )
        except NotAllowed:
            continue
