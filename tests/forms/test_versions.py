"""A question once asked never changes; what changes is a new version."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.factories.forms import asked_field, make_form, make_rubric, make_submission
from tests.factories.people import NOW, make_network
from throughline.audit.models import AuditEvent
from throughline.core import walls
from throughline.forms import queries
from throughline.forms.actions.save_answers import save_answers
from throughline.forms.models import (
    Answer,
    Criterion,
    FieldVersion,
    FormField,
    FormVersion,
    Level,
    Rubric,
)

pytestmark = pytest.mark.django_db


def test_the_same_form_twice_is_one_version():
    network = make_network()

    first, again = make_form(network), make_form(network)

    assert again == first
    assert FormVersion.objects.count() == 1
    assert FieldVersion.objects.count() == 2
    assert AuditEvent.objects.filter(verb="published").count() == 1


def test_a_changed_question_makes_a_new_version_and_keeps_the_others():
    network = make_network()
    first = make_form(network, asked_field("gap"), asked_field("since"))

    second = make_form(network, asked_field("gap", ask="Which students?"), asked_field("since"))

    assert (first.number, second.number) == (1, 2)
    asked = {one.key: one.wording.number for one in queries.questions(second)}
    assert asked == {"gap": 2, "since": 1}


def test_an_earlier_wording_leads_back_to_its_version():
    network = make_network()
    first = make_form(network, asked_field("gap"))
    make_form(network, asked_field("gap", ask="Which students?"))

    again = make_form(network, asked_field("gap"))

    assert again == first


def test_an_answer_keeps_the_wording_that_it_was_given_to():
    submission = make_submission(asked_field("gap"))
    save_answers(submission, {"gap": "Reading"}, by=submission.by, now=NOW)

    make_form(submission.network, asked_field("gap", ask="Which students?"))

    [answer] = Answer.objects.all()
    assert answer.field_version.ask == "What do you see?"


def test_two_networks_each_have_their_own_form():
    assert make_form(make_network()).form != make_form(make_network()).form


def test_a_rubric_keeps_weights_and_anchors_in_order():
    network = make_network()

    rubric = make_rubric(network)

    assert make_rubric(network) == rubric
    assert Rubric.objects.count() == 1
    assert list(rubric.criteria.values_list("key", "weight", "position")) == [
        ("need", 2, 1),
        ("team", 1, 2),
    ]
    assert list(Level.objects.filter(criterion__key="need").values_list("points", "anchor")) == [
        (1, "None"),
        (2, "Named"),
        (3, "Shown"),
        (4, "Shown for years"),
    ]


def test_the_database_refuses_a_question_asked_twice():
    version = make_form()
    place = FormField.objects.get(form_version=version, position=1)

    with pytest.raises(IntegrityError, match=r"form_version_id|a_form_asks_a_question_once"):
        FormField.objects.create(
            network=version.network,
            form_version=version,
            field=place.field,
            field_version=place.field_version,
            position=9,
        )


def test_the_database_refuses_a_criterion_that_weighs_nothing():
    rubric = make_rubric()

    with pytest.raises(IntegrityError, match="a_criterion_weighs_something"):
        Criterion.objects.create(
            network=rubric.network, rubric=rubric, key="none", label="None", weight=0, position=9
        )


def test_the_database_refuses_to_change_a_wording():
    walls.put_up(connection)
    make_form()

    with pytest.raises(DatabaseError, match=walls.ONLY_ADDED), transaction.atomic():
        FieldVersion.objects.update(label={"en": "Something else"})


def test_a_form_without_pages_is_asked_on_one():
    version = make_form(make_network(), asked_field("gap"), asked_field("since"))

    [(page, title)] = version.parts
    assert title == version.title
    assert [one.key for one in queries.questions(version, page)] == ["gap", "since"]
