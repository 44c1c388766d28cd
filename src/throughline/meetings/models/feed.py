"""A person's calendar at a secret address."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from throughline.people.models import Network, Person


class Feed(models.Model):
    """A calendar that one person reads without signing in. Reached through its person.

    Whoever has the code reads the feed, so only its HMAC is stored and the feed reveals nothing.
    """

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="feeds")
    code_hmac = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(revoked_at__isnull=True),
                name="one_live_feed_per_person",
            ),
        ]
