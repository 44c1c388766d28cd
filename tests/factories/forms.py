"""Forms and rubrics as a blueprint would declare them, and submissions of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.factories.people import NOW, make_network, make_person, root_of
from throughline.forms.actions.start_submission import start_submission
from throughline.forms.actions.sync_form import sync_form
from throughline.forms.actions.sync_rubric import sync_rubric
from throughline.forms.models import FormVersion, Rubric, Submission
from throughline.people.models import Network, Person


@dataclass(frozen=True)
class AskedField:
    """One question, with the defaults of the blueprint format."""

    key: str
    ask: str = "What do you see?"
    type: str = "text"
    help: str | None = None
    required: bool = False
    show_if: str | None = None
    options: Any = None
    words: int | None = None
    max: int | None = None
    min: int | None = None
    labels: tuple[str, ...] = ()
    of: str | None = None
    tier: str | None = None
    sealed: bool = False
    blind: bool = False
    carry: str | None = None
    tags: tuple[str, ...] = ()
    part: str | None = None


@dataclass(frozen=True)
class AskedForm:
    """A form, with the defaults of the blueprint format."""

    fields: tuple[AskedField, ...]
    title: str = "Application"
    intro: str | None = None
    minutes: int | None = 30
    tier: str = "host"
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class AskedCriterion:
    """One thing to judge."""

    key: str
    ask: str
    weight: int = 1
    levels: tuple[str, ...] = ()


@dataclass(frozen=True)
class AskedRubric:
    """A rubric, with the defaults of the blueprint format."""

    criteria: tuple[AskedCriterion, ...]
    title: str = "Application rubric"
    scale: tuple[int, ...] = (1, 2, 3, 4)
    comment: str = "extremes"


TWO_QUESTIONS = (AskedField("gap"), AskedField("since"))


def make_form(
    network: Network | None = None,
    *fields: AskedField,
    key: str = "application",
    parts: tuple[tuple[str, str], ...] = (),
    now: datetime = NOW,
) -> FormVersion:
    """A published form; without ``fields`` it asks two optional questions."""
    section = AskedForm(fields or TWO_QUESTIONS, parts=parts)
    return sync_form(network or make_network(), key, section, now=now)


def make_rubric(network: Network | None = None, *, now: datetime = NOW) -> Rubric:
    """A rubric with two criteria of four levels."""
    section = AskedRubric(
        (
            AskedCriterion("need", "Need", 2, ("None", "Named", "Shown", "Shown for years")),
            AskedCriterion("team", "Team", 1, ("Names", "One level", "Roles", "Support")),
        )
    )
    return sync_rubric(network or make_network(), "application", section, now=now)


def make_submission(
    *fields: AskedField, by: Person | None = None, network: Network | None = None
) -> Submission:
    """An empty submission of a form with these questions, in the scope of the network."""
    by = by or make_person(network)
    form = make_form(by.network, *fields)
    return start_submission(form, scope=root_of(by.network), by=by, now=NOW)
