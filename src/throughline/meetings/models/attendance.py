"""Who was there, and every mark that was replaced."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from throughline.ledger.models import Entry
from throughline.meetings.enums import Mark, MarkSource
from throughline.meetings.models.occasion import Occasion
from throughline.people.models import Network, Person


class Attendance(models.Model):
    """The mark that stands for one person at one occasion. Reached through its occasion.

    ``tap`` is made where the mark was made, so that sending it twice counts once. ``entry`` is the
    delivery that rests on it.
    """

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="marks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="marks")
    status = models.CharField(max_length=20, choices=Mark)
    minutes = models.PositiveSmallIntegerField(default=0)
    tap = models.UUIDField(unique=True)
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=10, choices=MarkSource, default=MarkSource.TAP)
    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="attendance"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "person"], name="a_person_is_marked_once_per_occasion"
            ),
            models.CheckConstraint(
                name="only_those_present_have_minutes",
                condition=Q(minutes=0) | Q(status__in=["present", "partial"]),
            ),
            models.CheckConstraint(name="a_mark_is_known", condition=Q(status__in=Mark.values)),
        ]
        indexes = [models.Index(fields=["person", "occasion"], name="marks_of_a_person")]


class AttendanceHistory(models.Model):
    """A mark that lost against another: what it said, whose it was, and what stood after it.

    ``at``, ``by`` and ``tap`` are those of the mark that lost.
    """

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="history")
    before = models.CharField(max_length=20, choices=Mark)
    after = models.CharField(max_length=20, choices=Mark)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    tap = models.UUIDField(unique=True)

    append_only = True

    class Meta:
        ordering = ["at", "pk"]
