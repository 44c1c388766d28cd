"""What higher apps may hear from releases. Filled by ``composition``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from throughline.releases.models import Release

RELEASED: list[Callable[[Release, datetime], None]] = []
"""A table was released: dashboards and reports that await it are told."""

RECALLED: list[Callable[[Release, datetime], None]] = []
"""A table was recalled: every place that shows it is marked."""
