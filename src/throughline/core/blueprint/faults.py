"""What is wrong in a file, and where: each fault says what was expected and what was found."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of the report. An error blocks; a note does not."""

    line: int
    path: str
    expected: str
    got: str
    hint: str = ""
    is_note: bool = False

    def sentence(self) -> str:
        """Say what was expected and what was found."""
        hint = f"; {self.hint}" if self.hint else ""
        return f"expected {self.expected}, got {self.got}{hint}"

    def show(self, file: str) -> str:
        """Spell it the way compilers do, so that editors jump to it."""
        note = "note: " if self.is_note else ""
        return f"{file}:{self.line}: {note}{self.path}: {self.sentence()}"


class BrokenBlueprint(ValueError):  # noqa: N818 - a file, not an accident
    """The file cannot be used. Its text names lines and paths; ``faults`` holds them apart."""

    def __init__(self, faults: Sequence[Fault], file: str = "blueprint.toml") -> None:
        super().__init__("\n".join(fault.show(file) for fault in faults))
        self.faults = tuple(faults)


def spell(place: Place, tables: Any) -> str:
    """Spell a place with keys instead of indexes: ``admissions.eligibility[region].rule``.

    An entry without a key is counted from 1, as people count.
    """
    spelled, here = "", tables
    for step in place:
        there = _below(here, step)
        if isinstance(step, int):
            spelled += f"[{_called(there, step)}]"
        else:
            name = step if _is_bare(step) else json.dumps(step, ensure_ascii=False)
            spelled += f".{name}" if spelled else name
        here = there
    return spelled or "file"


def _below(here: Any, step: str | int) -> Any:
    try:
        return here[step]
    except (KeyError, IndexError, TypeError):
        return None


def _called(entry: Any, index: int) -> str:
    if isinstance(entry, dict):
        for key in ("key", "number"):
            if isinstance(entry.get(key), str | int):
                return str(entry[key])[:60]
    if isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], str):
        return entry[0][:60]
    return str(index + 1)


def _is_bare(step: str) -> bool:
    return step.replace("-", "").replace("_", "").isalnum()


def quoted(value: Any) -> str:
    """Show what stands in the file, short."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return "a table"
    text = str(value)
    text = text if len(text) <= 60 else f"{text[:57]}..."
    return json.dumps(text, ensure_ascii=False) if isinstance(value, str) else text


def nearest(word: str, known: Iterable[str]) -> str:
    """Return "did you mean ...?" where something is close, else what there is."""
    have = sorted(known)
    near = difflib.get_close_matches(word, have, 1)
    if near:
        return f"did you mean {near[0]}?"
    shown = ", ".join(have[:12]) + (", ..." if len(have) > 12 else "")
    return f"known: {shown or 'none'}"
