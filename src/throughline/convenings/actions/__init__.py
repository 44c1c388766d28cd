"""Use cases of convenings, one a file. The most used can be imported from here."""

from throughline.convenings.actions.cancel_event import cancel_event
from throughline.convenings.actions.check_in import check_in
from throughline.convenings.actions.close_event import close_event
from throughline.convenings.actions.confirm_seat import confirm_seat
from throughline.convenings.actions.follow_succession import follow_leaver, follow_succession
from throughline.convenings.actions.move_event import move_event
from throughline.convenings.actions.place_event import place_event
from throughline.convenings.actions.plan_events import plan_events
from throughline.convenings.actions.publish_event import publish_event
from throughline.convenings.actions.register import (
    expect_engagement,
    expect_member,
    expect_newcomers,
    register,
)

__all__ = [
    "cancel_event",
    "check_in",
    "close_event",
    "confirm_seat",
    "expect_engagement",
    "expect_member",
    "expect_newcomers",
    "follow_leaver",
    "follow_succession",
    "move_event",
    "place_event",
    "plan_events",
    "publish_event",
    "register",
]
