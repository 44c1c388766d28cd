"""Who looked at what is restricted."""

from __future__ import annotations

from django.db import models


class AccessEvent(models.Model):
    """One look at a restricted row, a sealed text of another, or a personal export."""

    append_only = True

    network = models.BigIntegerField()
    at = models.DateTimeField()
    viewer = models.BigIntegerField()
    about = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=60)
    why = models.CharField(max_length=20, default="role")

    class Meta:
        indexes = [models.Index(fields=["about", "at"], name="access_about_a_person")]
