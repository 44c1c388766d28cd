"""What a draft moves: dates and values, in sentences, before anything is published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.blueprint.amounts import parse_amount
from throughline.core.blueprint.difference import Change
from throughline.core.blueprint.speech import Speech
from throughline.programs import figures
from throughline.programs.almanac import UnknownHolidays
from throughline.programs.blueprints import Looked, speech_of
from throughline.programs.calendar import NoCalendar, Planned, compute
from throughline.programs.clauses import before_in_words, parts_of, title_of, typed_in
from throughline.programs.drafts import Draft
from throughline.programs.figures import Move
from throughline.programs.models import Program
from throughline.programs.shelf import DatedLine
from throughline.ui import spelling

SHOWN = 60
"""Characters of a value that are printed."""
AHEAD = timedelta(days=270)
"""How far ahead a first cohort is imagined to start."""


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
    except (NoCalendar, UnknownHolidays) as error:
        return [], _("No calendar fits this start: %(why)s.") % {"why": error}
    speech = speech_of(looked.whole)
    return [
        DatedLine(one.begins_on, one.ends_on, capfirst(speech.fill(one.title)), one.moved_because)
        for one in planned
        if not one.key.startswith("phase.")
    ], ""


def moves_of(draft: Draft, starts_on: date, today: date) -> list[Move]:
    """Return what differs from the version before: numbers first, then sentences, dates, values."""
    old = draft.base_looked.whole if draft.base_looked is not None else None
    new = draft.looked.whole
    if new is None or old is None:
        return []
    speech = speech_of(new)
    try:
        before, after = compute(old, starts_on), compute(new, starts_on)
    except (NoCalendar, UnknownHolidays):
        before = after = []
    found = [
        *figures.days_and_nights(old, new, before, after, speech),
        *figures.sizes(draft, speech),
        *figures.for_whom(draft, today),
        *figures.renamed(draft),
    ]
    found += _sentences(draft, {path for one in found for path in one.paths})
    said_already = {path for one in found for path in one.paths}
    values = [_value(one, speech) for one in draft.changes if one.path not in said_already]
    return [*found, *_dates(before, after, speech), *values]


def _sentences(draft: Draft, covered: set[str]) -> list[Move]:
    """Say each sentence that reads differently now, unless a number has said so."""
    before = typed_in(draft.base_looked)
    found = []
    for part in parts_of(draft.looked):
        for clause in part.clauses:
            changed = [
                leaf
                for leaf in clause.leaves
                if leaf.path in before
                and before[leaf.path] != leaf.typed()
                and leaf.path not in covered
            ]
            if changed:
                was = ", ".join(before_in_words(leaf, before[leaf.path]) for leaf in changed)
                paths = frozenset(leaf.path for leaf in changed)
                note = _("Was %(before)s") % {"before": was}
                found.append(Move(clause.sentence(), note, paths))
    return found


def _dates(before: Sequence[Planned], after: Sequence[Planned], speech: Speech) -> list[Move]:
    """Say which dates differ: those of one series together, by the first of them."""
    old, new = ({_id(one): one for one in planned} for planned in (before, after))
    groups: dict[str, list[Move]] = {}
    for key, one in [*new.items(), *(pair for pair in old.items() if pair[0] not in new)]:
        if (note := _moved(old.get(key), new.get(key))) and not one.key.startswith("phase."):
            groups.setdefault(one.key, []).append(Move(_titled(one, speech), note))
    return [_together(group) for group in groups.values()]


def _moved(old: Planned | None, new: Planned | None) -> str:
    """Say how a date differs, or nothing."""
    if new is None or old is None:
        if new is None:
            return _("No longer takes place")
        return _("New: %(days)s") % {"days": spelling.days(new.begins_on, new.ends_on)}
    if (old.begins_on, old.ends_on) == (new.begins_on, new.ends_on):
        return ""
    return _("%(before)s becomes %(after)s") % {
        "before": spelling.days(old.begins_on, old.ends_on),
        "after": spelling.days(new.begins_on, new.ends_on),
    }


def _together(group: list[Move]) -> Move:
    first = group[0]
    if len(group) == 1:
        return first
    more = ngettext("and %(number)d more", "and %(number)d more", len(group) - 1)
    title = f"{first.title} {more % {'number': len(group) - 1}}"
    return Move(title, first.note)


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
        return spelling.amount(parse_amount(text))
    except ValueError:
        return text
