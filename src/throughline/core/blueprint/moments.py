"""Spans of the calendar, and moments: an anchor and spans before or after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

SpanUnit = Literal["working day", "day", "week", "month", "year"]

EXPECTED_SPAN = 'a span of the calendar, such as "18 months", "3 weeks" or "5 working days"'
EXPECTED_MOMENT = 'an anchor and spans, such as "start + 3 months" or "series.network.2 - 4 weeks"'

SPAN = r"(\d{1,4}) (working day|day|week|month|year)s?"
STEP = r" ([+-]) (\d{1,4} (?:working day|day|week|month|year)s?)"
ANCHOR = r"[a-z][a-z0-9-]*(?:\.[a-z0-9-]+){0,2}"
MOMENT = rf"({ANCHOR})((?:{STEP}){{0,4}})"


@dataclass(frozen=True, slots=True)
class Span:
    """A distance between two dates. Never an amount: two days of work are four half-days."""

    number: int
    unit: SpanUnit

    def __str__(self) -> str:
        return f"{self.number} {self.unit}{'' if self.number == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Step:
    """One span after (+1) or before (-1)."""

    sign: int
    span: Span


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of the program's calendar, relative to an anchor of the same file."""

    anchor: str
    steps: tuple[Step, ...] = ()

    def __str__(self) -> str:
        return self.anchor + "".join(
            f" {'+' if step.sign > 0 else '-'} {step.span}" for step in self.steps
        )


START = Moment("start")
END = Moment("end")


def parse_span(text: str) -> Span:
    """Read a span.

    Raises
    ------
    ValueError
        It is none; the message says what was expected.
    """
    found = re.fullmatch(SPAN, text)
    if found is None:
        raise ValueError(EXPECTED_SPAN)
    unit: SpanUnit = found[2]  # type: ignore[assignment]  # the pattern lists them
    return Span(int(found[1]), unit)


def parse_moment(text: str) -> Moment:
    """Read a moment. Whether its anchor exists is for the check of the whole file.

    Raises
    ------
    ValueError
        It is none; the message says what was expected.

    Examples
    --------
    >>> str(parse_moment("series.network.2 - 4 weeks"))
    'series.network.2 - 4 weeks'
    """
    found = re.fullmatch(MOMENT, text)
    if found is None:
        raise ValueError(EXPECTED_MOMENT)
    steps = tuple(
        Step(1 if sign == "+" else -1, parse_span(span))
        for sign, span in re.findall(STEP, found[2])
    )
    return Moment(found[1], steps)
