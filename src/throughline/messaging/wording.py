"""Fill placeholders, and turn the words of a message into plain text and simple HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from throughline.core.errors import BadInput

PLACEHOLDER = re.compile(r"\{([A-Za-z][A-Za-z0-9_.-]*)\}")
BUTTON = re.compile(r"\[([^\[\]\n]+)\]\((https?://[^\s()]+)\)")
ADDRESS = re.compile(r"https?://[^\s<>()\"']*[^\s<>()\"'.,;:!?]")

SITE = "site"
AT_DELIVERY = frozenset({"person.name", "person.called", SITE})
"""What stays open until delivery: it differs from reader to reader, or the site may move before."""


def placeholders(text: str) -> set[str]:
    """Return the names between braces."""
    return set(PLACEHOLDER.findall(text))


def fill(template: str, values: Mapping[str, str], *, later: frozenset[str] = AT_DELIVERY) -> str:
    """Put ``values`` in the place of their names. Names in ``later`` may stay open.

    Raises
    ------
    BadInput
        A placeholder has no value: a message never goes out with a hole in it.
    """

    def value_of(match: re.Match[str]) -> str:
        name = match[1]
        if name in values:
            return str(values[name])
        if name in later:
            return match[0]
        raise BadInput(f"This message asks for {{{name}}}, which nobody has filled in.")

    return PLACEHOLDER.sub(value_of, template)


def on_site(path: str) -> str:
    """Return the address of one of our pages, as a message holds it until its delivery."""
    return f"{{{SITE}}}{path}"


def button(label: str, href: str) -> str:
    """Return the words that become the one button of a message (in plain text: label and address)."""
    return f"[{label}]({href})"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of a message: words, or its button."""

    words: str
    button: str = ""
    href: str = ""


def paragraphs(body: str) -> Iterator[Paragraph]:
    """Split a body at empty lines. A button stands alone; a second one reads as words."""
    has_button = False
    for block in re.split(r"\n\s*\n", body.strip()):
        found = BUTTON.fullmatch(block.strip())
        if found and not has_button:
            has_button = True
            yield Paragraph("", found[1], found[2])
        else:
            yield Paragraph(plain(block.strip()))


def plain(body: str) -> str:
    """Return the words as plain text shows them."""
    return BUTTON.sub(lambda match: f"{match[1]}: {match[2]}", body)


def as_html(body: str) -> SafeString:
    """Return paragraphs and one button. No pictures, no tracking, nothing loaded from elsewhere."""
    return format_html_join("\n", "{}", ((_paragraph(one),) for one in paragraphs(body)))


def _paragraph(one: Paragraph) -> SafeString:
    if one.button:
        return format_html('<p><a class="btn" href="{}">{}</a></p>', one.href, one.button)
    return format_html("<p>{}</p>", format_html_join("\n", "{}", _lines(one.words)))


def _lines(words: str) -> Iterator[tuple[SafeString]]:
    for place, line in enumerate(words.splitlines()):
        yield (format_html("<br>{}" if place else "{}", _with_links(line)),)


def _with_links(line: str) -> SafeString:
    pieces, place = [], 0
    for match in ADDRESS.finditer(line):
        pieces.append(format_html("{}", line[place : match.start()]))
        pieces.append(format_html('<a href="{}">{}</a>', match[0], match[0]))
        place = match.end()
    pieces.append(format_html("{}", line[place:]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))
