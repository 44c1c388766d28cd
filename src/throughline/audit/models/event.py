"""What was done, by whom, to what."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class AuditEvent(models.Model):
    """One action. Ids are plain: the trail lies under everything and outlives what it names."""

    append_only = True

    network = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    on_behalf_of = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=40)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=60)
    scope = models.BigIntegerField(null=True)
    fields = models.JSONField(default=list)
    reason_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="nobody_acts_for_herself",
                condition=Q(on_behalf_of__isnull=True) | ~Q(on_behalf_of=F("by")),
            ),
        ]
        indexes = [
            models.Index(fields=["network", "kind", "key", "id"], name="audit_of_a_thing"),
            models.Index(fields=["by", "id"], name="audit_by_a_person"),
        ]


class AuditReason(models.Model):
    """The words of a reason, apart, so that they can be shredded while the event's seal holds."""

    event = models.OneToOneField(AuditEvent, on_delete=models.CASCADE, related_name="reason")
    words = models.TextField(blank=True)
    salt = models.CharField(max_length=32, blank=True)
