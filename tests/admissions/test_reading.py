"""Readers are assigned evenly, score apart, and are tallied without losing one."""

from __future__ import annotations

from collections import Counter
from uuid import uuid4

import pytest

from tests.factories.admissions import (
    CLOSED,
    LATER,
    give,
    make_application,
    make_call,
    make_readers,
)
from tests.factories.people import NOW, make_person, make_staff
from throughline.admissions.actions.assign_reviewers import assign_reviewers
from throughline.admissions.actions.declare_conflict import declare_conflict
from throughline.admissions.actions.submit_review import save_review, submit_review
from throughline.admissions.enums import ApplicationState, CallState
from throughline.admissions.models import Application, Call, Review, ReviewAssignment
from throughline.admissions.queries import given_by_others, my_reviews
from throughline.admissions.rules import sees_others
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.messaging.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

KEYS = ("need", "commitment", "readiness", "team", "voice", "attendance")


def reading(applications: int = 1, readers: int = 3) -> tuple[Call, list[Application]]:
    call = make_call()
    sent = [make_application(call) for _place in range(applications)]
    make_readers(call, readers)
    assign_reviewers(call, by=make_staff(call.network), now=CLOSED)
    for one in sent:
        one.refresh_from_db()
    return call, sent


def reviews_of(application: Application) -> list[Review]:
    return list(
        Review.objects.filter(assignment__application=application)
        .select_related("assignment__reviewer", "assignment__application", "assignment__phase")
        .order_by("pk")
    )


def opened(review: Review) -> Review:
    declare_conflict(review.assignment, answer="none", by=review.assignment.reviewer, now=LATER)
    return review


def test_each_application_gets_three_readers_and_the_load_is_even():
    call, sent = reading(applications=4, readers=6)

    per_application = Counter(ReviewAssignment.objects.values_list("application", flat=True))
    per_reader = Counter(ReviewAssignment.objects.values_list("reviewer", flat=True))
    assert set(per_application.values()) == {3}
    assert set(per_reader.values()) == {2}
    assert {one.state for one in sent} == {ApplicationState.IN_REVIEW}
    call.refresh_from_db()
    assert call.state == CallState.REVIEWING


def test_assigning_again_fills_only_what_is_missing():
    call, sent = reading()

    again = assign_reviewers(call, by=make_staff(call.network), now=CLOSED)

    assert (again.count, again.short) == (0, [])
    assert sent[0].assignments.count() == 3


def test_an_application_without_enough_readers_is_named():
    call = make_call()
    application = make_application(call)
    make_readers(call, 2)

    done = assign_reviewers(call, by=make_staff(call.network), now=CLOSED)

    assert (done.count, done.short) == (2, [application])


def test_readers_are_assigned_by_staff_once_the_call_has_closed():
    call = make_call()
    make_readers(call, 3)

    with pytest.raises(WrongState, match="still open"):
        assign_reviewers(call, by=make_staff(call.network), now=NOW)
    with pytest.raises(NotAllowed):
        assign_reviewers(call, by=make_person(call.network), now=CLOSED)


def test_readers_are_told_by_mail():
    call, _sent = reading()

    message = Message.objects.get(about_kind="admissions.call", about_key=call.ref)
    assert message.deliveries.count() == 3


def test_nothing_is_scored_before_the_question_about_ties_is_answered():
    _call, (application,) = reading()
    review = reviews_of(application)[0]

    with pytest.raises(NotAllowed, match="Say first"):
        save_review(
            review, levels={"need": 2}, comment="", by=review.assignment.reviewer, now=LATER
        )


@pytest.mark.requirement("RELN-25")
def test_readiness_is_a_criterion_with_anchors_scored_by_people():
    _call, (application,) = reading()
    review = give(reviews_of(application)[0], 3)

    criterion = review.assignment.phase.rubric.criteria.get(key="readiness")
    anchors = list(criterion.levels.values_list("points", "anchor"))
    assert anchors[0] == (1, "No past change described")
    assert anchors[3] == (4, "Change made, kept, and learned from")
    assert review.scores.get(criterion=criterion).level.points == 3


