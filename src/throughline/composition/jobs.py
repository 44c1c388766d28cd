"""What each background job does, and what repeats. To add one, add a line."""

from __future__ import annotations

from collections.abc import Callable

from throughline.jobs.rhythms import Rhythm

JOBS: dict[str, Callable[..., None]] = {}
"""The short name that stands in the table, and the function that does it: ``f(now=..., **ids)``."""

RECURRING: dict[str, Rhythm] = {}
"""Jobs that are asked for again and again, by the name they have in ``JOBS``."""
