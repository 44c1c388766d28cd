"""Forms and rubrics as a blueprint would declare them, and submissions of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.factories.people import NOW, make_network, make_person, root_of
from throughline.forms.actions.start_submission import start_submission
from throughline.forms.actions.sync_form import sync_form
from throughline.forms.actions.sync_rubric import sync_rubric
from throughline.forms.blueprint import FieldSection, FormSection, RubricSection
from throughline.forms.models import FormVersion, Rubric, Submission
from throughline.people.models import Network, Person


def asked_field(key: str, *, ask: str = "What do you see?", **rest: Any) -> FieldSection:
    """One question, as a blueprint writes it."""
    if not isinstance(rest.get("options", ""), str):
        rest["options"] = [list(pair) for pair in rest["options"]]
    return FieldSection.model_validate({"key": key, "ask": ask, **rest})


def make_form(
    network: Network | None = None,
    *fields: FieldSection,
    key: str = "application",
    parts: tuple[tuple[str, str], ...] = (),
    now: datetime = NOW,
) -> FormVersion:
    """A published form; without ``fields`` it asks two optional questions."""
    section = FormSection.model_validate(
        {
            "title": "Application",
            "minutes": 30,
            "parts": [list(part) for part in parts],
            "fields": fields or (asked_field("gap"), asked_field("since")),
        }
    )
    return sync_form(network or make_network(), key, section, now=now)


def make_rubric(network: Network | None = None, *, now: datetime = NOW) -> Rubric:
    """A rubric with two criteria of four levels."""
    section = RubricSection.model_validate(
        {
            "title": "Application rubric",
            "criteria": [
                {
                    "key": "need",
                    "ask": "Need",
                    "weight": 2,
                    "levels": ["None", "Named", "Shown", "Shown for years"],
                },
                {
                    "key": "team",
                    "ask": "Team",
                    "levels": ["Names", "One level", "Roles", "Support"],
                },
            ],
        }
    )
    return sync_rubric(network or make_network(), "application", section, now=now)


def make_submission(
    *fields: FieldSection, by: Person | None = None, network: Network | None = None
) -> Submission:
    """An empty submission of a form with these questions, in the scope of the network."""
    by = by or make_person(network)
    form = make_form(by.network, *fields)
    return start_submission(form, scope=root_of(by.network), by=by, now=NOW)


def writer_of(submission: Submission) -> Person:
    """Who began a submission."""
    assert submission.by is not None
    return submission.by
