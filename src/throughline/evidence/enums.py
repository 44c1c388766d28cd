"""Closed lists and lives of evidence."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Grain(models.TextChoices):
    """What one row of a data set is about."""

    PUBLIC = "public", _("Published figures")
    SCHOOL = "school", _("Schools")
    GROUP = "group", _("Student groups")
    STUDENT = "student", _("Students")


class SnapshotState(models.TextChoices):
    """The life of a snapshot."""

    READING = "reading", _("Reading")
    REFUSED = "refused", _("Refused")
    CHECKED = "checked", _("Checked")
    FROZEN = "frozen", _("Frozen")
    SUPERSEDED = "superseded", _("Superseded")
    DESTROYED = "destroyed", _("Destroyed")


SNAPSHOT_MAY_BECOME: dict[SnapshotState, frozenset[SnapshotState]] = {
    SnapshotState.READING: frozenset({SnapshotState.REFUSED, SnapshotState.CHECKED}),
    SnapshotState.REFUSED: frozenset(),
    SnapshotState.CHECKED: frozenset({SnapshotState.FROZEN}),
    SnapshotState.FROZEN: frozenset({SnapshotState.SUPERSEDED, SnapshotState.DESTROYED}),
    SnapshotState.SUPERSEDED: frozenset({SnapshotState.DESTROYED}),
    SnapshotState.DESTROYED: frozenset(),
}
"""Nothing computed from a frozen snapshot ever changes; a newer file supersedes it."""

GRADUATION = "graduation-rate-4yr"
"""The measure: students of a four-year adjusted cohort who graduated with a regular diploma."""

GRADUATING_CLASS = "graduating-class"
"""The measure: how many students a four-year adjusted cohort has."""
