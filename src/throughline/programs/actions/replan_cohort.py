"""Move what has not happened: to another first day, or to another version of the blueprint."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.people.models import Person
from throughline.programs import hooks
from throughline.programs.actions.move_cohort import keep_words
from throughline.programs.actions.open_cohort import fields_of_date, owed_numbers
from throughline.programs.blueprint import ProgramSection
from throughline.programs.enums import PUBLIC_COHORT_STATES, CohortState, VersionState
from throughline.programs.models import (
    BlueprintUpgrade,
    BlueprintVersion,
    CalendarItem,
    Cohort,
    CohortSeat,
    Phase,
)
from throughline.programs.replanning import STAYS, Fate, Shift, plan_of, shifts_of
from throughline.programs.rules import can_import
from throughline.programs.sections import in_own_language, section
from throughline.programs.titles import key_of, phase_title, titles_of
from throughline.programs.upgrading import changes_between


@transaction.atomic
def move_start(
    cohort: Cohort, starts_on: date, *, by: Person | None, now: datetime, reason: str = ""
) -> Cohort:
    """Give a cohort that has not begun another first day; everything not pinned follows.

    The same day again changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` is no director of the cohort.
    WrongState
        The cohort has begun, or somebody changed it a moment ago.
    BadInput
        The day has passed, or no dates fit it.
    """
    if not (decision := can_import(by, cohort.scope)):
        raise NotAllowed(decision.reason)
    if starts_on == cohort.starts_on:
        return cohort
    if starts_on <= now.date():
        raise BadInput(_("Choose a first day that lies ahead."), field="starts_on")
    shifts = shifts_of(cohort, version=cohort.version, starts_on=starts_on, today=now.date())
    planned = plan_of(cohort.version, starts_on)
    moved = Cohort.objects.filter(
        pk=cohort.pk,
        revision=cohort.revision,
        starts_on__gt=now.date(),
        state__in=[CohortState.PLANNED, CohortState.RECRUITING],
    ).update(
        starts_on=starts_on,
        ends_on=next(one.ends_on for one in planned if one.key == "end"),
        revision=F("revision") + 1,
    )
    if not moved:
        raise WrongState(_("This cohort has begun, or somebody changed it a moment ago."))
    cohort.refresh_from_db()
    trail.record(by, "moved", cohort, now=now, fields=["starts_on"], reason=reason)
    with in_own_language(cohort.version):
        _apply(cohort, shifts)
        _follow_phases(cohort, now=now)
        for heard in hooks.COHORT_REPLANNED:
            heard(cohort, by, now)
    return cohort


@transaction.atomic
def upgrade_cohort(
    cohort: Cohort, version: BlueprintVersion, *, by: Person | None, now: datetime
) -> Cohort:
    """Let an open cohort go on under a later version, after a person has read what changes.

    Words follow at once; dates that lie ahead and are not pinned move; places are added; promises
    that grew are granted. Nothing that happened is rewritten. The same version again changes
    nothing.

    Raises
    ------
    NotAllowed
        ``by`` is no director of the cohort.
    BadInput
        The version is not published, not later, owes numbers, or belongs to another program.
    WrongState
        Somebody changed the cohort a moment ago.
    """
    if not (decision := can_import(by, cohort.scope)):
        raise NotAllowed(decision.reason)
    left = cohort.version
    if version.pk == left.pk:
        return cohort
    _check(cohort, version)
    shifts = shifts_of(cohort, version=version, starts_on=cohort.starts_on, today=now.date())
    moved = Cohort.objects.filter(pk=cohort.pk, version=left, revision=cohort.revision).update(
        version=version, revision=F("revision") + 1
    )
    if not moved:
        raise WrongState(_("Somebody changed this cohort a moment ago. Read again what changes."))
    cohort = Cohort.objects.select_related("version", "program", "scope").get(pk=cohort.pk)
    with in_own_language(version):
        _apply(cohort, shifts)
        _rename(cohort, now=now)
        _follow_phases(cohort, now=now)
        _follow_seats(cohort)
    BlueprintUpgrade.objects.create(
        network_id=cohort.network_id,
        cohort=cohort,
        left=left,
        joined=version,
        diff=[[one.path, one.before, one.after] for one in changes_between(left, version)],
        decided_by=by,
        applied_at=now,
    )
    if cohort.state in PUBLIC_COHORT_STATES:
        keep_words(cohort)
    trail.record(by, "upgraded", cohort, now=now, fields=["version"])
    with in_own_language(version):
        for heard in hooks.COHORT_REPLANNED:
            heard(cohort, by, now)
    return cohort


def _check(cohort: Cohort, version: BlueprintVersion) -> None:
    if version.program_id != cohort.program_id or version.state != VersionState.PUBLISHED:
        raise BadInput(_("Choose a published version of this program."), field="version")
    if version.number < cohort.version.number:
        raise BadInput(_("A cohort goes on under a later version, never back."), field="version")
    if owed := list(owed_numbers(version.parsed)):
        raise BadInput(
            _("The blueprint still owes these numbers: %(paths)s. Fill them in first.")
            % {"paths": ", ".join(owed)},
            field="version",
        )


def _apply(cohort: Cohort, shifts: Sequence[Shift]) -> None:
    titles = titles_of(cohort.version)
    for shift in shifts:
        if shift.fate in STAYS:
            continue
        if shift.fate is Fate.GONE:
            CalendarItem.objects.filter(cohort=cohort, key=shift.key, happened=False).delete()
        elif shift.planned is not None:
            fields = fields_of_date(cohort, shift.planned, titles)
            CalendarItem.objects.update_or_create(
                cohort=cohort, key=fields.pop("key"),
                defaults={"network_id": cohort.network_id, **fields},
            )  # fmt: skip


def _rename(cohort: Cohort, *, now: datetime) -> None:
    """Let the titles of dates that lie ahead use today's words."""
    titles = titles_of(cohort.version)
    ahead = CalendarItem.objects.filter(cohort=cohort, happened=False)
    for item in ahead:
        title = titles.get(key_of(item), item.title)
        if item.on > now.date() and item.title != title:
            CalendarItem.objects.filter(pk=item.pk).update(title=title)


def _follow_phases(cohort: Cohort, *, now: datetime) -> None:
    """Let phases that are not over follow the plan; one that is over keeps its days."""
    planned = {
        one.key.removeprefix("phase."): one
        for one in plan_of(cohort.version, cohort.starts_on)
        if one.key.startswith("phase.")
    }
    over = set(
        Phase.objects.filter(cohort=cohort, to_on__lt=now.date()).values_list("key", flat=True)
    )
    for key, one in planned.items():
        title = phase_title(cohort.version, key)
        days = {} if key in over else {"from_on": one.begins_on, "to_on": one.ends_on}
        Phase.objects.update_or_create(
            cohort=cohort, key=key,
            defaults={"title": title, **days},
            create_defaults={
                "network_id": cohort.network_id, "title": title,
                "from_on": one.begins_on, "to_on": one.ends_on,
            },
        )  # fmt: skip
    Phase.objects.filter(cohort=cohort).exclude(key__in=[*planned, *over]).delete()


def _follow_seats(cohort: Cohort) -> None:
    """Add places up to the new most; take away only places that nobody has."""
    most = section(cohort.version, "program", ProgramSection).cohort.max
    if not isinstance(most, int):
        return
    seats = CohortSeat.objects.filter(cohort=cohort, is_extra=False)
    numbers = set(CohortSeat.objects.filter(cohort=cohort).values_list("number", flat=True))
    missing = most - seats.count()
    free = [number for number in range(1, most + len(numbers) + 1) if number not in numbers]
    CohortSeat.objects.bulk_create(
        CohortSeat(network_id=cohort.network_id, cohort=cohort, number=number)
        for number in free[: max(missing, 0)]
    )
    if missing < 0:
        nobody = seats.filter(engagement__isnull=True, person__isnull=True).order_by("-number")
        CohortSeat.objects.filter(
            pk__in=list(nobody.values_list("pk", flat=True)[:-missing])
        ).delete()
