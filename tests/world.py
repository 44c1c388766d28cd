"""Two networks that have lived for a year and a half, played once and read by many tests.

Smaller than the demo network, by the same acts: eight districts apply for five seats in ours, three
for two in theirs. A test that changes something does it in a savepoint of its own.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories.people import NOW
from throughline.admissions.actions.start_application import start_application
from throughline.admissions.models import Application, Call
from throughline.coaching.actions.log_session import NextStep, log_session
from throughline.coaching.models import CoachingEngagement, CoachingSession
from throughline.core import chance, clock
from throughline.core.tiers import Tier
from throughline.evidence.actions import pin_finding
from throughline.evidence.models import Finding
from throughline.inquiry.actions import edit_challenge
from throughline.inquiry.models import Challenge
from throughline.ledger.actions.ask_for_more import ask_for_more
from throughline.ledger.actions.waive_rule import waive_rule
from throughline.ledger.enums import RuleList
from throughline.ledger.models import Entitlement
from throughline.meetings.actions import make_feed
from throughline.meetings.actions.plan_meetings import plan_meeting
from throughline.meetings.models import Commitment, Occasion
from throughline.messaging.jobs import deliver_due
from throughline.people.actions import add_person, delegate, give_role
from throughline.people.actions.ask_for_deletion import ask_for_deletion
from throughline.people.actions.describe_oneself import describe_oneself
from throughline.people.actions.merge_persons import merge_persons
from throughline.people.enums import Role, Verb
from throughline.people.identity import Given
from throughline.people.models import Person, Scope
from throughline.programs.actions.start_draft import start_draft
from throughline.rehearsal import applying, words
from throughline.rehearsal.play import SHIPPED, play
from throughline.rehearsal.running import lead_of
from throughline.rehearsal.stage import Stage
from throughline.teams.models import Team

NOBODY = "nobody"
OURS = (
    "director", "coordinator", "reviewer", "tied reviewer", "coach", "another coach",
    "superintendent", "another superintendent", "assistant", "teacher", "applicant",
    "committee", "funder", "analyst", "finance", "learner", "alumna", "faculty", "partner",
)  # fmt: skip
THEIRS = ("their director", "their coach", "their superintendent")
ROLES = (NOBODY, *OURS, *THEIRS)

MINE, PAIR, NOTE, OWN_NOTE, CHALLENGE, ANSWER, COMMENT, STEP, NAME, ABOUT_HER = (
    "vermouthquill", "sablefennel", "thistlebarge", "cobaltferret", "lanternhusk", "ochrewhistle",
    "juniperanvil", "marlinthimble", "Quennelbrook", "umberplover",
)  # fmt: skip
"""Words that stand nowhere else: whoever reads one has read that text."""

ADDED = {
    "committee": Role.COMMITTEE, "funder": Role.FUNDER, "analyst": Role.ANALYST,
    "finance": Role.FINANCE, "learner": Role.LEARNER, "alumna": Role.ALUMNI,
    "faculty": Role.FACULTY, "partner": Role.PARTNER,
}  # fmt: skip
"""Roles that nobody plays in a rehearsal: each is given to a person of her own."""


@dataclass(frozen=True)
class World:
    """Both networks, the things that tests ask for by name, and what left the house meanwhile."""

    ours: Stage
    theirs: Stage
    folder: Path
    people: dict[str, Person | None]
    feed: str
    session: CoachingSession
    commitment: Commitment
    finding: Finding
    own_finding: Finding
    challenge: Challenge
    draft: Application
    """What the applicant writes for the next cohort."""
    team: Team
    meeting: Occasion
    """When the team meets next."""
    letters: list[tuple[str, str]]
    """Address and full text of everything that was mailed."""
    lines: list[str]
    """What was logged."""

    def client(self, role: str) -> Client:
        """Return a browser in which this role is signed in."""
        return signed_in(self.people[role])


def signed_in(person: Person | None) -> Client:
    """Return a browser that shows a fault as status 500, with this person signed in."""
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(
            person.account_link.account,
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        session = client.session
        session["network"] = person.network_id
        session.save()
    return client


def routes() -> Iterator[tuple[str, str]]:
    """Yield name (with its namespace) and pattern of every address."""

    def walk(resolver: URLResolver, space: str, prefix: str) -> Iterator[tuple[str, str]]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                inner = f"{entry.namespace}:" if entry.namespace else ""
                yield from walk(entry, space + inner, prefix + str(entry.pattern))
            elif isinstance(entry, URLPattern):
                yield f"{space}{entry.name}", prefix + str(entry.pattern)

    yield from walk(get_resolver(), "", "/")


def _source(seats: int) -> str:
    text = (SHIPPED / "reln.toml").read_text(encoding="utf-8")
    return text.replace("max = 12\ntarget = 12", f"max = {seats}\ntarget = {seats}")


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def keeping_logs() -> Iterator[list[str]]:
    """Keep every line that is logged, whatever is shown of it."""
    kept, root = _Kept(), logging.getLogger()
    level = root.level
    root.addHandler(kept)
    root.setLevel(logging.INFO)
    try:
        yield kept.lines
    finally:
        root.setLevel(level)
        root.removeHandler(kept)


def in_folder(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let keys and mail live in the world's folder, so that its sealed texts can be read."""
    patch.setattr(settings, "KEYS", folder / "keys")
    patch.setattr(settings, "MASTER_KEY_FILE", folder / "keys" / "sealing_key")
    patch.setattr(settings, "MAIL_FOLDER", folder / "mail")
    patch.setattr(settings, "SECOND_FACTOR_REQUIRED", False)


