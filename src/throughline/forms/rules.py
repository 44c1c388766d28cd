"""Which questions are asked. Who may answer is the question of the noun above."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from throughline.forms.conditions import judge


def is_shown(
    condition: str, answers: Mapping[str, Any], facts: Mapping[str, Any] | None = None
) -> bool:
    """Whether a question is asked: only when its condition is true, not while it is unknown."""
    if not condition:
        return True
    return judge(condition, {**(facts or {}), **answers}) is True
