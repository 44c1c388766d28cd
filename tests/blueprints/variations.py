"""Programs that hosts could write: shipped files with other numbers, spans, words and tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

from tests.factories.blueprints import KEYS, text_of
from throughline.core.blueprint.editing import GONE, put
from throughline.core.blueprint.faults import Place

NUMBERS = (0, 1, 2, 3, 5, 9, 12, 40, 400)
MEASURED = re.compile(r"^(up to |at least |about )?(\d+) ([a-z -]+)$")
"""Amounts and spans: their number may be another one."""

WORDS = st.one_of(
    st.sampled_from(
        ["Círculo de líderes", "一年の計画", "<b>A & B</b>", "It's 100 % ours", "x", "{Word.host}"]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60),
    st.integers(2, 90).map(lambda times: "long " * times),
)
TEXTS = {"title", "name", "short", "label", "text", "say", "ask", "one", "other", "help", "why"}
"""Keys whose values people read."""


def leaves(value: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Yield every table, list and value of a file with its place."""
    if place:
        yield place, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*place, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, (*place, number))


@lru_cache
def places(key: str) -> list[tuple[Place, Any]]:
    """Everything that a shipped file says, by place."""
    return list(leaves(tomllib.loads(text_of(key))))


@lru_cache
def said_elsewhere() -> Mapping[str, list[Any]]:
    """What the shipped files say under each name: choices that hosts know of."""
    found: dict[str, list[Any]] = {}
    for key in KEYS:
        for place, value in places(key):
            values = found.setdefault(str(place[-1]), [])
            if not isinstance(value, dict) and value not in values:
                values.append(value)
    return found


def another(place: Place, value: Any) -> st.SearchStrategy[Any]:
    """Something else that could stand at this place."""
    if isinstance(value, bool):
        return st.just(not value)
    if isinstance(value, int):
        return st.sampled_from((value + 1, max(value - 1, 0), *NUMBERS))
    if isinstance(value, dict):
        return st.just(GONE)
    if isinstance(value, str) and (parts := MEASURED.match(value)):
        return st.sampled_from(NUMBERS).map(lambda number: f"{parts[1] or ''}{number} {parts[3]}")
    if place[-1] in TEXTS:
        return WORDS
    if place[-1] == "source":
        return WORDS.map(lambda words: f"host: {words}")
    if isinstance(value, list) and value:
        shorter = st.integers(0, len(value) - 1).map(lambda n: value[:n] + value[n + 1 :])
        return shorter | st.just(GONE)
    return st.sampled_from([*said_elsewhere()[str(place[-1])], GONE])


@dataclass(frozen=True)
class Variation:
    """A shipped file with changes; not each of them is valid."""

    key: str
    changes: Mapping[Place, Any]

    @property
    def text(self) -> str:
        """The changed file, and the shipped one where the change cannot be written."""
        whole = text_of(self.key).replace('"?"', '"500 USD"')
        try:
            return put(whole, self.changes)
        except ValueError:  # an entry of a list cannot be taken out by its number
            return whole


@st.composite
def variations(draw: st.DrawFn) -> Variation:
    """A shipped file with up to five changes, none inside another."""
    key = draw(st.sampled_from(KEYS))
    changes: dict[Place, Any] = {}
    for place, value in draw(st.lists(st.sampled_from(places(key)), min_size=1, max_size=5)):
        if not any(place[: len(other)] == other[: len(place)] for other in changes):
            is_dropped = draw(st.integers(0, 9)) == 9
            changes[place] = GONE if is_dropped else draw(another(place, value))
    return Variation(key, changes)
