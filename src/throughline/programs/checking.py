"""What the shape of a file cannot show: references, sums, words, and a calendar that works."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from throughline.core.blueprint.amounts import OPEN
from throughline.core.blueprint.faults import Fault, Place, nearest, quoted, spell
from throughline.core.blueprint.moments import Moment
from throughline.core.blueprint.reading import Reading
from throughline.core.blueprint.speech import PLACE
from throughline.core.blueprint.tables import (
    Complaint,
    Names,
    NamesList,
    NamesTable,
    Promise,
    Shown,
    Table,
)
from throughline.core.blueprint.whole import Node, Whole
from throughline.programs.almanac import UnknownHolidays
from throughline.programs.blueprint import TERMS, AboutSection, TranslationsSection, WordsSection
from throughline.programs.calendar import NoCalendar, compute, series_key, series_of
from throughline.programs.series import Series
from throughline.programs.translating import shown_paths

SAMPLE_START = date(2027, 1, 11)
"""A file is checked by computing the dates of a cohort that starts on this Monday."""

Found = tuple[Place, Complaint]

_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_PHONE = re.compile(r"(?<![\w.])(?:\+\d[\d ().-]{7,}\d|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4})(?!\w)")
_BRACES = re.compile(r"\{([^{}]*)\}")
_SOURCES = re.compile(r"; (?=[a-z][a-z0-9-]*: )")
_UNCOUNTED = {"blueprint", "sources", "words", "lists", "translations"}
"""Sections whose texts are not sentences of the program."""


def check(whole: Whole, reading: Reading) -> list[Fault]:
    """Return everything that is wrong or worth a note, sorted by line."""
    found = [
        *_nodes(whole, reading.tables),
        *_tables(whole),
        *_unique(whole),
        *_translations(whole, reading.tables),
    ]
    if all(complaint.is_note for _, complaint in found):
        found.extend(_calendar(whole))
    faults = {
        Fault(
            reading.lines.of(place),
            spell(place, reading.tables),
            complaint.expected,
            complaint.got,
            complaint.hint,
            complaint.is_note,
        )
        for place, complaint in found
    }
    return sorted(faults, key=lambda fault: (fault.line, fault.path, fault.expected))


def _nodes(whole: Whole, tables: dict[str, Any]) -> Iterator[Found]:
    own = _own_terms(whole)
    anchors = _anchors(whole)
    named = list(_paths(tables))
    for node in whole.nodes:
        if isinstance(node.value, str):
            yield from _contact(node)
            yield from _reference(whole, node, named)
            yield from _text(whole, node, own)
            if node.place[-1] == "source":
                yield from _source(whole, node)
        if isinstance(node.value, Moment):
            yield from _moment(node, anchors, whole)
        if node.value == OPEN and isinstance(node.place[-1], str):
            expected = "a number before a cohort can open"
            yield node.place, Complaint(expected, f'"{OPEN}"', is_note=True)


def _tables(whole: Whole) -> Iterator[Found]:
    for place, table in whole.tables(Table):
        for complaint in table.complaints(whole):
            yield (*place, *complaint.at), complaint
        told_above = place[-1] in {"series", "cadence"}
        if isinstance(table, Promise) and table.promises() and not (table.source or told_above):
            expected = 'a source: where the promise comes from, or "host: ..."'
            yield place, Complaint(expected, "none", is_note=True)


def _unique(whole: Whole) -> Iterator[Found]:
    """Keys stand once in their list; a key names one series in the whole file."""
    for node in whole.nodes:
        if isinstance(node.value, tuple) and node.value and isinstance(node.value[0], Table):
            seen: set[str] = set()
            for index, entry in enumerate(node.value):
                key = getattr(entry, "key", None)
                if key in seen:
                    place = (*node.place, index)
                    yield place, Complaint("a key that stands once", f'a second "{key}"')
                seen.add(key or "")
    names: set[str] = set()
    for place, _ in whole.tables(Series):
        if (key := series_key(place)) in names:
            yield place, Complaint("one series of this name in the file", f'a second "{key}"')
        names.add(key)


def _contact(node: Node) -> Iterator[Found]:
    for what, pattern in (("an e-mail address", _MAIL), ("a phone number", _PHONE)):
        if pattern.search(node.value) and node.place[-1] not in {"url", "hash"}:
            hint = "contacts belong to the host's settings"
            yield node.place, Complaint("no contact of a person", what, hint=hint)


def _reference(whole: Whole, node: Node, named: list[str]) -> Iterator[Found]:
    if (names := node.marked(Names)) and (complaint := whole.unknown(node.value, names)):
        yield node.place, complaint
    if node.marked(NamesList) and isinstance(node.value, str):
        lists = whole.keys("list") | {"titles"}
        if (key := node.value.removeprefix("list.")) not in lists:
            yield node.place, Complaint("a list", quoted(node.value), hint=nearest(key, lists))
    if node.marked(NamesTable) and node.value not in named:
        hint = nearest(node.value, [path for path in named if path.count(".") > 1])
        expected = "a table of this file, such as convenings.series.network"
        yield node.place, Complaint(expected, quoted(node.value), hint=hint)


def _paths(tables: Any, path: str = "") -> Iterator[str]:
    """Every named table of the file, as others point to it."""
    for key, value in tables.items():
        here = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            yield here
            yield from _paths(value, here)
        elif isinstance(value, list) and path:
            yield here


def _source(whole: Whole, node: Node) -> Iterator[Found]:
    known = whole.keys("source")
    for part in _SOURCES.split(node.value):
        key = part.partition(":")[0].strip()
        if key not in known:
            hint = nearest(key, known)
            yield node.place, Complaint('"SOURCE-KEY: where"', quoted(key), hint=hint)


def _text(whole: Whole, node: Node, own: dict[str, str]) -> Iterator[Found]:
    shown = node.marked(Shown)
    if shown is None or node.place[0] in _UNCOUNTED:
        return
    for found in _BRACES.finditer(node.value):
        yield from _filled(whole, node, shown, found[1])
    bare = _BRACES.sub("", node.value).lower()
    for term, place in own.items():
        if re.search(rf"(?<!\w){re.escape(term)}(?!\w)", bare):
            hint = "so that renaming the term reaches it"
            yield node.place, Complaint(place, f'"{term}" as written', hint=hint, is_note=True)
            return


def _filled(whole: Whole, node: Node, shown: Shown, inside: str) -> Iterator[Found]:
    root, _, key = inside.partition(".")
    words = whole.keys("word")
    if root.lower() in {"word", "words"}:
        if not PLACE.fullmatch(f"{{{inside}}}") or key not in words:
            yield (
                node.place,
                Complaint("a word of the program", quoted(key), hint=nearest(key, words)),
            )
    elif root not in shown.filled:
        roots = {"word.KEY", "words.KEY", *(f"{root}..." for root in shown.filled)}
        expected = "a place that can be filled: " + ", ".join(sorted(roots))
        yield node.place, Complaint(expected, f"{{{inside}}}")


def _own_terms(whole: Whole) -> dict[str, str]:
    """Terms that this file gives itself, longest first, and how a text should spell them."""
    about = whole.section("blueprint", AboutSection)
    words = whole.section("words", WordsSection)
    found: dict[str, str] = {}
    for key, term in ((words and about and words.get(about.language)) or {}).items():
        if (term.one, term.other) != TERMS.get(key):
            found[term.other.lower()] = f"{{words.{key}}}"
            found[term.one.lower()] = f"{{word.{key}}}"
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _anchors(whole: Whole) -> set[str]:
    return {"start", "end"} | {
        name for _, table in whole.tables(Table) for dated in table.dated() for name in dated.names
    }


def _moment(node: Node, anchors: set[str], whole: Whole) -> Iterator[Found]:
    name = node.value.anchor
    root, _, rest = name.partition(".")
    key, _, which = rest.partition(".")
    each = which == "each" and node.place[:2] == ("messaging", "reminders")
    known = {series_key(place) for place, _ in whole.tables(Series)}
    if root == "series" and key in known and (each or which == "last" or which.isdigit()):
        return
    if name not in anchors:
        offered = anchors | {f"series.{key}.{which or 'last'}" for key in known}
        expected = "start, end, phase.KEY.begins, stage.KEY.closes or series.KEY.2"
        yield node.place, Complaint(expected, quoted(name), hint=nearest(name, offered))


def _translations(whole: Whole, tables: dict[str, Any]) -> Iterator[Found]:
    section = whole.section("translations", TranslationsSection)
    if section is None or not len(section):
        return
    shown = dict(shown_paths(whole, tables))
    for language, texts in section.items():
        for path, text in texts.items():
            place = ("translations", language, path)
            if path not in shown:
                expected = "the path of a text of this file that people read"
                yield place, Complaint(expected, quoted(path), hint=nearest(path, set(shown)))
                continue
            for found in _BRACES.finditer(text):
                yield from _filled(whole, Node(place, text), shown[path], found[1])


def _calendar(whole: Whole) -> Iterator[Found]:
    """Compute the dates now: a circle or a closed day shows itself before a cohort opens."""
    program = whole.sections["program"]
    if getattr(program, "length", OPEN) == OPEN:
        return
    try:
        dates = compute(whole, SAMPLE_START)
    except NoCalendar as error:
        yield _blamed(whole, error), Complaint(error.expected, error.got)
        return
    except UnknownHolidays as error:
        expected = "ISO 3166 codes of countries or their parts, such as US or US-GA"
        yield ("program", "calendar", "holidays"), Complaint(expected, quoted(str(error)))
        return
    days = {date.key: date.begins_on for date in dates}
    for place, table in whole.tables(Table):
        names = [name for dated in table.dated() for name in dated.names]
        opens = [days[name] for name in names if name in days and name.endswith(".opens")]
        closes = [days[name] for name in names if name in days and name.endswith(".closes")]
        if opens and closes and closes[0] < opens[0]:
            expected = f"a day on or after {opens[0]}, when it opens"
            yield (*place, "closes"), Complaint(expected, f"{closes[0]}")
    counts = {key: sum(date.key == f"series.{key}" for date in dates) for key in series_of(whole)}
    for place, table in whole.tables(Promise):
        for complaint in table.sums(whole, counts):
            yield (*place, *complaint.at), complaint


def _blamed(whole: Whole, error: NoCalendar) -> Place:
    """Where the moment stands that leads nowhere, or the setting that the error names."""
    if error.moment is None or error.place != ("program",):
        return error.place
    places = (node.place for node in whole.nodes if node.value is error.moment)
    return next(places, error.place)
