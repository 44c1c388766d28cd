"""What a person owes, from every app, in the order in which she should do it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from throughline.admissions import queries as admissions
from throughline.coaching import queries as coaching
from throughline.convenings import queries as convenings
from throughline.core.todo import ToDo
from throughline.evidence import queries as evidence
from throughline.home.queries import attention
from throughline.inquiry import queries as inquiry
from throughline.meetings import queries as meetings
from throughline.messaging import queries as messaging
from throughline.people.models import Person
from throughline.teams import queries as teams

MOST = 7
SOON = timedelta(days=3)
FAR = date.max

_ALL = (attention, admissions, coaching, convenings, evidence, inquiry, meetings, messaging, teams)


@dataclass(frozen=True, slots=True)
class NextForMe:
    """At most seven things, the minutes they take together, and how many more wait."""

    todos: Sequence[ToDo]
    minutes: int
    more: int
    soon: date


def next_for_me(person: Person, *, now: datetime) -> NextForMe:
    """Return what this person should do next: dated things first, by day, then by weight."""
    found = [todo for offer in _offers() for todo in offer(person, now=now)]
    ordered = sorted(found, key=lambda one: (one.due_on or FAR, -one.weight, one.title, one.href))
    shown = ordered[:MOST]
    return NextForMe(
        todos=shown,
        minutes=sum(one.minutes for one in shown),
        more=len(ordered) - len(shown),
        soon=now.date() + SOON,
    )


def _offers() -> list[Callable[..., Sequence[ToDo]]]:
    return [app.todo_items for app in _ALL if hasattr(app, "todo_items")]
