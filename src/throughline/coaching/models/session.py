"""Time that a coach spent with a leader or a team."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from throughline.coaching.enums import Mode
from throughline.coaching.models.engagement import CoachingEngagement
from throughline.core.refs import PublicRef
from throughline.meetings.models import Occasion
from throughline.people.models import Network, Person


class CoachingSessionQuerySet(models.QuerySet["CoachingSession"]):
    """Coaching sessions."""

    def visible_to(self, person: Person) -> Self:
        """Return sessions of coaching that she sees. Notes have tiers of their own."""
        return self.filter(coaching__in=CoachingEngagement.objects.visible_to(person))


class CoachingSession(models.Model):
    """A session: how, about what, and the time on the road apart. When and how long is its occasion's.

    What was said stands in notes.
    """

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    occasion = models.OneToOneField(
        Occasion, on_delete=models.PROTECT, related_name="coaching_session"
    )
    coaching = models.ForeignKey(
        CoachingEngagement, on_delete=models.PROTECT, related_name="sessions"
    )
    mode = models.CharField(max_length=20, choices=Mode)
    travel_minutes = models.PositiveSmallIntegerField(default=0)
    topics = models.JSONField(default=list)
    log_key = models.UUIDField(null=True, blank=True, unique=True)

    objects = CoachingSessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="only_on_site_coaching_has_travel",
                condition=Q(travel_minutes=0) | Q(mode="on_site"),
            ),
            models.CheckConstraint(
                name="a_coaching_mode_is_known", condition=Q(mode__in=Mode.values)
            ),
        ]
