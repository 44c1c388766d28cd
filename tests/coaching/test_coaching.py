from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.conftest import TwoNetworks
from tests.factories.coaching import make_coach, make_coaching, make_session, plan
from tests.factories.convenings import make_district_with_team
from tests.factories.ledger import make_entitlement
from tests.factories.people import NOW, make_person
from tests.factories.programs import fellow_of, make_cohort, make_engagement
from throughline.coaching.actions import (
    NextStep,
    add_coach,
    add_tie,
    assign_coach,
    end_coaching,
    follow_succession,
    plan_session,
)
from throughline.coaching.enums import CoachingState
from throughline.coaching.models import Coach, CoachingEngagement, CoachingSession, Note
from throughline.coaching.queries import todo_items
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.tiers import Tier
from throughline.core.todo import ToDo
from throughline.ledger.enums import EntryKind
from throughline.ledger.models import Entry
from throughline.meetings.enums import OccasionState
from throughline.meetings.models import Commitment, Invitation
from throughline.people.enums import Role
from throughline.people.models import RoleAssignment
from throughline.programs.actions.succeed import succeed

DUE = date(2027, 1, 22)


@pytest.mark.requirement("EON-10")
def test_a_coach_is_assigned_once_and_holds_her_role_in_a_group_of_its_own(
    two_networks: TwoNetworks,
) -> None:
    engagement = make_engagement(make_cohort(two_networks.ours))
    coach, fellow = make_coach(two_networks.ours), fellow_of(engagement)

    coaching, again = (
        assign_coach(
            coach, engagement=engagement, coachee=fellow, by=two_networks.our_director, now=NOW
        )
        for _time in range(2)
    )

    held = RoleAssignment.objects.get(person=coach.person)
    assert (again, coaching.key, coaching.state) == (coaching, "executive", CoachingState.ACTIVE)
    assert (held.role, held.scope, coaching.scope.parent) == (
        Role.COACH, coaching.scope, engagement.scope,
    )  # fmt: skip


def test_only_staff_assign_add_and_end(two_networks: TwoNetworks) -> None:
    coaching = make_coaching(make_engagement(make_cohort(two_networks.ours)))
    fellow = fellow_of(coaching.engagement)

    with pytest.raises(NotAllowed):
        assign_coach(
            coaching.coach, engagement=coaching.engagement, coachee=fellow, by=fellow, now=NOW
        )
    with pytest.raises(NotAllowed):
        add_coach(fellow, by=fellow, now=NOW)
    with pytest.raises(NotAllowed):
        end_coaching(coaching, by=fellow, now=NOW)


def test_a_coach_with_a_tie_or_without_room_is_not_assigned(two_networks: TwoNetworks) -> None:
    engagement = make_engagement(make_cohort(two_networks.ours))
    fellow = fellow_of(engagement)
    tied, full = make_coach(two_networks.ours), make_coach(two_networks.ours, load_cap=0)
    for _time in range(2):
        add_tie(tied, organization=engagement.district, ground="Worked there", by=None, now=NOW)

    with pytest.raises(NotAllowed, match="has a tie to this district"):
        assign_coach(tied, engagement=engagement, coachee=fellow, by=None, now=NOW)
    with pytest.raises(NotAllowed, match="as many as she can take"):
        assign_coach(full, engagement=engagement, coachee=fellow, by=None, now=NOW)
    with pytest.raises(BadInput, match="person or a team"):
        assign_coach(tied, engagement=engagement, by=None, now=NOW)
    assert tied.ties.count() == 1


def test_a_tie_that_has_expired_no_longer_counts(two_networks: TwoNetworks) -> None:
    engagement = make_engagement(make_cohort(two_networks.ours))
    coach = make_coach(two_networks.ours)
    add_tie(
        coach, person=fellow_of(engagement), ground="Supervised her",
        expires_on=NOW.date() - timedelta(days=1), by=coach.person, now=NOW,
    )  # fmt: skip

    assert make_coaching(engagement, coach=coach).coach == coach


