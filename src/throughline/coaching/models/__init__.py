"""Tables of coaching, one noun a file."""

from throughline.coaching.models.coach import Coach, CoachTie
from throughline.coaching.models.engagement import CoachingEngagement
from throughline.coaching.models.note import Note
from throughline.coaching.models.session import CoachingSession

__all__ = ["Coach", "CoachTie", "CoachingEngagement", "CoachingSession", "Note"]
