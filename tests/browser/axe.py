"""Ask axe-core what is wrong with an open page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).with_name("vendor") / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page, *, only: str = "") -> list[str]:
    """Return each violation as "rule: places", of all rules or of one.

    The content policy of the page stays in force.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(SOURCE.read_text())
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})",
        {"type": "rule", "values": [only]} if only else RULES,
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
