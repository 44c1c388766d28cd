"""What changes if one district gives its seat to another. Nothing is decided by looking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.admissions.enums import AssignmentState, ReviewState
from throughline.admissions.models import Score
from throughline.admissions.selection import Placed, Selection
from throughline.admissions.weighing import broken


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a comparison: with the district that has the seat, and with the other."""

    label: str
    now: str
    then: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What changes if one district gives its seat to another. Nothing is decided by it."""

    out: Placed
    into: Placed
    changes: list[Change]
    newly_broken: list[str]
    still_broken: list[str]
    mended: list[str]


def what_if(shown: Selection, out: str, into: str) -> WhatIf | None:
    """Compare the list with one in which two change places; nothing if they cannot. One query.

    Nothing either for a reader to whom an application is closed: sums and rules would tell of it.
    """
    rows = {one.application.ref: one for one in shown.rows}
    is_swap = out in shown.seat_refs and into in rows and into not in shown.seat_refs
    if not (is_swap and shown.is_whole):
        return None
    leaves, comes = rows[out], rows[into]
    then = [into if ref == out else ref for ref in shown.seat_refs]
    before = {one.key: one.words for one in broken(shown)}
    after = {one.key: one.words for one in broken(shown, then)}
    return WhatIf(
        leaves,
        comes,
        list(_changes(shown, leaves, comes)),
        [words for key, words in after.items() if key not in before],
        [words for key, words in after.items() if key in before],
        [words for key, words in before.items() if key not in after],
    )


def _changes(shown: Selection, out: Placed, into: Placed) -> Iterator[Change]:
    if out.mean is not None and into.mean is not None:
        now = sum(one.mean or 0 for one in shown.seats)
        yield Change(_("Sum of the means"), f"{now:.2f}", _moved(now, now - out.mean + into.mean))
    yield Change(_("State"), *_states(shown, out, into))
    yield Change(_("Graduating class"), _class(out), _class(into))
    if out.facts.locale or into.facts.locale:
        yield Change(
            _("Kind of place"), out.facts.locale_words or "–", into.facts.locale_words or "–"
        )
    each = _criteria([out, into])
    for label, pick in ((_("Strongest criterion"), max), (_("Weakest criterion"), min)):
        yield Change(label, _criterion(each, out, pick), _criterion(each, into, pick))


def _moved(now: float, then: float) -> str:
    moved = {"sum": f"{then:.2f}", "points": f"{abs(then - now):.2f}"}
    if moved["points"] == "0.00":
        return _("%(sum)s, no change") % moved
    return (_("%(sum)s, %(points)s more") if then > now else _("%(sum)s, %(points)s less")) % moved


def _states(shown: Selection, out: Placed, into: Placed) -> tuple[str, str]:
    """Say how many states have a seat in each list, and which comes or goes."""
    now = [one.facts.state for one in shown.seats]
    then = [one.facts.state for one in shown.seats if one is not out] + [into.facts.state]
    said = []
    if out.facts.state not in then:
        said.append(_("%(state)s leaves") % {"state": out.facts.state})
    if (count := then.count(into.facts.state)) > 1:
        said.append(_("%(state)s has %(count)d") % {"state": into.facts.state, "count": count})
    elif into.facts.state not in now:
        said.append(_("%(state)s joins") % {"state": into.facts.state})
    after = _seated(into, then)
    return _seated(out, now), "; ".join([after, *said])


def _seated(one: Placed, states: Sequence[str]) -> str:
    count = len({state for state in states if state})
    return ngettext("%(state)s; one state seated", "%(state)s; %(count)d states seated", count) % {
        "state": one.facts.state or "–",
        "count": count,
    }


def _class(one: Placed) -> str:
    if (found := one.facts.graduating) is None:
        return _("No figure published here")
    return _("%(students)s students, %(year)s") % {
        "students": found.students_words, "year": found.year_words,
    }  # fmt: skip


def _criteria(rows: Sequence[Placed]) -> dict[int, list[tuple[str, float]]]:
    """Return each criterion's mean over the readers, by application, in the rubric's order."""
    found: dict[int, list[tuple[str, float]]] = {one.application.pk: [] for one in rows}
    means = (
        Score.objects.filter(
            review__assignment__application__in=found,
            review__assignment__state=AssignmentState.PUBLISHED,
            review__state=ReviewState.SUBMITTED,
        )
        .values_list("review__assignment__application", "criterion__position", "criterion__label")
        .annotate(mean=Avg("level__points"))
        .order_by("criterion__position")
    )
    for application, _position, label, mean in means:
        found[application].append((label, mean))
    return found


def _criterion(each: dict[int, list[tuple[str, float]]], one: Placed, pick: Any) -> str:
    if not (given := each[one.application.pk]):
        return "–"
    label, mean = pick(given, key=lambda pair: pair[1])
    return f"{label}, {mean:.1f}"
