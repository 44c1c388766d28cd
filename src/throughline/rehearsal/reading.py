"""Third act: a person decides the two odd cases; three readers read each application."""

from __future__ import annotations

from datetime import timedelta

from throughline.admissions.actions.assign_reviewers import assign_reviewers, name_reader
from throughline.admissions.actions.decide_exception import decide_exception
from throughline.admissions.actions.declare_conflict import TieAnswer, declare_conflict
from throughline.admissions.actions.submit_review import submit_review
from throughline.admissions.models import ExceptionCase, Review
from throughline.evidence.actions import load_graduation
from throughline.people.actions import add_affiliation
from throughline.rehearsal import words
from throughline.rehearsal.stage import Stage, playing


def read(stage: Stage) -> None:
    """Name readers, load their districts' figures, assign, let them read; one of them has a tie."""
    call = stage.call
    if call is None:
        return
    closed = call.last_moment
    with playing(closed + timedelta(days=1)) as now:
        for number, reader in enumerate(stage.readers):
            if number == 1:  # she worked in one of the districts two years ago
                office = stage.applications[2].engagement.district
                add_affiliation(
                    reader, office, title="Director", from_on=now.date() - timedelta(days=900),
                    by=None, now=now,
                )  # fmt: skip
            name_reader(call, reader, by=stage.director, now=now, is_experienced=number < 3)
    with playing(closed + timedelta(days=2)) as now:
        for case in ExceptionCase.objects.filter(application__call=call).order_by("pk"):
            decide_exception(
                case, grant=True, by=stage.director, now=now,
                because="The district's charge and its neighbors fit; we spoke with the applicant.",
            )  # fmt: skip
    with playing(closed + timedelta(days=3)) as now:
        for application in stage.applications:
            if place := application.engagement.district.place:
                load_graduation(place, network=stage.network, by=stage.coordinator, now=now)
    with playing(closed + timedelta(days=4)) as now:
        assign_reviewers(call, by=stage.coordinator, now=now)
    _all_reviews(stage)


def _all_reviews(stage: Stage) -> None:
    call = stage.call
    assert call is not None  # noqa: S101 - asked before
    begun = call.last_moment + timedelta(days=6)
    with playing(begun) as now:
        first = _open_reviews(stage).filter(assignment__reviewer=stage.readers[2]).first()
        if first is not None:
            declare_conflict(
                first.assignment, answer=TieAnswer.PERSON, by=stage.readers[2], now=now
            )
    for number, review in enumerate(list(_open_reviews(stage))):
        with playing(begun + timedelta(hours=3 * number + 1)) as now:
            reader = review.assignment.reviewer
            declare_conflict(review.assignment, answer=TieAnswer.NONE, by=reader, now=now)
            review.assignment.refresh_from_db()
            criteria = review.assignment.phase.rubric.criteria.order_by("position")
            levels = {one.key: _points(stage, review, one) for one in criteria}
            submit_review(
                review,
                levels=levels,
                comment=stage.chance.choice(words.COMMENTS),
                by=reader,
                now=now,
            )


def _open_reviews(stage: Stage):  # type: ignore[no-untyped-def]
    return (
        Review.objects.filter(assignment__phase__call=stage.call, assignment__state="published")
        .exclude(state="submitted")
        .select_related(
            "assignment__reviewer", "assignment__phase__rubric", "assignment__application"
        )
        .order_by("pk")
    )


def _points(stage: Stage, review: Review, criterion) -> int:  # type: ignore[no-untyped-def]
    """Draw a level: each application has its own strength, each reader her own mildness."""
    steps = sorted(criterion.levels.values_list("points", flat=True))
    applied = stage.applications.index(review.assignment.application)
    reads = stage.readers.index(review.assignment.reviewer)
    strength = ((applied + 1) * 7919 % 100) / 100
    mildness = ((reads + 4) % 5 - 2) * 0.04
    drawn = strength + mildness + stage.chance.uniform(-0.22, 0.22)
    return int(steps[min(max(int(drawn * len(steps)), 0), len(steps) - 1)])
