"""What the engine does not answer, each with a sentence for the person who asked."""

from __future__ import annotations


class Refused(ValueError):  # noqa: N818 - says what happened
    """The question has no honest answer with these figures."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class TooFew(Refused):
    """There are fewer points, ranges, students or units than the method needs."""


class NoBaseline(Refused):
    """A baseline is empty, longer than the series, or missing where it is needed."""


class NoVariation(Refused):
    """All points are the same, so ordinary variation is unknown."""


class AllOnMedian(Refused):
    """Every point, or nearly every one, lies on the median, so no run can be counted."""


class NotANumber(Refused):
    """A point is missing or is no finite number."""


class BadCount(Refused):
    """A count is negative, no whole number, or larger than the group it belongs to."""


class NoDirection(Refused):
    """Nobody said which direction is better."""


class NotBehind(Refused):
    """The focal group was not behind the reference group, so there is no gap to narrow."""


class Mismatched(Refused):
    """Lists that belong together differ in length, or a unit lacks a period."""


class Staggered(Refused):
    """Units began at different times; a two-way comparison is biased there."""


class NoComparison(Refused):
    """A comparison lacks units that began, units that did not, or periods on one side."""


class NeedsStats(Refused):
    """The optional package for regressions is not installed."""


class TooVaried(Refused):
    """The baseline varies more than the method supposes."""
