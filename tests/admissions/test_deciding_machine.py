"""Whatever two people with old pages do to a list: it is decided once, signed twice, sent once."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import strategies as some
from hypothesis.stateful import initialize, invariant, rule

from tests.admissions.test_selection import small
from tests.factories.admissions import LATER, Season, make_season
from tests.factories.machines import Undone, play
from throughline.admissions.actions.adopt_selection import adopt_selection, take_back_selection
from throughline.admissions.actions.propose_selection import change_selection, propose_selection
from throughline.admissions.actions.release_decisions import release_decisions
from throughline.admissions.actions.stage_decision import sign_decisions, stage_decision
from throughline.admissions.enums import CallState, DecisionState, Outcome, RunState
from throughline.admissions.models import Call, Decision, SelectionRun
from throughline.admissions.staging import mark_of
from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.messaging.models import Message
from throughline.people.models import Person

SEATS, WAITING, APPLIED = 1, 1, 3
who = some.integers(0, 1)


class Deciding(Undone):
    """A director and her colleague, each with the pages that she opened last."""

    season: ClassVar[Season]

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[Call] = []
        self.runs: dict[int, SelectionRun] = {}
        self.decisions: dict[int, list[Decision]] = {0: [], 1: []}

    @initialize()
    def open_the_call_twice(self) -> None:
        self.calls = [self._call() for _ in range(2)]

    def _call(self) -> Call:
        return Call.objects.select_related("cohort__version", "rubric").get(pk=self.season.call.pk)

    def _person(self, who: int) -> Person:
        return Person.objects.get(pk=(self.season.director, self.season.second)[who].pk)

    def _try(self, step: object, *args: object, **fields: object) -> None:
        with clock.at(LATER):
            try:
                with transaction.atomic():
                    step(*args, now=LATER, **fields)  # type: ignore[operator]
            except DomainError:
                return

    @rule(who=who)
    def look(self, who: int) -> None:
        self.calls[who] = self._call()
        run = SelectionRun.objects.select_related("call__cohort").filter(call=self.calls[who])
        found = run.exclude(state=RunState.DISCARDED).first()
        if found is not None:
            self.runs[who] = found
        decided = Decision.objects.select_related("application__call__cohort__version")
        self.decisions[who] = list(decided.order_by("pk"))

    @rule(who=who)
    def propose(self, who: int) -> None:
        self._try(propose_selection, self.calls[who], by=self._person(who))

    @rule(who=who, place=some.integers(0, APPLIED - 1))
    def change(self, who: int, place: int) -> None:
        if (run := self.runs.get(who)) is not None and run.plan["seats"]:
            into = self.season.applications[place].ref
            self._try(
                change_selection, run, out=run.plan["seats"][0], into=into, reason="Rural.",
                revision=run.revision, by=self._person(who),
            )  # fmt: skip

    @rule(who=who, back=some.booleans())
    def adopt_or_take_back(self, who: int, back: bool) -> None:
        if (run := self.runs.get(who)) is not None:
            step = take_back_selection if back else adopt_selection
            self._try(step, run, by=self._person(who))

    @rule(who=who, place=some.integers(0, APPLIED - 1), outcome=some.sampled_from(Outcome))
    def stage(self, who: int, place: int, outcome: Outcome) -> None:
        if len(self.decisions[who]) > place:
            self._try(
                stage_decision, self.decisions[who][place], outcome=outcome, because="Talked.",
                by=self._person(who),
            )  # fmt: skip

    @rule(who=who)
    def sign(self, who: int) -> None:
        self._try(
            sign_decisions, self.calls[who], shown=mark_of(self.calls[who]), by=self._person(who)
        )

    @rule(who=who, times=some.integers(1, 2), key=some.integers(1, 2))
    def release(self, who: int, times: int, key: int) -> None:
        for _time in range(times):
            self._try(
                release_decisions, self.calls[who], has_read=True, by=self._person(who),
                once=UUID(int=key, version=4),
            )  # fmt: skip

    @invariant()
    def one_list_stands(self) -> None:
        standing = SelectionRun.objects.exclude(state=RunState.DISCARDED)
        assert standing.count() <= 1

    @invariant()
    def no_more_is_offered_than_there_are_seats(self) -> None:
        assert Decision.objects.filter(outcome=Outcome.OFFER).count() <= SEATS

    @invariant()
    def what_was_sent_was_signed_by_two_and_sent_once(self) -> None:
        released = Decision.objects.filter(state=DecisionState.RELEASED)
        assert released.count() in {0, APPLIED}
        for one in released:
            assert {one.signed_by_id, one.second_by_id} == {
                self.season.director.pk, self.season.second.pk,
            }  # fmt: skip
        letters = Message.objects.filter(key__startswith="decision:")
        assert letters.count() == released.count()
        assert (self._call().state == CallState.RELEASED) == bool(released)


@pytest.mark.slow
@pytest.mark.django_db
def test_no_decision_is_ever_made_or_sent_twice():
    Deciding.season = make_season(APPLIED, points=(4, 3, 2), source=small(SEATS, WAITING))

    play(Deciding, runs=30, steps=20)
