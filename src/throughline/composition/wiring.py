"""Connect hooks, navigation and the loader. Called once when Django starts; again is harmless."""

from __future__ import annotations

from typing import TypeVar

from throughline.admissions.actions.empty_applications import empty_applications
from throughline.admissions.actions.follow_calendar import follow_calendar as call_follows
from throughline.admissions.actions.follow_merge import give_reading_back, ties_of_merged
from throughline.admissions.actions.keep_ties import ties_of_person_changed
from throughline.admissions.actions.open_call import open_call
from throughline.coaching.actions.follow_succession import follow_succession as pass_coaching_on
from throughline.coaching.queries import placed_between
from throughline.composition.navigation import (
    account_menu,
    cohort_tabs,
    draft_page,
    draft_tabs,
    main_menu,
    public_page,
    team_tabs,
)
from throughline.composition.personal_data import HELD, in_own_words
from throughline.composition.sections import load, look_at, shipped
from throughline.convenings.actions.follow_calendar import follow_calendar as follow_dates
from throughline.convenings.actions.follow_succession import follow_leaver as give_seats_up
from throughline.convenings.actions.follow_succession import follow_succession as pass_seats_on
from throughline.convenings.actions.plan_events import plan_events
from throughline.convenings.actions.register import expect_member, expect_newcomers
from throughline.convenings.queries import may_publish
from throughline.convenings.standing import due_so_far, missed
from throughline.evidence import hooks as evidence
from throughline.evidence.actions import load_places
from throughline.forms.actions.empty_answers import empty_personal_answers
from throughline.inquiry.queries import next_step
from throughline.inquiry.standing import challenges
from throughline.ledger import hooks as ledger
from throughline.ledger.actions.follow_version import follow_version
from throughline.ledger.actions.follow_version import for_whom as promises_for_whom
from throughline.ledger.actions.hand_over import hand_over
from throughline.ledger.actions.make_promises import make_promises
from throughline.people import hooks as people
from throughline.people.actions.choose_language import choose_language
from throughline.programs import hooks as programs
from throughline.programs.asking import asked_about_themselves
from throughline.teams import hooks as teams
from throughline.teams.actions.activate_team import end_teams_of
from throughline.teams.queries import for_whom as teams_for_whom
from throughline.ui import hooks as ui
from throughline.ui import navigation

Hook = TypeVar("Hook")


def connect() -> None:
    """Fill the hook lists of lower apps with what higher apps want to hear."""
    programs.LOAD = load
    programs.LOOK = look_at
    programs.SHIPPED = shipped
    programs.PUBLIC_PAGE = public_page
    programs.DRAFT_PAGE = draft_page
    navigation.NAVIGATION = main_menu
    navigation.ACCOUNT = account_menu
    listen(programs.COHORT_OPENED, make_promises, plan_events, open_call)
    listen(programs.COHORT_REPLANNED, follow_version, follow_dates, call_follows)
    listen(programs.UPGRADE_FOR_WHOM, promises_for_whom, teams_for_whom)
    listen(programs.MAY_PUBLISH, may_publish)
    listen(programs.SUCCEEDED, hand_over, pass_seats_on, pass_coaching_on)
    listen(ledger.ENGAGEMENT_OPENED, expect_newcomers)
    listen(ledger.STANDING_FACTS, missed, challenges)
    listen(ledger.DUE_SO_FAR, due_so_far)
    listen(programs.ENGAGEMENT_ENDED, end_teams_of)
    listen(programs.PLACED_BETWEEN, placed_between)
    listen(programs.COHORT_TABS, *cohort_tabs)
    listen(programs.DRAFT_TABS, *draft_tabs)
    listen(teams.TEAM_TABS, *team_tabs)
    listen(teams.MEMBER_JOINED, expect_member)
    listen(teams.MEMBER_LEFT, give_seats_up)
    listen(people.ASKED_ABOUT_THEMSELVES, asked_about_themselves)
    listen(people.INSTALLATION_OPENED, load_places)
    listen(people.PERSONAL_DATA, *HELD)
    listen(people.IN_OWN_WORDS, in_own_words)
    listen(people.PERSON_EMPTIED, empty_applications, empty_personal_answers)
    listen(ui.LANGUAGE_CHOSEN, choose_language)
    listen(people.AFFILIATION_CHANGED, ties_of_person_changed)
    listen(people.PERSONS_MERGED, ties_of_merged)
    listen(people.PERSONS_PARTED, give_reading_back)
    listen(evidence.NEXT_STEPS, next_step)


def listen(hooks: list[Hook], *heard: Hook) -> None:
    """Add each listener once."""
    hooks.extend(one for one in heard if one not in hooks)
