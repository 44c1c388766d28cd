"""Calls, applications at each stage, readers, and a list that is chosen and sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from tests.factories.people import NOW, make_network, make_person, make_place, make_staff
from tests.factories.programs import make_cohort
from throughline.admissions.actions.adopt_selection import adopt_selection
from throughline.admissions.actions.assign_reviewers import assign_reviewers, name_reader
from throughline.admissions.actions.declare_conflict import declare_conflict
from throughline.admissions.actions.propose_selection import propose_selection
from throughline.admissions.actions.release_decisions import release_decisions
from throughline.admissions.actions.save_part import save_part
from throughline.admissions.actions.stage_decision import sign_decisions
from throughline.admissions.actions.start_application import start_application
from throughline.admissions.actions.submit_application import submit_application
from throughline.admissions.actions.submit_review import submit_review
from throughline.admissions.dossier import Dossier
from throughline.admissions.models import Application, Call, Review
from throughline.admissions.staging import mark_of
from throughline.people.models import Network, Person
from throughline.programs.actions.move_cohort import move_cohort
from throughline.programs.enums import CohortState
from throughline.teams.actions.name_member import name_member

STARTS_ON = date(2027, 7, 1)
"""A cohort whose call is open at ``NOW``: from October 1, 2026 to February 1, 2027."""

CLOSED = NOW + timedelta(days=80)
"""A moment after the call closed: readers are assigned."""

LATER = NOW + timedelta(days=120)
"""A moment at which decisions are made."""

_numbers = count(1)

ANSWERS: dict[str, Any] = {
    "title": "superintendent",
    "disparities": "Days lost to suspension, by student group, for four years.",
    "vision": "Every student is known and challenged.",
    "commitment": True,
    "readiness": "We ended fees for credit recovery, and it cost us.",
    "challenge-idea": "Who is sent out of class, and why.",
    "team-exists": True,
    "team-mandate": "Discipline codes.",
}


def make_call(network: Network | None = None, *, source: str = "") -> Call:
    """A call of RELN that takes applications at ``NOW``."""
    number = next(_numbers)
    cohort = make_cohort(
        network or make_network(), source=source, label=f"Cohort {number}", starts_on=STARTS_ON
    )
    move_cohort(cohort, CohortState.RECRUITING, by=None, now=NOW)
    return Call.objects.select_related("cohort__version", "cohort__program").get(cohort=cohort)


def make_draft(
    call: Call | None = None,
    *,
    lead: Person | None = None,
    name: str = "",
    state: str = "GA",
    now: datetime = NOW,
) -> Application:
    """An application that was just begun."""
    call = call or make_call()
    number = next(_numbers)
    return start_application(
        call,
        district_place=make_place(name or f"District {number:04d}", state),
        by=lead or make_person(call.network),
        now=now,
    )


def fill(
    application: Application, answers: dict[str, Any] | None = None, *, now: datetime = NOW
) -> Dossier:
    """Answer everything that is asked, as the lead does."""
    dossier = Dossier(application)
    dates = {
        one.key: [key for key, _days in dossier.dates[one.wording.settings["of"]]]
        for one in dossier.asked
        if one.wording.kind == "confirm dates"
    }
    given = {**ANSWERS, **dates, **(answers or {})}
    for part, _title in dossier.submission.form_version.parts:
        keys = {one.key for one in dossier.asked if one.part == part}
        values = {key: value for key, value in given.items() if key in keys}
        if values:
            save_part(application, part, values, by=application.lead, now=now)
    return Dossier(application)


def make_application(
    call: Call | None = None,
    *,
    lead: Person | None = None,
    name: str = "",
    state: str = "GA",
    answers: dict[str, Any] | None = None,
    members: int = 5,
    now: datetime = NOW,
) -> Application:
    """An application that was sent: complete, with a roster of five."""
    application = make_draft(call, lead=lead, name=name, state=state, now=now)
    fill(application, answers, now=now)
    for _place in range(members):
        number = next(_numbers)
        name_member(
            application.team,
            full_name=f"Member {number}",
            email=f"named{number}@district.example",
            title="Principal",
            is_cabinet=_place == 0,
            by=application.lead,
            now=now,
        )
    return submit_application(
        application, typed_name=application.lead.full_name, by=application.lead, now=now
    )


def make_readers(call: Call, number: int = 4) -> list[Person]:
    """Readers without a tie."""
    readers = [make_person(call.network) for _place in range(number)]
    for reader in readers:
        name_reader(call, reader, by=None, now=NOW)
    return readers


def review_all(call: Call, points: dict[str, int] | None = None, *, now: datetime = LATER) -> None:
    """Let every reader say that she has no tie, and give each criterion these points."""
    waiting = Review.objects.filter(
        assignment__application__call=call, assignment__state="published", state="draft"
    ).select_related("assignment__application", "assignment__reviewer", "assignment__phase__rubric")
    for review in waiting.order_by("pk"):
        give(review, (points or {}).get(review.assignment.application.ref, 3), now=now)


def give(review: Review, points: int, *, comment: str = "", now: datetime = LATER) -> Review:
    """Send a review with the same points everywhere."""
    reader = review.assignment.reviewer
    declare_conflict(review.assignment, answer="none", by=reader, now=now)
    keys = review.assignment.phase.rubric.criteria.values_list("key", flat=True)
    return submit_review(
        review, levels=dict.fromkeys(keys, points), comment=comment or "Read with care.",
        by=reader, now=now,
    )  # fmt: skip


@dataclass
class Season:
    """A call with applications that were read."""

    call: Call
    applications: list[Application]
    readers: list[Person]
    director: Person
    second: Person
    extra: dict[str, Any] = field(default_factory=dict)


def make_season(
    applications: int = 4,
    *,
    points: Sequence[int] = (),
    network: Network | None = None,
    source: str = "",
    stage: str = "read",
    each: Sequence[dict[str, Any]] = (),
) -> Season:
    """Applications that were sent, read and, by ``stage``, proposed, adopted, signed or released.

    ``points`` are those that every reader gives, by application; the rest get 2. ``each`` is what
    is particular about an application, as ``make_application`` takes it.
    """
    network = network or make_network()
    call = make_call(network, source=source)
    director, second = make_staff(network), make_staff(network)
    particular = [*each, *({} for _place in range(applications - len(each)))]
    sent = [make_application(call, members=5, **own) for own in particular]
    readers = make_readers(call, 3)
    assign_reviewers(call, by=director, now=CLOSED)
    levels = dict(zip((one.ref for one in sent), points, strict=False))
    review_all(call, {one.ref: levels.get(one.ref, 2) for one in sent})
    season = Season(call, sent, readers, director, second)
    steps = ("read", "proposed", "adopted", "signed", "released")
    for step in steps[1 : steps.index(stage) + 1]:
        _STEPS[step](season)
    call.refresh_from_db()
    for one in sent:
        one.refresh_from_db()
    return season


def _propose(season: Season) -> None:
    season.extra["run"] = propose_selection(season.call, by=season.director, now=LATER)


def _adopt(season: Season) -> None:
    adopt_selection(season.extra["run"], by=season.director, now=LATER)


def _sign(season: Season) -> None:
    sign_decisions(season.call, shown=mark_of(season.call), by=season.director, now=LATER)
    sign_decisions(season.call, shown=mark_of(season.call), by=season.second, now=LATER)


def _release(season: Season) -> None:
    season.call.refresh_from_db()
    release_decisions(season.call, has_read=True, by=season.director, now=LATER)


_STEPS = {"proposed": _propose, "adopted": _adopt, "signed": _sign, "released": _release}
