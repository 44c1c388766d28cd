"""What has been done once and must not be done again."""

from __future__ import annotations

from django.db import models


class Once(models.Model):
    """The key of a form that was sent, and what its first sending led to."""

    network = models.BigIntegerField()
    key = models.UUIDField()
    by = models.BigIntegerField(null=True)
    action = models.CharField(max_length=60)
    result = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "key"], name="a_form_is_sent_once"),
        ]
