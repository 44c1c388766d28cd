"""Answers that are sent eight times at the same moment are kept once."""

from __future__ import annotations

from functools import partial

import pytest

from tests.factories.identity import make_learner
from tests.factories.people import NOW
from tests.factories.threads import at_once
from throughline.audit.models import AuditEvent
from throughline.people.actions.describe_oneself import describe_oneself
from throughline.people.identity import Given
from throughline.people.models import EquityIdentity
from throughline.people.self_description import kept_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_eight_times_one_answer_is_one_row_and_one_line_of_the_trail():
    person = make_learner("gender")

    at_once(
        [partial(describe_oneself, person, {"gender": Given(("man",))}, by=person, now=NOW)] * 8
    )

    assert EquityIdentity.objects.count() == 1
    assert AuditEvent.objects.filter(verb="changed", key=person.ref).count() == 1


def test_two_questions_answered_in_two_windows_are_both_kept():
    person = make_learner("gender", "religion")

    at_once(
        [
            partial(describe_oneself, person, {key: Given((answer,))}, by=person, now=NOW)
            for key, answer in (("gender", "woman"), ("religion", "sikh"))
        ]
    )

    assert {key: one.given.chosen for key, one in kept_of(person).items()} == {
        "gender": ("woman",),
        "religion": ("sikh",),
    }
