"""Questions become inputs that say what to enter, and never cut off or lose what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from tests.factories.forms import asked_field, make_form, make_submission
from tests.factories.people import NOW, make_network, make_place
from throughline.forms import queries
from throughline.forms.actions.save_answers import save_answers
from throughline.forms.blueprint import FieldSection
from throughline.forms.districts import find_districts, label_of
from throughline.forms.render import (
    AnswersForm,
    Surroundings,
    about_elsewhere,
    build_form,
    options_of,
)
from throughline.forms.values import shown

pytestmark = pytest.mark.django_db
TITLES = (("superintendent", "Superintendent"), ("other", "Other"))
DATES = (("network.1", "Feb 11–12, 2027"), ("network.2", "Jun 10–11, 2027"))


def ask(
    field: FieldSection,
    typed: str | None = None,
    *,
    given: Any = None,
    complete: bool = False,
    around: Surroundings | None = None,
) -> AnswersForm:
    """One question on a page, filled with ``given``; ``typed`` is what the browser sent."""
    asked = queries.questions(make_form(make_network(), field))
    return build_form(
        asked,
        {} if given is None else {field.key: given},
        data=None if typed is None else QueryDict(typed),
        around=around,
        complete=complete,
    )


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        (asked_field("q"), "q=+Reading+", "Reading"),
        (asked_field("q"), "q=++", None),
        (asked_field("q", type="long text"), "q=One%0D%0Atwo", "One\ntwo"),
        (asked_field("q", type="number"), "q=12.50", "12.5"),
        (asked_field("q", type="whole number"), "q=12", 12),
        (asked_field("q", type="money"), "q=1250.00", "1250"),
        (asked_field("q", type="date"), "q=2027-01-11", "2027-01-11"),
        (asked_field("q", type="email"), "q=a%40district.example", "a@district.example"),
        (asked_field("q", type="phone"), "q=404-555-0123", "404-555-0123"),
        (asked_field("q", type="web address"), "q=district.example", "https://district.example"),
        (asked_field("q", type="yes or no"), "q=no", False),
        (asked_field("q", type="yes or no"), "", None),
        (asked_field("q", type="choice", options=TITLES), "q=other", "other"),
        (asked_field("q", type="choices", options=TITLES), "q=other&q=superintendent", ["other", "superintendent"]),
        (asked_field("q", type="scale", min=1, max=5), "q=4", 4),
        (asked_field("q", type="attest"), "q=on", True),
        (asked_field("q", type="attest"), "", None),
    ],
)  # fmt: skip
def test_what_was_typed_is_stored_and_shown_again(field, typed, stored):
    form = ask(field, typed)

    assert form.is_valid(), form.errors
    assert form.values() == {"q": stored}
    assert ask(field, given=stored)["q"].initial == stored


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (asked_field("q", type="whole number"), "q=many", "Enter a whole number, such as 12."),
        (asked_field("q", type="number"), "q=many", "Enter a number, such as 12 or 12.5."),
        (asked_field("q", type="whole number", min=1), "q=0", "Enter a number of 1 or more."),
        (asked_field("q", type="whole number", max=9), "q=10", "Enter a number of 9 or less."),
        (asked_field("q", type="date"), "q=soon", "Enter a date with month, day and year."),
        (asked_field("q", type="email"), "q=me", "Enter an e-mail address like name@district.org."),
        (asked_field("q", type="choice", options=TITLES), "q=king", "Choose an answer to “What do you see”."),
        (asked_field("q", type="choices", options=TITLES, max=1), "q=other&q=superintendent", "Choose at most 1."),
    ],
)  # fmt: skip
def test_an_answer_of_the_wrong_shape_says_what_to_enter(field, typed, sentence):
    form = ask(field, typed)

    assert not form.is_valid()
    assert form.errors["q"] == [sentence]
    assert form.values() == {}


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("text", "Enter an answer to “What do you see”."),
        ("yes or no", "Choose an answer to “What do you see”."),
        ("attest", "Check the box to confirm: “What do you see”."),
    ],
)
def test_a_gap_is_an_error_only_when_the_form_is_sent(kind, sentence):
    field = asked_field("q", type=kind, required=True)

    assert ask(field, "").is_valid()
    sent = ask(field, "", complete=True)
    assert not sent.is_valid()
    assert sent.errors["q"] == [sentence]


def test_only_optional_questions_are_marked():
    optional, required = asked_field("q"), asked_field("q", required=True)

    assert "(optional)" in str(ask(optional))
    assert "(optional)" not in str(ask(required))


def test_long_answers_get_guidance_and_are_not_cut_off():
    field = asked_field("q", type="long text", words=5)
    words = "word " * 400

    form = ask(field, f"q={words}")

    assert form.is_valid()
    assert form.values() == {"q": words}
    assert "Up to 5 words. Longer is not cut off" in str(form)


def test_options_come_from_a_list_that_the_caller_knows():
    field = asked_field("q", type="choice", options="list.titles")
    around = Surroundings(lists={"list.titles": TITLES})

    form = ask(field, "q=superintendent", around=around)

    assert form.is_valid()
    assert [options_of(one, around) for one in form.asked] == [TITLES]


def test_each_date_is_confirmed_by_itself():
    field = asked_field("q", type="confirm dates", of="convenings.series.network", required=True)
    around = Surroundings(dates={"convenings.series.network": DATES})

    form = ask(field, "q=network.2", around=around, complete=True)

    assert form.is_valid()
    assert form.values() == {"q": ["network.2"]}
    assert str(form).count('type="checkbox"') == 2
    assert "checked" in str(form)


def test_the_words_of_the_program_are_filled_in_and_escaped():
    field = asked_field("q", ask="Your {word.team} & <you>")
    around = Surroundings(words=lambda text: text.replace("{word.team}", "<design team>"))

    html = str(ask(field, around=around))

    assert "Your &lt;design team&gt; &amp; &lt;you&gt;" in html


def test_rosters_files_and_sealed_questions_are_not_asked_here():
    roster, files, sealed = (
        asked_field("roster", type="roster"),
        asked_field("files", type="files"),
        asked_field("about-you", type="choices", options=TITLES, sealed=True),
    )
    submission = make_submission(roster, files, sealed, asked_field("gap"))

    form = build_form(queries.questions(submission.form_version), {})

    assert list(form.fields) == ["gap", "revisions"]
    assert [(one.key, about_elsewhere(one)) for one in form.elsewhere] == [
        ("roster", "You name these people on a page of their own."),
        ("files", "Files cannot be added here yet. You can send this without them."),
    ]


def test_a_page_carries_the_revisions_that_it_showed():
    submission = make_submission()
    saved = save_answers(submission, {"gap": "Reading"}, by=submission.by, now=NOW)
    asked = queries.questions(submission.form_version)

    page = build_form(asked, queries.answers(submission), revisions=saved.revisions)
    sent = build_form(
        asked, {}, data=QueryDict(f"gap=Math&revisions={page.fields['revisions'].initial}")
    )

    assert sent.is_valid()
    assert sent.seen_revisions() == {"gap": 1}
    sent.show_revisions({"gap": 2})
    assert sent.seen_revisions() == {"gap": 2}


@pytest.mark.parametrize("nonsense", ["", "[]", "{", '{"gap": "x"}', "7", "null"])
def test_nonsense_revisions_count_as_none(nonsense):
    asked = queries.questions(make_form())

    form = build_form(asked, {}, data={"revisions": nonsense})

    assert form.seen_revisions() == {}


def test_a_district_is_found_by_line_id_or_name():
    place = make_place("Maple County", "GA")
    field = asked_field("q", type="district")

    for typed in (label_of(place), place.code, "maple county", "Maple"):
        form = ask(field, f"q={typed}")
        assert form.is_valid()
        assert form.values() == {"q": place.code}
    assert f'value="{label_of(place)}"' in str(ask(field, given=place.code))


def test_a_name_that_fits_several_districts_asks_back_with_a_list():
    first, second = make_place("Maple County", "AL"), make_place("Maple County", "GA")

    form = ask(asked_field("q", type="district"), "q=Maple County")

    assert not form.is_valid()
    assert form.errors["q"] == [
        f"Several districts fit “Maple County”. Enter one of these: "
        f"{label_of(first)}; {label_of(second)}."
    ]
    assert f'<option value="{label_of(second)}">' in str(form)


def test_an_unknown_district_keeps_what_was_typed():
    form = ask(asked_field("q", type="district"), "q=Nowhere")

    assert form.errors["q"] == [
        "No district is called “Nowhere”. Enter its name as your state spells it."
    ]
    assert 'value="Nowhere"' in str(form)


def test_names_that_begin_with_what_was_typed_come_first():
    inside, first = make_place("North Maple", "GA"), make_place("Maple", "GA")

    assert find_districts("maple") == [first, inside]
    assert find_districts("maple", limit=1) == [first]
    assert find_districts("  ") == []


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("text", None, ""),
        ("text", "Reading", "Reading"),
        ("yes or no", False, "No"),
        ("attest", True, "Yes"),
        ("choice", "other", "Other"),
        ("choices", ["other", "gone"], "Other; gone"),
        ("confirm dates", [], ""),
        ("date", "2027-01-11", "Jan. 11, 2027"),
        ("whole number", 0, "0"),
    ],
)
def test_an_answer_reads_in_words(kind, value, words):
    assert shown(kind, value, options=TITLES) == words
