"""Tags that every template may use."""

from __future__ import annotations

import re
from uuid import UUID

from django.db import models
from django.template import Context, Template
from django.test import RequestFactory

from throughline.ui.words import plain_word


class Words:
    """Words of a program, as a page hands them over."""

    def one(self, key: str) -> str:
        return {"participant": "leader"}.get(key, "")

    def other(self, key: str) -> str:
        return {"participant": "leaders"}.get(key, "")


class Life(models.TextChoices):
    """A state with a key and a word."""

    WAITLISTED = "waitlisted", "On the <waitlist>"
    DECLINED = "declined", "Declined"


def show(source: str, **context) -> str:
    return Template("{% load ui %}" + source).render(Context(context)).strip()


def test_a_word_comes_from_the_program_and_falls_back_to_plain_english():
    both = '{% word "participant" %} {% words "participant" %} {% words "district" %}'

    assert show(both, words=Words()) == "leader leaders districts"
    assert show(both) == "fellow fellows districts"
    assert show('{% words "participant" start=True %}', words=Words()) == "Leaders"


def test_a_word_nobody_named_is_read_as_it_stands():
    assert (plain_word("site_visit", many=False), plain_word("site_visit", many=True)) == (
        "site visit",
        "site visits",
    )


def test_a_state_is_a_word_with_the_tone_of_its_key_and_is_escaped():
    assert show("{% tag state %}", state=Life.WAITLISTED) == (
        '<span class="tag warn">On the &lt;waitlist&gt;</span>'
    )


def test_a_refusal_is_shown_without_alarm():
    assert show("{% tag state %}", state=Life.DECLINED) == '<span class="tag">Declined</span>'


def test_a_tone_can_be_given():
    assert show('{% tag "Fix two" "warn" %}') == '<span class="tag warn">Fix two</span>'


def test_once_prints_a_fresh_key():
    first, second = (show("{% once %}") for _ in range(2))

    key = re.fullmatch(r'<input type="hidden" name="once" value="(.+)">', first)
    assert key
    assert UUID(key[1]).version == 4
    assert first != second


def test_once_keeps_its_key_when_a_form_comes_back_with_errors():
    key = "0b5a63f2-7c1d-4a3e-9b55-2f6d0c9e1a11"
    request = RequestFactory().post("/", {"once": key})

    assert show("{% once %}", request=request) == (
        f'<input type="hidden" name="once" value="{key}">'
    )


def test_once_does_not_print_what_it_was_sent_when_that_is_no_key():
    request = RequestFactory().post("/", {"once": '"><script>'})

    assert "script" not in show("{% once %}", request=request)


def test_words_of_a_person_become_escaped_paragraphs():
    assert show("{% paragraphs text %}", text="One <b>line</b>\nmore\n\nTwo") == (
        "<p>One &lt;b&gt;line&lt;/b&gt;<br>more</p>\n\n<p>Two</p>"
    )


def test_initials_skip_titles_and_middle_names():
    assert show('{{ "Dr. Angela Marie Boudreaux"|initials }}') == "AB"
    assert show('{{ "Cher"|initials }}') == "C"
    assert show('{{ ""|initials }}') == ""
