"""What is protected, how much, and the answers: a release, or a refusal that says why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from throughline.engines.disclosure.unusable import Unusable

LEAST_THRESHOLD, MOST_THRESHOLD = 5, 30
"""39 states hid counts under 10; hosts choose within these (NCES 2011-603; spec/domain.md 4.3)."""

SPAN = 2
"""A hidden count keeps at least three possible values: the largest minus the smallest is 2."""

Mode = Literal["suppress", "ladder", "round"]
Knowledge = Literal["hidden-only", "reasons"]


@dataclass(frozen=True, slots=True)
class Policy:
    """How a host protects students in figures that leave the house.

    Attributes
    ----------
    threshold
        A count from 1 to ``threshold - 1`` is small and hides, 5 to 30.
    mode
        ``suppress`` hides counts. ``ladder`` hides small groups and prints the rates of the others
        as ranges that widen as groups shrink. ``round`` prints every count to the nearest ``base``.
        Ranges promise less than hiding does: a hidden small count could also be the threshold, a
        range only holds three possible values. A range of 0 to 3 tells that a count is small, as it
        does in the federal files that the ladder is taken from (EDFacts).
    base
        What ``round`` rounds to.
    protect_zero_and_all
        Whether "nobody" and "everyone" of a group under twice the threshold hide too.
    tidy
        How many hidden counts are tried to be shown again after all, per layer. Zero is fastest.
    reasons
        Whether to find out if the reasons may be printed too. Costs much time in large tables.
    seconds
        After so long without a finished audit, nothing is released.
    audience
        Who will read it. Not computed with; it stands in the ledger.
    """

    threshold: int = 10
    mode: Mode = "suppress"
    base: int = 5
    protect_zero_and_all: bool = True
    tidy: int = 400
    reasons: bool = False
    seconds: float = 300.0
    audience: str = "public"

    def __post_init__(self) -> None:
        if not LEAST_THRESHOLD <= self.threshold <= MOST_THRESHOLD:
            raise Unusable(
                f"the threshold must be {LEAST_THRESHOLD} to {MOST_THRESHOLD}, not {self.threshold}"
            )
        if self.mode not in ("suppress", "ladder", "round"):
            raise Unusable(f"{self.mode!r} is no way to protect: suppress, ladder or round")
        if self.base < 3:
            raise Unusable("rounding to less than 3 hides nobody")


@dataclass(frozen=True, slots=True)
class Audit:
    """What an attacker with a pencil and all that was published could work out.

    Attributes
    ----------
    recoverable
        Hidden counts that have only one possible value.
    broken
        Hidden counts whose promise is not kept, or could not be shown to be kept in time.
    narrowest_width
        The least difference between two values that one hidden count was proven to be able to
        take. Its true range may be wider, never narrower. None when nothing is hidden.
    checked
        Hidden counts that were checked.
    method
        How.
    knowledge
        Whether the attacker sees only what is hidden, or also why.
    """

    recoverable: int
    broken: int
    narrowest_width: int | None
    checked: int
    method: str
    knowledge: Knowledge = "hidden-only"
    seconds: float = field(default=0.0, compare=False)

    @property
    def passed(self) -> bool:
        """Whether every promise is kept."""
        return self.broken == 0 and self.recoverable == 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nothing is published, and why.

    ``release`` names the earlier release that gives too much away together with this one.
    """

    reasons: tuple[str, ...]
    release: str | None = None
    audit: Audit | None = None

    @property
    def sentence(self) -> str:
        """All reasons in one paragraph."""
        return " ".join(self.reasons)
