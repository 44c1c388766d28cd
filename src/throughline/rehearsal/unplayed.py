"""What of a program cannot be played yet, said instead of left out in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from throughline.rehearsal.stage import Stage

MISSING = {
    "learning": "its course, week by week",
    "listening": "listening to students and families",
    "progress": "measures and tests of change",
    "billing": "prices and agreements",
    "reporting": "reports",
    "commons": "the library and its groups",
}
"""Tables of a blueprint that no app plays so far, and what they promise."""

PARTS = {
    ("billing", "payouts"): "stipends and fees to people",
    ("coaching", "services"): "services on request",
    ("convenings", "event_kinds"): "events beside its series",
    ("teams", "groups"): "groups across districts",
}
"""Parts of tables that are played otherwise."""

OPEN_NUMBER = re.compile(r'^(\s*(?P<key>[\w-]+)\s*=\s*)"\?"', re.MULTILINE)
AMOUNT, COUNT = '"500 USD"', "12"
"""What the rehearsal fills in where a program leaves a number to its host."""


def fill_in(source: str) -> tuple[str, int]:
    """Give every number that a program leaves open a value; return the text and how many."""
    return OPEN_NUMBER.subn(
        lambda found: found[1] + (AMOUNT if found["key"] == "amount" else COUNT), source
    )


def sentences(stage: Stage, filled_in: int) -> Iterator[str]:
    """Say what a demo of this program leaves out, and what it made up."""
    if filled_in:
        yield f"The program leaves {filled_in} numbers to its host; this demo made them up."
    if stage.call is None and (forms := unsent(stage.version.parsed)):
        yield f"{forms} to anybody yet; the staff named the districts."
    if left := missing(stage.version.parsed):
        yield f"Not played yet: {'; '.join(left)}."


def unsent(parsed: dict[str, Any]) -> str:
    """Say which forms on the way into a program nobody is sent so far; nothing if it has none."""
    stages = parsed.get("admissions", {}).get("stages", [])
    kinds = {stage["kind"] for stage in stages if stage.get("form")}
    if "nomination" in kinds:
        return "Its forms of nomination and of acceptance are not sent"
    return "Its form of acceptance is not sent" if kinds else ""


def missing(parsed: dict[str, Any]) -> Sequence[str]:
    """Return what a program promises and nothing plays so far."""
    tables = [said for key, said in MISSING.items() if parsed.get(key)]
    parts = [said for (key, inner), said in PARTS.items() if parsed.get(key, {}).get(inner)]
    return tables + parts
