"""What somebody answered to an invitation."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from throughline.meetings.enums import Answer
from throughline.meetings.models.occasion import Occasion
from throughline.people.models import Network, Person


class Reply(models.Model):
    """What one person answered, and who said so for her. Reached through its occasion."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="replies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="replies")
    answer = models.CharField(max_length=10, choices=Answer)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occasion", "person"], name="one_reply_per_person"),
            models.CheckConstraint(
                name="an_answer_is_known", condition=Q(answer__in=Answer.values)
            ),
        ]
        indexes = [models.Index(fields=["person"], name="replies_of_a_person")]
