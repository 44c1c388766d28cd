"""Which app reads which table of a blueprint. To add one, add a line."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from pydantic import BaseModel

from throughline.admissions.blueprint import AdmissionsSection
from throughline.billing.blueprint import BillingSection
from throughline.coaching.blueprint import CoachingSection
from throughline.commons.blueprint import CommonsSection
from throughline.convenings.blueprint import ConveningsSection
from throughline.evidence.blueprint import EvidenceSection
from throughline.forms.blueprint import FormsSection, RubricsSection
from throughline.inquiry.blueprint import InquirySection
from throughline.learning.blueprint import LearningSection
from throughline.ledger.blueprint import LedgerSection
from throughline.listening.blueprint import ListeningSection
from throughline.messaging.blueprint import MessagingSection
from throughline.people.blueprint import PeopleSection
from throughline.programs.blueprint import (
    AboutSection,
    ListsSection,
    ProgramSection,
    SourcesSection,
    TranslationsSection,
    WordsSection,
)
from throughline.progress.blueprint import ProgressSection
from throughline.reporting.blueprint import ReportingSection
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
        "ledger": LedgerSection,
        "convenings": ConveningsSection,
        "coaching": CoachingSection,
        "learning": LearningSection,
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
