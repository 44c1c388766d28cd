"""A first codebook for a file, for a person to correct; a kept one is read with read_codebook."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from throughline.engines.disparity.codebook import Attribute, Codebook, OutcomeColumn, Texts
from throughline.engines.disparity.columns import (
    ColumnLayout,
    Match,
    guess_layout,
    layouts,
    match_columns,
)
from throughline.engines.disparity.database import opened, quoted
from throughline.engines.disparity.missing import EVERYWHERE, find_missing, guess_families
from throughline.engines.disparity.race import CodeSet, Parts, code_set, combination
from throughline.engines.disparity.reading import Source
from throughline.engines.disparity.tables import Outcome
from throughline.engines.disparity.unreadable import Unreadable

A_PLACE = 50
"""An attribute of more levels is treated like a school: it is not crossed with everything."""

_YOUNGEST = {"PK": -2, "K": -1, "KG": -1}
_WORDS = 10**9  # after every number


def different(source: Source, columns: Sequence[str]) -> list[Texts]:
    """Return the different texts of columns, in the order in which they first occur.

    Raises
    ------
    Unreadable
        The file lacks a column.
    """
    source.need(columns)
    names = ", ".join(quoted(one) for one in columns)
    with opened() as database:
        found = database.execute(
            f"SELECT {names} FROM ({source.trimmed(columns)}) GROUP BY {names} "  # noqa: S608
            "ORDER BY min(file_row_number)"
        ).fetchall()
    return [tuple(row) for row in found]


def plain_attribute(
    source: Source, column: str, *, among: tuple[str, ...] = EVERYWHERE, place: bool | None = None
) -> Attribute:
    """Return an attribute whose levels are the texts of one column, as they stand.

    Raises
    ------
    Unreadable
        The file lacks the column, or nearly every row has a value of its own in it.
    """
    texts = [text for (text,) in different(source, [column]) if not find_missing(text, among)]
    if source.rows > A_PLACE and 2 * len(texts) > source.rows:
        raise Unreadable(
            source.path,
            None,
            f"{column} has another value in nearly every row: it tells students apart and groups "
            "nobody. Choose another column.",
        )
    levels = tuple(sorted(texts, key=in_order))
    return Attribute(
        name=column,
        columns=(column,),
        levels=levels,
        codes={(level,): code for code, level in enumerate(levels)},
        place=len(levels) > A_PLACE if place is None else place,
    )


def in_order(text: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts 2 before 10, and kindergarten before first grade.

    Examples
    --------
    >>> sorted(["10", "2", "K", "PK", "B", "A"], key=in_order)
    ['PK', 'K', '2', '10', 'A', 'B']
    """
    if text.upper() in _YOUNGEST:
        return ((_YOUNGEST[text.upper()], ""),)
    pieces = re.findall(r"\d+|\D+", text)
    keys = [(int(one), "") if one.isdecimal() else (_WORDS, one.casefold()) for one in pieces]
    return (*keys, (_WORDS, text))


@dataclass(frozen=True, slots=True)
class RaceMatch:
    """Which columns were taken for race and ethnicity, and the attribute made of them."""

    attribute: Attribute
    layout: ColumnLayout
    matches: tuple[Match, ...]


def race_attribute(
    source: Source,
    categories: str = "federal-seven",
    *,
    layout: str | None = None,
    column: str | None = None,
    any_part: bool = False,
    name: str = "race",
    among: tuple[str, ...] = EVERYWHERE,
) -> RaceMatch:
    """Return race and ethnicity as a set of categories counts it.

    Parameters
    ----------
    layout
        Of the columns, by its id; guessed from their names without it.
    column
        The one column of names or letters, where there is only one.
    any_part
        Whether a student counts in every group of which a part was chosen; groups then overlap.

    Raises
    ------
    Unreadable
        No columns look like race and ethnicity; the sentence says how they are written elsewhere.
    """
    chosen, matches = _race_columns(source, layout, column)
    columns = tuple(one.column for one in matches)
    rules = code_set(categories)
    known: dict[Texts, Parts] = {}
    for texts in different(source, columns):
        parts = chosen.parts_of(texts, among)
        if not isinstance(parts, str):
            known[texts] = parts
    build = _any_part if any_part else _one_group
    attribute = build(name, columns, rules, known)
    return RaceMatch(attribute, chosen, matches)


def _race_columns(
    source: Source, layout: str | None, column: str | None
) -> tuple[ColumnLayout, tuple[Match, ...]]:
    if column is not None:
        source.need([column])
        single = layouts()[layout or "one-column"]
        return single, (Match(column, single.expected[0]),)
    if layout is None:
        guessed = guess_layout(source.columns)
        if guessed:
            return guessed
        raise Unreadable(
            source.path,
            source.layout.header,
            "no columns look like race and ethnicity. Name the one column, or say which system "
            f"wrote the file: {', '.join(layouts())}.",
        )
    expected = layouts()[layout].expected
    matches = match_columns(source.columns, expected)
    if matches is None:
        raise Unreadable(
            source.path, source.layout.header, f"expected the columns {', '.join(expected)}."
        )
    return layouts()[layout], matches


def _one_group(
    name: str, columns: tuple[str, ...], rules: CodeSet, known: Mapping[Texts, Parts]
) -> Attribute:
    labels = rules.labels
    return Attribute(
        name=name,
        columns=columns,
        levels=labels,
        codes={
            texts: len(labels) if (group := rules.group_of(parts)) is None else labels.index(group)
            for texts, parts in known.items()
        },
        version=f"{rules.id}@{rules.version}",
    )


def _any_part(
    name: str, columns: tuple[str, ...], rules: CodeSet, known: Mapping[Texts, Parts]
) -> Attribute:
    groups = {texts: rules.every_group_of(parts) for texts, parts in known.items()}
    combinations = sorted({one for one in groups.values() if one}, key=combination)
    return Attribute(
        name=name,
        columns=columns,
        levels=rules.labels,
        codes={
            texts: combinations.index(one) if one else len(combinations)
            for texts, one in groups.items()
        },
        version=f"{rules.id}@{rules.version} any part",
        members=tuple(tuple(rules.labels.index(label) for label in one) for one in combinations),
    )


def guess_codebook(
    source: Source,
    by: Sequence[str],
    outcomes: Sequence[str],
    *,
    scales: Mapping[str, int] | None = None,
    places: Sequence[str] = (),
    among: tuple[str, ...] | None = None,
) -> Codebook:
    """Return a codebook for these columns: what stands in them is a level, outcomes are 0 or 1.

    ``race`` is made from the columns of a known system where no column has that name.

    Parameters
    ----------
    scales
        Outcomes that are scores, each with its scale: 100 keeps two decimals.
    among
        Families of codes for missing figures; guessed from the outcomes without it.

    Raises
    ------
    Unreadable
        The file lacks a column, or one of them groups nobody.
    """
    source.need(outcomes)
    if among is None:
        among = guess_families(text for one in outcomes for (text,) in different(source, [one]))
    attributes = [
        race_attribute(source, among=among).attribute
        if name == "race" and name not in source.columns and guess_layout(source.columns)
        else plain_attribute(source, name, among=among, place=name in places or None)
        for name in by
    ]
    scores = scales or {}
    return Codebook(
        attributes=tuple(attributes),
        outcomes=tuple(
            OutcomeColumn(Outcome(one, scores.get(one, 1), one not in scores), one)
            for one in outcomes
        ),
        among=among,
    )
