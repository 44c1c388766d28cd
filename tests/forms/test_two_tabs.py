"""Whatever two people do in however many stale tabs, no typed answer is ever lost."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories.forms import asked_field, make_submission, writer_of
from tests.factories.people import NOW, make_person
from throughline.forms import queries
from throughline.forms.actions.save_answers import save_answers
from throughline.forms.models import AnswerHistory

KEYS = ("gap", "since")
TYPED = st.sampled_from(["", "Reading", "Math", "Science"])
STEP = st.tuples(
    st.integers(0, 2),  # which tab
    st.sampled_from(["reload", "save", "retry"]),
    st.dictionaries(st.sampled_from(KEYS), TYPED, min_size=1),
)


@pytest.mark.slow
class TwoTabs(TestCase):
    """Three tabs of two people, saving in any order, with retries and without reloading."""

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=st.lists(STEP, max_size=14))
    def test_every_typed_answer_is_current_in_history_or_parked(self, steps):
        submission = make_submission(*(asked_field(key) for key in KEYS))
        other = make_person(submission.network)
        writer = writer_of(submission)
        people = [writer, other, writer]
        page: list[dict[str, object]] = [{}, {}, {}]
        seen: list[dict[str, int]] = [{}, {}, {}]
        last: list[dict[str, str]] = [{}, {}, {}]
        typed: set[tuple[str, str]] = set()

        for tab, what, values in steps:
            if what == "reload":
                page[tab], seen[tab] = (
                    dict(queries.answers(submission)),
                    queries.revisions(submission),
                )
                continue
            sent = (
                {**dict.fromkeys(KEYS, ""), **page[tab], **values} if what == "save" else last[tab]
            )
            result = save_answers(submission, sent, by=people[tab], now=NOW, revisions=seen[tab])
            last[tab] = sent
            page[tab] = {**page[tab], **sent}
            clashing = {one.key for one in result.conflicts}
            # The page goes on with the revisions it is given, but not for what it must still settle.
            seen[tab] = {
                key: revision
                for key, revision in {**seen[tab], **result.revisions}.items()
                if key not in clashing
            } | {key: seen[tab][key] for key in clashing if key in seen[tab]}
            typed |= {(key, value) for key, value in sent.items() if value and key in values}

        kept = {
            (key, value)
            for key, value in AnswerHistory.objects.values_list("answer__field__key", "value")
        }
        for person in (writer, other):
            for key, versions in queries.parked(person, submission).items():
                kept |= {(key, one.value) for one in versions}
        assert typed <= kept
