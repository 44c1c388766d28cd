"""A document as a tagged PDF (PDF/UA-1), set by Typst from one template and our own fonts.

What a document says goes to the template as JSON: no text of a person is ever part of its source.
Nothing is fetched from elsewhere, and the same document gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from throughline.ui.exports.characters import UNKNOWN, printable

if TYPE_CHECKING:
    from typst import Fonts

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, as ``ui/figures.html`` prints it too."""

    label: str
    number: str
    of: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of one or more paragraphs, perhaps under a heading; ``is_said`` by a person, or ours."""

    text: str
    heading: str = ""
    is_said: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading."""

    title: str
    passages: Sequence[Passage]


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that a document says, in the language it is in.

    ``running`` stands at the top of every page but the first, left and right; ``foot`` beside the
    page's number. Screen readers skip both, so what they say stands in the document too.
    """

    title: str
    author: str
    language: str
    made_at: datetime
    running: tuple[str, str]
    foot: str
    eyebrow: str = ""
    lead: str = ""
    figures: Sequence[Figure] = ()
    notes: Sequence[str] = ()
    sections: Sequence[Section] = ()


def pdf_of(document: Document) -> bytes:
    """Return the document as PDF. Some ten milliseconds, and as many more every ten pages."""
    import typst  # noqa: PLC0415 - slow import

    compiler = typst.Compiler(
        HERE / "document.typ",
        root=HERE,
        font_paths=_fonts(),
        sys_inputs={"document": _spoken(document)},
    )
    second = document.made_at.astimezone(UTC).replace(microsecond=0)
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=second)
    if not isinstance(made, bytes):
        raise TypeError(f"expected one PDF, got {type(made).__name__}")
    return made


def send_pdf(document: Document, name: str) -> HttpResponse:
    """Send the document to be saved under ``name``; no cache on the way keeps it."""
    response = HttpResponse(pdf_of(document), content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    response.headers["Cache-Control"] = "no-store, private"
    return response


@cache
def _fonts() -> Fonts:
    """Return our own fonts, and no other of this machine."""
    import typst  # noqa: PLC0415 - slow import

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[HERE / "fonts"]
    )


def _spoken(document: Document) -> str:
    """Return the document as the template reads it; what no font of ours has is told in a note."""
    says: dict[str, Any] = {
        "title": document.title,
        "author": document.author,
        "language": document.language.partition("-")[0],
        "page_words": _("Page {page} of {pages}"),
        "running": document.running[0],
        "running_end": document.running[1],
        "foot": document.foot,
        "eyebrow": document.eyebrow,
        "lead": _paragraphs(document.lead),
        "figures": [asdict(one) for one in document.figures],
        "notes": [lines for note in document.notes for lines in _paragraphs(note)],
        "sections": [
            {
                "title": section.title,
                "passages": [
                    asdict(one) | {"text": _paragraphs(one.text)} for one in section.passages
                ],
            }
            for section in document.sections
        ],
    }
    shown = _each_text(says)
    if _marks(shown) > _marks(says):
        note = _("%(mark)s stands for a character that cannot be printed here.")
        shown["notes"] = [*shown["notes"], [note % {"mark": UNKNOWN}]]
    return json.dumps(shown)


def _marks(value: dict[str, Any]) -> int:
    return json.dumps(value, ensure_ascii=False).count(UNKNOWN)


def _paragraphs(text: str) -> list[list[str]]:
    """Return the lines of each paragraph, as a page breaks them."""
    blocks = re.split(r"\n{2,}", text.replace("\r\n", "\n").replace("\r", "\n").strip())
    return [block.split("\n") for block in blocks if block]


def _each_text(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _each_text(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_each_text(one) for one in value]
    return value
