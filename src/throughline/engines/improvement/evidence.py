"""What a claim rests on: everything that was looked at, whatever it showed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from throughline.engines.improvement.changes import Change, GapChange
from throughline.engines.improvement.control_charts import ControlChart
from throughline.engines.improvement.leveling import Decomposition
from throughline.engines.improvement.refusals import BadCount
from throughline.engines.improvement.run_charts import Shift


class Movement(Protocol):
    """A shift, a chart with frozen limits, or a change with an interval."""

    def improved(self, allowed: float) -> bool:
        """Whether it moved the wanted way; noise does so in at most this share of cases."""

    def worsened(self, allowed: float) -> bool:
        """Whether it moved the other way."""

    @property
    def sentence(self) -> str:
        """What was seen."""


@dataclass(frozen=True, slots=True)
class AdoptedChange:
    """A policy or practice that was adopted."""

    what: str
    has_evidence: bool


@dataclass(frozen=True, slots=True)
class Charted:
    """A process or driver measure on a chart with a frozen baseline, whatever it showed."""

    measure: str
    movement: Shift | ControlChart


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure that was looked at, whatever it showed. Leave none out: their number counts."""

    measure: str
    movement: Movement


@dataclass(frozen=True, slots=True)
class Experience:
    """A student-experience measure, and the share (0 to 1) that answered; None if not stated."""

    measure: str
    change: Change
    response_share: float | None

    def __post_init__(self) -> None:
        if self.response_share is not None and not 0 <= self.response_share <= 1:
            raise BadCount(f"{self.measure}: a response share lies between 0 and 1.")


@dataclass(frozen=True, slots=True)
class GapPeriod:
    """The gap's change in one period, and what it is made of."""

    period: str
    change: GapChange
    parts: Decomposition


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was looked at. ``outcomes`` are the focal group's."""

    activities: int = 0
    adopted: tuple[AdoptedChange, ...] = ()
    processes: tuple[Charted, ...] = ()
    experiences: tuple[Experience, ...] = ()
    outcomes: tuple[Measured, ...] = ()
    balancing: tuple[Measured, ...] = ()
    gaps: tuple[GapPeriod, ...] = ()
