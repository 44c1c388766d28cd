"""A logged session is put right: the wrong entry stays, crossed out, and the trail says why."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.conftest import TwoNetworks
from tests.factories.coaching import make_coach, make_coaching, make_session, plan
from tests.factories.ledger import make_entitlement
from tests.factories.people import NOW
from tests.factories.programs import make_cohort, make_engagement
from throughline.audit.models import AuditEvent
from throughline.coaching.actions import correct_session
from throughline.coaching.models import CoachingSession, Note
from throughline.core.errors import BadInput, NotAllowed
from throughline.ledger.enums import EntryKind
from throughline.ledger.models import Entry
from throughline.ledger.rules import Sums, sums_of
from throughline.people.models import Person

SignIn = Callable[[Person | None], Client]
WHY = "I looked at the wrong clock."


def logged(networks: TwoNetworks, *, quantity: int = 600, **fields: Any) -> CoachingSession:
    """Two hours on site that were drawn from ten, with a summary and a note."""
    coaching = make_coaching(make_engagement(make_cohort(networks.ours)))
    coaching.entitlement = make_entitlement(coaching.engagement, quantity=quantity)
    coaching.save()
    given = {"shared_summary": "We chose the list.", "private_note": "Slow down.", **fields}
    return make_session(coaching, **given)


def drawn(session: CoachingSession) -> tuple[int, int]:
    """What is delivered, and what is left."""
    entitlement = session.coaching.entitlement
    assert entitlement is not None
    sums = sums_of([entitlement.pk]).get(entitlement.pk, Sums())
    return sums.delivered, sums.free


def test_corrected_minutes_cross_the_first_entry_out_and_book_the_right_one(
    two_networks: TwoNetworks,
) -> None:
    session = logged(two_networks)
    coach = session.coaching.coach.person

    for _time in range(2):
        correct_session(session, minutes=75, reason=WHY, by=coach, now=NOW)

    session.refresh_from_db()
    kinds = Entry.objects.exclude(kind=EntryKind.GRANTED).order_by("pk")
    assert list(kinds.values_list("kind", "quantity")) == [
        (EntryKind.DELIVERED, 120), (EntryKind.REVERSED, 120), (EntryKind.DELIVERED, 75),
    ]  # fmt: skip
    assert (session.occasion.minutes, session.occasion.delivered_entry) == (75, kinds.last())
    assert drawn(session) == (75, 525)


def test_a_correction_can_be_corrected(two_networks: TwoNetworks) -> None:
    session = logged(two_networks)
    coach = session.coaching.coach.person

    for minutes in (75, 90, 120):
        correct_session(session, minutes=minutes, reason=WHY, by=coach, now=NOW)

    assert drawn(session) == (120, 480)


def test_the_trail_says_who_corrected_what_and_why_and_holds_no_word_of_it(
    two_networks: TwoNetworks,
) -> None:
    session = logged(two_networks)
    coach = session.coaching.coach.person

    correct_session(
        session, minutes=75, mode="phone", topics=["team"], travel_minutes=0,
        shared_summary="We chose another list.", reason=WHY, by=coach, now=NOW,
    )  # fmt: skip

    event = AuditEvent.objects.get(verb="corrected", key=session.ref)
    assert (event.reason.words, sorted(event.fields)) == (
        WHY, ["minutes", "mode", "shared_summary", "topics"],
    )  # fmt: skip
    note = Note.objects.get(session=session, kind="shared_summary")
    assert (note.words, note.author, note.counterpart) == (
        "We chose another list.", coach, session.coaching.coachee,
    )  # fmt: skip


def test_staff_correct_minutes_and_nothing_that_was_said(two_networks: TwoNetworks) -> None:
    session, director = logged(two_networks), two_networks.our_director

    correct_session(session, minutes=90, reason=WHY, by=director, now=NOW)
    with pytest.raises(NotAllowed, match="Only the coach"):
        correct_session(
            session, minutes=90, shared_summary="Ours.", reason=WHY, by=director, now=NOW
        )

    assert drawn(session) == (90, 510)
    assert [note.words for note in Note.objects.order_by("pk")] == [
        "We chose the list.", "Slow down.",
    ]  # fmt: skip


def test_neither_the_coachee_nor_another_coach_corrects(two_networks: TwoNetworks) -> None:
    session = logged(two_networks)
    strangers = [session.coaching.coachee, make_coach(two_networks.ours).person]

    for person in strangers:
        assert person is not None
        with pytest.raises(NotAllowed, match="Only the coach who logged"):
            correct_session(session, minutes=30, reason=WHY, by=person, now=NOW)

    assert drawn(session) == (120, 480)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 800}, "minutes"),
        ({"mode": "by pigeon"}, "mode"),
        ({"mode": "phone", "travel_minutes": 40}, "travel_minutes"),
        ({"shared_summary": ""}, "shared_summary"),
    ],
)
def test_a_correction_that_makes_no_sense_changes_nothing(
    two_networks: TwoNetworks, wrong: dict[str, Any], field: str
) -> None:
    session = logged(two_networks)
    given = {"minutes": 75, "reason": WHY, "by": session.coaching.coach.person, "now": NOW}

    with pytest.raises(BadInput) as refused:
        correct_session(session, **{**given, **wrong})

    assert refused.value.field == field
    assert drawn(session) == (120, 480)


def test_more_than_is_left_is_refused_and_the_first_log_stands(two_networks: TwoNetworks) -> None:
    session = logged(two_networks, quantity=150)

    with pytest.raises(NotAllowed, match="can still be booked"):
        correct_session(session, minutes=200, reason=WHY, by=session.coaching.coach.person, now=NOW)

    session.refresh_from_db()
    assert (drawn(session), session.occasion.minutes) == ((120, 30), 120)


def test_what_is_only_planned_is_not_corrected(two_networks: TwoNetworks) -> None:
    coaching = make_coaching(make_engagement(make_cohort(two_networks.ours)))
    planned = plan(coaching, day=date(2026, 12, 9))

    with pytest.raises(NotAllowed, match="was logged"):
        correct_session(planned, minutes=30, reason=WHY, by=coaching.coach.person, now=NOW)


def test_a_coach_corrects_on_a_page_that_shows_what_was_logged(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    session = logged(two_networks)
    client, url = as_person(session.coaching.coach.person), f"/coaching/sessions/{session.ref}/"
    filled = {
        "length": "90", "mode": "on_site", "travel_minutes": "40", "topics": ["team"],
        "shared_summary": "We chose another list.", "reason": WHY,
    }  # fmt: skip

    shown = client.get(f"{url}correct/").content.decode()
    sent = client.post(f"{url}correct/", filled)

    assert f"{url}correct/" in client.get(url).content.decode()
    assert ("We chose the list." in shown, "Slow down." in shown) == (True, False)
    assert (sent.status_code, sent.headers["Location"]) == (302, url)
    session.refresh_from_db()
    assert (session.occasion.minutes, session.travel_minutes, session.topics) == (90, 40, ["team"])


def test_staff_see_minutes_and_no_word_on_the_page(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    session = logged(two_networks)
    client, url = as_person(two_networks.our_director), f"/coaching/sessions/{session.ref}/correct/"

    page = client.get(url).content.decode()
    sent = client.post(
        url, {"length": "60", "reason": WHY, "shared_summary": "Ours.", "topics": ["team"]}
    )

    assert "We chose the list." not in page
    assert sent.status_code == 302
    session.refresh_from_db()
    assert (session.occasion.minutes, session.topics) == (60, ["policy"])
    assert Note.objects.get(kind="shared_summary").words == "We chose the list."


def test_a_correction_that_is_not_complete_keeps_what_was_typed(
    two_networks: TwoNetworks, as_person: SignIn
) -> None:
    session = logged(two_networks)
    client = as_person(session.coaching.coach.person)
    filled = {
        "length": "other", "other_minutes": "75", "mode": "phone", "travel_minutes": "40",
        "shared_summary": "Typed words.", "reason": "",
    }  # fmt: skip

    missing = client.post(f"/coaching/sessions/{session.ref}/correct/", filled)
    refused = client.post(f"/coaching/sessions/{session.ref}/correct/", filled | {"reason": WHY})

    assert (missing.status_code, refused.status_code) == (422, 422)
    assert "Say what was wrong." in missing.content.decode()
    assert "Only sessions on site have time on the road." in refused.content.decode()
    for page in (missing, refused):
        assert "Typed words." in page.content.decode()
    assert drawn(session) == (120, 480)


def test_whom_it_is_not_for_finds_no_page(two_networks: TwoNetworks, as_person: SignIn) -> None:
    session = logged(two_networks)
    url = f"/coaching/sessions/{session.ref}/correct/"

    found = [
        as_person(person).get(url).status_code
        for person in (session.coaching.coachee, two_networks.their_director)
    ]

    assert found == [404, 404]
