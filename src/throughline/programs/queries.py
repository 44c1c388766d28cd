"""Reads that serve the pages of programs."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.blueprint.moments import Span
from throughline.people.models import Person, RoleAssignment
from throughline.programs import hooks
from throughline.programs.almanac import add_months
from throughline.programs.blueprint import ProgramSection
from throughline.programs.enums import (
    ENGAGEMENT_MAY_BECOME,
    CohortState,
    EngagementState,
    VersionState,
)
from throughline.programs.models import (
    BlueprintVersion,
    CalendarItem,
    Cohort,
    CohortSeat,
    DistrictEngagement,
    OnboardingItem,
    Program,
    Succession,
)
from throughline.programs.rules import LEADS
from throughline.programs.sections import section
from throughline.programs.titles import told_phase
from throughline.ui.navigation import NavItem


@dataclass(frozen=True, slots=True)
class DistrictLine:
    """A district of a cohort: its seat, if it has one, and who leads it now."""

    engagement: DistrictEngagement
    seat: CohortSeat | None
    leads: list[Person]
    followed: int


def cohorts_of_staff(person: Person) -> QuerySet[Cohort]:
    """Return cohorts that this person administers, newest first, with their counts and the newest version."""
    return (
        Cohort.objects.staffed_by(person)
        .select_related("program", "version")
        .annotate(
            places=Count("seats", distinct=True),
            taken=Count(
                "seats",
                filter=Q(seats__engagement__isnull=False) | Q(seats__person__isnull=False),
                distinct=True,
            ),
            newest=Max(
                "program__versions__number",
                filter=Q(program__versions__state=VersionState.PUBLISHED),
            ),
        )
        .order_by("-starts_on", "pk")
    )


def next_cohort(cohort: Cohort, today: date) -> dict[str, str]:
    """Return what the form for the following cohort begins with: program, first day and label.

    It starts when the program says that a new one does, or after this one's last day; and never in
    the past.
    """
    every = section(cohort.version, "program", ProgramSection).cohort.every
    begins = _after(cohort.starts_on, every) if every else cohort.ends_on + timedelta(days=1)
    begins = max(begins, today + timedelta(days=1))
    begins += timedelta(days=-begins.weekday() % 7)
    return {
        "program": cohort.program.key,
        "starts_on": begins.isoformat(),
        "label": _next_label(cohort.label),
    }


def _after(day: date, span: Span) -> date:
    months = span.number * {"month": 1, "year": 12}.get(span.unit, 0)
    days = span.number * {"week": 7, "day": 1, "working day": 1}.get(span.unit, 0)
    return add_months(day, months) + timedelta(days=days)


def _next_label(label: str) -> str:
    """Return "Cohort 5" for "Cohort 4", and a label without a number with a 2."""
    found = re.search(r"(\d+)(?=\D*$)", label)
    if found is None:
        return f"{label} 2"
    return f"{label[: found.start()]}{int(found[1]) + 1}{label[found.end() :]}"


def published_version(person: Person, ref: str, number: int) -> BlueprintVersion | None:
    """Return a published version of a program that this person administers. One query."""
    programs = Program.objects.visible_to(person).staffed_by(person).filter(ref=ref)
    return (
        BlueprintVersion.objects.filter(
            program__in=programs, number=number, state=VersionState.PUBLISHED
        )
        .select_related("program", "network")
        .first()
    )


def later_versions(person: Person, cohort: Cohort) -> list[BlueprintVersion]:
    """Return the versions under which a cohort of hers may go on, newest first. One query."""
    programs = Program.objects.visible_to(person).staffed_by(person).filter(pk=cohort.program_id)
    later = BlueprintVersion.objects.filter(
        program__in=programs, state=VersionState.PUBLISHED, number__gt=cohort.version.number
    )
    return list(later.order_by("-number"))


def later_version(cohort: Cohort) -> int | None:
    """Return the number of the newest published version after the cohort's, if there is one."""
    later = BlueprintVersion.objects.filter(
        program=cohort.program_id, state=VersionState.PUBLISHED, number__gt=cohort.version.number
    )
    return later.order_by("-number").values_list("number", flat=True).first()


