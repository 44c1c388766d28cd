"""With whom a group is compared. There is no default, and never silently a race."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from throughline.engines.disparity.refusals import NoComparator

Kind = Literal["all-others", "everyone", "group", "highest", "goal"]
KINDS: tuple[Kind, ...] = ("all-others", "everyone", "group", "highest", "goal")


@dataclass(frozen=True, slots=True)
class AllOthers:
    """Everyone in the snapshot who is not in the group."""

    kind: ClassVar[Kind] = "all-others"


@dataclass(frozen=True, slots=True)
class Everyone:
    """Everyone in the snapshot, the group itself included."""

    kind: ClassVar[Kind] = "everyone"


@dataclass(frozen=True, slots=True)
class Group:
    """One named group of the same table: one label for each attribute of the table.

    In a crossed table a lone label stands for all rows that have it.
    """

    labels: tuple[str, ...]
    kind: ClassVar[Kind] = "group"

    def __init__(self, labels: tuple[str, ...] | str) -> None:
        given = (labels,) if isinstance(labels, str) else tuple(labels)
        object.__setattr__(self, "labels", given)


@dataclass(frozen=True, slots=True)
class Highest:
    """The group that does best: the highest rate of a good outcome, the lowest of a bad one.

    Only groups of ``at_least`` students with a known outcome are looked at, and never the group of
    missing values. Being best is partly luck, so a gap to the best group is a little too wide; its
    interval does not know that.
    """

    at_least: int = 10
    kind: ClassVar[Kind] = "highest"


@dataclass(frozen=True, slots=True)
class Goal:
    """A rate that somebody has set, as a share between 0 and 1. It has no uncertainty.

    A decimal means what it says: 0.8 is four fifths exactly.
    """

    share: Fraction
    kind: ClassVar[Kind] = "goal"

    def __init__(self, share: Fraction | float | str) -> None:
        given = Fraction(str(share)) if isinstance(share, float) else Fraction(share)
        if not 0 < given <= 1:
            raise NoComparator(
                f"A goal is a share above 0 and up to 1, such as 0.8 for 80 %, not {share}."
            )
        object.__setattr__(self, "share", given)


Comparator = AllOthers | Everyone | Group | Highest | Goal