def test_a_second_coach_of_the_kind_waits_until_the_first_has_ended(
    two_networks: TwoNetworks,
) -> None:
    coaching = make_coaching(make_engagement(make_cohort(two_networks.ours)))
    other = make_coach(two_networks.ours)

    with pytest.raises(WrongState, match="End that first"):
        make_coaching(coaching.engagement, coach=other)
    end_coaching(coaching, by=two_networks.our_director, now=NOW)
    with pytest.raises(WrongState):
        end_coaching(coaching, by=two_networks.our_director, now=NOW)

    assert make_coaching(coaching.engagement, coach=other).coach == other


@pytest.mark.requirement("RELN-12", "EON-10")
def test_a_logged_session_keeps_minutes_mode_and_the_road_apart(
    two_networks: TwoNetworks,
) -> None:
    coaching = make_coaching(make_engagement(make_cohort(two_networks.ours)))

    session = make_session(coaching, travel_minutes=110)

    session.refresh_from_db()
    assert (session.occasion.minutes, session.mode, session.travel_minutes) == (120, "on_site", 110)
    assert session.occasion.state == OccasionState.HELD
    with pytest.raises(BadInput, match="Only sessions on site"):
        make_session(coaching, mode="phone", travel_minutes=10)
    with pytest.raises(IntegrityError, match="has_travel"), transaction.atomic():
        CoachingSession.objects.update(mode="virtual")


def test_summary_note_and_next_step_are_kept_in_one_action(two_networks: TwoNetworks) -> None:
    coaching = make_coaching(make_engagement(make_cohort(two_networks.ours)))
    fellow, coach = coaching.coachee, coaching.coach.person

    session = make_session(
        coaching, shared_summary="Bring the rule.", private_note="Tired today.",
        next_steps=[NextStep("Send the counts", DUE)],
    )  # fmt: skip

    kept = [
        (note.kind, note.tier, note.counterpart, note.body, note.words)
        for note in Note.objects.order_by("pk")
    ]
    step = Commitment.objects.get()
    assert kept == [
        ("shared_summary", Tier.PAIR, fellow, "", "Bring the rule."),
        ("private_note", Tier.MINE, None, "", "Tired today."),
    ]
    assert (step.words, step.owner, step.due_on, step.occasion) == (
        "Send the counts", fellow, DUE, session.occasion,
    )  # fmt: skip
    assert set(Invitation.objects.values_list("person", flat=True)) == {
        coach.pk, fellow.pk if fellow else None,
    }  # fmt: skip


def test_a_log_that_is_sent_twice_counts_once(two_networks: TwoNetworks) -> None:
    coaching = make_coaching(make_engagement(make_cohort(two_networks.ours)))
    key = uuid4()

    first, second = (make_session(coaching, shared_summary="Once.", log_key=key) for _ in "ab")

    assert second == first
    assert (CoachingSession.objects.count(), Note.objects.count()) == (1, 1)


def test_only_the_coach_writes_down_what_a_session_was(two_networks: TwoNetworks) -> None:
    coaching = make_coaching(make_engagement(make_cohort(two_networks.ours)))

    for person in (two_networks.our_director, coaching.coachee, None):
        with pytest.raises(NotAllowed, match="Only the coach"):
            make_session(coaching, by=person)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"minutes": 0}, "how many minutes"),
        ({"minutes": 721}, "up to 12 hours"),
        ({"mode": "telepathy"}, "how you met"),
        ({"day": date(2026, 11, 25)}, "once it has begun"),
        ({"shared_summary": "x", "shared_with": Tier.NETWORK}, "who reads this"),
    ],
)
def test_a_log_that_makes_no_sense_is_refused_whole(
    two_networks: TwoNetworks, fields: dict[str, Any], sentence: str
) -> None:
    coaching = make_coaching(make_engagement(make_cohort(two_networks.ours)))

    with pytest.raises(BadInput, match=sentence):
        make_session(coaching, **fields)
    assert not CoachingSession.objects.exists()


def test_a_service_on_request_is_counted_in_the_ledger(two_networks: TwoNetworks) -> None:
    engagement = make_district_with_team(make_cohort(two_networks.ours), members=0)
    coaching = make_coaching(engagement)
    assert coaching.entitlement is not None

    make_session(coaching, minutes=90)

    entry = Entry.objects.get(kind=EntryKind.DELIVERED)
    assert (entry.entitlement.promise.key, entry.quantity) == ("services", 90)
    assert CoachingSession.objects.get().occasion.delivered_entry == entry


