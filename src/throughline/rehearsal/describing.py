"""Last act: some of those who lead a district describe themselves; others leave it empty."""

from __future__ import annotations

from datetime import timedelta

from throughline.people.actions.describe_oneself import describe_oneself
from throughline.people.code_sets import NOT_SAID
from throughline.people.identity import Asked, Given
from throughline.people.queries import asked_of
from throughline.rehearsal.running import lead_of
from throughline.rehearsal.stage import Stage, playing

LEAVES_IT_EMPTY = 3
"""Every third leader answers nothing."""
BEFORE_END = timedelta(days=20)
SHORT = 12
"""Most options of a list from which made-up people choose."""


def describe(stage: Stage) -> None:
    """Let leaders answer one question about themselves, prefer not to say the next, skip the rest."""
    for number, engagement in enumerate(stage.engagements):
        if number % LEAVES_IT_EMPTY == LEAVES_IT_EMPTY - 1:
            continue
        with playing(stage.end - BEFORE_END + timedelta(hours=number)) as now:
            lead = lead_of(engagement)
            answers = _answers(asked_of(lead), number)
            describe_oneself(lead, answers, by=lead, now=now)


def _answers(asked: list[Asked], number: int) -> dict[str, Given]:
    short = [one for one in asked if 0 < len(one.words.options) <= SHORT]
    answers = {one.key: Given((NOT_SAID,)) for one in short[1:2]}
    for one in short[:1]:
        answers[one.key] = Given((one.words.options[number % len(one.words.options)][0],))
    return answers
