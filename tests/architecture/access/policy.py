"""The written rule: for whom each address is there, and who can do what it offers.

An address that is not in it fails the test: whoever adds one says who may open it. Whoever is not
named finds nothing there (404), or the way to sign in. "There" is one thing of our network, see
`things`; of the other network nobody finds it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.architecture.access import filled, things
from tests.architecture.access.things import Thing
from tests.world import NOBODY, OURS, THEIRS, World

Roles = frozenset[str]
Sent = Callable[[World], filled.Filled]


def roles(*names: str) -> Roles:
    """Return these roles."""
    return frozenset(names)


SIGNED_IN = roles(*OURS, *THEIRS)
EVERYBODY = SIGNED_IN | {NOBODY}
OUR_PEOPLE = roles(*OURS)
OURS_AND_VISITORS = OUR_PEOPLE | {NOBODY}
STAFF = roles("director", "coordinator")
ANY_STAFF = STAFF | {"their director"}
DIRECTOR = roles("director")
DIRECTORS = DIRECTOR | {"their director"}
CHOOSERS = STAFF | {"committee"}
THE_COACH = roles("coach")
THE_READER = roles("reviewer")
HER = roles("superintendent")
HER_AND_ASSISTANT = HER | {"assistant"}
THE_TEAM = HER | {"teacher"}
APPLICANT_SIDE = roles("applicant", "assistant")
COHORT = roles(
    "superintendent",
    "another superintendent",
    "assistant",
    "teacher",
    "learner",
    "alumna",
    "faculty",
    "partner",
)
WHO_ASKS_FIGURES = SIGNED_IN - {"assistant"}
"""Everybody with a role of her own."""
WHO_KEEPS_FIGURES = WHO_ASKS_FIGURES - {"reviewer", "tied reviewer", "committee", "funder"}
"""Everybody who is in something where a finding can live."""
HAS_ONES_OWN = THE_TEAM | {
    "another superintendent", "applicant", "coach", "another coach", "their coach",
    "their superintendent",
}  # fmt: skip
"""Everybody who is in a district or team, so that an assistant could act for her there."""
WHO_IS_ASKED = (COHORT - {"assistant"}) | {
    "coach", "another coach", "their coach", "their superintendent",
}  # fmt: skip
"""Everybody who has joined something that asks people about themselves."""
WHO_ANSWERED = roles("superintendent", "another superintendent", "their superintendent")
NOT_NOW = roles()
"""The rule lets somebody, this state of things nobody: it is decided, over, or not loaded."""


@dataclass(frozen=True, slots=True)
class Row:
    """One address: on which thing, for whom it is there, and who can send its form."""

    thing: Thing
    there_for: Roles
    done_by: Roles | None
    """Who does something by sending the form; None: there is no form."""
    sent: Sent
    is_looked_at: bool = True
    """Whether it can be opened; a button alone cannot."""


def page(thing: Thing, there_for: Roles) -> Row:
    """A page or file that is only read."""
    return Row(thing, there_for, None, filled.nothing)


def form(
    thing: Thing, there_for: Roles, sent: Sent = filled.nothing, done_by: Roles | None = None
) -> Row:
    """A page with a form; whoever opens it may also send it unless ``done_by`` says who."""
    return Row(thing, there_for, there_for if done_by is None else done_by, sent)


def button(
    thing: Thing, there_for: Roles, sent: Sent = filled.nothing, done_by: Roles | None = None
) -> Row:
    """A button without a page of its own."""
    done = there_for if done_by is None else done_by
    return Row(thing, there_for, done, sent, is_looked_at=False)


POLICY: dict[str, Row] = {
    # Sign-in: allauth's, for whoever is or is not signed in.
    "account_confirm_login_code": page(things.nothing, SIGNED_IN),
    "account_email_verification_sent": page(things.nothing, SIGNED_IN),
    "account_inactive": page(things.nothing, EVERYBODY),
    "account_login": page(things.nothing, SIGNED_IN),
    "account_logout": form(things.nothing, EVERYBODY, done_by=NOT_NOW),
    "account_reauthenticate": form(things.nothing, SIGNED_IN, done_by=NOT_NOW),
    "account_request_login_code": form(things.nothing, EVERYBODY, done_by=NOT_NOW),
    "account_signup": form(things.nothing, EVERYBODY, done_by=NOT_NOW),
    "mfa_activate_totp": form(things.nothing, SIGNED_IN, done_by=NOT_NOW),
    "mfa_authenticate": form(things.nothing, SIGNED_IN, done_by=NOT_NOW),
    "mfa_deactivate_totp": form(things.nothing, NOT_NOW),
    "mfa_download_recovery_codes": page(things.nothing, NOT_NOW),
    "mfa_generate_recovery_codes": form(things.nothing, SIGNED_IN, done_by=NOT_NOW),
    "mfa_index": page(things.nothing, SIGNED_IN),
    "mfa_reauthenticate": form(things.nothing, SIGNED_IN, done_by=NOT_NOW),
    "mfa_view_recovery_codes": page(things.nothing, NOT_NOW),
    # Admissions: the applicant's side.
    "admissions:check": page(things.open_call, OURS_AND_VISITORS),
    "admissions:mine": page(things.nothing, SIGNED_IN),
    "admissions:start": form(things.open_call, OUR_PEOPLE, filled.district, OUR_PEOPLE - {"applicant"}),
    "admissions:application": page(things.draft, APPLICANT_SIDE),
    "admissions:part": form(things.draft_part, APPLICANT_SIDE, done_by=NOT_NOW),
    "admissions:check_answers": form(things.draft, APPLICANT_SIDE, done_by=NOT_NOW),
    "admissions:application_file": page(things.draft, APPLICANT_SIDE),
    "admissions:receipt": page(things.application, HER_AND_ASSISTANT),
    "admissions:answer": form(things.application, HER_AND_ASSISTANT, done_by=NOT_NOW),
    "admissions:take_back": form(things.application, HER, done_by=NOT_NOW),
    "admissions:withdraw": form(things.application, HER, done_by=NOT_NOW),
    # Admissions: readers.
    "admissions:reviews": page(things.nothing, SIGNED_IN),
    "admissions:review": form(things.review, THE_READER, done_by=NOT_NOW),
    "admissions:review_file": page(things.review, THE_READER),
    "admissions:tie": form(things.review, THE_READER, filled.tie),
    # Admissions: staff and committee.
    "admissions:calls": page(things.nothing, ANY_STAFF),
    "admissions:call": page(things.call, STAFF),
    "admissions:cases": page(things.call, STAFF),
    "admissions:case": form(things.case, STAFF, done_by=NOT_NOW),
    "admissions:reading": page(things.call, STAFF),
    "admissions:name_reader": button(things.call, STAFF, filled.colleague),
    "admissions:assign": button(things.call, STAFF, done_by=NOT_NOW),
    "admissions:dismiss": form(things.tie, STAFF, filled.reason),
    "admissions:selection": form(things.call, CHOOSERS, done_by=NOT_NOW),
    "admissions:selection_print": page(things.call, CHOOSERS),
    "admissions:dossier": page(things.application, CHOOSERS),
    "admissions:propose": button(things.call, CHOOSERS, done_by=NOT_NOW),
    "admissions:adopt": button(things.call, CHOOSERS, done_by=NOT_NOW),
    "admissions:take_back_list": button(things.call, CHOOSERS, done_by=NOT_NOW),
    "admissions:decisions": form(things.call, CHOOSERS, done_by=NOT_NOW),
    "admissions:decision": form(things.decision, CHOOSERS, done_by=NOT_NOW),
    "admissions:sign": button(things.call, CHOOSERS, done_by=NOT_NOW),
    # Coaching: what two people say stays theirs; staff see that they met.
    "coaching:coaching": page(things.nothing, SIGNED_IN),
    "coaching:session": page(things.session, STAFF | THE_COACH | HER),
    "coaching:correct": form(things.session, STAFF | THE_COACH, filled.correction),
    "coaching:log": form(things.coaching, THE_COACH, filled.log),
    "coaching:plan": form(things.coaching, THE_COACH | STAFF, filled.plan),
    "coaching:assign": form(things.nothing, ANY_STAFF, done_by=NOT_NOW),
    "coaching:coaches": form(things.nothing, ANY_STAFF, filled.coach),
    "coaching:end": form(things.coaching, STAFF),
    # Convenings: the cohort comes, a district books for its own, staff run them.
    "convenings:events": page(things.nothing, SIGNED_IN),
    "convenings:event": page(things.event, COHORT | STAFF | {"coach", "another coach"}),
    "convenings:event_file": page(things.event, COHORT | STAFF | {"coach", "another coach"}),
    "convenings:answer": button(things.seat, HER_AND_ASSISTANT | STAFF, filled.coming),
    "convenings:add_people": form(
        things.bookings, HER_AND_ASSISTANT | STAFF, filled.people, done_by=NOT_NOW
    ),
    "convenings:overview": page(things.event, STAFF),
    "convenings:publish": button(things.event, STAFF, filled.hall),
    "convenings:move": form(things.event, STAFF, filled.later),
    "convenings:cancel": form(things.event, STAFF, filled.reason),
    "convenings:close": button(things.event, STAFF, done_by=NOT_NOW),
    "convenings:desk": form(things.half_day, STAFF, filled.tap, done_by=NOT_NOW),
    # Evidence: published figures are everybody's; what somebody notes has its tier.
    "evidence:districts": page(things.nothing, SIGNED_IN),
    "evidence:graduation": page(things.place, SIGNED_IN),
    "evidence:figures": page(things.place, SIGNED_IN),
    "evidence:load": button(things.place, SIGNED_IN, done_by=WHO_ASKS_FIGURES),
    "evidence:keep": button(things.place, SIGNED_IN, filled.kept, done_by=WHO_KEEPS_FIGURES),
    "evidence:finding": page(things.finding, THE_TEAM),
    # Inquiry: the team's alone at the tier that its challenge has.
    "inquiry:challenges": page(things.nothing, SIGNED_IN),
    "inquiry:use": form(things.finding, THE_TEAM),
    "inquiry:challenge": form(things.challenge, THE_TEAM, filled.words),
    "inquiry:missing": button(things.challenge, THE_TEAM, filled.why_missing),
    "inquiry:ask": button(things.challenge, THE_TEAM),
    "inquiry:agree": button(things.challenge, THE_TEAM, done_by=NOT_NOW),
    # Home, programs and the ledger.
    "home:front": page(things.nothing, EVERYBODY),
    "home:program": page(things.program, OURS_AND_VISITORS),
    "home:draft": page(things.program, DIRECTOR),
    "home:first_cohort": page(things.nothing, ANY_STAFF),
    "home:cohort": page(things.cohort, STAFF),
    "home:owed": page(things.cohort, STAFF),
    "home:report": page(things.cohort, STAFF),
    "home:report_file": page(things.cohort, STAFF),
    "home:report_numbers": page(things.cohort, STAFF),
    "ledger:promised": page(things.nothing, SIGNED_IN),
    "ledger:cohort": page(things.cohort, STAFF),
    "ledger:spreadsheet": page(things.cohort, STAFF),
    "ledger:held": form(things.entitlement, STAFF | HER, filled.more, done_by=STAFF),
    "ledger:noted": button(things.entitlement, STAFF, done_by=NOT_NOW),
    "ledger:answer": button(things.asked, STAFF, filled.granted),
    "ledger:standing": page(things.cohort, STAFF),
    "ledger:waive": form(things.rule, STAFF, filled.waiver, done_by=DIRECTOR),
    "ledger:end_waiver": button(things.waiver, STAFF, done_by=DIRECTOR),
    "ledger:try": page(things.program, STAFF),
    "programs:cohorts": page(things.nothing, ANY_STAFF),
    "programs:cohort": page(things.cohort, STAFF),
    "programs:calendar": page(things.cohort, STAFF),
    "programs:around": form(things.cohort, STAFF, filled.around, done_by=DIRECTOR),
    "programs:part": form(things.around, DIRECTOR),
    "programs:publish": button(things.cohort, STAFF, done_by=NOT_NOW),
    "programs:open": form(things.nothing, DIRECTORS, done_by=NOT_NOW),
    "programs:move": form(things.next_cohort, DIRECTOR, done_by=NOT_NOW),
    "programs:upgrade": form(things.cohort, DIRECTOR, done_by=NOT_NOW),
    "programs:export": page(things.version, STAFF),
    "programs:arrive": form(things.nothing, DIRECTORS, done_by=NOT_NOW),
    "programs:copy": form(things.nothing, DIRECTORS, filled.copy),
    "programs:begin": button(things.program, DIRECTOR, done_by=NOT_NOW),
    "programs:draft": form(things.program, DIRECTOR, done_by=NOT_NOW),
    "programs:draft_section": form(things.section, DIRECTOR, done_by=NOT_NOW),
    "programs:draft_file": form(things.program, DIRECTOR, filled.file),
    "programs:draft_calendar": page(things.program, DIRECTOR),
    "programs:publish_version": button(things.program, DIRECTOR, done_by=NOT_NOW),
    "programs:discard": form(things.program, DIRECTOR),
    # Meetings: who is in a scope or invited to it.
    "meetings:calendar": page(things.nothing, SIGNED_IN),
    "meetings:occasion_file": page(things.occasion, COHORT | STAFF),
    "meetings:team": page(things.team, STAFF | THE_TEAM | HER_AND_ASSISTANT),
    "meetings:plan": form(things.team, STAFF | HER_AND_ASSISTANT, filled.meeting),
    "meetings:series": form(things.team, STAFF | HER_AND_ASSISTANT, filled.monthly),
    "meetings:meeting": form(
        things.meeting, STAFF | THE_TEAM | HER_AND_ASSISTANT, filled.topic, done_by=THE_TEAM
    ),
    "meetings:close": form(things.meeting, STAFF | HER_AND_ASSISTANT, done_by=NOT_NOW),
    "meetings:move": form(things.meeting, STAFF | HER_AND_ASSISTANT, filled.moved),
    "meetings:off": form(things.meeting, STAFF | HER_AND_ASSISTANT, filled.reason),
    "meetings:answer": button(things.occasion, COHORT | STAFF, filled.no),
    "meetings:done": button(things.commitment, THE_COACH | HER),
    "meetings:feed": page(things.feed, EVERYBODY),
    "meetings:new_feed": button(things.nothing, SIGNED_IN),
    "meetings:end_feed": button(things.nothing, SIGNED_IN, done_by=HER),
    # Messages: staff alone.
    "messaging:outbox": page(things.nothing, ANY_STAFF),
    "messaging:message": form(things.letter, STAFF),
    "messaging:release": form(things.letter, STAFF, filled.read),
    "messaging:discard": form(things.letter, STAFF),
    "messaging:stop": button(things.letter, STAFF, done_by=NOT_NOW),
    # People.
    "people:you": form(things.nothing, SIGNED_IN, filled.assistant, done_by=HAS_ONES_OWN),
    "people:about_you": form(things.nothing, SIGNED_IN, filled.about_oneself, done_by=WHO_IS_ASKED),
    "people:take_back": form(things.nothing, SIGNED_IN, done_by=WHO_ANSWERED),
    "people:my_data": page(things.nothing, SIGNED_IN),
    "people:data_file": page(things.nothing, SIGNED_IN),
    "people:deletion": form(things.nothing, SIGNED_IN, done_by=SIGNED_IN - {"alumna"}),
    "people:withdraw_request": button(things.nothing, SIGNED_IN, done_by=roles("alumna")),
    "people:requests": page(things.nothing, DIRECTORS),
    "people:answer_request": form(things.deletion, DIRECTOR, filled.refusing),
    "people:empty": form(things.deletion, DIRECTOR, done_by=NOT_NOW),
    "people:zone": form(things.nothing, SIGNED_IN, filled.zone),
    "people:addresses": form(things.nothing, SIGNED_IN, done_by=NOT_NOW),
    "people:confirm_address": form(things.nothing, SIGNED_IN, done_by=NOT_NOW),
    "people:end_assistant": button(things.assistant, HER_AND_ASSISTANT),
    "people:staff": form(things.nothing, ANY_STAFF, filled.colleague, done_by=DIRECTORS),
    "people:duplicates": form(things.nothing, ANY_STAFF, done_by=NOT_NOW),
    "people:compare": form(things.two_records, STAFF, filled.merging),
    "people:part": form(things.merge, STAFF, filled.parting),
    "people:switch_network": button(things.nothing, NOT_NOW),
    "people:welcome": form(things.nothing, SIGNED_IN, done_by=NOT_NOW),
    "people:start": form(things.code, EVERYBODY, done_by=NOT_NOW),
    "people:demo_link": page(things.code, NOT_NOW),
    # Teams: members read the roster, the leader and her assistant write it, staff help.
    "teams:mine": page(things.nothing, SIGNED_IN),
    "teams:team": form(
        things.team, THE_TEAM | STAFF | {"assistant"}, filled.member,
        done_by=HER_AND_ASSISTANT | STAFF,
    ),
    "teams:invite": button(things.team, THE_TEAM | STAFF | {"assistant"}, done_by=NOT_NOW),
    "teams:start": button(things.team, THE_TEAM | STAFF | {"assistant"}, done_by=NOT_NOW),
    "teams:waive": button(things.team, STAFF, filled.waiver, done_by=DIRECTOR),
    "teams:answer": form(things.member, roles("teacher"), done_by=NOT_NOW),
    "teams:remove": form(things.member, HER_AND_ASSISTANT | STAFF),
    "teams:replace": form(things.member, HER_AND_ASSISTANT | STAFF, filled.member),
    # The way it looks, and whether it is up.
    "healthz": page(things.nothing, EVERYBODY),
    "ui:style": form(things.nothing, EVERYBODY, done_by=NOT_NOW),
    "ui:theme": button(things.nothing, EVERYBODY, done_by=NOT_NOW),
    "ui:language": button(things.nothing, EVERYBODY, done_by=NOT_NOW),
}  # fmt: skip
