"""Which app reads which table of a blueprint. To add one, add a line."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pydantic import BaseModel

from throughline.admissions import blueprint as admissions
from throughline.admissions.blueprint import AdmissionsSection
from throughline.billing.blueprint import BillingSection
from throughline.coaching.blueprint import CoachingSection
from throughline.commons.blueprint import CommonsSection
from throughline.convenings import blueprint as convenings
from throughline.convenings.blueprint import ConveningsSection
from throughline.core.blueprint.facts import Fact
from throughline.core.blueprint.faults import BrokenBlueprint, Fault
from throughline.evidence.blueprint import EvidenceSection
from throughline.forms import blueprint as forms
from throughline.forms.blueprint import FormsSection, RubricsSection
from throughline.inquiry import blueprint as inquiry
from throughline.inquiry.blueprint import InquirySection
from throughline.learning import blueprint as learning
from throughline.learning.blueprint import LearningSection
from throughline.ledger import blueprint as ledger
from throughline.ledger.blueprint import LedgerSection
from throughline.listening.blueprint import ListeningSection
from throughline.messaging.blueprint import MessagingSection
from throughline.people import blueprint as people
from throughline.people.blueprint import PeopleSection
from throughline.programs import blueprint as programs
from throughline.programs.blueprint import (
    AboutSection,
    ListsSection,
    ProgramSection,
    SourcesSection,
    TranslationsSection,
    WordsSection,
)
from throughline.programs.blueprints import Blueprint, Looked, look
from throughline.progress.blueprint import ProgressSection
from throughline.reporting.blueprint import ReportingSection
from throughline.teams import blueprint as teams
from throughline.teams.blueprint import TeamsSection

SECTIONS: Final = MappingProxyType[str, type[BaseModel]](
    {
        "blueprint": AboutSection,
        "sources": SourcesSection,
        "words": WordsSection,
        "lists": ListsSection,
        "program": ProgramSection,
        "people": PeopleSection,
        "forms": FormsSection,
        "rubrics": RubricsSection,
        "admissions": AdmissionsSection,
        "teams": TeamsSection,
        "convenings": ConveningsSection,
        "coaching": CoachingSection,
        "learning": LearningSection,
        "ledger": LedgerSection,
        "billing": BillingSection,
        "evidence": EvidenceSection,
        "listening": ListeningSection,
        "inquiry": InquirySection,
        "progress": ProgressSection,
        "commons": CommonsSection,
        "messaging": MessagingSection,
        "reporting": ReportingSection,
        "translations": TranslationsSection,
    }
)
"""The tables of a file in the order in which they are explained."""

FACTS: Final[tuple[Fact, ...]] = (
    *people.FACTS,
    *programs.FACTS,
    *forms.FACTS,
    *teams.FACTS,
    *admissions.FACTS,
    *ledger.FACTS,
    *convenings.FACTS,
    *learning.FACTS,
    *inquiry.FACTS,
)
"""Everything that a condition may ask for."""


KEPT = 8
"""Files whose check is kept: a page and the action behind it ask for the same text."""


def check(text: str) -> tuple[Blueprint | None, list[Fault]]:
    """Return the blueprint, or nothing if it cannot be used, and all that is to say about it."""
    looked = look_at(text)
    return looked.blueprint, list(looked.faults)


@lru_cache(maxsize=KEPT)
def look_at(text: str) -> Looked:
    """Return all that can be said about a file that a host is still writing.

    Kept for the last few texts: nobody may change what is returned.
    """
    return look(text, SECTIONS, FACTS)


def load(source: Path | str) -> Blueprint:
    """Read a blueprint from a file or from its text.

    Raises
    ------
    BrokenBlueprint
        It has errors; the text of the exception names file, line and path of each.
    OSError
        The file cannot be read.
    """
    is_file = isinstance(source, Path)
    text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
    blueprint, faults = check(text)
    if blueprint is None:
        errors = [fault for fault in faults if not fault.is_note]
        raise BrokenBlueprint(errors, Path(source).name if is_file else "blueprint.toml")
    return blueprint


def shipped() -> list[str]:
    """Return the texts of the blueprints that come with the product, by file name."""
    folder = files("throughline") / "blueprints"
    found = sorted(one.name for one in folder.iterdir() if one.name.endswith(".toml"))
    return [(folder / name).read_text(encoding="utf-8") for name in found]
