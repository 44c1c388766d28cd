from datetime import UTC, date, datetime, time

import pytest
from django.db import IntegrityError, transaction

from tests.conftest import TwoNetworks
from tests.factories.meetings import make_occasion
from tests.factories.people import NOW, make_person, root_of
from tests.factories.programs import make_cohort
from throughline.audit.models import AuditEvent
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.meetings.actions import (
    cancel_occasion,
    hold_occasion,
    invite,
    move_occasion,
    plan_occasion,
    reply,
)
from throughline.meetings.enums import Answer, OccasionKind, OccasionState
from throughline.meetings.models import Invitation, Occasion, Reply
from throughline.meetings.rules import can_mark, can_plan
from throughline.people.actions import delegate, exclude
from throughline.people.enums import Role, Verb


def test_nine_in_new_york_stays_nine_when_the_clocks_change(two_networks: TwoNetworks) -> None:
    root = root_of(two_networks.ours)

    winter = make_occasion(root, day=date(2027, 3, 12))
    summer = make_occasion(root, day=date(2027, 3, 15))

    assert (winter.starts_at, summer.starts_at) == (
        datetime(2027, 3, 12, 14, 0, tzinfo=UTC),
        datetime(2027, 3, 15, 13, 0, tzinfo=UTC),
    )


def test_an_occasion_that_moves_over_the_change_of_clocks_keeps_its_local_time(
    two_networks: TwoNetworks,
) -> None:
    occasion = make_occasion(root_of(two_networks.ours), day=date(2026, 10, 30))

    move_occasion(
        occasion,
        day=date(2026, 11, 6),
        starts_local=time(9, 0),
        by=two_networks.our_director,
        now=NOW,
    )

    assert (occasion.starts_local, occasion.starts_at, occasion.sequence) == (
        time(9, 0),
        datetime(2026, 11, 6, 14, 0, tzinfo=UTC),
        1,
    )


def test_moving_to_where_it_is_changes_nothing(two_networks: TwoNetworks) -> None:
    occasion = make_occasion(root_of(two_networks.ours))

    move_occasion(occasion, day=occasion.day, starts_local=time(9, 0), by=None, now=NOW)

    occasion.refresh_from_db()
    assert occasion.sequence == 0


def test_an_unknown_zone_is_refused(two_networks: TwoNetworks) -> None:
    with pytest.raises(BadInput, match="Mars/Olympus is not a time zone"):
        make_occasion(root_of(two_networks.ours), zone="Mars/Olympus")


def test_time_without_length_is_refused(two_networks: TwoNetworks) -> None:
    with pytest.raises(BadInput, match="how many minutes"):
        make_occasion(root_of(two_networks.ours), minutes=0)


