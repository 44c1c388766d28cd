"""People decide the odd cases; three read each application."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client

from tests.journeys.applying import WORDS
from tests.journeys.thread import Thread, at
from throughline.admissions.actions.assign_reviewers import name_reader
from throughline.admissions.actions.declare_conflict import TieAnswer, declare_conflict
from throughline.admissions.actions.submit_review import submit_review
from throughline.admissions.models import Application, Call, ExceptionCase, Review
from throughline.core import clock


def read_all(thread: Thread, ours: Application, away: Application, closed: datetime) -> None:
    """Staff name readers and decide the odd cases; three read each; one has a tie."""
    stage, call = thread.stage, thread.call
    director = thread.browser(stage.director)
    with at(closed + timedelta(days=1)) as _now:
        reader = {"full_name": stage.readers[0].full_name, "email": stage.readers[0].address}
        director.post(f"/admissions/calls/{call.ref}/readers/", reader | {"is_experienced": "on"})
        for number, one in enumerate(stage.readers[1:6], 1):
            name_reader(call, one, by=stage.director, now=clock.now(), is_experienced=number < 3)
        decide_cases(thread, director, call)
    with at(closed + timedelta(days=4)):
        coordinator = thread.browser(stage.coordinator)
        coordinator.post(f"/admissions/calls/{call.ref}/assign/")
    with at(closed + timedelta(days=6)):
        declare_a_tie(thread, ours)
    read_by_hand(thread, ours, closed + timedelta(days=7))
    with at(closed + timedelta(days=20)):
        read_the_rest(thread, ours, away)
        thread.opened("reading", director, f"/admissions/calls/{call.ref}/reading/")


def decide_cases(thread: Thread, director: Client, call: Call) -> None:
    """What the rules leave to a person is granted by one, with a reason."""
    listed = thread.saw("cases", director.get(f"/admissions/calls/{call.ref}/exceptions/"))
    assert listed.status_code == 200
    cases = list(ExceptionCase.objects.filter(application__call=call).order_by("pk"))
    thread.counts["cases"] = len(cases)
    for case in cases:
        path = f"/admissions/exceptions/{case.ref}/"
        thread.saw("case without a reason", director.post(path, {"grant": "yes", "because": ""}))
        granted = {"grant": "yes", "because": "Its neighbors are in the network; we spoke."}
        thread.saw("case", director.post(path, granted, follow=True))


def declare_a_tie(thread: Thread, ours: Application) -> None:
    """A reader says that she knows somebody of a district: somebody else reads it."""
    review = reviews_of(ours)[0]
    reader = thread.browser(review.assignment.reviewer)
    thread.saw("tie: asked", reader.get(f"/admissions/reviews/{review.ref}/", follow=True))
    said = reader.post(f"/admissions/reviews/{review.ref}/tie/", {"tie": TieAnswer.PERSON.value})
    thread.saw("tie: said", reader.get(said["Location"]))
    thread.saw("tie: again", reader.get(f"/admissions/reviews/{review.ref}/"))


def reviews_of(application: Application) -> list[Review]:
    """Return the reviews of an application that can be written."""
    found = Review.objects.filter(
        assignment__application=application, assignment__state="published"
    )
    return list(
        found.select_related("assignment__reviewer", "assignment__phase__rubric").order_by("pk")
    )


def read_by_hand(thread: Thread, ours: Application, begun: datetime) -> None:
    """Three readers read ours on pages; scores of others open when hers are in."""
    for number, review in enumerate(reviews_of(ours)):
        path = f"/admissions/reviews/{review.ref}/"
        reader = thread.browser(review.assignment.reviewer)
        with at(begun + timedelta(days=number)):
            reader.post(f"{path}tie/", {"tie": TieAnswer.NONE.value})
            before = thread.saw(f"review {number}: before", reader.get(path))
            thread.counts[f"review {number}: others before"] = len(before.context["others"] or [])
            levels = top_levels(before.context["judged"])
            gap = reader.post(path, {**levels, "comment": "", "once": str(uuid4())})
            thread.saw("review without a comment", gap)
            sent = {**levels, "comment": "Clear and acted on.", "once": str(uuid4())}
            reader.post(path, sent)
            after = thread.saw(f"review {number}: after", reader.get(path))
            thread.counts[f"review {number}: others after"] = len(after.context["others"] or [])


def top_levels(judged: Iterable[Any]) -> dict[str, str]:
    """Choose the highest level of every criterion."""
    return {f"level-{one.key}": str(max(step.points for step in one.steps)) for one in judged}


def read_the_rest(thread: Thread, ours: Application, away: Application) -> None:
    """The other applications are read: ours leads, Omaha is the first alternate."""
    others = Application.objects.filter(call=ours.call_id, state="in_review").exclude(pk=ours.pk)
    weaker = list(others.exclude(pk=away.pk).order_by("pk"))[-2:]
    for application in others:
        for review in reviews_of(application):
            criteria = review.assignment.phase.rubric.criteria.order_by("position")
            levels = {
                one.key: middle(one.levels.values_list("points", flat=True)) for one in criteria
            }
            low = middle(criteria[0].levels.values_list("points", flat=True)) - 1
            if application == away:
                levels[criteria[0].key] = low
            elif application in weaker:
                levels = dict.fromkeys(levels, low)
            by = review.assignment.reviewer
            declare_conflict(review.assignment, answer=TieAnswer.NONE, by=by, now=clock.now())
            review.assignment.refresh_from_db()
            submit_review(review, levels=levels, comment=WORDS, by=by, now=clock.now())


def middle(points: Iterable[int]) -> int:
    """Return the level below the highest."""
    return sorted(points)[-2]