def test_a_review_needs_every_criterion():
    _call, (application,) = reading()
    review = opened(reviews_of(application)[0])

    with pytest.raises(BadInput, match="5 criteria have no level yet") as refusal:
        submit_review(
            review, levels={"need": 2}, comment="", by=review.assignment.reviewer, now=LATER
        )

    assert refusal.value.field == "commitment"


def test_an_extreme_needs_a_sentence():
    _call, (application,) = reading()
    review = opened(reviews_of(application)[0])
    levels = {**dict.fromkeys(KEYS, 2), "voice": 4}

    with pytest.raises(BadInput, match="you chose a 4"):
        submit_review(review, levels=levels, comment=" ", by=review.assignment.reviewer, now=LATER)

    submit_review(
        review, levels=levels, comment="Strong.", by=review.assignment.reviewer, now=LATER
    )
    assert review.is_in


def test_a_middle_level_needs_no_sentence_and_points_are_weighted():
    _call, (application,) = reading()
    review = opened(reviews_of(application)[0])

    submit_review(
        review, levels=dict.fromkeys(KEYS, 2), comment="", by=review.assignment.reviewer, now=LATER
    )

    assert review.points == 2 * (2 + 2 + 3 + 2 + 1 + 1)


def test_a_level_that_the_rubric_does_not_have_is_refused():
    _call, (application,) = reading()
    review = opened(reviews_of(application)[0])

    with pytest.raises(BadInput):
        save_review(
            review, levels={"need": 9}, comment="", by=review.assignment.reviewer, now=LATER
        )


def test_sending_twice_counts_once_and_a_stale_tab_is_refused():
    _call, (application,) = reading()
    review, key = opened(reviews_of(application)[0]), uuid4()
    reader, levels = review.assignment.reviewer, dict.fromkeys(KEYS, 2)

    submit_review(review, levels=levels, comment="", by=reader, now=LATER, once=key)
    submit_review(review, levels=levels, comment="", by=reader, now=LATER, once=key)
    with pytest.raises(WrongState, match="Your review is in"):
        submit_review(review, levels=levels, comment="", by=reader, now=LATER)

    application.refresh_from_db()
    assert application.review_count == 1


def test_only_the_assigned_reader_scores():
    _call, (application,) = reading()
    review = opened(reviews_of(application)[0])
    other = reviews_of(application)[1].assignment.reviewer

    with pytest.raises(NotAllowed, match="not assigned to you"):
        save_review(review, levels={"need": 2}, comment="", by=other, now=LATER)


def test_others_are_seen_once_ones_own_review_is_in():
    _call, (application,) = reading()
    mine, other = reviews_of(application)[:2]
    give(other, 4, comment="The best.")
    assert not sees_others(mine)
    mine = give(mine, 2)

    assert sees_others(mine)
    (given,) = given_by_others(mine)
    assert given.comment == "The best."
    assert {points for _label, points in given.levels} == {4}


def test_sums_are_kept_beside_the_application_and_equal_the_reviews():
    _call, (application,) = reading()

    for review, points in zip(reviews_of(application), (2, 3, 4), strict=True):
        give(review, points)

    application.refresh_from_db()
    weight = 11
    assert (
        application.review_count, application.points_sum, application.points_min,
        application.points_max, application.levels_apart,
    ) == (3, 9 * weight, 2 * weight, 4 * weight, 2)  # fmt: skip
    assert application.mean(weight) == 3


def test_a_review_taken_away_by_a_tie_is_no_longer_counted():
    _call, (application,) = reading()
    for review in reviews_of(application):
        give(review, 3)
    first = reviews_of(application)[0]

    declare_conflict(first.assignment, answer="work", by=first.assignment.reviewer, now=LATER)

    application.refresh_from_db()
    assert application.review_count == 2


def test_a_readers_list_shows_open_ones_first():
    _call, sent = reading(applications=2)
    reader = reviews_of(sent[0])[0].assignment.reviewer
    mine = Review.objects.get(assignment__application=sent[0], assignment__reviewer=reader)
    give(mine, 3)

    lines = my_reviews(reader)

    assert [(line.review.is_in, line.state) for line in lines] == [
        (False, "Not opened"), (True, "Sent"),
    ]  # fmt: skip
