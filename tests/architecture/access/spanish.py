"""What a program says in English and in Spanish, and everything that a reader comes to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin

from django.test import Client
from django.utils import translation

from tests.architecture.access.crawl import text_of
from throughline.programs.models import BlueprintVersion
from throughline.programs.sections import translated
from throughline.programs.words import words_of

ENGLISH_DATE = re.compile(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), [A-Z][a-z]{2} \d|\d:\d\d [ap]m\b")
WRONG_PLURAL = re.compile(
    r"(?<![\d.,:])1 (?:días|semanas|meses|horas|minutos|personas|encuentros|asientos|cosas)\b"
)
NEVER = re.compile(r"/(logout|theme|language|style|healthz|static|demo)\b")
MOST = 400


def english_texts(version: BlueprintVersion) -> set[str]:
    """Return every text of a program, and every term, that Spanish says in other words."""
    with translation.override("en-us"):
        words = words_of(version)
        english = [words.fill(text) for text in _texts(version, "en")]
        terms = {key: (words.one(key), words.other(key)) for key in version.parsed["words"]["en"]}
    with translation.override("es"):
        words = words_of(version)
        spanish = [words.fill(text) for text in _texts(version, "es")]
        own = {key: (words.one(key), words.other(key)) for key in terms}
    found = {one for one, other in zip(english, spanish, strict=True) if one != other}
    for key, pair in terms.items():
        found |= {one for one, other in zip(pair, own[key], strict=True) if one != other}
    return found


def _texts(version: BlueprintVersion, language: str) -> Iterator[str]:
    for key in sorted(version.parsed):
        if key not in {"words", "translations", "sources"}:
            yield from _leaves(translated(version.parsed, key, language))


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name in sorted(value):
            yield from _leaves(value[name])
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one)


class _Reader(HTMLParser):
    """Keeps what stands between tags and in texts of attributes, and where links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.links: list[str] = []
        self.back_to = ""
        """Where the switch of languages leads back to."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if given.get("name") == "next":
            self.back_to = str(given.get("value"))
        for name in ("aria-label", "alt", "title", "data-l", "placeholder", "content"):
            if given.get(name):
                self.said.append(str(given[name]))

    def handle_data(self, data: str) -> None:
        if said := " ".join(data.split()):
            self.said.append(said)


@dataclass(frozen=True, slots=True)
class Read:
    """What stands at an address; a page also says where its switch of languages leads back to."""

    path: str
    said: list[str]
    back_to: str | None = None


def crawl(client: Client, begin: list[str]) -> Iterator[Read]:
    """Follow every link from these addresses; yield what stands at each."""
    waiting, seen = list(begin), set[str]()
    while waiting and len(seen) < MOST:
        path = urldefrag(waiting.pop(0)).url
        if path in seen or not path.startswith("/") or NEVER.search(path):
            continue
        seen.add(path)
        answer = client.get(path, headers={"accept-language": "es"}, follow=True)
        if answer.status_code >= 400:
            continue
        text = text_of(answer)
        if "html" not in answer.headers["Content-Type"]:
            yield Read(path, text.replace("\r\n ", "").splitlines())
            continue
        reader = _Reader()
        reader.feed(text)
        waiting += [urljoin(path, link) for link in reader.links]
        yield Read(answer.request["PATH_INFO"], reader.said, reader.back_to)


def found_in(said: list[str], texts: set[str]) -> set[str]:
    """Return which texts stand there: those of one word alone, longer ones also in a sentence."""
    whole = {one.casefold().strip(" .:,·") for one in said}
    joined = "\n".join(said).casefold()
    found = set()
    for text in texts:
        low = text.casefold()
        if " " not in low:
            is_there = low in whole
        else:
            is_there = re.search(rf"(?<!\w){re.escape(low)}(?!\w)", joined) is not None
        if is_there:
            found.add(text)
    return found
