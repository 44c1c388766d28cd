"""Arithmetic on whole numbers of any size: nothing is rounded before the last step."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from throughline.engines.disparity.tables import FloatArray, IntArray

Exact = NDArray[np.object_]
"""An array whose elements are Python integers, so that products cannot overflow."""


def exact(values: IntArray | Iterable[int]) -> Exact:
    """Return ``values`` as Python integers in an object array.

    Examples
    --------
    >>> exact(np.array([2**40])) * 2**40
    array([1208925819614629174706176], dtype=object)
    """
    given: Any = values.tolist() if isinstance(values, np.ndarray) else list(values)
    answer = np.empty(len(given), dtype=object)
    answer[:] = given
    return answer


def divided(top: Exact, bottom: Exact) -> FloatArray:
    """Divide whole numbers with one rounding; NaN where ``bottom`` is 0."""
    pairs = zip(top, bottom, strict=True)
    return np.array([a / b if b else np.nan for a, b in pairs], dtype=np.float64)


def ceiling(top: Exact, bottom: Exact) -> Exact:
    """Return the smallest whole number not below ``top / bottom``; 0 where ``bottom`` is 0."""
    answers = (-(-int(a) // int(b)) if b else 0 for a, b in zip(top, bottom, strict=True))
    return exact(answers)
