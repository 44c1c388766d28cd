"""Questions that have no honest answer, refused with a sentence that says why."""

from __future__ import annotations


class Refusal(ValueError):  # noqa: N818 - says what happened
    """The engine does not answer, and says why in words an analyst can act on."""


class TooFew(Refusal):
    """There are not enough students, schools or groups."""


class NoComparator(Refusal):
    """There is nobody to compare with, or this measure does not compare with them."""


class NotDefined(Refusal):
    """The measure does not exist for this outcome or table, or nobody knows it by that name."""


class NotThere(Refusal, KeyError):  # noqa: N818 - says what happened
    """Nothing has this name; the sentence lists what there is."""

    def __str__(self) -> str:
        """Return the sentence as it is, where a ``KeyError`` would put it in quotes."""
        return str(self.args[0])
