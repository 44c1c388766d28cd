"""What a blueprint says about reporting."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from throughline.core.blueprint.phrases import Key, MomentPhrase, SpanPhrase
from throughline.core.blueprint.tables import Names, ShownText, Table, Text


class Report(Table):
    """A report: to whom, when, of which parts."""

    title: ShownText = Field(description="name")
    to: tuple[Annotated[Key, Names("role", "host")], ...] = Field(description="roles or hosts")
    due: tuple[MomentPhrase, ...] = Field((), description="moments")
    parts: tuple[Text, ...] = Field(description="in order")
    grant: Annotated[Key, Names("grant")] | None = Field(None, description="whose")


class ReportingSection(Table):
    """Reports and what they are split by."""

    reports: dict[Key, Report] = Field({}, description="by name")
    periods: SpanPhrase | None = Field(None, description="rhythm of figures")
    split_by: tuple[Text, ...] = Field((), description="what every report can be split by")
