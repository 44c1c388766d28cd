"""Closed lists of meetings, and the life of an occasion."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OccasionKind(models.TextChoices):
    """What sort of time it is. Its label is all that a calendar feed says."""

    TEAM_MEETING = "team_meeting", _("Team meeting")
    BLOCK = "block", _("Event")
    COACHING = "coaching", _("Coaching")
    VISIT = "visit", _("Visit")
    LISTENING = "listening", _("Listening")
    OTHER = "other", _("Meeting")


class OccasionState(models.TextChoices):
    """The life of an occasion."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    SKIPPED = "skipped", _("Skipped")
    CANCELLED = "cancelled", _("Canceled")


OCCASION_MAY_BECOME = {
    OccasionState.PLANNED: frozenset(
        {OccasionState.HELD, OccasionState.SKIPPED, OccasionState.CANCELLED}
    ),
    OccasionState.HELD: frozenset({OccasionState.HELD}),
    OccasionState.SKIPPED: frozenset(),
    OccasionState.CANCELLED: frozenset(),
}
"""The whole life of an occasion. One that was held may be corrected; a move keeps the state."""


class DecidedHow(models.TextChoices):
    """How a team came to a decision."""

    CONSENSUS = "consensus", _("All agreed")
    CONSENT = "consent", _("Nobody objected")
    VOTE = "vote", _("By a vote")
    LEADER = "leader", _("The leader decided")


class Part(models.TextChoices):
    """What somebody is invited as."""

    HOST = "host", _("Host")
    WANTED = "wanted", _("Wanted")
    OPTIONAL = "optional", _("Optional")
    GUEST = "guest", _("Guest")


class Answer(models.TextChoices):
    """A reply to an invitation."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    MAYBE = "maybe", _("Maybe")


class Mark(models.TextChoices):
    """Who was there."""

    PRESENT = "present", _("Here")
    PARTIAL = "partial", _("Here for part")
    EXCUSED = "excused", _("Excused")
    ABSENT = "absent", _("Not here")


THERE = frozenset({Mark.PRESENT, Mark.PARTIAL})
"""Marks that come with minutes."""


class MarkSource(models.TextChoices):
    """Where a mark came from."""

    TAP = "tap", _("Check-in")
    CODE = "code", _("Code on the screen")
    IMPORT = "import", _("Imported")
    PAPER = "paper", _("Paper list")
    SELF = "self", _("Herself")


class CommitmentState(models.TextChoices):
    """The life of a commitment."""

    OPEN = "open", pgettext_lazy("state", "Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")
    MOVED = "moved", _("Moved")


COMMITMENT_MAY_BECOME = {
    CommitmentState.OPEN: frozenset(
        {CommitmentState.DONE, CommitmentState.DROPPED, CommitmentState.MOVED}
    ),
    CommitmentState.DONE: frozenset(),
    CommitmentState.DROPPED: frozenset(),
    CommitmentState.MOVED: frozenset(),
}
"""The whole life of a commitment. One that moves is closed and followed by a new one."""
