"""Shipped programs, a minimal one, and edits of them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from throughline.composition.sections import check, load
from throughline.programs.blueprints import Blueprint

SHIPPED = Path(__file__).parents[2] / "src" / "throughline" / "blueprints"
KEYS = ("eon", "lee", "lern", "news", "reln")

MINIMAL = """\
[blueprint]
key = "county-principals"
name = "County Principals' Equity Network"

[program]
length = "9 months"
hosts = [{ key = "county", name = "County Office of Education" }]
source = "host: board decision of May 2026"

[people.roles.principal]
kind = "participant"

[convenings.series.gathering]
title = "Gathering"
count = 3
length = "1 day"
at = ["start + 2 weeks", "start + 4 months", "start + 8 months"]
attends = ["principal"]
source = "host: three days"

[ledger.entitlements.days]
quantity = "3 days"
kind = "convening"
per = "principal"
of = ["convenings.series.gathering"]
source = "host: three days"
"""


def text_of(key: str) -> str:
    """The text of a shipped program."""
    return (SHIPPED / f"{key}.toml").read_text(encoding="utf-8")


@lru_cache
def shipped(key: str) -> Blueprint:
    """A shipped program, loaded once."""
    return load(SHIPPED / f"{key}.toml")


def edited(text: str, old: str, new: str) -> str:
    """The text with one place changed; a place that is not there once is a mistake of the test."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def errors(text: str, name: str = "x.toml") -> list[str]:
    """What blocks this file, as the terminal prints it."""
    return [fault.show(name) for fault in check(text)[1] if not fault.is_note]


def notes(text: str, name: str = "x.toml") -> list[str]:
    """What is noted about this file."""
    return [fault.show(name) for fault in check(text)[1] if fault.is_note]
