"""Connect hooks, navigation and jobs. Called once when Django starts; calling it again is harmless."""

from __future__ import annotations


def connect() -> None:
    """Fill the hook lists of lower apps with what higher apps want to hear."""
