"""A message never goes out with a hole in it, and carries nothing but words and one button."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.core.errors import BadInput
from throughline.messaging.wording import as_html, button, fill, placeholders, plain


def test_placeholders_are_filled_and_the_readers_name_waits():
    filled = fill(
        "Dear {person.name}, answer by {date.confirm_by}.", {"date.confirm_by": "April 10"}
    )

    assert filled == "Dear {person.name}, answer by April 10."


def test_an_unknown_placeholder_is_an_error():
    with pytest.raises(BadInput, match=r"\{word.participent\}"):
        fill("You are a {word.participent}.", {"word.participant": "fellow"})


def test_a_value_is_not_filled_again():
    assert fill("{reason}", {"reason": "{person.name} {secret}"}) == "{person.name} {secret}"


def test_plain_text_shows_label_and_address_of_the_button():
    body = f"Please answer.\n\n{button('Accept the seat', 'https://network.example/a')}"

    assert plain(body) == "Please answer.\n\nAccept the seat: https://network.example/a"


def test_html_has_paragraphs_and_one_button():
    body = (
        "Dear Dr. Ali,\nwelcome & <b>thanks</b>.\n\n"
        "[Accept](https://network.example/a)\n\n"
        "[Second](https://network.example/b)\n\n"
        "See https://network.example/help."
    )

    assert as_html(body).split("\n") == [
        "<p>Dear Dr. Ali,",
        "<br>welcome &amp; &lt;b&gt;thanks&lt;/b&gt;.</p>",
        '<p><a class="btn" href="https://network.example/a">Accept</a></p>',
        '<p>Second: <a href="https://network.example/b">https://network.example/b</a></p>',
        '<p>See <a href="https://network.example/help">https://network.example/help</a>.</p>',
    ]


@given(st.text())
def test_no_words_become_markup(words):
    html = as_html(words)

    assert "<script" not in html.lower()
    assert "<img" not in html.lower()


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}\.[a-z]{1,8}", fullmatch=True), st.text()))
def test_every_placeholder_is_filled_with_its_own_value(values):
    template = " ".join(f"{{{name}}}" for name in values)

    assert placeholders(template) == set(values)
    assert fill(template, values, later=frozenset()) == " ".join(values.values())
