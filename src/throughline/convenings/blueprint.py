"""What a blueprint says about convenings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from throughline.core.blueprint.facts import Fact
from throughline.core.blueprint.phrases import Count, Key, Number, Vocabulary, YesNo
from throughline.core.blueprint.speech import Speech
from throughline.core.blueprint.tables import Defines, RoleKey, ShownText, Table, Text
from throughline.programs.series import Series

FACTS = (Fact("missed.{series}", "number", "how many were missed", "standing and completion"),)
"""What conditions may ask about attendance."""


class EventKind(Table):
    """A kind of event beside the series."""

    title: ShownText = Field(description="name")
    attends: tuple[RoleKey, ...] = Field((), description="expected")
    invited: tuple[RoleKey, ...] = Field((), description="welcome")
    guests: YesNo = Field(True, description="others")
    host_district: YesNo = Field(False, description="a district hosts it")
    capacity: Count | None = Field(None, description="most people")
    fields: tuple[Text, ...] = Field((), description="what the record asks for")


class ProtocolStep(Table):
    """One step of a protocol, with its timer."""

    title: ShownText = Field(description="what happens")
    minutes: Number = Field(description="timer")
    speaks: Text = Field("everyone", description="who")


class Protocol(Table):
    """A timed conversation."""

    title: ShownText = Field(description="name")
    people: tuple[Number, ...] = Field(description="group sizes")
    steps: tuple[ProtocolStep, ...] = Field(description="in order")
    kept_by: Literal["presenter", "team", "nobody"] = Field(
        "presenter", description="who keeps the notes"
    )


class ConveningsSection(Table):
    """Convenings, sessions, further events and protocols."""

    series: Annotated[dict[Key, Series], Defines("series")] = Field(
        {}, description="convenings and learning sessions"
    )
    event_kinds: dict[Key, EventKind] = Field({}, description="further events")
    protocols: dict[Key, Protocol] = Field({}, description="timed conversations")
    registration: tuple[Text, ...] = Field((), description="what is asked")
    activities: Vocabulary = Field((), description="kinds of work, for effort by mode")

    def sentences(self, speech: Speech) -> Iterator[str]:
        """Say what takes place how often."""
        for series in self.series.values():
            yield series.sentence(speech)
        for event in self.event_kinds.values():
            yield f"Also: {event.title}, for {speech.others((*event.attends, *event.invited))}."

    def blanks(self, speech: Speech) -> Iterator[str]:
        """How often, how long and when each series takes place."""
        for key, series in self.series.items():
            yield from series.blanks_at(f"series.{key}")
