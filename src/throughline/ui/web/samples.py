"""Made-up content of the living page: every component in its states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator

from throughline.core.todo import ToDo
from throughline.ui import charts
from throughline.ui.forms import Tile
from throughline.ui.navigation import NavItem


class SampleForm(forms.Form):
    """Every kind of field that the renderer draws."""

    who = forms.CharField(
        label="Which students are living with this gap?",
        help_text="One sentence. Name students, not a program.",
        error_messages={"required": "Write one sentence about the students."},
    )
    email = forms.EmailField(
        label="Where do we write to you?",
        error_messages={
            "required": "Enter an email address like name@district.org.",
            "invalid": "Enter an email address like name@district.org.",
        },
    )
    seen = forms.CharField(
        label="What do you see, and since when?",
        help_text="Up to 400 words. Longer is not cut off; readers may stop there.",
        widget=forms.Textarea(attrs={"rows": 4, "data-words": 400}),
        required=False,
    )
    tie = forms.ChoiceField(
        label="Any tie to this district?",
        help_text="A tie is no fault. It only means that somebody else reads this one.",
        widget=forms.RadioSelect,
        choices=[
            ("none", "No tie"),
            ("work", "I work there, or did in the last four years"),
            ("person", Tile("I am close to one of these people", hint="Family, friend, business, supervisor, someone you advised")),
        ],
        error_messages={"required": "Choose what fits."},
    )  # fmt: skip
    known = forms.MultipleChoiceField(
        label="How do you know?",
        widget=forms.CheckboxSelectMultiple,
        choices=[("numbers", "Our own numbers"), ("students", "Students told us"), ("not", "Not yet, it is a hunch")],
        required=False,
    )  # fmt: skip
    state = forms.ChoiceField(
        label="State", choices=[("GA", "Georgia"), ("LA", "Louisiana")], required=False
    )
    starts_on = forms.DateField(
        label="First day", widget=forms.DateInput(attrs={"type": "date", "class": "short"}), required=False
    )  # fmt: skip
    page = forms.FileField(
        label="One page that shows it", help_text="PDF or a picture, up to 10 MB.", required=False
    )
    is_true = forms.BooleanField(
        label="What I wrote is true as far as I know.",
        help_text="We store your name, the time and this text.",
        error_messages={"required": "Check the box to go on."},
    )


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a line of print."""

    label: str
    number: str
    of: str = ""
    note: str = ""


COLORS = (
    "canvas", "surface", "sunken", "ink", "ink-2", "line", "edge", "brand", "brand-soft", "head", "sun", "sun-ui",
    "info-bg", "ok-bg", "warn-bg", "bad-bg", "plain-bg",
)  # fmt: skip

ROWS = (
    charts.Row("American Indian students", hidden="Hidden, like another group"),
    charts.Row("Asian students", low=63, high=79, value=72, n=121),
    charts.Row("Black students", low=42, high=54, value=48, n=246, is_focus=True),
    charts.Row("Latino students", low=45, high=59, value=52, n=201, is_focus=True),
    charts.Row("Pacific Islander students", hidden="Fewer than 10 students", n_words="<10"),
    charts.Row("Students of two or more races", low=51, high=78, value=66, n=44),
    charts.Row("White students", low=66, high=75, value=71, n=382),
)
ALL_STUDENTS = charts.Row("All ready students", low=58, high=64, value=61, n=1015)
PUBLISHED = (
    charts.Row("Black students", low=80, high=84, n=412),
    charts.Row("Latino students", low=70, high=79, n=65),
    charts.Row("Multilingual learners", low=50, high=100, n=14),
    charts.Row("Students with disabilities", hidden="Not published: a small group"),
    charts.Row("White students", low=88, high=88, n=1204),
)
LINES = (
    charts.Line("Asian", 70, 72),
    charts.Line("White", 69, 71),
    charts.Line("Two or more races", 64, 66),
    charts.Line("All ready students", 58, 61, "dist"),
    charts.Line("Latino", 48, 52, "hl"),
    charts.Line("Black", 45, 48, "hl"),
)


