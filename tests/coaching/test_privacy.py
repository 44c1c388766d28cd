"""What was said stays between those for whom it was meant."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.conftest import TwoNetworks
from tests.factories.coaching import make_coach, make_coaching, make_session
from tests.factories.convenings import make_district_with_team
from tests.factories.people import NOW, make_person, make_staff
from tests.factories.programs import make_cohort
from throughline.coaching.actions import NextStep
from throughline.coaching.models import CoachingSession, Note
from throughline.core.tiers import Tier
from throughline.meetings.actions import make_feed
from throughline.people.actions import delegate
from throughline.people.enums import Role, Verb
from throughline.people.models import Person, Scope

SignIn = Callable[[Person | None], Client]

PRIVATE, SHARED, STEP = "SENTINELPRIVATE", "SENTINELSHARED", "SENTINELSTEP"
SENTINELS = (PRIVATE, SHARED, STEP)


def said(network_director: Person, *, tier: str = Tier.PAIR, members: int = 0) -> CoachingSession:
    """A session with a sentinel word in each text."""
    cohort = make_cohort(network_director.network)
    engagement = make_district_with_team(cohort, members=members)
    return make_session(
        make_coaching(engagement),
        shared_summary=SHARED,
        shared_with=tier,
        private_note=PRIVATE,
        next_steps=[NextStep(STEP, date(2027, 1, 22))],
    )


def words_on_pages(client: Client, session: CoachingSession) -> set[str]:
    """Every sentinel that this client finds anywhere."""
    pages = [
        "/coaching/",
        f"/coaching/sessions/{session.ref}/",
        f"/coaching/{session.coaching.ref}/log/",
        "/meetings/",
        f"/meetings/{session.occasion.ref}.ics",
    ]
    text = "".join(client.get(url).content.decode() for url in pages)
    return {word for word in SENTINELS if word in text}


def test_the_coach_reads_all_and_the_coachee_what_is_shared(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    session = said(two_networks.our_director)
    coaching = session.coaching

    found = [
        words_on_pages(as_person(person), session)
        for person in (coaching.coach.person, coaching.coachee)
    ]

    assert found == [{PRIVATE, SHARED, STEP}, {SHARED, STEP}]


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.COORDINATOR])
@pytest.mark.parametrize("tier", [Tier.PAIR, Tier.TEAM])
def test_no_staff_page_holds_a_word_of_it(
    two_networks: TwoNetworks, as_person: SignIn, role: str, tier: str
) -> None:
    members = 5 if tier == Tier.TEAM else 0
    session = said(two_networks.our_director, tier=tier, members=members)
    staff = make_staff(two_networks.ours, role)

    page = as_person(staff).get(f"/coaching/sessions/{session.ref}/").content.decode()

    assert words_on_pages(as_person(staff), session) == set()
    for fact in ("2 h", "On site", "Policy and board", "Mon, Nov 23"):
        assert fact in page


def test_a_summary_for_the_team_is_read_by_the_team(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    session = said(two_networks.our_director, tier=Tier.TEAM, members=5)
    team = session.coaching.engagement.teams.get()
    member = team.memberships.select_related("person").first()
    assert member is not None and member.person is not None

    assert [note.words for note in Note.objects.visible_to(member.person)] == [SHARED]


def test_an_assistant_with_every_verb_reads_neither(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    session = said(two_networks.our_director)
    fellow, assistant = session.coaching.coachee, make_person(two_networks.ours)
    assert fellow is not None
    delegate(
        fellow, assistant, session.coaching.engagement.scope, list(Verb.values), by=fellow, now=NOW
    )

    assert words_on_pages(as_person(assistant), session) == set()
    assert not Note.objects.visible_to(assistant).exists()


@pytest.mark.parametrize("whose", ["stranger", "other coach", "other network"])
def test_a_stranger_cannot_tell_that_a_session_exists(
    two_networks: TwoNetworks, as_person: SignIn, whose: str
) -> None:
    session = said(two_networks.our_director)
    strangers = {
        "stranger": make_person(two_networks.ours),
        "other coach": make_coach(two_networks.ours).person,
        "other network": two_networks.their_director,
    }
    client = as_person(strangers[whose])
    pages = [
        f"/coaching/sessions/{session.ref}/",
        f"/coaching/{session.coaching.ref}/log/",
        f"/coaching/{session.coaching.ref}/plan/",
        f"/coaching/{session.coaching.ref}/end/",
    ]

    assert [client.get(url).status_code for url in pages] == [404] * 4
    assert words_on_pages(client, session) == set()


def test_a_calendar_feed_says_coaching_and_nothing_else(two_networks: TwoNetworks) -> None:
    session = said(two_networks.our_director)
    fellow = session.coaching.coachee
    assert fellow is not None
    code = make_feed(fellow, by=fellow, now=NOW)

    text = Client().get(f"/meetings/feed/{code}.ics").content.decode()

    assert ("SUMMARY:Coaching" in text, str(session.coaching.coach) in text) == (True, False)
    assert not any(word in text for word in SENTINELS)


def test_the_database_holds_no_word_of_private_texts(two_networks: TwoNetworks) -> None:
    said(two_networks.our_director)

    stored = "".join(f"{note.body}{bytes(note.sealed or b'')!r}" for note in Note.objects.all())

    assert (PRIVATE in stored, SHARED in stored) == (False, False)
    assert Scope.objects.filter(label="Coaching").count() == 1
