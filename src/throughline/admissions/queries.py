"""Reads of admissions, the person first. Each feeds one page with a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from throughline.admissions import owed
from throughline.admissions.enums import (
    ApplicationState,
    AssignmentState,
    CaseState,
    ReviewState,
)
from throughline.admissions.models import (
    Application,
    Call,
    Conflict,
    ExceptionCase,
    Review,
)
from throughline.core.todo import ToDo
from throughline.people.models import Person, PersonAlias

RELATED = (
    "engagement__district__place",
    "engagement__cohort",
    "call__cohort__program",
    "call__cohort__version",
    "lead__network",
    "team",
    "scope",
)


def application_for(person: Person, ref: str) -> Application | None:
    """Return an application that she writes, with what its pages need. One query."""
    return Application.objects.written_by(person).select_related(*RELATED).filter(ref=ref).first()


def my_applications(person: Person) -> QuerySet[Application]:
    """Return applications she leads or fills in, the newest first."""
    return Application.objects.written_by(person).select_related(*RELATED).order_by("-pk")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many applications of a call are in one state."""

    key: str
    label: str
    count: int


def tallies(person: Person, call: Call) -> list[Tally]:
    """Return the count of each state, of the applications that she may see. One query."""
    found = dict(
        Application.objects.decided_by(person)
        .filter(call=call)
        .order_by()
        .values_list("state")
        .annotate(count=Count("pk"))
    )
    return [
        Tally(state.value, str(state.label), found.get(state.value, 0))
        for state in ApplicationState
    ]


def applications(
    person: Person, call: Call, *, state: str = "", search: str = ""
) -> QuerySet[Application]:
    """Return applications of a call, those with the most points first; never a closed one."""
    found = (
        Application.objects.decided_by(person)
        .filter(call=call)
        .select_related("engagement__district__place", "lead")
    )
    if state:
        found = found.filter(state=state)
    if search:
        found = found.filter(
            Q(number__icontains=search)
            | Q(engagement__district__name__icontains=search)
            | Q(lead__full_name__icontains=search)
        )
    return found.annotate(
        open_cases=Count("cases", filter=Q(cases__state=CaseState.OPEN), distinct=True)
    ).order_by("-points_sum", "number")


def cases(person: Person, call: Call) -> QuerySet[ExceptionCase]:
    """Return cases of a call that she may decide or look up, open ones first."""
    return (
        ExceptionCase.objects.visible_to(person)
        .filter(application__call=call)
        .exclude(application__state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN])
        .select_related(
            "application__engagement__district__place", "application__lead", "decided_by"
        )
        .order_by("-state", "asked_at", "pk")
    )


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One application in a reader's list."""

    review: Review
    district: str
    state: str
    tone: str


def my_reviews(person: Person) -> list[ReviewLine]:
    """Return what she reads, open ones first. One query, however many."""
    found = (
        Review.objects.mine(person)
        .select_related(
            "assignment__application__engagement__district__place",
            "assignment__phase__call__cohort",
        )
        .order_by("-state", "pk")
    )
    lines = []
    for review in found:
        if review.is_in:
            state, tone = _("Sent"), "ok"
        elif review.assignment.no_tie_at is None:
            state, tone = _("Not opened"), ""
        else:
            state, tone = _("In progress"), "info"
        district = str(review.assignment.application.engagement.district)
        lines.append(ReviewLine(review, district, state, tone))
    return sorted(lines, key=lambda line: line.review.is_in)


@dataclass(frozen=True, slots=True)
class Given:
    """What another reader gave, shown once one's own review is in."""

    reader: str
    levels: list[tuple[str, int]]
    comment: str


def given_by_others(review: Review) -> list[Given]:
    """Return the submitted reviews of the other readers. Three queries."""
    of_it = Review.objects.counted().filter(
        assignment__application=review.assignment.application_id
    )
    return _given(of_it.exclude(pk=review.pk))


def given_to(person: Person, application: Application) -> list[Given]:
    """Return the submitted reviews of an application to who helps to decide. Three queries."""
    return _given(
        Review.objects.visible_to(person).counted().filter(assignment__application=application)
    )


def waits_for_own(person: Person, application: Application) -> bool:
    """Whether she reads this application herself and her own review is not in."""
    own = Review.objects.mine(person).filter(assignment__application=application)
    return own.exclude(state=ReviewState.SUBMITTED).exists()


def _given(reviews: QuerySet[Review]) -> list[Given]:
    found = (
        reviews.select_related("assignment__reviewer")
        .prefetch_related("scores__criterion", "scores__level")
        .order_by("pk")
    )
    return [
        Given(
            str(one.assignment.reviewer),
            sorted((score.criterion.label, score.level.points) for score in one.scores.all()),
            one.comment,
        )
        for one in found
    ]


@dataclass(frozen=True, slots=True)
class ReaderLine:
    """How far a reader is."""

    name: str
    ref: str
    assigned: int
    done: int


def reading_progress(person: Person, call: Call) -> list[ReaderLine]:
    """Return each reader with what she has and has done, by name. One query.

    Applications closed to ``person`` are in no count.
    """
    seen = Q(person__assignments__application__in=Application.objects.decided_by(person))
    live = seen & Q(
        person__assignments__phase__call=call,
        person__assignments__state=AssignmentState.PUBLISHED,
    )
    done = live & Q(person__assignments__review__state=ReviewState.SUBMITTED)
    rows = (
        call.reviewers.annotate(
            assigned=Count("person__assignments", filter=live, distinct=True),
            done=Count("person__assignments", filter=done, distinct=True),
        )
        .select_related("person")
        .order_by("person__full_name", "pk")
    )
    return [ReaderLine(str(one.person), one.person.ref, one.assigned, one.done) for one in rows]


def ties(person: Person, call: Call) -> QuerySet[Conflict]:
    """Return ties of a call that she may see, by reader."""
    return (
        Conflict.objects.visible_to(person)
        .filter(application__call=call)
        .select_related("reviewer", "application__engagement__district", "dismissed_by")
        .order_by("-state", "reviewer__full_name", "pk")
    )


def person_at(person: Person, email: str) -> Person | None:
    """Return who of this network proved that an address is hers."""
    alias = (
        PersonAlias.objects.filter(
            network_id=person.network_id, kind="email", value=email, verified_at__isnull=False
        )
        .select_related("person")
        .first()
    )
    return alias.person if alias else None


def todo_items(person: Person, *, now: datetime) -> list[ToDo]:
    """Return what this person owes to admissions. A fixed number of queries."""
    return owed.todo_items(person, now=now)
