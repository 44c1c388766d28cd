"""The answer of a rule: yes, or no with a reason that a person can act on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something is allowed, why not, and for whom it would be done.

    ``on_behalf_of`` is the principal when a delegate acts; the trail names both.
    """

    allowed: bool
    reason: str = ""
    on_behalf_of: object | None = None

    def __bool__(self) -> bool:
        return self.allowed


YES = Decision(allowed=True)


def no(reason: str) -> Decision:
    """Refuse, and say in one sentence what the person can do about it."""
    return Decision(allowed=False, reason=reason)


def yes_for(principal: object) -> Decision:
    """Allow a delegate to act for ``principal``."""
    return Decision(allowed=True, on_behalf_of=principal)
