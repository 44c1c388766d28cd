"""Use cases of coaching, one a file. The most used can be imported from here."""

from throughline.coaching.actions.add_coach import add_coach, add_tie
from throughline.coaching.actions.assign_coach import assign_coach
from throughline.coaching.actions.correct_session import correct_session
from throughline.coaching.actions.end_coaching import end_coaching
from throughline.coaching.actions.follow_succession import follow_succession
from throughline.coaching.actions.log_session import NextStep, log_session
from throughline.coaching.actions.name_coach import name_coach
from throughline.coaching.actions.plan_session import plan_session

__all__ = [
    "NextStep",
    "add_coach",
    "add_tie",
    "assign_coach",
    "correct_session",
    "end_coaching",
    "follow_succession",
    "log_session",
    "name_coach",
    "plan_session",
]
