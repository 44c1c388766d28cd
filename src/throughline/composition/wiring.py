"""Connect hooks, navigation and the loader. Called once when Django starts; again is harmless."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from throughline.admissions.actions.keep_ties import ties_of_person_changed
from throughline.admissions.actions.open_call import open_call
from throughline.coaching.actions.follow_succession import follow_succession as pass_coaching_on
from throughline.composition.navigation import account_menu, cohort_tabs, main_menu
from throughline.composition.sections import load
from throughline.convenings.actions.follow_succession import follow_succession as pass_seats_on
from throughline.convenings.actions.plan_events import plan_events
from throughline.convenings.actions.register import expect_member, expect_newcomers
from throughline.convenings.queries import may_publish
from throughline.evidence import hooks as evidence
from throughline.inquiry.queries import next_step
from throughline.ledger.actions.hand_over import hand_over
from throughline.ledger.actions.make_promises import make_promises
from throughline.people import hooks as people
from throughline.programs import hooks as programs
from throughline.teams import hooks as teams
from throughline.teams.actions.activate_team import end_teams_of
from throughline.ui import navigation

Hook = TypeVar("Hook", bound=Callable[..., object])


def connect() -> None:
    """Fill the hook lists of lower apps with what higher apps want to hear."""
    programs.LOAD = load
    navigation.NAVIGATION = main_menu
    navigation.ACCOUNT = account_menu
    for heard in (make_promises, plan_events, open_call):
        listen(programs.COHORT_OPENED, heard)
    listen(programs.MAY_PUBLISH, may_publish)
    for heard in (hand_over, pass_seats_on, pass_coaching_on):
        listen(programs.SUCCEEDED, heard)
    listen(programs.ENGAGEMENT_BEGAN, expect_newcomers)
    listen(programs.ENGAGEMENT_ENDED, end_teams_of)
    for tab in cohort_tabs:
        listen(programs.COHORT_TABS, tab)
    listen(teams.MEMBER_JOINED, expect_member)
    listen(people.AFFILIATION_CHANGED, ties_of_person_changed)
    listen(evidence.NEXT_STEPS, next_step)


def listen(hooks: list[Hook], heard: Hook) -> None:
    """Add a listener once."""
    if heard not in hooks:
        hooks.append(heard)