def build(folder: Path, lines: list[str]) -> World:
    """Play both networks and put the sentinel words into ours. Call inside a transaction.

    ``lines`` is what is logged meanwhile, and afterwards.
    """
    with pytest.MonkeyPatch.context() as patch, chance.repeatable(3):
        in_folder(patch, folder)
        today = NOW.date()
        theirs = play(
            _source(2), today=today, seed=11, progress=_quiet, districts=3,
            key="other", called=f"{NAME} Alliance",
        )  # fmt: skip
        patch.setitem(
            applying.BY_KEY, "vision", tuple(f"Our vision {ANSWER}{n}." for n in range(8))
        )
        patch.setattr(words, "COMMENTS", (f"A comment {COMMENT}.",))
        ours = play(_source(5), today=today, seed=7, progress=_quiet, districts=8)
        with clock.at(NOW):
            world = _finish(ours, theirs, folder, lines)
            deliver_due(now=NOW)
    for message in mail.outbox:
        shown = [one.content for one in getattr(message, "alternatives", [])]
        text = "\n".join(map(str, [message.subject, message.body, *shown]))
        world.letters.extend((to, text) for to in message.to)
    return world


def _quiet(_line: str) -> None:
    pass


def _finish(ours: Stage, theirs: Stage, folder: Path, lines: list[str]) -> World:
    engagement = ours.engagements[0]
    lead = lead_of(engagement)
    team = Team.objects.live().get(engagement=engagement)
    pair = CoachingEngagement.objects.get(engagement=engagement, state="active")
    session = log_session(
        pair, day=NOW.date() - timedelta(days=3), starts_local=time(9), minutes=30, mode="virtual",
        shared_summary=f"Summary {PAIR}.", private_note=f"Note {MINE}.",
        next_steps=[NextStep(f"Do the {STEP}", NOW.date() + timedelta(days=9))],
        by=pair.coach.person, now=NOW, log_key=UUID(int=7, version=4),
    )  # fmt: skip
    describe_oneself(lead, {"gender": Given((), f"As {ABOUT_HER}.")}, by=lead, now=NOW)
    place = engagement.district.place
    assert place is not None
    finding, own_finding = (
        pin_finding(
            place, year=2015, group=group, comparator="ALL", scope=team.scope, tier=tier,
            note=f"About this {word}.", by=lead, now=NOW,
        )
        for group, tier, word in (("ECD", Tier.TEAM, NOTE), ("CWD", Tier.MINE, OWN_NOTE))
    )  # fmt: skip
    challenge = Challenge.objects.get(owner_scope=team.scope)
    edit_challenge(
        challenge, {"why_now": f"Because {CHALLENGE}."}, revision=challenge.revision,
        by=lead, now=NOW,
    )  # fmt: skip
    _ask_for_days(lead)
    waive_rule(
        ours.cohort, lead, rules=RuleList.COMPLETION, rule="attendance",
        reason="A storm closed the roads.", by=ours.director, now=NOW,
    )  # fmt: skip
    _add_roles(ours)
    _bring_together(ours)
    ask_for_deletion(ours.people["alumna"], "", by=ours.people["alumna"], now=NOW)
    start_draft(ours.version.program, by=ours.director, now=NOW)
    draft = _apply_again(ours)
    for principal, scope in ((lead, engagement.scope), (draft.lead, draft.scope)):
        delegate(principal, ours.people["assistant"], scope, list(Verb), by=principal, now=NOW)
    return World(
        ours, theirs, folder, _people(ours, theirs, pair), make_feed(lead, by=lead, now=NOW),
        session, Commitment.objects.get(occasion=session.occasion), finding, own_finding,
        challenge, draft, team, _meeting(team, lead), [], lines,
    )  # fmt: skip


