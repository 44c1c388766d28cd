"""More than was promised: asked for, granted with a reason, and told to whoever it concerns."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.factories.ledger import make_entitlement, make_entry
from tests.factories.people import NOW, make_person, make_staff
from tests.factories.programs import fellow_of, make_engagement
from tests.factories.threads import at_once
from throughline.audit.models import AuditEvent, AuditReason
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.ledger.actions.answer_add_on import answer_add_on
from throughline.ledger.actions.ask_for_more import ask_for_more
from throughline.ledger.actions.book import OverrunAsked
from throughline.ledger.actions.grant_add_on import grant_add_on
from throughline.ledger.models import AddOn, Entitlement, Entry
from throughline.ledger.rules import Sums, sums_of
from throughline.people.actions import give_role
from throughline.people.enums import Role

pytestmark = pytest.mark.django_db


def sums(entitlement: Entitlement) -> Sums:
    return sums_of([entitlement.pk])[entitlement.pk]


def test_booking_beyond_the_promise_asks_how_much_is_missing_and_books_nothing():
    entitlement = make_entitlement(quantity=60)

    with pytest.raises(OverrunAsked) as refused:
        make_entry(entitlement, 90, by=make_staff(entitlement.network))

    assert (refused.value.beyond, refused.value.field) == (30, "overrun_reason")
    assert sums(entitlement) == Sums(granted=60)


def test_staff_grant_more_with_a_reason_and_a_clause_and_twice_is_once():
    entitlement = make_entitlement(quantity=60)
    director, once = make_staff(entitlement.network), uuid4()

    added = [
        grant_add_on(
            entitlement, quantity=120, reason="A new superintendent.", clause="Letter of May 4",
            by=director, now=NOW, once=once,
        )
        for _time in range(2)
    ]  # fmt: skip

    assert added[0] == added[1]
    assert (added[0].state, added[0].clause) == ("granted", "Letter of May 4")
    assert sums(entitlement) == Sums(granted=180)
    assert AuditEvent.objects.filter(verb="added", by=director.pk, kind="ledger.addon").count() == 1
    assert AuditReason.objects.filter(words="A new superintendent.").exists()


def test_nobody_else_grants_and_nothing_is_granted_without_a_reason_or_a_number():
    engagement = make_engagement()
    entitlement, on_request = (
        make_entitlement(engagement),
        make_entitlement(engagement, quantity=None),
    )
    director = make_staff(engagement.network)

    with pytest.raises(NotAllowed, match="Only the host's staff"):
        grant_add_on(entitlement, quantity=60, reason="More.", by=fellow_of(engagement), now=NOW)
    for one, quantity, reason in (
        (entitlement, 60, " "),
        (entitlement, 0, "More."),
        (on_request, 60, "More."),
    ):
        with pytest.raises(BadInput):
            grant_add_on(one, quantity=quantity, reason=reason, by=director, now=NOW)

    assert AddOn.objects.count() == 0


def test_the_leader_asks_once_and_staff_grant():
    engagement = make_engagement()
    entitlement, fellow = make_entitlement(engagement, quantity=60), fellow_of(engagement)

    asked = ask_for_more(entitlement, quantity=30, reason="A hard year.", by=fellow, now=NOW)
    again = ask_for_more(entitlement, quantity=90, reason="Please.", by=fellow, now=NOW)
    before = sums(entitlement)
    director = make_staff(engagement.network)
    for _time in range(2):
        answer_add_on(asked, grant=True, clause="Board, May 4", by=director, now=NOW)

    assert (again, before) == (asked, Sums(granted=60))
    assert sums(entitlement) == Sums(granted=90)
    with pytest.raises(WrongState, match="answered this"):
        answer_add_on(asked, grant=False, answer="No.", by=director, now=NOW)


def test_whoever_declines_says_why():
    engagement = make_engagement()
    entitlement, director = make_entitlement(engagement), make_staff(engagement.network)
    asked = ask_for_more(
        entitlement, quantity=30, reason="More.", by=fellow_of(engagement), now=NOW
    )

    with pytest.raises(BadInput, match="Say why not"):
        answer_add_on(asked, grant=False, by=director, now=NOW)
    with pytest.raises(NotAllowed):
        answer_add_on(asked, grant=False, answer="No.", by=fellow_of(engagement), now=NOW)
    answer_add_on(asked, grant=False, answer="The grant ends in June.", by=director, now=NOW)

    asked.refresh_from_db()
    assert (asked.state, asked.answer, asked.entry) == ("declined", "The grant ends in June.", None)
    assert sums(entitlement) == Sums(granted=1200)


def test_a_member_of_the_team_or_a_stranger_asks_for_nothing():
    engagement = make_engagement()
    entitlement = make_entitlement(engagement)
    peer = make_person(engagement.network)
    give_role(peer, Role.MEMBER, engagement.scope, by=None, now=NOW)

    for nobody in (peer, make_staff()):
        with pytest.raises(NotAllowed):
            ask_for_more(entitlement, quantity=30, reason="More.", by=nobody, now=NOW)


def test_the_database_refuses_an_add_on_that_adds_nothing_or_was_granted_without_an_entry():
    entitlement = make_entitlement()
    forbidden = [
        {"quantity": 0, "reason": "More."},
        {"quantity": 30, "reason": ""},
        {"quantity": 30, "reason": "More.", "state": "lost"},
        {"quantity": 30, "reason": "More.", "state": "declined"},
        {"quantity": 30, "reason": "More.", "state": "granted", "decided_at": NOW},
    ]

    for fields in forbidden:
        with pytest.raises(IntegrityError), transaction.atomic():
            AddOn.objects.create(
                network=entitlement.network, entitlement=entitlement, asked_at=NOW, **fields
            )


def test_the_database_lets_one_question_wait_at_a_time():
    entitlement = make_entitlement()
    fields = {"network": entitlement.network, "entitlement": entitlement, "asked_at": NOW}
    AddOn.objects.create(quantity=30, reason="More.", **fields)

    with pytest.raises(IntegrityError), transaction.atomic():
        AddOn.objects.create(quantity=60, reason="Still more.", **fields)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_answers_at_once_one_counts():
    engagement = make_engagement()
    entitlement = make_entitlement(engagement, quantity=60)
    asked = ask_for_more(entitlement, quantity=30, reason="More.", by=None, now=NOW)

    at_once(
        [
            partial(
                answer_add_on, AddOn.objects.get(pk=asked.pk), grant=place % 2 == 0,
                answer="Not this year.", by=None, now=NOW,
            )
            for place in range(8)
        ]
    )  # fmt: skip

    asked.refresh_from_db()
    granted = 90 if asked.state == "granted" else 60
    assert sums(entitlement) == Sums(granted=granted)
    assert (
        AuditEvent.objects.filter(kind="ledger.addon", verb__in=["added", "declined"]).count() == 1
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_nobody_overdraws_at_once_without_a_word():
    entitlement = make_entitlement(quantity=120)
    director = make_staff(entitlement.network)

    results = at_once(
        [
            partial(
                make_entry, entitlement, 60, kind="scheduled", source=f"tests.session:{place}",
                by=director, overrun_reason="Agreed by the board." if place < 2 else "",
            )
            for place in range(6)
        ]
    )  # fmt: skip

    booked = [one for one in results if isinstance(one, Entry)]
    beyond = [one for one in booked if one.overrun_reason]
    assert sums(entitlement).free == 120 - 60 * len(booked)
    assert len(booked) - len(beyond) == 2 and {one.overrun_reason for one in beyond} <= {
        "Agreed by the board."
    }
    assert all(isinstance(one, OverrunAsked) for one in results if one not in booked)
