"""Facts that conditions may ask for: a closed list, each offered by one app."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest

from throughline.core.blueprint.faults import nearest

_PLACE = re.compile(r"\{([a-z ]+)\}")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact by its path. ``{role}`` in it stands for any key of that kind of the same file."""

    path: str
    kind: str
    meaning: str
    where: str = "everywhere"

    @property
    def root(self) -> str:
        """The first word of the path."""
        return self.path.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a path names no fact."""

    expected: str
    hint: str


class Known:
    """The facts of one file."""

    def __init__(self, facts: tuple[Fact, ...], keys: Callable[..., frozenset[str]]) -> None:
        self._facts = facts
        self._keys = keys

    def problem(
        self, path: str, fields: frozenset[str], *, is_in_form: bool = False
    ) -> Problem | None:
        """Return why there is no such fact, or nothing when there is one.

        Inside a form, ``fields`` are its earlier questions.
        """
        root = path.partition(".")[0]
        same = [fact for fact in self._facts if fact.root == root]
        if any(self._fits(fact, path) for fact in same):
            return None
        if not same:
            roots = {fact.root for fact in self._facts}
            if not is_in_form:
                return Problem("a fact", nearest(root, roots))
            near = nearest(root, roots | fields)
            hint = near if near.startswith("did you mean") else f"earlier fields: {_listed(fields)}"
            return Problem("a fact or an earlier field of this form", hint)
        return Problem(f"a fact about {root}", nearest(path, self._spelled(same)))

    def _fits(self, fact: Fact, path: str) -> bool:
        if "{field}" in fact.path:
            head, _, rest = path.partition(".")
            return head == fact.root and rest in self._keys("field")
        pairs = zip_longest(fact.path.split("."), path.split("."), fillvalue="")
        return all(
            step in self._keys(place[1]) if (place := _PLACE.fullmatch(part)) else step == part
            for part, step in pairs
        )

    def _spelled(self, facts: list[Fact]) -> set[str]:
        spelled = set()
        for fact in facts:
            if "{field}" in fact.path:
                spelled |= {f"{fact.root}.{key}" for key in self._keys("field")}
            elif place := _PLACE.search(fact.path):
                spelled |= {fact.path.replace(place[0], key) for key in self._keys(place[1])}
            else:
                spelled.add(fact.path)
        return spelled


def _listed(keys: frozenset[str]) -> str:
    return ", ".join(sorted(keys)) or "none"
