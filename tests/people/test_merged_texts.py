"""Private texts stay with the record under which they were written until its owner says it is hers."""

from __future__ import annotations

import pytest

from tests.factories.coaching import make_coaching, make_session
from tests.factories.merges import again, make_record, merged
from tests.factories.people import NOW, make_person, make_staff
from throughline.coaching.models import CoachingSession, Note
from throughline.core.errors import NotAllowed
from throughline.core.tiers import Tier
from throughline.people.actions.keep_addresses import confirm_record
from throughline.people.enums import ScopeKind
from throughline.people.holdings import holdings
from throughline.people.models import Person, Scope
from throughline.people.tiered import widen, write_tiered

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WORDS = "marigold"


@pytest.fixture
def session() -> CoachingSession:
    return make_session(make_coaching())


def note(
    session: CoachingSession, author: Person, tier: Tier, *, counterpart: Person | None = None
) -> Note:
    engagement = session.coaching.engagement.scope
    team = Scope.objects.filter(kind=ScopeKind.TEAM, parent=engagement).first()
    text = Note(
        network=session.network, author=author, tier=tier, counterpart=counterpart,
        scope=team or Scope.objects.below(engagement, kind=ScopeKind.TEAM, label="Team"),
        session=session, kind="shared_summary", written_at=NOW,
    )  # fmt: skip
    return write_tiered(text, WORDS)


@pytest.fixture
def two_in_one(session: CoachingSession) -> tuple[Person, Person, Note, Note]:
    """A team member, another record of hers that signs in nowhere, and two texts of that one."""
    network = session.network
    kept, absorbed = make_person(network), make_record(network)
    private = note(session, absorbed, Tier.MINE)
    shared = note(session, absorbed, Tier.TEAM)
    merged(kept, absorbed, by=make_staff(network))
    return again(kept), absorbed, private, shared


def test_private_texts_of_a_merged_record_wait_until_she_says_that_it_is_hers(
    two_in_one: tuple[Person, Person, Note, Note],
):
    kept, _absorbed, private, shared = two_in_one

    assert list(Note.objects.visible_to(kept)) == [shared]
    confirm_record(kept.merges[0], by=kept, now=NOW)
    kept = again(kept)
    assert set(Note.objects.visible_to(kept)) == {private, shared}
    assert Note.objects.visible_to(kept).get(pk=private.pk).words == WORDS


def test_a_private_text_of_a_merged_record_is_widened_by_her_alone(
    two_in_one: tuple[Person, Person, Note, Note],
):
    kept, absorbed, private, shared = two_in_one

    with pytest.raises(NotAllowed):
        widen(private, Tier.HOST, by=kept)
    widen(shared, Tier.HOST, by=kept)
    assert Note.objects.get(pk=shared.pk).tier == Tier.HOST
    widen(private, Tier.HOST, by=absorbed)


def test_a_text_for_a_merged_record_is_read_once_she_says_that_it_is_hers(
    session: CoachingSession,
):
    network = session.network
    author, kept = make_person(network), make_person(network)
    absorbed = make_record(network)
    pair = note(session, author, Tier.PAIR, counterpart=absorbed)
    merge = merged(kept, absorbed, by=make_staff(network))

    assert not Note.objects.visible_to(kept).exists()
    confirm_record(merge, by=again(kept), now=NOW)
    assert list(Note.objects.visible_to(again(kept))) == [pair]


def test_staff_do_not_read_that_there_are_private_texts(session: CoachingSession):
    author, other = make_person(session.network), make_record(session.network)
    note(session, author, Tier.MINE)
    note(session, author, Tier.PAIR, counterpart=other)
    note(session, author, Tier.TEAM)

    notes = [kind for kind in holdings(author, other) if kind.title == "Shared coaching notes"]

    assert [(kind.of_one, kind.of_other) for kind in notes] == [(1, 0)]