def districts_of(person: Person, cohort: Cohort) -> list[DistrictLine]:
    """Return the districts of a cohort that ``person`` sees, by state and name. Three queries."""
    engagements = list(
        DistrictEngagement.objects.visible_to(person)
        .filter(cohort=cohort)
        .select_related("district__place", "seat")
        .order_by("district__name", "pk")
    )
    leads = leads_of([one.scope_id for one in engagements])
    followed = Counter(
        Succession.objects.filter(engagement__in=engagements).values_list("engagement", flat=True)
    )
    order = {state: place for place, state in enumerate(_SHOWN_FIRST)}
    lines = [
        DistrictLine(
            engagement=one,
            seat=getattr(one, "seat", None),
            leads=leads.get(one.scope_id, []),
            followed=followed[one.pk],
        )
        for one in engagements
    ]
    return sorted(lines, key=lambda line: order[EngagementState(line.engagement.state)])


_SHOWN_FIRST = [
    EngagementState.ACTIVE,
    EngagementState.PAUSED,
    EngagementState.OFFERED,
    *(state for state in ENGAGEMENT_MAY_BECOME if state not in {"active", "paused", "offered"}),
]


def leads_of(scopes: list[int]) -> dict[int, list[Person]]:
    """Return who leads each district now, by the id of its scope. One query."""
    found: dict[int, list[Person]] = defaultdict(list)
    held = (
        RoleAssignment.objects.live()
        .filter(scope__in=scopes, role__in=LEADS)
        .select_related("person")
        .order_by("pk")
    )
    for assignment in held:
        if assignment.person not in found[assignment.scope_id]:
            found[assignment.scope_id].append(assignment.person)
    return dict(found)


def calendar_of(person: Person, cohort: Cohort) -> list[CalendarItem]:
    """Return the dates of a cohort that ``person`` sees, in order. One query."""
    seen = Cohort.objects.visible_to(person).filter(pk=cohort.pk)
    items = CalendarItem.objects.filter(cohort__in=seen)
    return sorted(items, key=lambda item: (item.on, item.pk))


def onboarding_of(person: Person, cohort: Cohort) -> list[OnboardingItem]:
    """Return what this person still has to do as a newcomer of the cohort. One query."""
    return list(OnboardingItem.objects.filter(cohort=cohort).exclude(done__person__in=person.ids))


def cohort_tabs(person: Person, cohort: Cohort, current: str) -> list[NavItem]:
    """Return the pages about one cohort, of this app and of higher ones; ``current`` is marked."""
    own = [
        NavItem(_("Districts"), reverse("programs:cohort", args=[cohort.ref])),
        NavItem(_("Calendar"), reverse("programs:calendar", args=[cohort.ref])),
        NavItem(_("People around it"), reverse("programs:around", args=[cohort.ref])),
    ]
    higher = [tab(person, cohort) for tab in hooks.COHORT_TABS]
    items = [*higher[:1], *own, *higher[1:]]
    return [replace(item, current=item.href == current) for item in items]


def phase_on(cohort: Cohort, day: date) -> str:
    """Return the title of the phase that ``day`` lies in, or nothing. One query."""
    phase = cohort.phases.filter(from_on__lte=day, to_on__gte=day).first()
    return told_phase(cohort.version, phase) if phase is not None else ""


def owed_before_publishing(cohort: Cohort) -> list[str]:
    """Return, for a planned cohort, what it lacks before it can be public, in sentences."""
    if cohort.state != CohortState.PLANNED:
        return []
    return [found.reason for ask in hooks.MAY_PUBLISH if not (found := ask(cohort))]
