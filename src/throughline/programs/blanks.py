"""Sentences with blanks about the program itself and its words; see ``Table.blanks``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from throughline.core.blueprint.speech import Speech, with_article

if TYPE_CHECKING:
    from throughline.programs.blueprint import ProgramSection, Term

LANGUAGES = {"en": "English", "es": "Spanish"}
"""What the languages of the product are called; another one is called by its code."""


def of_program(program: ProgramSection, speech: Speech) -> Iterator[str]:
    """Say length, rhythm, size, days and hosts."""
    yield (
        f"The {speech.one('network')} lasts [[length]]. "
        f"A new {speech.one('cohort')} starts every [[cohort.every]]."
    )
    holder = "participant" if program.cohort.holder == "person" else "district"
    yield (
        f"A {speech.one('cohort')} has at least [[cohort.min]] and at most [[cohort.max]] "
        f"{speech.other(holder)}; selection aims at [[cohort.target]]."
    )
    yield (
        "A further seat [[cohort.above_max|is refused|needs the director’s reason]]. With too few, "
        f"the {speech.one('cohort')} [[cohort.below_min|starts, and you are warned|does not start]]."
    )
    yield (
        f"The next {speech.one('cohort')} [[cohort.overlap|may|may not]] start while one runs. "
        "People meet [[delivery|in person|online|in person and online]]."
    )
    yield "Times of day are those of [[calendar.zone]]."
    yield "Public holidays stay free, of each country or state listed here: [[calendar.holidays]]"
    for number, host in enumerate(program.hosts):
        yield f"[[hosts.{number}.name]] is [[hosts.{number}.role|the host|a co-host|a funder|a partner|a research partner]]."
        if host.acknowledge:
            yield f"Pages and reports say: [[hosts.{number}.acknowledge]]"


def of_words(root: Mapping[str, Mapping[str, Term]]) -> Iterator[str]:
    """Say what each thing is called, one and several; the first language is the program's."""
    for number, (language, terms) in enumerate(root.items()):
        begins = "For" if number == 0 else f"In {LANGUAGES.get(language, language)}, for"
        for key in terms:
            at = f"{language}.{key}"
            thing = with_article(key.replace("-", " "))
            yield f"{begins} {thing} we say [[{at}.one]], and for several [[{at}.other]]."
