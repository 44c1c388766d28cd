"""What higher apps may offer beside a finding. Filled by ``composition``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from throughline.evidence.models import Finding
from throughline.people.models import Person


@dataclass(frozen=True, slots=True)
class NextStep:
    """What this person may do with a finding: a verb with its object, and where."""

    label: str
    href: str


NEXT_STEPS: list[Callable[[Person, Finding], NextStep | None]] = []
"""Panels: "Add to our challenge". Each offers only what the person may do."""


def next_steps(person: Person, finding: Finding) -> list[NextStep]:
    """Return what the apps above offer this person for this finding."""
    offered = [offer(person, finding) for offer in NEXT_STEPS]
    return [step for step in offered if step is not None]
