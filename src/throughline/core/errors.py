"""Errors whose message is a sentence for the person who caused them."""

from __future__ import annotations


class DomainError(Exception):
    """Something that a rule of the product refuses.

    The message says what to do. ``field`` names the form field it belongs to, if there is one.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class NotAllowed(DomainError):  # noqa: N818 - reads as a sentence where it is raised
    """This person may not do this, or not now."""


class WrongState(DomainError):  # noqa: N818 - reads as a sentence where it is raised
    """The thing is no longer, or not yet, in a state that allows it."""


class BadInput(DomainError):  # noqa: N818 - reads as a sentence where it is raised
    """What was entered cannot be used as it stands."""
