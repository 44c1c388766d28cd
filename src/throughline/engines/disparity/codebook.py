"""The codebook: what every value of a column means, as a code, a label and a place in the order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from throughline.engines.disparity.missing import EVERYWHERE, families, find_missing, why_not
from throughline.engines.disparity.refusals import NotThere
from throughline.engines.disparity.tables import MISSING, Outcome
from throughline.engines.disparity.values import exact, fixed_point, yes_or_no

VERSION = 1
"""Of the JSON that a codebook is kept in."""

Texts = tuple[str, ...]
"""What stands in the columns of an attribute in one row, spaces around it taken away."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """What students are grouped by: ``columns`` of the file, and the code of each value in them.

    ``levels`` are labels in their order. Level i has code i, and the last code is Missing. With
    any-part counting a code is a combination and ``members`` names the levels of each: a student
    of two levels counts in both. A ``place`` (school, district) may have thousands of levels and
    is never crossed with all other attributes at once. ``version`` names the set of categories
    that made the codes; then a text is missing only if it was listed so ("NA" may be a group).
    """

    name: str
    columns: tuple[str, ...]
    levels: tuple[str, ...]
    codes: Mapping[Texts, int]
    version: str = ""
    members: tuple[tuple[int, ...], ...] = ()
    place: bool = False

    @property
    def overlapping(self) -> bool:
        """Whether one student can be in two groups."""
        return bool(self.members)

    @property
    def missing(self) -> int:
        """The code of Missing, which is the largest one."""
        return len(self.members or self.levels)

    @property
    def size(self) -> int:
        """How many codes there are, with Missing."""
        return self.missing + 1

    @property
    def groups(self) -> tuple[str, ...]:
        """Labels of the groups in their order, Missing last."""
        return (*self.levels, MISSING)

    def code_of(self, texts: Texts, among: tuple[str, ...] = EVERYWHERE) -> int | str:
        """Return the code of what stands in the columns, or a sentence why there is none."""
        if (code := self.codes.get(texts)) is not None:
            return code
        if not any(texts) or (not self.version and all(find_missing(t, among) for t in texts)):
            return self.missing
        shown = " / ".join(texts)
        return f"{shown!r} is not in the codebook of {self.name}. Add it to a group, or correct it."


@dataclass(frozen=True, slots=True)
class OutcomeColumn:
    """The column of an outcome. Only a ``signed`` score may be below zero."""

    outcome: Outcome
    column: str
    signed: bool = False

    def value_of(self, text: str, among: tuple[str, ...] = EVERYWHERE) -> int | str | None:
        """Return 0, 1 or the fixed-point score; nothing for missing; a sentence for a refusal."""
        if find_missing(text, among):
            return None
        return self._event(text) if self.outcome.binary else self._score(text)

    def _event(self, text: str) -> int | str:
        said = yes_or_no(text)
        if said is not None:
            return int(said)
        if exact(text) is None or text.startswith("-"):
            return why_not(text)
        return f"{text} is neither 0 nor 1, so {self.outcome.name} is no yes-or-no outcome."

    def _score(self, text: str) -> int | str:
        scale = self.outcome.scale
        value = fixed_point(text, scale)
        if value is not None and (value >= 0 or self.signed):
            return value
        if value is None and exact(text) is not None:
            return f"{text} does not fit: {self.outcome.name} is kept in steps of 1/{scale}."
        return why_not(text)


@dataclass(frozen=True, slots=True)
class Codebook:
    """All that is needed to read a file of the same make again.

    ``among`` are the families of codes for missing figures that hold in the file.
    """

    attributes: tuple[Attribute, ...]
    outcomes: tuple[OutcomeColumn, ...] = ()
    among: tuple[str, ...] = field(default=EVERYWHERE)

    def __post_init__(self) -> None:
        names = [one.name for one in self.attributes] + [one.outcome.name for one in self.outcomes]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"two columns of the codebook are called {twice[0]!r}")
        if unknown := sorted(set(self.among) - set(families())):
            raise ValueError(f"there is no family of missing codes called {unknown[0]!r}")

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of the file that is read, each once."""
        named = [column for one in self.attributes for column in one.columns]
        return tuple(dict.fromkeys([*named, *(one.column for one in self.outcomes)]))

    def attribute(self, name: str) -> Attribute:
        """Return the attribute of this name.

        Raises
        ------
        NotThere
            There is none; the sentence lists those there are.
        """
        for one in self.attributes:
            if one.name == name:
                return one
        known = ", ".join(one.name for one in self.attributes)
        raise NotThere(f"Nothing is grouped by {name!r}. There is: {known}.")

    def to_json(self) -> str:
        """Return the codebook as text that is the same for the same codebook."""
        return json.dumps(_as_json(self), ensure_ascii=False, indent=1, sort_keys=True)


