"""A form is complete when every question that is asked, and required, has an answer."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from tests.factories.forms import asked_field, make_submission
from tests.factories.people import NOW, make_person
from throughline.audit.models import AuditEvent
from throughline.core.errors import WrongState
from throughline.forms import queries
from throughline.forms.actions.save_answers import save_answers
from throughline.forms.actions.submit_submission import Incomplete, submit_submission
from throughline.forms.actions.withdraw_submission import reopen_submission, withdraw_submission
from throughline.forms.enums import SubmissionState
from throughline.forms.models import Submission
from throughline.forms.queries import Missing
from throughline.forms.rules import is_shown

pytestmark = pytest.mark.django_db

TITLE = asked_field(
    "title", ask="Your title", type="choice", options=[["other", "Other"]], required=True,
    part="candidate",
)  # fmt: skip
CHARGE = asked_field(
    "charge", ask="How are you charged?", type="long text", required=True,
    show_if="title = 'other'", part="candidate",
)  # fmt: skip
REGION = asked_field(
    "region", ask="Why this network?", required=True, show_if="not district.state in list.south"
)
COMMITMENT = asked_field("commitment", ask="I am committed.", type="attest", required=True)
SOUTH = {"list.south": ["GA", "AL"]}


@pytest.mark.parametrize(
    ("condition", "answers", "facts", "shown"),
    [
        ("", {}, {}, True),
        ("title = 'other'", {}, {}, False),
        ("title = 'other'", {"title": "other"}, {}, True),
        ("team-exists = yes", {"team-exists": True}, {}, True),
        ("team-exists", {"team-exists": False}, {}, False),
        ("not district.state in list.south", {}, SOUTH, False),
        ("not district.state in list.south", {}, {**SOUTH, "district.state": "GA"}, False),
        ("not district.state in list.south", {}, {**SOUTH, "district.state": "NY"}, True),
        ("title is answered and not (years < 3 or years > 9)", {"title": "x"}, {"years": 4}, True),
        ("title is empty or years >= 3", {"title": "x"}, {}, False),
    ],
)
def test_a_question_is_shown_only_when_its_condition_is_true(condition, answers, facts, shown):
    assert is_shown(condition, answers, facts) is shown


def test_a_required_question_hidden_by_its_condition_is_not_missing():
    submission = make_submission(TITLE, CHARGE)

    assert queries.missing(submission) == [
        Missing("title", "candidate", "Choose an answer to “Your title”.")
    ]

    save_answers(submission, {"title": "other"}, by=submission.by, now=NOW)

    assert queries.missing(submission) == [
        Missing("charge", "candidate", "Enter an answer to “How are you charged”.")
    ]


def test_facts_from_outside_decide_too():
    submission = make_submission(REGION)

    inside = queries.missing(submission, {**SOUTH, "district.state": "GA"})
    outside = queries.missing(submission, {**SOUTH, "district.state": "NY"})

    assert inside == []
    assert [one.key for one in outside] == ["region"]


def test_a_no_is_an_answer_and_an_unchecked_box_is_none():
    submission = make_submission(
        COMMITMENT, asked_field("exists", ask="Is it a team?", type="yes or no", required=True)
    )

    save_answers(submission, {"exists": False, "commitment": False}, by=submission.by, now=NOW)

    assert queries.missing(submission) == [
        Missing("commitment", "questions", "Check the box to confirm: “I am committed”.")
    ]


def test_a_roster_is_asked_about_elsewhere():
    submission = make_submission(
        asked_field("roster", ask="Your team", type="roster", required=True)
    )

    lacking = queries.missing(submission, elsewhere={"roster": "Name 5 to 7 members."})

    assert lacking == [Missing("roster", "questions", "Name 5 to 7 members.")]
    assert queries.missing(submission, elsewhere={"roster": ""}) == []


def test_required_files_cannot_hold_a_form_back_yet():
    submission = make_submission(asked_field("file", type="files", required=True))

    assert queries.missing(submission) == []


def test_sending_an_incomplete_form_says_what_is_missing_and_leaves_it_a_draft():
    submission = make_submission(TITLE, COMMITMENT)

    with pytest.raises(Incomplete, match="2 answers are missing") as refused:
        submit_submission(submission, by=submission.by, now=NOW)

    assert [one.key for one in refused.value.missing] == ["title", "commitment"]
    submission.refresh_from_db()
    assert (submission.state, submission.submitted_at) == (SubmissionState.DRAFT, None)


def test_sending_twice_is_refused_and_recorded_once():
    submission = make_submission()
    submit_submission(submission, by=submission.by, now=NOW)

    with pytest.raises(WrongState, match="already been sent"):
        submit_submission(submission, by=submission.by, now=NOW)

    assert (submission.state, submission.submitted_at) == (SubmissionState.SUBMITTED, NOW)
    assert AuditEvent.objects.filter(verb="submitted").count() == 1


def test_a_hidden_answer_is_kept_and_not_sent():
    submission = make_submission(TITLE, CHARGE)
    save_answers(submission, {"title": "other", "charge": "By the board"}, by=None, now=NOW)
    save_answers(submission, {"title": "superintendent"}, by=None, now=NOW)

    assert queries.sent_answers(submission) == {"title": "superintendent"}
    assert queries.answers(submission) == {"title": "superintendent", "charge": "By the board"}


def test_a_sent_form_can_be_taken_back_changed_and_sent_again():
    submission = make_submission()
    submit_submission(submission, by=submission.by, now=NOW)

    reopen_submission(submission, by=submission.by, now=NOW)
    save_answers(submission, {"gap": "Reading"}, by=submission.by, now=NOW)
    submit_submission(submission, by=submission.by, now=NOW)

    assert submission.state == SubmissionState.SUBMITTED


def test_a_draft_cannot_be_taken_back():
    submission = make_submission()

    with pytest.raises(WrongState, match="Only a form that has been sent"):
        reopen_submission(submission, by=submission.by, now=NOW)


def test_a_withdrawn_form_stays_withdrawn():
    submission = make_submission()
    withdraw_submission(submission, by=submission.by, now=NOW)

    for step in (withdraw_submission, reopen_submission, submit_submission):
        with pytest.raises(WrongState):
            step(submission, by=submission.by, now=NOW)


def test_the_database_refuses_a_submitted_form_that_does_not_say_when():
    make_submission()

    with pytest.raises(IntegrityError, match="a_submitted_form_says_when"):
        Submission.objects.update(state=SubmissionState.SUBMITTED)


@pytest.mark.parametrize("number", [1, 8])
def test_what_is_missing_takes_three_queries(number, django_assert_num_queries):
    made = make_submission(
        *(asked_field(f"q{n}", required=True) for n in range(number)), by=make_person()
    )
    submission = Submission.objects.get(pk=made.pk)

    with django_assert_num_queries(3):
        found = queries.missing(submission)

    assert len(found) == number
