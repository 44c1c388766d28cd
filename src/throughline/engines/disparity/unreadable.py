"""The refusal of a file, a line or a printed figure, in a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SHOWN = 20
"""So many findings are printed; the rest is counted."""

FEW = 5
"""So many lines of one finding are printed; the rest is counted."""


class Unreadable(ValueError):  # noqa: N818 - says what happened
    """Something cannot be read: ``path``, its ``line`` where one is to blame, what was ``expected``.

    Examples
    --------
    >>> str(Unreadable("grades.csv", 7, "'-4' is not a number of students."))
    "grades.csv, line 7: '-4' is not a number of students."
    """

    def __init__(self, path: Path | str | None, line: int | None, expected: str) -> None:
        self.path = None if path is None else Path(path)
        self.line = line
        self.expected = expected
        super().__init__(self._place() + expected)

    def _place(self) -> str:
        if self.path is None:
            return ""
        return (
            f"{self.path.name}: " if self.line is None else f"{self.path.name}, line {self.line}: "
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason to refuse a file: the lines where it stands, of ``rows`` in all, and a sentence."""

    lines: tuple[int, ...]
    column: str
    value: str
    rows: int
    sentence: str

    def __str__(self) -> str:
        return f"{self._place()}column {self.column}: {self.sentence}"

    def _place(self) -> str:
        if not self.lines:
            return ""
        shown = ", ".join(str(line) for line in self.lines[:FEW])
        more = self.rows - min(len(self.lines), FEW)
        word = "Line" if self.rows == 1 else "Lines"
        return f"{word} {shown}{f' and {more} more' if more > 0 else ''}, "


class Refused(Unreadable):
    """A file that does not keep its contract: every bad row and column, and nothing was read."""

    def __init__(self, path: Path | str | None, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        lines = [str(finding) for finding in self.findings[:SHOWN]]
        if len(self.findings) > SHOWN:
            lines.append(f"And {len(self.findings) - SHOWN} more.")
        super().__init__(path, None, "nothing was read.\n" + "\n".join(lines))
