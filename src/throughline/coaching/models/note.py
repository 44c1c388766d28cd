"""What was said, for whom it is meant."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from throughline.coaching.enums import NoteKind
from throughline.coaching.models.session import CoachingSession
from throughline.people.tiered import TieredText


class Note(TieredText):
    """A text about a session. A private note is its author's for ever; a summary is a pair's."""

    session = models.ForeignKey(CoachingSession, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=20, choices=NoteKind)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            *TieredText.tier_constraints("coaching_note"),
            models.CheckConstraint(
                name="a_private_note_stays_private",
                condition=~Q(kind="private_note") | Q(tier="mine"),
            ),
            models.CheckConstraint(
                name="a_note_kind_is_known", condition=Q(kind__in=NoteKind.values)
            ),
        ]
        indexes = [
            models.Index(fields=["session", "tier"], name="notes_of_a_session"),
            models.Index(fields=["author"], name="notes_of_an_author"),
        ]
        ordering = ["pk"]
