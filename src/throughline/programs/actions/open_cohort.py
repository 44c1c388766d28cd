"""Open a cohort: its scope, seats, phases and every date that the blueprint gives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed
from throughline.core.locks import take
from throughline.people.enums import ScopeKind
from throughline.people.models import Person, Scope
from throughline.programs import hooks
from throughline.programs.blueprint import ProgramSection
from throughline.programs.calendar import Planned
from throughline.programs.enums import HolderKind, ItemKind, VersionState
from throughline.programs.models import (
    BlueprintVersion,
    CalendarItem,
    Cohort,
    CohortSeat,
    OnboardingItem,
    Phase,
    Program,
)
from throughline.programs.rules import can_import
from throughline.programs.sections import in_own_language, section
from throughline.programs.titles import phase_title, titles_of
from throughline.programs.words import words_of
from throughline.ui import spelling

OPEN = "?"
"""A number that the host still owes."""

FLOATING = frozenset({"event", "learner", "participant"})
"""Zones that nobody knows before there is a place or a learner; until then the cohort's holds."""


@transaction.atomic
def open_cohort(
    program: Program,
    *,
    version: BlueprintVersion,
    starts_on: date,
    key: str,
    label: str,
    by: Person | None,
    now: datetime,
) -> Cohort:
    """Open a cohort on this version; the same key again returns the first.

    Raises
    ------
    NotAllowed
        ``by`` is no director of the program.
    BadInput
        The blueprint still owes numbers, is not published, or no date fits.
    """
    if not (decision := can_import(by, program.scope)):
        raise NotAllowed(decision.reason)
    take(program)  # two tabs cannot open one cohort twice
    found = Cohort.objects.filter(program=program, key=key).first()
    if found is not None:
        return found
    _check(program, version)
    planned = _calendar(version, starts_on)
    settings = section(version, "program", ProgramSection)
    ends_on = max(one.ends_on for one in planned if one.key == "end")
    if not settings.cohort.overlap:
        _stands_alone(program, starts_on, ends_on)
    cohort: Cohort = Cohort.objects.create(
        network=program.network,
        scope=Scope.objects.below(program.scope, kind=ScopeKind.COHORT, label=label),
        program=program,
        version=version,
        key=key,
        label=label,
        starts_on=starts_on,
        ends_on=ends_on,
        zone=settings.calendar.zone,
    )
    trail.record(by, "opened", cohort, now=now)
    with in_own_language(version):
        _add_seats(cohort, settings.cohort.max)
        _add_calendar(cohort, planned)
        _add_onboarding(cohort)
        for heard in hooks.COHORT_OPENED:
            heard(cohort, by, now)
    return cohort


def owed_numbers(value: Any, path: str = "") -> Iterator[str]:
    """Yield the path of every number that a parsed blueprint still owes."""
    if value == OPEN:
        yield path
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from owed_numbers(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for place, inner in enumerate(value, 1):
            name = inner.get("key", place) if isinstance(inner, dict) else place
            yield from owed_numbers(inner, f"{path}[{name}]")


def _check(program: Program, version: BlueprintVersion) -> None:
    if version.program_id != program.pk or version.state != VersionState.PUBLISHED:
        raise BadInput(_("Choose a published version of this program."), field="version")
    owed = list(owed_numbers(version.parsed))
    if owed:
        raise BadInput(
            _("The blueprint still owes these numbers: %(paths)s. Fill them in first.")
            % {"paths": ", ".join(owed)},
            field="version",
        )


def _stands_alone(program: Program, starts_on: date, ends_on: date) -> None:
    """Refuse a cohort that would run beside another where the program allows one at a time."""
    beside = Cohort.objects.filter(
        program=program, starts_on__lte=ends_on, ends_on__gte=starts_on
    ).first()
    if beside is not None:
        raise BadInput(
            _("This program runs one cohort at a time, and %(cohort)s runs until %(day)s.")
            % {"cohort": beside.label, "day": spelling.day(beside.ends_on)},
            field="starts_on",
        )


def _calendar(version: BlueprintVersion, starts_on: date) -> Sequence[Planned]:
    if hooks.LOAD is None:
        raise RuntimeError("composition has not said how blueprints are loaded")
    try:
        return hooks.LOAD(version.source).calendar(starts_on)
    except ValueError as error:
        raise BadInput(str(error), field="starts_on") from error


def _add_seats(cohort: Cohort, most: object) -> None:
    places = most if isinstance(most, int) else 0
    CohortSeat.objects.bulk_create(
        CohortSeat(network_id=cohort.network_id, cohort=cohort, number=number)
        for number in range(1, places + 1)
    )


def _add_calendar(cohort: Cohort, planned: Sequence[Planned]) -> None:
    titles = titles_of(cohort.version)
    phases = [one for one in planned if one.key.startswith("phase.")]
    Phase.objects.bulk_create(
        Phase(
            network_id=cohort.network_id,
            cohort=cohort,
            key=one.key.removeprefix("phase."),
            title=phase_title(cohort.version, one.key.removeprefix("phase.")),
            from_on=one.begins_on,
            to_on=one.ends_on,
        )
        for one in phases
    )
    CalendarItem.objects.bulk_create(
        CalendarItem(
            network_id=cohort.network_id, cohort=cohort, **fields_of_date(cohort, one, titles)
        )
        for one in planned
        if not one.key.startswith("phase.")
    )


def fields_of_date(cohort: Cohort, one: Planned, titles: Mapping[str, str]) -> dict[str, Any]:
    """Return what a planned date is in the calendar of this cohort; ``titles`` are by key."""
    return {
        "key": one.key if not one.number else f"{one.key}.{one.number}",
        "series": one.key.removeprefix("series.") if one.number else "",
        "number": one.number,
        "kind": _kind(one),
        "title": titles[one.key],
        "computed_on": one.begins_on,
        "ends_on": one.ends_on,
        "zone": cohort.zone if one.zone in FLOATING else one.zone,
        "starts_local": one.time,
        "half_days": one.half_days,
        "minutes": one.minutes,
        "moved_because": one.moved_because,
    }


def _kind(one: Planned) -> ItemKind:
    if one.number:
        return ItemKind.SERIES
    if one.key.startswith(("stage.", "report.", "capstone")):
        return ItemKind.DEADLINE
    return ItemKind.DAY


def _add_onboarding(cohort: Cohort) -> None:
    """Copy the list that ``admissions`` keeps for newcomers; who has no such table has no list."""
    words = words_of(cohort.version)
    items = cohort.version.parsed.get("admissions", {}).get("onboarding", [])
    OnboardingItem.objects.bulk_create(
        OnboardingItem(
            network_id=cohort.network_id,
            cohort=cohort,
            key=item["key"],
            words=words.fill(item["title"])[:300],
            holder_kind=HolderKind.PERSON,
            minutes=item.get("minutes", 5),
        )
        for item in items
    )
