"""What a blueprint says about reporting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from throughline.core.blueprint.phrases import Key, MomentPhrase, SpanPhrase
from throughline.core.blueprint.speech import Speech
from throughline.core.blueprint.tables import Dated, Names, ShownText, Table, Text
from throughline.core.blueprint.tables import marked as _


class Report(Table):
    """A report: to whom, when, of which parts."""

    title: ShownText = Field(description="name")
    to: tuple[Annotated[Key, Names("role", "host")], ...] = Field(description="roles or hosts")
    due: tuple[MomentPhrase, ...] = Field((), description="moments")
    parts: tuple[Text, ...] = Field(description="in order")
    grant: Annotated[Key, Names("grant")] | None = Field(None, description="whose")

    def dated(self) -> Iterator[Dated]:
        """The days on which it is due; on a closed day they move forward."""
        for moment in self.due:
            yield Dated(self.title, moment, is_deadline=True, says=_("%(title)s due"))


class ReportingSection(Table):
    """Reports and what they are split by."""

    reports: dict[Key, Report] = Field({}, description="by name")
    periods: SpanPhrase | None = Field(None, description="rhythm of figures")
    split_by: tuple[Text, ...] = Field((), description="what every report can be split by")

    def sentences(self, speech: Speech) -> Iterator[str]:
        """Say which reports there are and when they are due."""
        for report in self.reports.values():
            due = f", due {', '.join(map(str, report.due))}" if report.due else ""
            yield f"Report: {report.title}{due}."
