"""Numbers in sentences. Percent and percentage points are spelled apart."""

from __future__ import annotations


def number(value: float) -> str:
    """Return a measure's own value with four digits."""
    return f"{value:.4g}" if abs(value) < 10_000 else f"{value:,.0f}"


def percent(share: float) -> str:
    """Return a share (0 to 1) as percent."""
    return f"{100 * share:.1f} %"


def points(value: float) -> str:
    """Return a difference in percentage points, with its sign."""
    return f"{value:+.1f} percentage points"


def odds_of_noise(chance: float) -> str:
    """Say how often independent points without a change do as much."""
    if chance < 0.001:
        return "Noise alone shows as much in fewer than 0.1 % of such series."
    return f"Noise alone shows as much in about {percent(chance)} of such series."


def times(count: int, one: str, many: str) -> str:
    """Return a count with its noun."""
    return f"{count} {one if count == 1 else many}"
