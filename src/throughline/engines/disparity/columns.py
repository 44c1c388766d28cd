"""Columns of student information systems: found by loose match, the match shown."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from throughline.engines.disparity.missing import CODES, EVERYWHERE, find_missing
from throughline.engines.disparity.race import Parts
from throughline.engines.disparity.values import yes_or_no

ALIKE = 0.87
"""Names of columns are the same when so much of them is: one word misspelled, not another word."""

_BETWEEN = re.compile(r"\s*[;|,+&]\s*|\s+and\s+")


@dataclass(frozen=True, slots=True)
class Match:
    """A column of the file that was taken for an expected one."""

    column: str
    expected: str

    def __str__(self) -> str:
        if self.column == self.expected:
            return f"{self.column}: as expected."
        return f"{self.column}: taken for {self.expected}."


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """How a system writes race and ethnicity: flags of one part each, and columns of codes."""

    id: str
    name: str
    source: str
    flags: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    unknown: Mapping[str, Sequence[str]]

    @property
    def expected(self) -> tuple[str, ...]:
        """The columns, as the system calls them."""
        return (*self.flags, *self.codes)

    def parts_of(self, texts: Sequence[str], among: tuple[str, ...] = EVERYWHERE) -> Parts | str:
        """Return the parts that a row names, none where nothing is known, or a refusal."""
        parts: set[str] = set()
        for name, text in zip(self.expected, texts, strict=True):
            if text in self.unknown.get(name, ()):
                continue
            said = (
                self._flag(name, text, among)
                if name in self.flags
                else self._codes(name, text, among)
            )
            if isinstance(said, str):
                return said
            parts |= said
        return frozenset(parts)

    def _flag(self, name: str, text: str, among: tuple[str, ...]) -> Parts | str:
        said = yes_or_no(text)
        if said is not None:
            return frozenset({self.flags[name]} if said else ())
        if find_missing(text, among):
            return frozenset()
        return f"{text!r} in {name} is neither yes nor no."

    def _codes(self, name: str, text: str, among: tuple[str, ...]) -> Parts | str:
        whole = self._part(name, text, among)
        if not isinstance(whole, str):
            return whole
        parts: set[str] = set()
        for piece in _BETWEEN.split(text):
            said = self._part(name, piece, among)
            if isinstance(said, str):
                return whole
            parts |= said
        return frozenset(parts)

    def _part(self, name: str, text: str, among: tuple[str, ...]) -> Parts | str:
        lower = text.casefold()
        if unclear := _all()["ambiguous"].get(lower):
            return f"{text!r} in {name} means two things ({unclear}). Say which in the codebook."
        if part := (self.codes[name].get(text) or _words().get(lower)):
            return frozenset(() if part == "none" else {part})
        if find_missing(text, among):
            return frozenset()
        return f"{text!r} in {name} is no known race or ethnicity."


@cache
def _all() -> Mapping[str, Any]:
    with (CODES / "race_columns.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _words() -> Mapping[str, str]:
    return {word: part for part, words in _all()["words"].items() for word in words}


@cache
def layouts() -> Mapping[str, ColumnLayout]:
    """Return the layouts that ship, by id, in the order in which they are tried."""
    return {
        one["id"]: ColumnLayout(
            one["id"],
            one["name"],
            one["source"],
            one.get("flags", {}),
            one.get("codes", {}),
            one.get("unknown", {}),
        )
        for one in _all()["layout"]
    }


def match_columns(columns: Sequence[str], expected: Sequence[str]) -> tuple[Match, ...] | None:
    """Return the column for each expected name, or nothing if one is not to be found.

    Capitals, underscores and single misspellings do not matter; every column is taken once, the
    closest first.

    Examples
    --------
    >>> [str(one) for one in match_columns(["Asian", "hispanicOrLatinoEthnicty"],
    ...                                    ["hispanicOrLatinoEthnicity"])]
    ['hispanicOrLatinoEthnicty: taken for hispanicOrLatinoEthnicity.']
    """
    likeness = sorted(
        ((_alike(column, name), column, name) for column in columns for name in expected),
        key=lambda one: (-one[0], one[1], one[2]),
    )
    taken: dict[str, str] = {}
    for alike, column, name in likeness:
        if alike >= ALIKE and name not in taken and column not in taken.values():
            taken[name] = column
    if len(taken) < len(expected):
        return None
    return tuple(Match(taken[name], name) for name in expected)


def _alike(column: str, name: str) -> float:
    one, other = (re.sub(r"[\W_]+", "", text).casefold() for text in (column, name))
    return 1.0 if one == other else SequenceMatcher(None, one, other).ratio()


def guess_layout(columns: Sequence[str]) -> tuple[ColumnLayout, tuple[Match, ...]] | None:
    """Return the first layout whose columns are all there, with the match of each."""
    for layout in layouts().values():
        if matches := match_columns(columns, layout.expected):
            return layout, matches
    return None