def context(today: date) -> dict[str, Any]:
    """Return what the living page shows on this day."""
    return {
        "colors": COLORS,
        "states": ["Done", "In progress", "Waiting", "Failed", "Not started"],
        "figures": [
            Figure("Coaching hours", "93.5", "of 240", "15.5 more are booked"),
            Figure("Convening days attended", "46", "of 48", "by fellows, so far"),
            Figure("Site visits", "7", "of 24", "5 more are booked"),
            Figure("Spent so far", "$481,200", "", "33% of the grant; 35% was planned"),
        ],
        "todos": _todos(today),
        "soon": today + timedelta(days=1),
        "pages_of_one_thing": [
            NavItem("Overview", "#page-parts", current=True),
            NavItem("Groups", "#page-parts"),
            NavItem("Check-in", "#page-parts"),
        ],
        "sample_page": Paginator(range(30), 10).page(2),
        "today": today,
        "tomorrow": today + timedelta(days=1),
        **_drawn(today),
    }


def _todos(today: date) -> list[ToDo]:
    return [
        ToDo("Check what we tell families", 3, today + timedelta(days=1), "#lists", "“You said, we did”, in English and Spanish. Goes out tomorrow if you agree."),
        ToDo("Read the placement rule before it goes to the board", 5, today + timedelta(days=2), "#lists", "Two pages. Say yes, or mark a line."),
        ToDo("Say how the last coaching hour helped", 2, today + timedelta(days=7), "#lists", "Only totals of five or more are ever shown."),
    ]  # fmt: skip


def _drawn(today: date) -> dict[str, Any]:
    overall = charts.Comparator("all ready students", 61)
    steps = [
        charts.Step("Start", "done"),
        charts.Step("Listen", "done"),
        charts.Step("Choose", "here"),
        charts.Step("Test", "ahead"),
        charts.Step("Share", "ahead"),
    ]
    stages = [
        "Finding",
        "Listening",
        "Challenge",
        "Cause",
        "Idea",
        "Tests",
        "Measure",
        "Claim",
        "Outcome",
    ]
    return {
        "dot_rows": charts.dot_rows(
            ROWS,
            caption="Ready students placed in Algebra I, grade 8. Groups in alphabetical order.",
            comparator=overall,
            all_students=ALL_STUDENTS,
            value_head="Placed",
        ),
        "dot_rows_said": charts.describe_dot_rows(
            ROWS, subject="Ready students placed in Algebra I", comparator=overall
        ),
        "published_rows": charts.dot_rows(
            PUBLISHED,
            caption="Students who graduated in four years. Groups in alphabetical order.",
            comparator=charts.Comparator("the state", 84),
        ),
        "slope": charts.slope(
            LINES, then="2022–23", now="2025–26", subject="Share of ready students placed"
        ),
        "phases": charts.phases(steps),
        "phases_said": charts.describe_phases(steps),
        "thread": charts.thread(
            [charts.Step(name, "done" if place < 5 else "here" if place == 5 else "ahead") for place, name in enumerate(stages)],
            label="Nine stages; you are at Tests",
        ),
        "timeline": charts.timeline(
            [
                charts.Span("Getting ready", today - timedelta(days=90), today - timedelta(days=31)),
                charts.Span("Listening", today - timedelta(days=30), today + timedelta(days=40)),
                charts.Span("Testing", today + timedelta(days=41), today + timedelta(days=200)),
            ],
            today=today,
        ),
        "dotlines": [
            ("Wescott County", charts.dot_line([3.75, 3.5, 3.5], 3.64, low=1, high=4), "3.64"),
            ("Calder Parish", charts.dot_line([3.9, 3.5, 2.6], 3.4, low=1, high=4), "3.40"),
        ],
    }  # fmt: skip
