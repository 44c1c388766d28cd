"""Ask axe-core what is wrong with an open page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).with_name("vendor") / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


COLORS = ("color-contrast",)
"""What another color scheme can change: the page is the same."""

LAYOUT = ("color-contrast", "target-size", "scrollable-region-focusable")
"""What another direction can change: where things stand, and on what."""


def violations(page: Page, *, only: Sequence[str] = ()) -> list[str]:
    """Return each violation as "rule: places", of all rules or of some.

    The content policy of the page stays in force.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(SOURCE.read_text())
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})",
        {"type": "rule", "values": list(only)} if only else RULES,
    )
    return [
        f"{one['id']}: " + "; ".join(str(node["target"][0]) for node in one["nodes"])
        for one in found["violations"]
    ]


def scrolls_sideways(page: Page) -> bool:
    """Say whether the page is wider than its window."""
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )


def dead_controls(page: Page) -> list[str]:
    """Return what can be seen and does nothing by itself: a button of no form, a link to nowhere."""
    dead: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('button, [role=button], a, input[type=submit]')]
            .filter(one => one.checkVisibility())
            .filter(one => one.matches('a')
                ? !one.hasAttribute('href') || (one.hash && one.pathname === location.pathname
                    && one.search === location.search
                    && !document.getElementById(one.hash.slice(1)))
                : !one.form || one.type === 'button')
            .map(one => one.outerHTML.slice(0, 90))"""
    )
    return dead
