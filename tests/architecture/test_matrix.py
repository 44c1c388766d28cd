"""Every address, as every role of two networks: who may open it, and for whom it does not exist.

The table is the written rule. An address that is not in it fails the test: whoever adds one says
who may open it. "May open" is any answer but 404 and the way to sign in; what a person may then do
is the rule of the action.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse

from tests.architecture import objects
from tests.architecture.objects import Arguments
from tests.factories.people import NOW
from tests.world import NOBODY, World, routes, undone
from throughline.admissions.models import Conflict, ReviewAssignment
from throughline.core import clock

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OURS = {
    "director", "coordinator", "reviewer", "tied reviewer", "coach", "superintendent",
    "another superintendent", "assistant", "teacher", "applicant",
}  # fmt: skip
THEIRS = {"their director", "their superintendent"}
SIGNED_IN = OURS | THEIRS
EVERYBODY = SIGNED_IN | {NOBODY}
OURS_AND_VISITORS = OURS | {NOBODY}
STAFF = {"director", "coordinator"}
ANY_STAFF = STAFF | {"their director"}
THE_TEAM = {"superintendent", "teacher"}
NOT_HERE: set[str] = set()
"""In this state of things nobody: nothing to answer, nothing to set up, a code that is wrong."""

MAY_OPEN: dict[str, tuple[Arguments, set[str]]] = {
    "account_confirm_login_code": (objects.nothing, SIGNED_IN),
    "account_email_verification_sent": (objects.nothing, SIGNED_IN),
    "account_inactive": (objects.nothing, EVERYBODY),
    "account_login": (objects.nothing, NOT_HERE),
    "account_logout": (objects.nothing, EVERYBODY),
    "account_reauthenticate": (objects.nothing, SIGNED_IN),
    "account_request_login_code": (objects.nothing, EVERYBODY),
    "account_signup": (objects.nothing, EVERYBODY),
    "admissions:adopt": (objects.call, STAFF),
    "admissions:answer": (objects.application, {"superintendent"}),
    "admissions:application": (objects.application, {"superintendent"}),
    "admissions:assign": (objects.call, STAFF),
    "admissions:call": (objects.call, STAFF),
    "admissions:calls": (objects.nothing, ANY_STAFF),
    "admissions:case": (objects.case, STAFF),
    "admissions:cases": (objects.call, STAFF),
    "admissions:check": (objects.call, OURS_AND_VISITORS),
    "admissions:check_answers": (objects.application, {"superintendent"}),
    "admissions:decision": (objects.decision, STAFF),
    "admissions:decisions": (objects.call, STAFF),
    "admissions:dismiss": (objects.tie, STAFF),
    "admissions:mine": (objects.nothing, SIGNED_IN),
    "admissions:name_reader": (objects.call, STAFF),
    "admissions:part": (objects.part, {"superintendent"}),
    "admissions:propose": (objects.call, STAFF),
    "admissions:reading": (objects.call, STAFF),
    "admissions:receipt": (objects.application, {"superintendent"}),
    "admissions:review": (objects.review, {"reviewer"}),
    "admissions:reviews": (objects.nothing, SIGNED_IN),
    "admissions:selection": (objects.call, STAFF),
    "admissions:sign": (objects.call, STAFF),
    "admissions:start": (objects.call, OURS),
    "admissions:take_back": (objects.application, {"superintendent"}),
    "admissions:take_back_list": (objects.call, STAFF),
    "admissions:tie": (objects.review, {"reviewer"}),
    "admissions:withdraw": (objects.application, {"superintendent"}),
    "coaching:assign": (objects.nothing, ANY_STAFF),
    "coaching:coaching": (objects.nothing, SIGNED_IN),
    "coaching:end": (objects.pair, STAFF),
    "coaching:log": (objects.pair, {"coach"}),
    "coaching:plan": (objects.pair, {"coach"}),
    "coaching:session": (objects.session, {"director", "coordinator", "coach", "superintendent"}),
    "convenings:add_people": (
        objects.registration,
        {"director", "coordinator", "coach", "superintendent", "teacher"},
    ),
    "convenings:answer": (objects.seat, {"director", "coordinator", "superintendent"}),
    "convenings:cancel": (objects.event, STAFF),
    "convenings:close": (objects.event, STAFF),
    "convenings:desk": (objects.half_day, STAFF),
    "convenings:event": (
        objects.event,
        {
            "director",
            "coordinator",
            "reviewer",
            "tied reviewer",
            "coach",
            "superintendent",
            "another superintendent",
            "assistant",
            "teacher",
        },
    ),
    "convenings:event_file": (
        objects.event,
        {
            "director",
            "coordinator",
            "reviewer",
            "tied reviewer",
            "coach",
            "superintendent",
            "another superintendent",
            "assistant",
            "teacher",
        },
    ),
    "convenings:events": (objects.nothing, SIGNED_IN),
    "convenings:move": (objects.event, STAFF),
    "convenings:overview": (objects.event, STAFF),
    "convenings:publish": (objects.event, STAFF),
    "evidence:districts": (objects.nothing, SIGNED_IN),
    "evidence:figures": (objects.place, SIGNED_IN),
    "evidence:finding": (objects.finding, THE_TEAM),
    "evidence:graduation": (objects.place, SIGNED_IN),
    "evidence:keep": (objects.place, SIGNED_IN),
    "evidence:load": (objects.place, SIGNED_IN),
    "healthz": (objects.nothing, EVERYBODY),
    "home:cohort": (objects.cohort, STAFF),
    "home:first_cohort": (objects.nothing, ANY_STAFF),
    "home:front": (objects.nothing, EVERYBODY),
    "home:program": (objects.program, OURS_AND_VISITORS),
    "inquiry:agree": (objects.challenge, THE_TEAM),
    "inquiry:ask": (objects.challenge, THE_TEAM),
    "inquiry:challenge": (objects.challenge, THE_TEAM),
    "inquiry:challenges": (objects.nothing, SIGNED_IN),
    "inquiry:missing": (objects.challenge, THE_TEAM),
    "inquiry:use": (objects.finding, THE_TEAM),
    "ledger:cohort": (objects.cohort, STAFF),
    "ledger:promised": (objects.nothing, SIGNED_IN),
    "ledger:spreadsheet": (objects.cohort, STAFF),
    "meetings:answer": (objects.occasion, NOT_HERE),
    "meetings:calendar": (objects.nothing, SIGNED_IN),
    "meetings:done": (objects.commitment, NOT_HERE),
    "meetings:end_feed": (objects.nothing, SIGNED_IN),
    "meetings:feed": (objects.feed, EVERYBODY),
    "meetings:new_feed": (objects.nothing, SIGNED_IN),
    "meetings:occasion_file": (
        objects.occasion,
        {
            "director",
            "coordinator",
            "reviewer",
            "tied reviewer",
            "superintendent",
            "another superintendent",
            "teacher",
        },
    ),
    "messaging:discard": (objects.letter, STAFF),
    "messaging:message": (objects.letter, STAFF),
    "messaging:outbox": (objects.nothing, ANY_STAFF),
    "messaging:release": (objects.letter, STAFF),
    "messaging:stop": (objects.letter, STAFF),
    "mfa_activate_totp": (objects.nothing, SIGNED_IN),
    "mfa_authenticate": (objects.nothing, SIGNED_IN),
    "mfa_deactivate_totp": (objects.nothing, NOT_HERE),
    "mfa_download_recovery_codes": (objects.nothing, NOT_HERE),
    "mfa_generate_recovery_codes": (objects.nothing, SIGNED_IN),
    "mfa_index": (objects.nothing, SIGNED_IN),
    "mfa_reauthenticate": (objects.nothing, SIGNED_IN),
    "mfa_view_recovery_codes": (objects.nothing, NOT_HERE),
    "people:demo_link": (objects.code, NOT_HERE),
    "people:end_assistant": (objects.assistant, {"assistant", "applicant"}),
    "people:staff": (objects.nothing, ANY_STAFF),
    "people:start": (objects.code, EVERYBODY),
    "people:switch_network": (objects.nothing, NOT_HERE),
    "people:welcome": (objects.nothing, SIGNED_IN),
    "people:you": (objects.nothing, SIGNED_IN),
    "programs:calendar": (objects.cohort, STAFF),
    "programs:cohort": (objects.cohort, STAFF),
    "programs:cohorts": (objects.nothing, ANY_STAFF),
    "programs:open": (objects.nothing, {"director", "their director"}),
    "programs:publish": (objects.cohort, STAFF),
    "teams:answer": (objects.member, NOT_HERE),
    "teams:invite": (objects.team, THE_TEAM | STAFF),
    "teams:mine": (objects.nothing, SIGNED_IN),
    "teams:remove": (objects.member, {"director", "coordinator", "superintendent"}),
    "teams:replace": (objects.member, {"director", "coordinator", "superintendent"}),
    "teams:start": (objects.team, THE_TEAM | STAFF),
    "teams:team": (objects.team, THE_TEAM | STAFF),
    "teams:waive": (objects.team, STAFF),
    "ui:style": (objects.nothing, EVERYBODY),
    "ui:theme": (objects.nothing, EVERYBODY),
}


def opened(world: World, role: str, path: str) -> bool:
    """Whether this role gets anything there, by looking or else by sending an empty form."""
    client = world.client(role)
    with undone(), clock.at(NOW):
        answer = client.get(path)
        if answer.status_code == 405:
            answer = client.post(path, {})
    assert answer.status_code < 500, f"{role} {path}: {answer.status_code}"
    to_sign_in = answer.get("Location", "").startswith("/account/login")
    return answer.status_code not in {404, 405} and not to_sign_in


def test_every_address_says_who_may_open_it():
    assert {name for name, _pattern in routes()} == set(MAY_OPEN)


def differences(world: World, names: list[str]) -> Iterator[str]:
    for name in names:
        arguments, wanted = MAY_OPEN[name]
        path = reverse(name, args=arguments(world))
        got = {role for role in EVERYBODY if opened(world, role, path)}
        if got != wanted:
            yield f"{name}: {sorted(got - wanted)} too many, {sorted(wanted - got)} too few"


SPACES = sorted({name.partition(":")[0] if ":" in name else "account" for name in MAY_OPEN})


@pytest.mark.parametrize("space", SPACES)
def test_each_role_of_both_networks_opens_what_it_may_and_nothing_else(world: World, space: str):
    names = [
        name for name in MAY_OPEN if (name.partition(":")[0] if ":" in name else "account") == space
    ]

    assert list(differences(world, names)) == []


def test_nothing_of_ours_exists_for_the_other_network(world: World):
    public = {"evidence:figures", "evidence:graduation", "evidence:keep", "evidence:load"}
    leaks = [
        name
        for name, (arguments, wanted) in MAY_OPEN.items()
        if arguments not in (objects.nothing, objects.code, objects.feed)
        and name not in public
        and wanted & THEIRS
    ]

    assert leaks == []


def test_an_application_with_a_tie_does_not_exist_for_its_reader(world: World):
    tied = world.people["tied reviewer"]
    conflict = Conflict.objects.filter(reviewer=tied, state="in_force").earliest("pk")
    withdrawn = ReviewAssignment.objects.get(reviewer=tied, application=conflict.application)
    with clock.at(NOW):
        client = world.client("tied reviewer")

        page = client.get(reverse("admissions:review", args=[withdrawn.review.ref]))
        listed = client.get(reverse("admissions:reviews")).content.decode()

    assert page.status_code == 404
    assert str(conflict.application.engagement) not in listed
