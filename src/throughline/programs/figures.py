"""The numbers that a draft moves: days, nights, sizes of teams, words, and whom that meets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.blueprint.speech import Speech
from throughline.core.blueprint.whole import Whole
from throughline.people.blueprint import PeopleSection
from throughline.programs import hooks
from throughline.programs.blueprint import ProgramSection
from throughline.programs.calendar import Planned, series_of
from throughline.programs.drafts import Draft

LISTED = 4
"""So many sizes of a team are listed one by one."""


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that differs: what it is, a line about how, and the paths that say it."""

    title: str
    note: str
    paths: frozenset[str] = frozenset()


def days_and_nights(
    old: Whole, new: Whole, before: Sequence[Planned], after: Sequence[Planned], speech: Speech
) -> Iterator[Move]:
    """Say how many days each participant spends in convenings, and how many nights away."""
    halves = _halves(old, before), _halves(new, after)
    if halves[0] != halves[1]:
        title = _("%(after)s program days, not %(before)s") % {
            "before": _in_days(halves[0]), "after": _in_days(halves[1]),
        }  # fmt: skip
        note = _("%(number)d half-days to mark for each %(participant)s") % {
            "number": halves[1], "participant": speech.one("participant"),
        }  # fmt: skip
        yield Move(title, note, frozenset(_lengths(new)))
    places = _places(new)
    more = (_nights(new, after) - _nights(old, before)) * places
    if more and _lodges(new):
        title = ngettext(
            "%(number)d more hotel night", "%(number)d more hotel nights", more
        ) if more > 0 else ngettext(
            "%(number)d fewer hotel night", "%(number)d fewer hotel nights", -more
        )  # fmt: skip
        note = _("For %(places)d %(participants)s") % {
            "places": places, "participants": speech.other("participant"),
        }  # fmt: skip
        yield Move(title % {"number": abs(more)}, note)


def sizes(draft: Draft, speech: Speech) -> Iterator[Move]:
    """Say which sizes of a team may start now, and which no longer."""
    keys = {one.steps[2] for one in draft.changes if one.is_in("teams", "rings", "*", "*")}
    for key in sorted(keys):
        old, new = _ring(draft.base_looked, key), _ring(draft.looked, key)
        if old is None or new is None or old[:2] == new[:2]:
            continue
        path = f"teams.rings.{key}"
        note = _("Was %(before)s") % {"before": f"{old[0]}–{old[1]}"}
        for sizes_, sentence in (
            (new[2] - old[2], _("%(teams)s of %(sizes)s can start")),
            (old[2] - new[2], _("%(teams)s of %(sizes)s can no longer start")),
        ):
            if sizes_:
                teams = capfirst(speech.other(new[3]))
                title = sentence % {"teams": teams, "sizes": _listed(sorted(sizes_))}
                yield Move(title, note, frozenset({f"{path}.min", f"{path}.max"}))


def renamed(draft: Draft) -> Iterator[Move]:
    """Say which words are others now."""
    for one in draft.changes:
        if one.is_in("words", "*", "*", "one") and one.before and one.after:
            title = _("“%(after)s”, not “%(before)s”") % {
                "before": one.before, "after": capfirst(one.after),
            }  # fmt: skip
            note = _("On every page, letter and report; old documents keep the old word")
            path = one.path.rpartition(".")[0]
            yield Move(title, note, frozenset({f"{path}.one", f"{path}.other"}))


def for_whom(draft: Draft, today: date) -> Iterator[Move]:
    """Say whom it would meet in a cohort that runs, if the cohort went on under the draft."""
    if draft.looked.blueprint is None:
        return
    for cohort in draft.version.program.cohorts.filter(ends_on__gte=today).order_by("starts_on"):
        note = _("In %(cohort)s, if it goes on under this version") % {"cohort": cohort.label}
        for ask in hooks.UPGRADE_FOR_WHOM:
            for line in ask(cohort, draft.version):
                yield Move(line, note)


def _convenings(whole: Whole) -> dict[str, Any]:
    return {
        key: series for key, (place, series) in series_of(whole).items()
        if place[0] == "convenings"
    }  # fmt: skip


def _lengths(whole: Whole) -> list[str]:
    return [
        f"convenings.series.{key}.{name}"
        for key in _convenings(whole)
        for name in ("length", "count")
    ]


def _halves(whole: Whole, planned: Sequence[Planned]) -> int:
    found = _convenings(whole)
    return sum(one.half_days or 0 for one in planned if _key(one) in found)


def _nights(whole: Whole, planned: Sequence[Planned]) -> int:
    away = {key for key, one in _convenings(whole).items() if "in person" in one.mode}
    return sum((one.ends_on - one.begins_on).days for one in planned if _key(one) in away)


def _key(planned: Planned) -> str:
    return planned.key.removeprefix("series.")


def _places(whole: Whole) -> int:
    program = whole.section("program", ProgramSection)
    most = program.cohort.max if program else 0
    return most if isinstance(most, int) else 0


def _lodges(whole: Whole) -> bool:
    people = whole.section("people", PeopleSection)
    return people is not None and any("lodging" in one.covered for one in people.roles.values())


def _in_days(halves: int) -> str:
    return f"{(Decimal(halves) / 2).normalize():f}"


def _ring(looked: Any, key: str) -> tuple[int, int, set[int], str] | None:
    ring = (looked.tables if looked else {}).get("teams", {}).get("rings", {}).get(key, {})
    least, most = ring.get("min"), ring.get("max")
    if not (isinstance(least, int) and isinstance(most, int)):
        return None
    return least, most, set(range(least, most + 1)), ring.get("word", "team")


def _listed(numbers: list[int]) -> str:
    if len(numbers) > LISTED:
        return _("%(low)s to %(high)s") % {"low": numbers[0], "high": numbers[-1]}
    *most, last = map(str, numbers)
    return _("%(some)s or %(last)s") % {"some": ", ".join(most), "last": last} if most else last
