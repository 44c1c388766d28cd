"""What a person owes, from every app, in the order in which she should do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.admissions import queries as admissions
from throughline.coaching import queries as coaching
from throughline.convenings import queries as convenings
from throughline.core.todo import ToDo
from throughline.home.queries import attention
from throughline.inquiry import queries as inquiry
from throughline.ledger import queries as ledger
from throughline.meetings import queries as meetings
from throughline.messaging import queries as messaging
from throughline.people import queries as people
from throughline.people.models import Person
from throughline.teams import queries as teams
from throughline.ui import spelling

MOST = 7
SOON = timedelta(days=3)
FAR = date.max

_ALL = (
    attention, admissions, coaching, convenings, inquiry, ledger, meetings, messaging, people, teams,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NextForMe:
    """At most seven things, the minutes they take together, and how many more wait."""

    todos: Sequence[ToDo]
    minutes: int
    more: int
    soon: date

    @property
    def in_words(self) -> str:
        """Say how many things there are and when the first is due, in a sentence."""
        if not self.todos:
            return _("Nothing waits for you. We write when something does.")
        count = len(self.todos)
        first = self.todos[0].due_on
        said = {"n": count, "day": spelling.day(first)}
        if first is None:
            words = ngettext(
                "One thing, whenever it suits.", "%(n)d things, whenever they suit.", count
            )
        else:
            words = ngettext("One thing, by %(day)s.", "%(n)d things, the first by %(day)s.", count)
        if not self.more:
            return words % said
        more = ngettext("%(n)d more waits behind.", "%(n)d more wait behind.", self.more)
        return f"{words % said} {more % {'n': self.more}}"


def next_for_me(person: Person, *, now: datetime) -> NextForMe:
    """Return what this person should do next: dated things first, by day, then by weight."""
    return first_of([todo for app in _ALL for todo in app.todo_items(person, now=now)], now=now)


def first_of(found: Sequence[ToDo], *, now: datetime) -> NextForMe:
    """Return the first seven of what was found: dated things by day, then by weight."""
    ordered = sorted(found, key=lambda one: (one.due_on or FAR, -one.weight, one.title, one.href))
    shown = ordered[:MOST]
    return NextForMe(
        todos=shown,
        minutes=sum(one.minutes for one in shown),
        more=len(ordered) - len(shown),
        soon=now.date() + SOON,
    )
