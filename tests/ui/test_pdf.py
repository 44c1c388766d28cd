"""A document is a tagged PDF that says what it was given, whatever people typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from django.utils import translation

from tests.factories.pdf import read_back
from throughline.ui.exports.characters import known
from throughline.ui.exports.pdf import Document, Figure, Passage, Section, pdf_of, send_pdf

NOTE = Document(
    title="Tallis City Schools",
    author="Southern Equity Network",
    language="en",
    made_at=datetime(2026, 11, 27, 14, 30, 15, 123456, tzinfo=UTC),
    running=("Southern Equity Network · Cohort 4", "A-004"),
    foot="Fri, Nov 27",
    eyebrow="Application A-004",
    lead="Ruth Okafor",
    figures=[
        Figure("Class of 2014–15", "569", "", "students in 2 schools"),
        Figure("Dates", "4", "of 5"),
    ],
    notes=["Public data."],
    sections=[
        Section("Team", [Passage("First.\n\nSecond\nline.", "Who?"), Passage("No answer", "When?", False)])
    ],
)  # fmt: skip


def with_text(text: str) -> Document:
    return replace(NOTE, figures=[], notes=[], sections=[Section("Team", [Passage(text)])])


def test_it_is_tagged_titled_in_its_language_and_in_our_own_fonts():
    made = read_back(pdf_of(NOTE))

    assert (made.standard, made.is_tagged, made.language) == ("ua-1", True, "en")
    assert (made.title, made.author) == ("Tallis City Schools", "Southern Equity Network")
    assert made.tags == [
        "Document", "P", "H1", "P",
        "Table", "THead", "TR", "TH", "TH", "TBody", "TR", "TD", "TD",
        "P", "H2", "H3", "P", "P", "H3", "P",
    ]  # fmt: skip
    assert made.fonts == {
        "SourceSans3-Regular", "SourceSans3-Semibold", "SourceSerif4-Regular", "SourceSerif4-Semibold",
    }  # fmt: skip


def test_it_says_everything_once_with_its_page_at_the_foot():
    made = read_back(pdf_of(NOTE))

    assert made.text == (
        "Application A-004 Tallis City Schools Ruth Okafor "
        "Class of 2014–15 Dates 569 students in 2 schools 4 of 5 "
        "Public data. Team Who? First. Second line. When? No answer "
        "Fri, Nov 27 Page 1 of 1"
    )


def test_a_long_one_counts_its_pages():
    made = read_back(pdf_of(with_text("\n\n".join(["A paragraph of some length. " * 30] * 20))))

    assert made.pages > 2
    assert made.text.count("Southern Equity Network · Cohort 4 A-004") == made.pages - 1
    assert f"Page 2 of {made.pages}" in made.text


def test_pages_are_counted_in_the_language_of_the_reader():
    with translation.override("es"):
        made = read_back(pdf_of(replace(NOTE, language="es-mx")))

    assert (made.language, "Página 1 de 1" in made.text) == ("es", True)


def test_what_people_type_is_never_carried_out():
    typed = '#read("document.typ") #strong[x] $x^2$ = Heading // note \\ * _ ` "] #let said = 1'

    assert typed in read_back(pdf_of(with_text(typed))).text


def test_the_list_of_characters_holds_what_our_fonts_have():
    made = read_back(pdf_of(with_text(" ".join(sorted(known())))))

    assert len(known()) > 1600
    assert (made.standard, "cannot be printed" in made.text) == ("ua-1", False)


def test_a_character_that_no_font_of_ours_has_is_marked_and_told():
    made = read_back(
        pdf_of(with_text("Hi 😀, السلام\x00\x07\ufeff \ud800 e\u0301 👩\u200d🏫\ufe0f\ttab"))
    )

    assert "Hi □, □□□□□□ é □□ tab" in made.text
    assert "□ stands for a character that cannot be printed here." in made.text


def test_the_same_document_has_the_same_bytes():
    assert pdf_of(NOTE) == pdf_of(NOTE)


def test_it_is_sent_under_its_name_and_no_cache_keeps_it():
    response = send_pdf(NOTE, "A-004-peñasco.pdf")

    assert response.headers == {
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment; filename*=utf-8''A-004-pe%C3%B1asco.pdf",
        "Cache-Control": "no-store, private",
    }
