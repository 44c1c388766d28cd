"""What a host reads in the editor: sentences, readings, names and numbers; no code words."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.factories.people import NOW
from tests.factories.programs import blueprint_text, make_cohort
from throughline.core.blueprint.conditions import parse_condition
from throughline.core.blueprint.faults import Place
from throughline.core.blueprint.moments import parse_moment
from throughline.programs.actions.edit_draft import edit_draft
from throughline.programs.actions.start_draft import start_draft
from throughline.programs.blueprints import Looked, speech_of
from throughline.programs.clauses import parts_of
from throughline.programs.drafts import draft_of, look_at
from throughline.programs.moves import moves_of
from throughline.programs.naming import Names, table_title
from throughline.programs.plain import Plain
from throughline.programs.shelf import shelf

CODE = re.compile(r"\[\[|\]\]|\brings\b|\b(true|false)\b|…")


@pytest.fixture
def looked() -> Looked:
    return look_at(blueprint_text())


def plain_of(looked: Looked) -> Plain:
    assert looked.whole is not None
    return Plain(looked.whole, speech_of(looked.whole))


@pytest.mark.parametrize("source", [one.source for one in shelf()], ids=[s.key for s in shelf()])
def test_no_sentence_of_a_program_that_ships_holds_a_code_word_or_a_lost_blank(source: str):
    clauses = [clause for part in parts_of(look_at(source)) for clause in part.clauses]

    texts = [piece for clause in clauses for piece in clause.pieces if isinstance(piece, str)]

    assert len(clauses) > 20
    assert [text for text in texts if CODE.search(text)] == []


def test_words_come_last_and_choices_read_as_words(looked: Looked):
    parts = parts_of(looked)
    teams = next(part for part in parts if part.key == "teams")

    assert parts[-1].key == "words"
    assert teams.clauses[0].sentence() == (
        "Each district brings a design team of 5 to 7 people. Its lead does not count as one. "
        "A smaller or larger one is not accepted."
    )


@pytest.mark.parametrize(
    ("moment", "reading"),
    [
        ("start - 9 months", "9 months before the first day"),
        ("stage.application.closes + 3 working days", "3 working days after “Application closes”"),
        ("series.network.2", "Network convening 2"),
        ("series.network.last + 1 week", "1 week after the last Network convening"),
    ],
)
def test_a_moment_is_said_in_words(looked: Looked, moment: str, reading: str):
    assert plain_of(looked).moment(parse_moment(moment)) == reading


@pytest.mark.parametrize(
    ("rule", "reading"),
    [
        ("share.convening-days >= 80",
         "percent of the promise so far (convening days) is at least 80"),
        ("challenge.state = 'measured'", "challenge state is measured"),
        ("not person.is_executive", "not: the title counts as executive"),
        ("district.state is answered and team.size < 5",
         "district state is answered, and members of the team is below 5"),
    ],
)  # fmt: skip
def test_a_condition_is_said_in_words(looked: Looked, rule: str, reading: str):
    assert plain_of(looked).condition(parse_condition(rule).tree) == reading


@pytest.mark.parametrize(
    ("place", "title"),
    [
        (("teams",), "In general"),
        (("teams", "rings", "design-team"), "Design team"),
        (("forms", "application", "fields", 0), "Fellowship application · Question: Your title"),
        (("admissions", "stages", 1), "Step: Review"),
        (("admissions", "review"), "Review"),
    ],
)
def test_a_table_has_a_title_that_people_know(looked: Looked, place: Place, title: str):
    assert looked.whole is not None

    assert table_title(place, looked.tables, speech_of(looked.whole)) == title


def test_a_path_has_the_name_of_its_sentence_or_of_its_table(looked: Looked):
    names = Names(looked)

    assert names.of("teams.rings.design-team.min").startswith("Each district brings")
    assert names.of("admissions.review.calibration") == (
        "Applying: Review, sample applications scored first"
    )
    assert names.explained("25 half-days, the sum of convenings.series.network") == (
        "12.5 days, the sum of Network convening"
    )


def moved(changes: dict[Place, Any]) -> list[str]:
    """Return the titles of what a draft with these changes moves."""
    cohort = make_cohort()
    draft = start_draft(cohort.program, by=None, now=NOW)
    edit_draft(draft, changes, seen=draft.sha256, by=None, now=NOW)
    found = draft_of(cohort.program)
    assert found is not None
    day = cohort.ends_on + timedelta(days=5)
    return [one.title for one in moves_of(found, day, NOW.date())]


@pytest.mark.django_db
def test_numbers_come_first_in_what_moves():
    titles = moved(
        {
            ("convenings", "series", "network", "length"): "5 half-days",
            ("convenings", "series", "network", "on"): "Wednesday",
            ("teams", "rings", "design-team", "min"): 3,
            ("words", "en", "challenge", "one"): "systems challenge",
            ("words", "en", "challenge", "other"): "systems challenges",
        }
    )

    assert titles[:4] == [
        "12.5 program days, not 10",
        "60 more hotel nights",
        "Design teams of 3 or 4 can start",
        "“Systems challenge”, not “racial equity challenge”",
    ]
    assert "Network convening 1 and 4 more" in titles


@pytest.mark.django_db
def test_sizes_that_no_longer_fit_and_fewer_days_are_said_too():
    titles = moved(
        {
            ("convenings", "series", "network", "length"): "1 day",
            ("teams", "rings", "design-team", "max"): 6,
        }
    )

    assert titles[:3] == [
        "5 program days, not 10",
        "60 fewer hotel nights",
        "Design teams of 7 can no longer start",
    ]
