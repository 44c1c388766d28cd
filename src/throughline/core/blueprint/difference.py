"""What differs between two versions of a program, by stable key and never by position."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from throughline.core.blueprint.faults import spell

Steps = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One path whose meaning differs. ``None`` stands for a value or a table that is not there."""

    steps: Steps
    """Keys from the section in; an entry of a list by its own key."""
    path: str
    """The same as errors spell it, in the version that has it."""
    before: Any
    after: Any

    @property
    def section(self) -> str:
        """Return the section that owns it."""
        return self.steps[0]

    def is_in(self, *steps: str) -> bool:
        """Whether it lies at or below these steps; ``*`` stands for any key."""
        return len(self.steps) >= len(steps) and all(
            wanted in ("*", step) for wanted, step in zip(steps, self.steps, strict=False)
        )


def differences(old: Mapping[str, BaseModel], new: Mapping[str, BaseModel]) -> list[Change]:
    """Return every difference in meaning, in the order of the format.

    A value spelled another way, a default written out, comments and layout make none. Entries with
    a key are matched by it; where only their order differs, one change holds both orders.
    """
    before, after = _dumped(old), _dumped(new)
    found: list[Change] = []
    for key in [*after, *(key for key in before if key not in after)]:
        found.extend(_compare((key,), key, before.get(key), after.get(key)))
    return found


def _dumped(sections: Mapping[str, BaseModel]) -> dict[str, Any]:
    return {key: section.model_dump(mode="json") for key, section in sections.items()}


def _compare(steps: Steps, path: str, before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*after, *(key for key in before if key not in after)]:
            inner = f"{path}.{spell((key,), {})}"
            yield from _compare((*steps, key), inner, before.get(key), after.get(key))
        return
    old, new = _keyed(before), _keyed(after)
    if old is not None and new is not None and (old or new):
        for key in [*new, *(key for key in old if key not in new)]:
            yield from _compare((*steps, key), f"{path}[{key}]", old.get(key), new.get(key))
        kept = [key for key in old if key in new], [key for key in new if key in old]
        if kept[0] != kept[1]:
            yield Change(steps, path, kept[0], kept[1])
        return
    yield Change(steps, path, before, after)


def _keyed(value: Any) -> dict[str, Any] | None:
    """Return the entries of a list by their keys, if every entry has one."""
    if not isinstance(value, list):
        return None
    keys = [
        str(entry.get("key", entry.get("number"))) if isinstance(entry, dict) else None
        for entry in value
    ]
    if None in keys or "None" in keys or len(set(keys)) < len(keys):
        return None
    return dict(zip([key for key in keys if key is not None], value, strict=True))