def test_a_stranger_plans_moves_and_cancels_nothing(two_networks: TwoNetworks) -> None:
    root = root_of(two_networks.ours)
    stranger = make_person(two_networks.ours)
    occasion = make_occasion(root)

    with pytest.raises(NotAllowed):
        plan_occasion(
            root, kind=OccasionKind.OTHER, day=NOW.date(), starts_local=time(9, 0),
            zone="America/Chicago", minutes=30, by=stranger, now=NOW,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        move_occasion(occasion, day=NOW.date(), starts_local=time(9, 0), by=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        cancel_occasion(occasion, because="No.", by=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        hold_occasion(occasion, by=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        invite(occasion, person=stranger, by=stranger, now=NOW)


def test_what_was_held_is_neither_moved_nor_canceled(two_networks: TwoNetworks) -> None:
    occasion = make_occasion(root_of(two_networks.ours))

    hold_occasion(occasion, by=two_networks.our_director, now=NOW)

    with pytest.raises(WrongState):
        move_occasion(occasion, day=date(2027, 1, 8), starts_local=time(9, 0), by=None, now=NOW)
    with pytest.raises(WrongState):
        cancel_occasion(occasion, because="Snow.", by=None, now=NOW)


def test_holding_twice_is_written_once_and_a_new_length_is_a_correction(
    two_networks: TwoNetworks,
) -> None:
    occasion = make_occasion(root_of(two_networks.ours), minutes=60)

    hold_occasion(occasion, by=None, now=NOW)
    hold_occasion(occasion, by=None, now=NOW)
    hold_occasion(occasion, minutes=75, by=None, now=NOW)

    verbs = (
        AuditEvent.objects.filter(key=occasion.ref).order_by("pk").values_list("verb", flat=True)
    )
    assert (occasion.minutes, list(verbs)) == (75, ["planned", "held", "corrected"])


def test_canceling_twice_is_refused(two_networks: TwoNetworks) -> None:
    occasion = make_occasion(root_of(two_networks.ours))

    cancel_occasion(occasion, because="Snow.", by=None, now=NOW)

    with pytest.raises(WrongState):
        cancel_occasion(occasion, because="Snow.", by=None, now=NOW)
    assert (occasion.state, occasion.because) == (OccasionState.CANCELLED, "Snow.")


def test_nobody_is_invited_twice_nor_nobody(two_networks: TwoNetworks) -> None:
    occasion = make_occasion(root_of(two_networks.ours))
    person = make_person(two_networks.ours)

    invite(occasion, person=person, by=None, now=NOW)
    invite(occasion, person=person, by=None, now=NOW)

    assert Invitation.objects.filter(occasion=occasion).count() == 1
    with pytest.raises(BadInput):
        invite(occasion, by=None, now=NOW)


def test_the_last_answer_counts(two_networks: TwoNetworks) -> None:
    person = make_person(two_networks.ours)
    occasion = make_occasion(root_of(two_networks.ours), invited=(person,))

    reply(occasion, person=person, answer=Answer.YES, by=person, now=NOW)
    reply(occasion, person=person, answer=Answer.NO, by=person, now=NOW)

    assert list(Reply.objects.values_list("person", "answer")) == [(person.pk, Answer.NO)]


def test_only_the_person_or_somebody_she_named_answers(two_networks: TwoNetworks) -> None:
    root = root_of(two_networks.ours)
    person = make_person(two_networks.ours, role=Role.DIRECTOR)
    assistant = make_person(two_networks.ours)
    occasion = make_occasion(root, invited=(person,))

    with pytest.raises(NotAllowed):
        reply(occasion, person=person, answer=Answer.YES, by=assistant, now=NOW)
    delegate(person, assistant, root, [Verb.REPLY], by=person, now=NOW)
    assistant.__dict__.pop("live_delegations", None)
    reply(occasion, person=person, answer=Answer.YES, by=assistant, now=NOW)

    event = AuditEvent.objects.get(verb="replied")
    assert (event.by, event.on_behalf_of) == (assistant.pk, person.pk)


def test_nobody_answers_what_was_canceled(two_networks: TwoNetworks) -> None:
    person = make_person(two_networks.ours)
    occasion = make_occasion(root_of(two_networks.ours), invited=(person,))
    cancel_occasion(occasion, because="Snow.", by=None, now=NOW)

    with pytest.raises(WrongState):
        reply(occasion, person=person, answer=Answer.YES, by=person, now=NOW)


def test_an_occasion_is_seen_by_the_invited_and_staff_and_nobody_else(
    two_networks: TwoNetworks,
) -> None:
    invited, stranger = make_person(two_networks.ours), make_person(two_networks.ours)
    occasion = make_occasion(root_of(two_networks.ours), invited=(invited,))

    seen_by = [
        person
        for person in (
            invited, stranger, two_networks.our_director, two_networks.their_director,
        )
        if Occasion.objects.visible_to(person).filter(pk=occasion.pk).exists()
    ]  # fmt: skip

    assert seen_by == [invited, two_networks.our_director]


@pytest.mark.parametrize(
    ("role", "is_in"),
    [(Role.LEARNER, True), (Role.ALUMNI, True)]
    + [(role, False) for role in (Role.REVIEWER, Role.COMMITTEE, Role.FUNDER, Role.RESEARCHER)],
)
def test_who_is_of_a_cohort_sees_when_it_meets_and_who_has_a_task_there_does_not(
    two_networks: TwoNetworks, role: Role, is_in: bool
) -> None:
    scope = make_cohort(two_networks.ours).scope
    person = make_person(two_networks.ours, role=role, scope=scope)
    occasion = make_occasion(scope)

    assert Occasion.objects.visible_to(person).filter(pk=occasion.pk).exists() == is_in


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.COMMITTEE, Role.FUNDER, Role.RESEARCHER])
def test_who_has_a_task_in_a_cohort_neither_plans_nor_marks_there(
    two_networks: TwoNetworks, role: Role
) -> None:
    scope = make_cohort(two_networks.ours).scope
    person = make_person(two_networks.ours, role=role, scope=scope)

    assert not can_plan(person, scope)
    assert not can_mark(person, make_occasion(scope))


def test_an_exclusion_hides_even_an_invitation(two_networks: TwoNetworks) -> None:
    root = root_of(two_networks.ours)
    person = make_person(two_networks.ours)
    occasion = make_occasion(root, invited=(person,))

    exclude(person, root, "conflict", source="test", by=None, now=NOW)

    assert not Occasion.objects.visible_to(person).filter(pk=occasion.pk).exists()


def test_the_database_refuses_an_occasion_without_length(two_networks: TwoNetworks) -> None:
    occasion = make_occasion(root_of(two_networks.ours))

    with pytest.raises(IntegrityError, match="an_occasion_has_length"), transaction.atomic():
        Occasion.objects.filter(pk=occasion.pk).update(minutes=0)
