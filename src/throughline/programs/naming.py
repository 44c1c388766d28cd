"""What people call the tables and values of a file: never by their path."""

from __future__ import annotations

import re
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from throughline.core.blueprint.faults import Fault, Place
from throughline.core.blueprint.leaves import Leaf
from throughline.core.blueprint.speech import Speech
from throughline.programs.blueprints import Looked, speech_of
from throughline.programs.clauses import leaves_of, parts_of, title_of

TITLES = ("title", "name", "label", "ask", "aim", "text", "say")
"""Keys of an entry that hold what people call it."""
LONGEST = 70
"""Characters of a name that are printed."""
_PATH = re.compile(r"\b[a-z_]+(?:\.[a-z0-9_-]+)+\b")
_HALVES = re.compile(r"\b(\d+) half-days\b")


def table_title(place: Place, tables: Any, speech: Speech) -> str:
    """Name a table by what its entries are called: "Application · Your title"."""
    names, here, kind = [], _below(tables, place[0]), ""
    for step in place[1:]:
        here = _below(here, step)
        is_shelf = isinstance(here, list) or (
            isinstance(here, dict) and here and all(isinstance(one, dict) for one in here.values())
        )
        if is_shelf:
            kind = kinds().get(str(step), "")
        else:
            names.append(f"{kind}: {_called(here, step)}" if kind else _called(here, step))
            kind = ""
    return speech.fill(" · ".join(names)) or _("In general")


def kinds() -> dict[str, str]:
    """Return what one entry of a list or of named tables is, by the key that holds them."""
    return {
        "balance": _("Aim"),
        "benefits": _("Benefit"),
        "completion": _("To complete"),
        "composition": _("Who should be in it"),
        "criteria": _("Criterion"),
        "eligibility": _("Who can apply"),
        "fields": _("Question"),
        "good_standing": _("Good standing"),
        "groups": _("Groups"),
        "hosts": _("Organization"),
        "onboarding": _("Task"),
        "phases": _("Phase"),
        "stages": _("Step"),
        "statements": _("Statement"),
        "es": _("Spanish"),
        "en": _("English"),
    }


def _called(entry: Any, step: str | int) -> str:
    if isinstance(entry, dict):
        for key in (*TITLES, "key"):
            if isinstance(entry.get(key), str):
                text = _spaced(entry[key]) if key in ("key", "title") else entry[key]
                return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return _("Number %(number)d") % {"number": step + 1} if isinstance(step, int) else _spaced(step)


def _spaced(key: str) -> str:
    return str(capfirst(key.replace("-", " ").replace("_", " ")))


def _below(here: Any, step: str | int) -> Any:
    try:
        return here[step]
    except (KeyError, IndexError, TypeError):
        return None


class Names:
    """Finds what people call the path of a fault, and whether a sentence holds its value."""

    def __init__(self, looked: Looked) -> None:
        self._looked = looked
        self._sentences = {
            leaf.path: clause.sentence()
            for part in parts_of(looked)
            for clause in part.clauses
            for leaf in clause.leaves
        }

    def stands_in_a_sentence(self, path: str) -> bool:
        """Whether the value can be edited among the sentences."""
        return path in self._sentences

    def of(self, path: str) -> str:
        """Name a path: by its sentence, else by its section, table and value."""
        if path in self._sentences:
            return self._sentences[path]
        section = path.partition(".")[0].partition("[")[0]
        leaf = next((one for one in self._leaves(section) if one.path == path), None)
        if leaf is None:
            table = self._table(path)
            return title_of(section) if table == path else f"{title_of(section)}: {table}"
        speech = Speech({}) if self._looked.whole is None else speech_of(self._looked.whole)
        table = table_title(leaf.place[:-1], self._looked.tables, speech)
        return f"{title_of(section)}: {table}, {leaf.label}"

    def explained(self, sentence: str) -> str:
        """Put names in the place of the paths of tables in a sentence; count in days."""
        days = _HALVES.sub(lambda found: f"{int(found[1]) / 2:g} days", sentence)
        return _PATH.sub(lambda found: self._table(found[0]), days)

    def _table(self, path: str) -> str:
        place, here = tuple(path.split(".")), self._looked.tables
        for step in place:
            here = _below(here, step)
        if not isinstance(here, dict) or self._looked.whole is None:
            return path
        return table_title(place, self._looked.tables, speech_of(self._looked.whole))

    def _leaves(self, section: str) -> list[Leaf]:
        return leaves_of(self._looked, section) if section in self._looked.models else []


def section_of(fault: Fault) -> str:
    """Return the section of the file that a fault lies in."""
    return fault.path.partition(".")[0].partition("[")[0]