def _as_json(codebook: Codebook) -> dict[str, Any]:
    return {
        "codebook_version": VERSION,
        "missing": list(codebook.among),
        "attributes": [
            {
                "name": one.name,
                "columns": list(one.columns),
                "levels": list(one.levels),
                "codes": [{"values": list(v), "code": c} for v, c in sorted(one.codes.items())],
                "version": one.version,
                "members": [list(levels) for levels in one.members],
                "place": one.place,
            }
            for one in codebook.attributes
        ],
        "outcomes": [
            {
                "name": one.outcome.name,
                "column": one.column,
                "binary": one.outcome.binary,
                "scale": one.outcome.scale,
                "signed": one.signed,
            }
            for one in codebook.outcomes
        ],
    }


def read_codebook(text: str) -> Codebook:
    """Return the codebook that was kept as JSON.

    Raises
    ------
    ValueError
        The text is no codebook, or one of another version.
    """
    try:
        kept = json.loads(text)
        if kept["codebook_version"] != VERSION:
            raise ValueError(
                f"This codebook has version {kept['codebook_version']}, not {VERSION}."
            )
        return Codebook(
            attributes=tuple(_attribute(one) for one in kept["attributes"]),
            outcomes=tuple(
                OutcomeColumn(
                    Outcome(one["name"], one["scale"], one["binary"]), one["column"], one["signed"]
                )
                for one in kept["outcomes"]
            ),
            among=tuple(kept["missing"]),
        )
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise ValueError("This is not a codebook that was saved here.") from error


def _attribute(kept: dict[str, Any]) -> Attribute:
    return Attribute(
        name=kept["name"],
        columns=tuple(kept["columns"]),
        levels=tuple(kept["levels"]),
        codes={tuple(one["values"]): one["code"] for one in kept["codes"]},
        version=kept["version"],
        members=tuple(tuple(levels) for levels in kept["members"]),
        place=kept["place"],
    )


def table_schema(codebook: Codebook) -> dict[str, Any]:
    """Return the columns as a Table Schema (Data Package 2.0), with labels as categories."""
    fields: dict[str, dict[str, Any]] = {}
    for one in codebook.attributes:
        for place, column in enumerate(one.columns):
            texts = sorted({values[place] for values in one.codes})
            described: dict[str, Any] = {"name": column, "type": "string"}
            if len(one.columns) == 1 and not one.overlapping:
                described["categories"] = [
                    {"value": values[0], "label": one.groups[code]}
                    for values, code in sorted(one.codes.items(), key=lambda pair: pair[1])
                ]
            else:
                described["constraints"] = {"enum": texts}
            fields.setdefault(column, described)
    for outcome in codebook.outcomes:
        kind = "boolean" if outcome.outcome.binary else "number"
        fields.setdefault(outcome.column, {"name": outcome.column, "type": kind})
    written = [text for one in codebook.among for text in families()[one].codes]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": list(fields.values()),
        "missingValues": sorted(set(written)),
    }
