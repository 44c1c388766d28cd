"""What a blueprint says about messaging."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from throughline.core.blueprint.moments import parse_span
from throughline.core.blueprint.phrases import Key, MomentPhrase, Number, SpanPhrase, Vocabulary
from throughline.core.blueprint.tables import Defines, Names, RoleKey, Shown, ShownText, Table, Text

FILLED = frozenset({"person", "date", "link", "host", "program", "district", "amount", "reason"})
"""What the sender of a message fills in, besides words: {person.name}, {date.event}, ..."""

MessageText = Annotated[str, Field(max_length=5000), Shown(FILLED)]


class TemplateSection(Table):
    """A message, ready but for its places."""

    to: tuple[RoleKey, ...] = Field(description="roles")
    on: Text = Field(
        description="reminder, sent at the moments that messaging.reminders gives; or what has "
        "happened: application.submitted, decision.offered, week.opened"
    )
    kind: Literal["service", "action", "news"] = Field(
        "service", description="service, action (one tap) or news"
    )
    subject: MessageText = Field(description="line")
    body: MessageText = Field(
        description="text with {word.KEY}, {words.KEY}, {person...}, {date...}, {link...}, {host...}, {program...}, {district...}, {amount...}, {reason}"
    )


class Reminder(Table):
    """A template at a moment."""

    template: Annotated[Key, Names("template")] = Field(description="key")
    at: MomentPhrase = Field(description="moment; series.KEY.each repeats")


class MessagingSection(Table):
    """Messages that the program sends, and how often."""

    digest: Literal["daily", "weekly"] = Field("weekly", description="how often")
    most_per_day: Number = Field(1, description="messages to one person")
    topics: Vocabulary = Field((), description="of the mailing list")
    inbox: ShownText | None = Field(None, description="who answers")
    answer_within: SpanPhrase = Field(parse_span("5 working days"), description="span")
    templates: Annotated[dict[Key, TemplateSection], Defines("template")] = Field(
        {}, description="by key"
    )
    reminders: tuple[Reminder, ...] = Field((), description="templates at moments")