@pytest.mark.requirement("EON-10")
def test_logging_what_was_planned_releases_its_booking(two_networks: TwoNetworks) -> None:
    engagement = make_engagement(make_cohort(two_networks.ours))
    coaching = make_coaching(engagement)
    coaching.entitlement = make_entitlement(engagement)
    coaching.save()
    planned = plan(coaching, day=date(2026, 11, 23))

    make_session(coaching, session=planned, minutes=75)

    kinds = list(
        Entry.objects.exclude(kind=EntryKind.GRANTED).order_by("pk").values_list("kind", "quantity")
    )
    assert kinds == [
        (EntryKind.SCHEDULED, 60), (EntryKind.UNSCHEDULED, 60), (EntryKind.DELIVERED, 75),
    ]  # fmt: skip
    with pytest.raises(WrongState, match="logged before"):
        make_session(coaching, session=planned)


def test_more_than_is_left_is_refused_with_what_is_left(two_networks: TwoNetworks) -> None:
    engagement = make_engagement(make_cohort(two_networks.ours))
    coaching = make_coaching(engagement)
    coaching.entitlement = make_entitlement(engagement, quantity=60)
    coaching.save()

    with pytest.raises(NotAllowed, match=r"Only 1\.0 hour"):
        make_session(coaching, minutes=90)
    assert not CoachingSession.objects.exists()


@pytest.mark.requirement("EON-10")
def test_the_coach_or_staff_plan_a_session_and_nobody_else(two_networks: TwoNetworks) -> None:
    coaching = make_coaching(make_engagement(make_cohort(two_networks.ours)))
    when: dict[str, Any] = {
        "day": date(2026, 12, 9),
        "starts_local": time(10, 0),
        "minutes": 60,
        "now": NOW,
    }

    planned = plan_session(coaching, by=two_networks.our_director, **when)
    with pytest.raises(NotAllowed):
        plan_session(coaching, by=coaching.coachee, **when)
    end_coaching(coaching, by=None, now=NOW)
    with pytest.raises(NotAllowed, match="not active"):
        plan_session(coaching, by=coaching.coach.person, **when)

    assert planned.occasion.state == OccasionState.PLANNED


def test_a_session_whose_time_has_come_is_owed_a_log(two_networks: TwoNetworks) -> None:
    coaching = make_coaching(make_engagement(make_cohort(two_networks.ours)))
    past, _to_come = (plan(coaching, day=date(2026, 11, day)) for day in (23, 27))

    assert todo_items(coaching.coach.person, now=NOW) == [
        ToDo(
            f"Log your session with {coaching.coachee}", 2, date(2026, 11, 30),
            f"/coaching/{coaching.ref}/log/?session={past.ref}", "Maple County",
        )
    ]  # fmt: skip
    assert coaching.coachee is not None
    assert todo_items(coaching.coachee, now=NOW) == []


def test_a_successor_goes_on_with_the_same_coach_and_reads_nothing_of_before(
    two_networks: TwoNetworks,
) -> None:
    engagement = make_engagement(make_cohort(two_networks.ours))
    coaching = make_coaching(engagement)
    make_session(coaching, shared_summary="Between us.")
    leaving, successor = fellow_of(engagement), make_person(two_networks.ours)

    succession = succeed(
        engagement, leaving=leaving, taking_over=successor, role=Role.FELLOW, by=None, now=NOW
    )
    for _time in range(2):
        follow_succession(succession, None, NOW)

    new = CoachingEngagement.objects.active().get()
    assert (new.coach, new.coachee, new.follows) == (coaching.coach, successor, coaching)
    assert not Note.objects.visible_to(successor).exists()
    assert Note.objects.visible_to(leaving).count() == 1


def test_coaches_are_seen_by_themselves_and_staff(two_networks: TwoNetworks) -> None:
    coach = make_coach(two_networks.ours)
    people = [coach.person, two_networks.our_director, two_networks.their_director]
    people.append(make_person(two_networks.ours))

    seen = [Coach.objects.visible_to(one).exists() for one in people]

    assert seen == [True, True, False, False]