def _meeting(team: Team, lead: Person) -> Occasion:
    """Let the team meet in three weeks."""
    return plan_meeting(
        team, day=NOW.date() + timedelta(days=20), starts_local=time(15, 30),
        zone="America/New_York", minutes=60, by=lead, now=NOW,
    )  # fmt: skip


def _ask_for_days(lead: Person) -> None:
    """Let her ask for a day more than she was promised; staff have not answered yet."""
    days = Entitlement.objects.get(promise__key="convening-days", holder_person=lead)
    ask_for_more(days, quantity=2, reason="A session was canceled by snow.", by=lead, now=NOW)


def _add_roles(ours: Stage) -> None:
    root = Scope.objects.get(network=ours.network, parent=None)
    for name, role in ADDED.items():
        scope = root if role == Role.FINANCE else ours.cohort.scope
        ours.people[name] = ours.person("elsewhere", NOW)
        give_role(ours.people[name], role, scope, by=ours.director, now=NOW)


def _bring_together(ours: Stage) -> None:
    """Let the learner have been entered twice; staff brought both records together."""
    again = add_person(ours.network, full_name="Entered Twice", by=ours.director, now=NOW)
    merge_persons(ours.people["learner"], again, reason="Same desk.", by=ours.director, now=NOW)


def _apply_again(ours: Stage) -> Application:
    """Let the applicant, who is an alternate of this cohort, begin to write for the next one."""
    lead = ours.people["applicant"]
    call = Call.objects.exclude(pk=ours.call.pk).get(network=ours.network)
    place = Application.objects.get(call=ours.call, lead=lead).engagement.district.place
    assert place is not None
    return start_application(
        call, district_place=place, by=lead, now=NOW, title_key="superintendent"
    )


def _people(ours: Stage, theirs: Stage, pair: CoachingEngagement) -> dict[str, Person | None]:
    mine = dict(ours.people)
    found: dict[str, Person | None] = {NOBODY: None}
    found |= {role: mine[role] for role in OURS if role in mine}
    found |= {
        "superintendent": lead_of(ours.engagements[0]),
        "another superintendent": lead_of(ours.engagements[1]),
        "tied reviewer": ours.readers[2],
        "coach": pair.coach.person,
        "another coach": next(one for one in ours.coaches if one != pair.coach.person),
    }
    for role in THEIRS:
        found[role] = theirs.people[role.removeprefix("their ")]
    return {
        role: None if person is None else Person.objects.get(pk=person.pk)
        for role, person in found.items()
    }


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever happens inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
