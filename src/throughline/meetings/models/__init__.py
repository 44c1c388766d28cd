"""Tables of meetings, one noun a file."""

from throughline.meetings.models.agenda import AgendaItem, MeetingDecision
from throughline.meetings.models.attendance import Attendance, AttendanceHistory
from throughline.meetings.models.commitment import Commitment
from throughline.meetings.models.feed import Feed
from throughline.meetings.models.occasion import Invitation, Occasion
from throughline.meetings.models.reply import Reply
from throughline.meetings.models.series import MeetingSeries

__all__ = [
    "AgendaItem",
    "Attendance",
    "AttendanceHistory",
    "Commitment",
    "Feed",
    "Invitation",
    "MeetingDecision",
    "MeetingSeries",
    "Occasion",
    "Reply",
]
