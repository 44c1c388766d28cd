"""Answers are saved while they are typed, and nobody undoes what another wrote."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError

from tests.factories.forms import asked_field, make_form, make_submission, writer_of
from tests.factories.people import NOW, make_person
from throughline.audit.models import AuditEvent
from throughline.core.errors import BadInput, WrongState
from throughline.forms import queries
from throughline.forms.actions.park_answer import discard_parked
from throughline.forms.actions.save_answers import save_answers
from throughline.forms.actions.submit_submission import submit_submission
from throughline.forms.models import Answer, AnswerHistory, Draft

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


def test_saving_says_when_and_keeps_each_revision():
    submission = make_submission()

    first = save_answers(submission, {"gap": "Reading"}, by=submission.by, now=NOW)
    second = save_answers(
        submission,
        {"gap": "Reading in grade 3", "since": "2024"},
        by=submission.by,
        now=LATER,
        revisions=first.revisions,
    )

    assert (first.saved_at, second.saved_at) == (NOW, LATER)
    assert second.revisions == {"gap": 2, "since": 1}
    assert queries.answers(submission) == {"gap": "Reading in grade 3", "since": "2024"}
    history = AnswerHistory.objects.filter(answer__field__key="gap").order_by("revision")
    assert list(history.values_list("revision", "value")) == [
        (1, "Reading"),
        (2, "Reading in grade 3"),
    ]


def test_saving_the_same_twice_changes_nothing():
    submission = make_submission()
    save_answers(submission, {"gap": "Reading"}, by=submission.by, now=NOW)

    again = save_answers(submission, {"gap": "Reading"}, by=submission.by, now=LATER, revisions={})

    assert again.conflicts == []
    assert again.changed == frozenset()
    assert AnswerHistory.objects.count() == 1
    assert AuditEvent.objects.filter(verb="saved").count() == 1


def test_the_trail_names_the_questions_and_not_the_words():
    submission = make_submission()
    principal = make_person(submission.network)

    save_answers(submission, {"gap": "Reading"}, by=submission.by, now=NOW, on_behalf_of=principal)

    event = AuditEvent.objects.get(verb="saved")
    assert (event.fields, event.by, event.on_behalf_of) == (
        ["gap"],
        submission.by_id,
        principal.pk,
    )


def test_two_people_fill_different_questions_at_once():
    submission = make_submission()
    other = make_person(submission.network)

    save_answers(
        submission, {"gap": "Reading", "since": ""}, by=submission.by, now=NOW, revisions={}
    )
    result = save_answers(submission, {"gap": "", "since": "2024"}, by=other, now=NOW, revisions={})

    assert result.conflicts == []
    assert queries.answers(submission) == {"gap": "Reading", "since": "2024"}


def test_a_stale_tab_gets_both_versions_and_its_own_is_parked():
    submission = make_submission()
    other = make_person(submission.network)
    save_answers(submission, {"gap": "Reading"}, by=other, now=NOW)

    result = save_answers(
        submission, {"gap": "Math", "since": "2024"}, by=submission.by, now=LATER, revisions={}
    )

    [conflict] = result.conflicts
    assert (conflict.key, conflict.yours, conflict.theirs) == ("gap", "Math", "Reading")
    assert (conflict.revision, conflict.written_by, conflict.at) == (1, other, NOW)
    assert queries.answers(submission) == {"gap": "Reading", "since": "2024"}
    assert [one.value for one in queries.parked(writer_of(submission), submission)["gap"]] == [
        "Math"
    ]


def test_what_is_parked_is_sealed_and_nobody_elses():
    submission = make_submission()
    other = make_person(submission.network)
    save_answers(submission, {"gap": "Reading"}, by=other, now=NOW)
    save_answers(submission, {"gap": "marigold"}, by=submission.by, now=NOW, revisions={})

    assert queries.parked(other, submission) == {}
    assert b"marigold" not in bytes(Draft.objects.get().sealed)


def test_a_second_conflict_does_not_push_out_the_first():
    submission = make_submission()
    save_answers(submission, {"gap": "Reading"}, by=None, now=NOW)

    for typed in ("Math", "Science", "Math"):
        save_answers(submission, {"gap": typed}, by=submission.by, now=NOW, revisions={})

    assert [one.value for one in queries.parked(writer_of(submission), submission)["gap"]] == [
        "Math",
        "Science",
    ]


def test_saving_over_the_other_version_takes_it_out_of_the_drawer():
    submission = make_submission()
    save_answers(submission, {"gap": "Reading"}, by=None, now=NOW)
    save_answers(submission, {"gap": "Math"}, by=submission.by, now=NOW, revisions={})

    save_answers(submission, {"gap": "Math"}, by=submission.by, now=NOW, revisions={"gap": 1})

    assert queries.answers(submission) == {"gap": "Math"}
    assert queries.parked(writer_of(submission), submission) == {}


def test_a_parked_answer_can_be_put_away_once():
    submission = make_submission()
    save_answers(submission, {"gap": "Reading"}, by=None, now=NOW)
    save_answers(submission, {"gap": "Math"}, by=submission.by, now=NOW, revisions={})

    assert discard_parked(submission, "gap", by=writer_of(submission), now=NOW) is True
    assert discard_parked(submission, "gap", by=writer_of(submission), now=NOW) is False


def test_an_untouched_question_of_a_stale_tab_is_no_conflict():
    submission = make_submission()
    first = save_answers(submission, {"gap": "Reading"}, by=submission.by, now=NOW)
    save_answers(submission, {"gap": "Math"}, by=None, now=NOW)

    result = save_answers(
        submission,
        {"gap": "Reading", "since": "2024"},
        by=submission.by,
        now=NOW,
        revisions=first.revisions,
    )

    assert result.conflicts == []
    assert queries.answers(submission) == {"gap": "Math", "since": "2024"}


def test_a_question_of_another_form_is_refused():
    submission = make_submission()

    with pytest.raises(BadInput, match="does not ask"):
        save_answers(submission, {"nonsense": "x"}, by=submission.by, now=NOW)


def test_a_sealed_question_takes_no_answer():
    submission = make_submission(asked_field("about-you", sealed=True))

    with pytest.raises(BadInput, match="kept apart"):
        save_answers(submission, {"about-you": "x"}, by=submission.by, now=NOW)


def test_a_sent_form_takes_no_answer():
    submission = make_submission()
    submit_submission(submission, by=submission.by, now=NOW)

    with pytest.raises(WrongState, match="has been sent"):
        save_answers(submission, {"gap": "Late"}, by=submission.by, now=LATER)


@pytest.mark.parametrize("number", [1, 6])
def test_saving_takes_a_fixed_number_of_queries(number, django_assert_num_queries):
    submission = make_submission(*(asked_field(f"q{n}") for n in range(number)))
    values = {f"q{n}": "Reading" for n in range(number)}
    save_answers(submission, dict.fromkeys(values, "Before"), by=submission.by, now=NOW)
    revisions = queries.revisions(submission)
    queries.parked(writer_of(submission), submission)

    # savepoint, touch, questions, answers, the drawer, update, history, trail, release
    with django_assert_num_queries(9):
        save_answers(submission, values, by=submission.by, now=LATER, revisions=revisions)


def test_answers_of_many_submissions_are_one_query(django_assert_num_queries):
    person = make_person()
    submissions = [make_submission(by=person) for _ in range(3)]
    save_answers(submissions[0], {"gap": "Reading"}, by=person, now=NOW)

    with django_assert_num_queries(1):
        found = queries.answers_of([one.pk for one in submissions])

    assert found == {
        submissions[0].pk: {"gap": "Reading"},
        submissions[1].pk: {},
        submissions[2].pk: {},
    }


def test_the_database_refuses_two_answers_to_one_question():
    submission = make_submission()
    save_answers(submission, {"gap": "Reading"}, by=submission.by, now=NOW)
    answer = Answer.objects.get()

    with pytest.raises(IntegrityError):
        Answer.objects.create(
            network=answer.network,
            submission=submission,
            field=answer.field,
            field_version=answer.field_version,
            tier="host",
            saved_at=NOW,
        )


def test_the_database_refuses_a_private_answer_in_plain_words():
    submission = make_submission()
    save_answers(submission, {"gap": "Reading"}, by=submission.by, now=NOW)

    with pytest.raises(IntegrityError, match="a_private_answer_is_sealed"):
        Answer.objects.update(tier="mine")


def test_a_form_of_another_network_keeps_its_answers_apart():
    ours, theirs = make_submission(), make_submission()
    make_form(theirs.network)

    save_answers(ours, {"gap": "Reading"}, by=ours.by, now=NOW)

    assert queries.answers(theirs) == {}
