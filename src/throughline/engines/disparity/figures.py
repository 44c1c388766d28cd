"""What one measure says about every group: values, intervals, flags, and where they exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from throughline.engines.disparity.measures.intervals import Limits
from throughline.engines.disparity.tables import BoolArray, FloatArray, IntArray

Kind = TypeVar("Kind", bound=np.generic)

Unit = Literal["share", "points", "percent", "ratio", "students", "score", "standard deviations"]
"""share is 0 to 1; points are percentage points; percent is relative; never mixed."""


@dataclass(frozen=True, slots=True)
class Computed:
    """What a formula gives: arrays of shape (G,), NaN where there is no answer.

    Whole numbers cannot be NaN, so ``exists`` says where they stand.
    """

    value: FloatArray | IntArray
    limits: Limits | None = None
    flagged: BoolArray | None = None
    methods: NDArray[np.str_] | None = None
    exists: BoolArray | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of one group. An end that is None is open: the interval has no such end.

    ``low`` and ``high`` are both None where there is no interval; ``has_interval`` tells.
    ``value`` is None where only an interval exists, as for a ratio to a rate of zero.
    """

    value: float | int | None
    low: float | None
    high: float | None
    unit: Unit
    has_interval: bool
    is_flagged: bool | None
    method: str


@dataclass(frozen=True, slots=True)
class Figures:
    """One measure of all groups; arrays of shape (G,) and no NaN anywhere.

    ``value`` counts only where ``defined``, ``low`` and ``high`` only where ``bounded`` (``high``
    may be infinite there); elsewhere they hold 0. ``flagged`` is None for measures without a flag.
    ``comparator`` names whom this measure compares with, empty where with nobody.
    """

    measure: str
    unit: Unit
    sources: tuple[str, ...]
    comparator: str
    value: FloatArray | IntArray
    defined: BoolArray
    low: FloatArray
    high: FloatArray
    bounded: BoolArray
    flagged: BoolArray | None
    methods: NDArray[np.str_]

    def at(self, row: int) -> Figure | None:
        """Return the figure of one group, or None where there is neither a value nor an interval."""
        if not (self.defined[row] or self.bounded[row]):
            return None
        bounded, high = bool(self.bounded[row]), float(self.high[row])
        return Figure(
            value=self.value[row].item() if self.defined[row] else None,
            low=float(self.low[row]) if bounded else None,
            high=high if bounded and np.isfinite(high) else None,
            unit=self.unit,
            has_interval=bounded,
            is_flagged=None if self.flagged is None else bool(self.flagged[row]),
            method=str(self.methods[row]),
        )


def masked(
    computed: Computed,
    shown: BoolArray,
    *,
    measure: str,
    unit: Unit,
    sources: tuple[str, ...],
    comparator: str,
) -> Figures:
    """Turn NaN into masks; rows that are not ``shown`` have no figure."""
    value = computed.value
    exists = computed.exists if computed.exists is not None else np.isfinite(value)
    defined = np.asarray(exists & shown, dtype=np.bool_)
    limits = computed.limits or Limits(*(np.full(value.shape, np.nan) for _ in range(2)))
    bounded = np.asarray(~np.isnan(limits.low) & ~np.isnan(limits.high) & shown, dtype=np.bool_)
    methods = computed.methods if computed.methods is not None else np.full(value.shape, "")
    return Figures(
        measure=measure,
        unit=unit,
        sources=sources,
        comparator=comparator,
        value=sealed(np.where(defined, value, np.zeros_like(value))),
        defined=sealed(defined),
        low=sealed(np.where(bounded, limits.low, 0.0)),
        high=sealed(np.where(bounded, limits.high, 0.0)),
        bounded=sealed(bounded),
        flagged=None if computed.flagged is None else sealed(computed.flagged & defined),
        methods=sealed(methods),
    )


def sealed(array: NDArray[Kind]) -> NDArray[Kind]:
    """Return the array, which from now on nobody can write to."""
    array.setflags(write=False)
    return array
