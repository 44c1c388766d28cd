"""What meetings hold about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughline.meetings.models import (
    AgendaItem,
    Attendance,
    AttendanceHistory,
    Commitment,
    Feed,
    Invitation,
    MeetingDecision,
    Reply,
)
from throughline.people.personal import Held, Listed, Points

HELD: tuple[Listed, ...] = (
    Held(
        Attendance, _("Where you were"), ("person",),
        {
            "kind": (_("Kind"), "occasion.kind"),
            "day": (_("Day"), "occasion.day"),
            "status": (_("Marked"), "status"),
            "minutes": (_("Minutes"), "minutes"),
            "marked": (_("Marked at"), "marked_at"),
        },
        related=("occasion",),
        stays=_("Marks and minutes stay, so that what was delivered stays true."),
    ),
    Held(
        Reply, _("Your replies"), ("person",),
        {
            "kind": (_("Kind"), "occasion.kind"),
            "day": (_("Day"), "occasion.day"),
            "answer": (_("Answer"), "answer"),
            "at": (_("At"), "at"),
        },
        related=("occasion",),
    ),
    Held(
        Commitment, _("What you took on"), ("owner",),
        {
            "words": (_("What"), "words"),
            "due": (_("Due"), "due_on"),
            "state": (_("State"), "state"),
            "outcome": (_("What came of it"), "outcome"),
        },
    ),
    Held(
        AgendaItem, _("What you put on an agenda"), ("author",),
        {"day": (_("Day"), "occasion.day"), "words": (_("What"), "words")},
        related=("occasion",),
        empties={"author": None},
        stays=_("The words stay with the team, without your name."),
    ),
    Held(
        MeetingDecision, _("Decisions you wrote down"), ("author",),
        {
            "day": (_("Day"), "occasion.day"),
            "words": (_("What"), "words"),
            "how": (_("How it was decided"), "decided_how"),
        },
        related=("occasion",),
        empties={"author": None},
        stays=_("The words stay with the team, without your name."),
    ),
    Held(
        Feed, _("Your calendar addresses"), ("person",),
        {"made": (_("Made"), "made_at"), "revoked": (_("Revoked"), "revoked_at")},
        removed=True,
    ),
    Points(Invitation, "who is asked; the reply and the mark say the rest"),
    Points(AttendanceHistory, "corrections of marks that are shown as they stand"),
)  # fmt: skip
