"""Use cases of meetings, one a file. The most used can be imported from here."""

from throughline.meetings.actions.cancel_occasion import cancel_occasion
from throughline.meetings.actions.close_commitment import close_commitment
from throughline.meetings.actions.commit import commit
from throughline.meetings.actions.hold_occasion import hold_occasion
from throughline.meetings.actions.invite import invite
from throughline.meetings.actions.make_feed import make_feed, revoke_feed
from throughline.meetings.actions.mark_attendance import mark_attendance
from throughline.meetings.actions.move_occasion import move_occasion
from throughline.meetings.actions.plan_occasion import plan_occasion
from throughline.meetings.actions.reply import reply
from throughline.meetings.actions.skip_occasion import skip_occasion

__all__ = [
    "cancel_occasion",
    "close_commitment",
    "commit",
    "hold_occasion",
    "invite",
    "make_feed",
    "mark_attendance",
    "move_occasion",
    "plan_occasion",
    "reply",
    "revoke_feed",
    "skip_occasion",
]
