"""The key that opens one author's private texts."""

from __future__ import annotations

from django.db import models

from throughline.people.models.person import Person


class SealingKey(models.Model):
    """A data key, wrapped by the installation's master key. Destroying it erases her private texts."""

    network = models.ForeignKey("people.Network", on_delete=models.PROTECT)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="sealing_key")
    wrapped = models.BinaryField(null=True)
    master = models.CharField(max_length=16)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_destroyed_key_is_gone",
                condition=models.Q(destroyed_at__isnull=True) | models.Q(wrapped__isnull=True),
            ),
        ]
