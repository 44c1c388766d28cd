"""What a draft moves: dates and values, in sentences, before anything is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from throughline.core.blueprint.amounts import parse_amount
from throughline.core.blueprint.difference import Change
from throughline.core.blueprint.speech import Speech
from throughline.programs.blueprints import Looked, speech_of
from throughline.programs.calendar import NoCalendar, Planned, compute
from throughline.programs.clauses import parts_of, title_of, typed_in
from throughline.programs.drafts import Draft
from throughline.programs.models import Program
from throughline.programs.shelf import DatedLine
from throughline.ui import spelling

SHOWN = 60
"""Characters of a value that are printed."""
AHEAD = timedelta(days=270)
"""How far ahead a first cohort is imagined to start."""


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that differs: what it is, and a line about how."""

    title: str
    note: str


def first_day_after(program: Program, today: date) -> date:
    """Return the day on which the next cohort may start: the day after the last ends, or a Monday."""
    last = program.cohorts.order_by("-ends_on").values_list("ends_on", flat=True).first()
    day = max(last + timedelta(days=1), today) if last else today + AHEAD
    return day + timedelta(days=-day.weekday() % 7)


def dates_of(looked: Looked, starts_on: date) -> tuple[list[DatedLine], str]:
    """Return every date of a cohort that starts on this day, or a sentence why there are none."""
    if looked.whole is None:
        return [], ""
    try:
        planned = compute(looked.whole, starts_on)
    except NoCalendar as error:
        return [], _("No calendar fits this start: %(why)s.") % {"why": error}
    speech = speech_of(looked.whole)
    return [
        DatedLine(one.begins_on, one.ends_on, capfirst(speech.fill(one.title)), one.moved_because)
        for one in planned
        if not one.key.startswith("phase.")
    ], ""


def moves_of(draft: Draft, starts_on: date) -> list[Move]:
    """Return what differs from the version before: dates first, then values."""
    if draft.looked.whole is None or draft.base_looked is None:
        return []
    speech = speech_of(draft.looked.whole)
    said, paths = _sentences(draft)
    return [
        *said,
        *_dates(draft, speech, starts_on),
        *(_value(one, speech) for one in draft.changes if one.path not in paths),
    ]


def _sentences(draft: Draft) -> tuple[list[Move], set[str]]:
    """Say each sentence that reads differently now, and which paths that covers."""
    before = typed_in(draft.base_looked)
    found, paths = [], set()
    for part in parts_of(draft.looked):
        for clause in part.clauses:
            changed = {
                leaf.path: before[leaf.path]
                for leaf in clause.leaves
                if leaf.path in before and before[leaf.path] != leaf.typed()
            }
            if changed:
                was = ", ".join(old or _("nothing") for old in changed.values())
                found.append(Move(clause.sentence(), _("Was %(before)s") % {"before": was}))
                paths |= set(changed)
    return found, paths


def _dates(draft: Draft, speech: Speech, starts_on: date) -> Sequence[Move]:
    if draft.looked.whole is None or draft.base_looked is None or draft.base_looked.whole is None:
        return []
    try:
        before = {_id(one): one for one in compute(draft.base_looked.whole, starts_on)}
        after = {_id(one): one for one in compute(draft.looked.whole, starts_on)}
    except NoCalendar:
        return []
    found = []
    for key, one in after.items():
        old = before.get(key)
        if old is not None and (old.begins_on, old.ends_on) != (one.begins_on, one.ends_on):
            note = _("%(before)s becomes %(after)s") % {
                "before": spelling.days(old.begins_on, old.ends_on),
                "after": spelling.days(one.begins_on, one.ends_on),
            }
            found.append(Move(_titled(one, speech), note))
        elif old is None:
            note = _("New: %(days)s") % {"days": spelling.days(one.begins_on, one.ends_on)}
            found.append(Move(_titled(one, speech), note))
    found.extend(
        Move(_titled(old, speech), _("No longer takes place"))
        for key, old in before.items()
        if key not in after
    )
    return found


def _id(one: Planned) -> str:
    return f"{one.key}.{one.number}"


def _titled(one: Planned, speech: Speech) -> str:
    title = capfirst(speech.fill(one.title))
    return f"{title} {one.number}" if one.number and str(one.number) not in title else title


def _value(change: Change, speech: Speech) -> Move:
    note = _("%(before)s becomes %(after)s") % {
        "before": said(change.before, speech), "after": said(change.after, speech),
    }  # fmt: skip
    if change.before is None and isinstance(change.after, dict):
        note = _("New")
    if change.after is None and isinstance(change.before, dict):
        note = _("Taken out")
    return Move(_named(change), note)


def _named(change: Change) -> str:
    """Name a path as people read it: "Teams: design team, min"."""
    rest = ", ".join(step.replace("-", " ").replace("_", " ") for step in change.steps[1:])
    return f"{title_of(change.section)}: {rest}" if rest else title_of(change.section)


def said(value: Any, speech: Speech | None = None) -> str:
    """Say a value of the file in quotes, short; a table is just another one."""
    if value is None or value == []:
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = ", ".join(value)
    if isinstance(value, list | dict):
        return _("another table")
    text = _in_words(speech.fill(str(value)) if speech else str(value))
    return f"“{text}”" if len(text) <= SHOWN else f"“{text[: SHOWN - 1]}…”"


def _in_words(text: str) -> str:
    """Say an amount as people do: "10 days", not "20 half-days"."""
    try:
        return parse_amount(text).words()
    except ValueError:
        return text
