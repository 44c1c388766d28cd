"""Race and ethnicity: versioned sets of categories, and the rule of each.

What a student chose is a set of parts. A set of categories turns parts into one group; any-part
counting lets a student count in each of them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from throughline.engines.disparity.missing import CODES
from throughline.engines.disparity.refusals import NotThere

SEVERAL = "several"
"""Stands for "two or more" where a file says so without naming them."""

Parts = frozenset[str]


@dataclass(frozen=True, slots=True)
class CodeSet:
    """A set of categories: its groups by part, the name of "two or more", and its rule.

    ``bridge`` says into which part of this set a part of another set goes.
    """

    id: str
    name: str
    version: str
    source: str
    rule: str
    several: str
    groups: Mapping[str, str]
    bridge: Mapping[str, str]

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of the groups in their order."""
        return (*self.groups.values(), self.several)

    def bridged(self, parts: Parts) -> Parts:
        """Return parts as this set knows them."""
        return frozenset(self.bridge.get(part, part) for part in parts)

    def group_of(self, parts: Parts) -> str | None:
        """Return the one group of a student who chose ``parts``; nothing where none was chosen.

        Examples
        --------
        >>> code_set("federal-seven").group_of(frozenset({"hispanic", "black"}))
        'Hispanic or Latino'
        >>> code_set("spd15-2024").group_of(frozenset({"hispanic", "black"}))
        'Multiracial or multiethnic'
        """
        known = self.bridged(parts)
        if not known:
            return None
        if self.rule == "hispanic-first" and "hispanic" in known:
            return self.groups["hispanic"]
        if len(known - {SEVERAL}) > 1 or SEVERAL in known:
            return self.several
        return self.groups[next(iter(known))]

    def every_group_of(self, parts: Parts) -> tuple[str, ...]:
        """Return every group in which a student counts when any part counts, in their order.

        Who is only known to have "two or more" counts there: which, nobody wrote down.
        """
        known = self.bridged(parts)
        named = tuple(label for part, label in self.groups.items() if part in known)
        return named if len(named) > 1 or SEVERAL not in known else (*named, self.several)


@cache
def code_sets() -> Mapping[str, CodeSet]:
    """Return the sets that ship, by id."""
    found = {}
    for path in sorted(CODES.glob("race_*.toml")):
        with path.open("rb") as file:
            read = tomllib.load(file)
        if "rule" in read:
            found[read["id"]] = CodeSet(**read)
    return found


def code_set(name: str) -> CodeSet:
    """Return a set of categories by its id.

    Raises
    ------
    NotThere
        There is none; the sentence lists those there are.
    """
    if name not in code_sets():
        known = ", ".join(code_sets())
        raise NotThere(f"There is no set of categories {name!r}. There is: {known}.")
    return code_sets()[name]


def bridge_label(label: str, old: str, new: str) -> str | None:
    """Return the group of ``new`` that a student reported as ``label`` of ``old`` is surely in.

    Nothing where it cannot be told: "Hispanic or Latino" of the seven categories may be of any
    race, so under SPD 15 of 2024 it may be one category or several; who was White may be MENA.

    Examples
    --------
    >>> bridge_label("Middle Eastern or North African", "spd15-2024", "federal-seven")
    'White'
    >>> bridge_label("Hispanic or Latino", "federal-seven", "spd15-2024") is None
    True

    Raises
    ------
    NotThere
        There is no such set, or it has no such group.
    """
    before, after = code_set(old), code_set(new)
    if label not in before.labels:
        raise NotThere(f"{label!r} is no group of {before.name}.")
    part = next((part for part, named in before.groups.items() if named == label), SEVERAL)
    if old == new:
        return label
    if before.rule == "hispanic-first":
        if part in _UNSURE:
            return None
    elif part == SEVERAL:
        return None
    return after.group_of(frozenset({part}))


_UNSURE = frozenset({"hispanic", "white"})
"""Categories of the older set that hold students of more than one category of the newer one."""


def combination(labels: Iterable[str]) -> str:
    """Return how a combination of groups is called."""
    return " + ".join(labels)
