"""Two networks that have lived for a year and a half, played once and read by many tests.

Smaller than the demo network, by the same acts: eight districts apply for five seats in ours, six
for three in theirs. A test that changes something does it in a savepoint of its own.
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
from throughline.admissions.models import Application
from throughline.coaching.actions.log_session import log_session
from throughline.coaching.models import CoachingEngagement, CoachingSession
from throughline.core import chance, clock
from throughline.core.tiers import Tier
from throughline.evidence.actions import pin_finding
from throughline.evidence.models import Finding
from throughline.inquiry.actions import edit_challenge
from throughline.inquiry.models import Challenge
from throughline.meetings.actions import make_feed
from throughline.messaging.jobs import deliver_due
from throughline.people.models import Person
from throughline.rehearsal import applying, words
from throughline.rehearsal.play import SHIPPED, play
from throughline.rehearsal.running import lead_of
from throughline.rehearsal.stage import Stage
from throughline.teams.models import Team

NOBODY = "nobody"
OURS = (
    "director", "coordinator", "reviewer", "tied reviewer", "coach", "another coach",
    "superintendent", "another superintendent", "assistant", "teacher", "applicant",
)  # fmt: skip
THEIRS = (
    "their director", "their coordinator", "their reviewer", "their coach",
    "their superintendent", "their teacher",
)  # fmt: skip
ROLES = (NOBODY, *OURS, *THEIRS)

MINE, PAIR, NOTE, OWN_NOTE, CHALLENGE, ANSWER, COMMENT, NAME = (
    "vermouthquill", "sablefennel", "thistlebarge", "cobaltferret", "lanternhusk", "ochrewhistle",
    "juniperanvil", "Quennelbrook",
)  # fmt: skip
"""Words that stand nowhere else: whoever reads one has read that text."""


@dataclass(frozen=True)
class World:
    """Both networks, the things that tests ask for by name, and what left the house meanwhile."""

    ours: Stage
    theirs: Stage
    folder: Path
    people: dict[str, Person | None]
    feed: str
    session: CoachingSession
    finding: Finding
    own_finding: Finding
    challenge: Challenge
    team: Team
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
    """Keep every line that is logged."""
    kept = _Kept()
    logging.getLogger().addHandler(kept)
    try:
        yield kept.lines
    finally:
        logging.getLogger().removeHandler(kept)


def in_folder(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let keys and mail live in the world's folder, so that its sealed texts can be read."""
    patch.setattr(settings, "KEYS", folder / "keys")
    patch.setattr(settings, "MASTER_KEY_FILE", folder / "keys" / "sealing_key")
    patch.setattr(settings, "MAIL_FOLDER", folder / "mail")
    patch.setattr(settings, "SECOND_FACTOR_REQUIRED", False)


def build(folder: Path) -> World:
    """Play both networks and put the sentinel words into ours. Call inside a transaction."""
    with pytest.MonkeyPatch.context() as patch, keeping_logs() as lines, chance.repeatable(3):
        in_folder(patch, folder)
        today = NOW.date()
        theirs = play(
            _source(3), today=today, seed=11, progress=_quiet, districts=6,
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
        world.letters.extend((to, str(message.message())) for to in message.to)
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
        by=pair.coach.person, now=NOW, log_key=UUID(int=7, version=4),
    )  # fmt: skip
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
    return World(
        ours, theirs, folder, _people(ours, theirs, pair), make_feed(lead, by=lead, now=NOW),
        session, finding, own_finding, challenge, team, [], lines,
    )  # fmt: skip


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


def application_of(world: World, role: str) -> Application:
    """Return the newest application that this role leads."""
    return Application.objects.filter(lead=world.people[role]).latest("pk")


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever happens inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
