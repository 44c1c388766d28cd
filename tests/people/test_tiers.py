"""Who reads a text is its author's choice, tier by tier, whatever roles others hold."""

from __future__ import annotations

import pytest

from tests.factories.coaching import make_coaching, make_session
from tests.factories.people import NOW, make_person, make_staff
from throughline.coaching.models import CoachingSession, Note
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.tiers import MAY_WIDEN, Tier
from throughline.people.actions import delegate, exclude
from throughline.people.enums import Ground, Role, ScopeKind, Verb
from throughline.people.models import Person, Scope
from throughline.people.tiered import widen, write_tiered

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def session() -> CoachingSession:
    return make_session(make_coaching())


@pytest.fixture
def people(session: CoachingSession) -> dict[str, Person]:
    """Everybody who could want to read, by what she is to the team of the district."""
    engagement = session.coaching.engagement
    network = engagement.network
    team = team_scope(session)
    return {
        "author": make_person(network, role=Role.MEMBER, scope=team),
        "other of the pair": make_person(network),
        "team-mate": make_person(network, role=Role.MEMBER, scope=team),
        "leader of the district": make_person(network, role=Role.FELLOW, scope=engagement.scope),
        "director": make_staff(network),
        "peer of the cohort": make_person(
            network, role=Role.FELLOW, scope=Scope.objects.below(
                engagement.cohort.scope, kind=ScopeKind.ENGAGEMENT, label="Another district"
            ),
        ),
        "applicant of the cohort": make_person(
            network, role=Role.APPLICANT, scope=Scope.objects.below(
                engagement.cohort.scope, kind=ScopeKind.ENGAGEMENT, label="An applying district"
            ),
        ),
        "reader of applications": make_person(
            network, role=Role.REVIEWER, scope=engagement.cohort.scope
        ),
        "analyst of the cohort": make_person(
            network, role=Role.ANALYST, scope=engagement.cohort.scope
        ),
        "somebody of the network": make_person(network),
        "director elsewhere": make_staff(),
    }  # fmt: skip


def team_scope(session: CoachingSession) -> Scope:
    engagement = session.coaching.engagement.scope
    found = Scope.objects.filter(kind=ScopeKind.TEAM, parent=engagement).first()
    return found or Scope.objects.below(engagement, kind=ScopeKind.TEAM, label="Team")


def write(session: CoachingSession, people: dict[str, Person], tier: Tier) -> Note:
    note = Note(
        network=session.network, author=people["author"], scope=team_scope(session), tier=tier,
        session=session, kind="shared_summary", written_at=NOW,
        counterpart=people["other of the pair"] if tier == Tier.PAIR else None,
    )  # fmt: skip
    return write_tiered(note, "marigold")


READERS = {
    Tier.MINE: {"author"},
    Tier.PAIR: {"author", "other of the pair"},
    Tier.TEAM: {"author", "team-mate", "leader of the district"},
    Tier.HOST: {"author", "team-mate", "leader of the district", "director"},
    Tier.COHORT: {
        "author", "team-mate", "leader of the district", "director", "peer of the cohort",
    },
    Tier.NETWORK: {
        "author", "team-mate", "leader of the district", "director", "peer of the cohort",
        "reader of applications", "analyst of the cohort",
    },
    Tier.PUBLIC: {
        "author", "team-mate", "leader of the district", "director", "peer of the cohort",
        "reader of applications", "analyst of the cohort",
        "other of the pair", "somebody of the network", "applicant of the cohort",
    },
}  # fmt: skip


@pytest.mark.parametrize("tier", READERS)
def test_a_tier_is_read_by_its_readers_and_nobody_else(
    session: CoachingSession, people: dict[str, Person], tier: Tier
):
    note = write(session, people, tier)

    readers = {who for who, one in people.items() if note in Note.objects.visible_to(one)}

    assert readers == READERS[tier]
    assert Note.objects.get(pk=note.pk).words == "marigold"


@pytest.mark.parametrize("tier", [Tier.MINE, Tier.PAIR])
def test_a_private_text_is_stored_without_its_words(
    session: CoachingSession, people: dict[str, Person], tier: Tier
):
    note = write(session, people, tier)

    assert "marigold" not in repr(list(Note.objects.filter(pk=note.pk).values()))


def test_a_conflict_closes_what_others_wrote_to_a_member_too(
    session: CoachingSession, people: dict[str, Person]
):
    note = write(session, people, Tier.TEAM)
    scope = session.coaching.engagement.scope

    exclude(people["team-mate"], scope, Ground.CONFLICT, source="test:1", by=None, now=NOW)

    assert note not in Note.objects.visible_to(people["team-mate"])


def test_an_assistant_reads_neither_private_nor_team_texts(
    session: CoachingSession, people: dict[str, Person]
):
    leader = people["leader of the district"]
    assistant = make_person(session.network)
    delegate(leader, assistant, session.coaching.engagement.scope, Verb.values, by=leader, now=NOW)

    notes = [write(session, people, tier) for tier in (Tier.MINE, Tier.PAIR, Tier.TEAM)]

    assert not set(notes) & set(Note.objects.visible_to(assistant))


def test_only_the_author_widens_and_only_outwards(
    session: CoachingSession, people: dict[str, Person]
):
    note = write(session, people, Tier.PAIR)
    with pytest.raises(NotAllowed):
        widen(note, Tier.TEAM, by=people["director"])

    widen(note, Tier.TEAM, by=people["author"])

    assert Note.objects.get(pk=note.pk).body == "marigold"
    with pytest.raises(WrongState):
        widen(note, Tier.PAIR, by=people["author"])


def test_a_pair_is_not_offered_towards_a_student(
    session: CoachingSession, people: dict[str, Person]
):
    people["other of the pair"] = make_person(session.network, is_minor=True)

    with pytest.raises(BadInput, match="students"):
        write(session, people, Tier.PAIR)


def test_each_tier_contains_the_one_before():
    order = list(Tier)

    assert [MAY_WIDEN[tier] for tier in order] == [
        frozenset(order[place + 1 :]) for place in range(len(order))
    ]
