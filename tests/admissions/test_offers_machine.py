"""Whatever two stale tabs, retries and the clock do: no seat and no decision is spent twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from hypothesis import strategies as some
from hypothesis.stateful import initialize, invariant, rule

from tests.admissions.test_selection import small
from tests.factories.admissions import LATER, Season, make_season
from tests.factories.machines import Undone, play
from throughline.admissions.actions.answer_offer import answer_offer
from throughline.admissions.actions.promote_next import lapse_offers, promote_next
from throughline.admissions.enums import DecisionState, Outcome
from throughline.admissions.models import Call, Decision, WaitlistEntry
from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.ledger.models import Entitlement, Entry
from throughline.messaging.models import Message
from throughline.people.models import Person
from throughline.programs.enums import EngagementState
from throughline.programs.models import CohortSeat

SEATS, WAITING, APPLIED = 2, 2, 5

someone = some.integers(0, APPLIED - 1)
tab = some.integers(0, 1)


class Offers(Undone):
    """Applicants answer from two tabs that were opened before anything happened."""

    season: ClassVar[Season]

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = LATER + timedelta(hours=1)
        self.tabs: list[list[Decision]] = []
        self.last: tuple[int, int, bool] | None = None

    @initialize()
    def open_both_tabs(self) -> None:
        self.tabs = [[self._stale(one.pk) for one in self.season.applications] for _tab in range(2)]

    @staticmethod
    def _stale(application: int) -> Decision:
        return Decision.objects.select_related(
            "application__call__cohort", "application__engagement", "application__team"
        ).get(application=application)

    @rule(tab=tab, who=someone, accept=some.booleans())
    def answer(self, tab: int, who: int, accept: bool) -> None:
        self.last = (tab, who, accept)
        decision = self.tabs[tab][who]
        lead = Person.objects.get(pk=decision.application.lead_id)
        with clock.at(self.now):
            try:
                answer_offer(decision, accept=accept, by=lead, now=self.now)
            except DomainError:
                return
        assert decision.state == (DecisionState.ACCEPTED if accept else DecisionState.DECLINED)

    @rule()
    def send_the_last_one_again(self) -> None:
        if self.last is not None:
            self.answer(*self.last)

    @rule(days=some.integers(0, 10))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        with clock.at(self.now):
            lapse_offers(now=self.now)

    @rule()
    def the_job_runs_again(self) -> None:
        with clock.at(self.now):
            lapse_offers(now=self.now)

    @invariant()
    def no_seat_is_spent_twice(self) -> None:
        taken = CohortSeat.objects.exclude(engagement=None)
        accepted = Decision.objects.filter(state=DecisionState.ACCEPTED)
        assert taken.count() == accepted.count() <= SEATS
        for decision in accepted.select_related("seat", "application"):
            assert decision.seat is not None
            assert decision.seat.engagement_id == decision.application.engagement_id

    @invariant()
    def no_more_is_on_offer_than_there_are_seats(self) -> None:
        held = Decision.objects.filter(
            outcome=Outcome.OFFER, state__in=[DecisionState.RELEASED, DecisionState.ACCEPTED]
        )
        assert held.count() <= SEATS

    @invariant()
    def every_seat_that_was_left_promoted_one_alternate(self) -> None:
        left = Decision.objects.filter(
            outcome=Outcome.OFFER, state__in=[DecisionState.DECLINED, DecisionState.LAPSED]
        ).count()
        promoted = WaitlistEntry.objects.exclude(promoted_at=None).count()
        stepped_off = WaitlistEntry.objects.exclude(left_at=None).count()
        assert promoted == min(left, WAITING - stepped_off)

    @invariant()
    def nothing_is_granted_or_written_twice(self) -> None:
        entitlements = Entitlement.objects.values_list("promise", "holder_person", "holder_scope")
        assert len(entitlements) == len(set(entitlements))
        granted = Entry.objects.filter(kind="granted").values_list("entitlement", flat=True)
        assert len(granted) == len(set(granted))
        keys = Message.objects.values_list("key", flat=True)
        assert len(keys) == len(set(keys))

    @invariant()
    def engagements_say_what_decisions_say(self) -> None:
        wanted = {
            (Outcome.OFFER, DecisionState.RELEASED): EngagementState.OFFERED,
            (Outcome.OFFER, DecisionState.ACCEPTED): EngagementState.ACTIVE,
            (Outcome.WAITLIST, DecisionState.RELEASED): EngagementState.APPLYING,
        }
        for decision in Decision.objects.select_related("application__engagement"):
            key = (Outcome(decision.outcome), DecisionState(decision.state))
            state = decision.application.engagement.state
            assert state == wanted.get(key, EngagementState.DECLINED)


@pytest.mark.slow
@pytest.mark.django_db
def test_no_seat_and_no_decision_is_ever_spent_twice():
    Offers.season = make_season(
        APPLIED, points=(4, 3, 2, 2, 1), source=small(SEATS, WAITING), stage="released"
    )

    play(Offers, runs=30, steps=15)


@pytest.mark.slow
@pytest.mark.django_db
def test_promoting_with_nobody_in_line_offers_nothing():
    season = make_season(1, points=(4,), source=small(1, 0), stage="released")
    call = Call.objects.get(pk=season.call.pk)

    assert promote_next(call, now=LATER) is None
