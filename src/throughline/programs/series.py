"""Series: dates that repeat, the same table wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from throughline.core.blueprint.amounts import Amount
from throughline.core.blueprint.moments import END, START, Span
from throughline.core.blueprint.phrases import (
    AmountPhrase,
    Clock,
    Count,
    Key,
    MomentPhrase,
    MonthName,
    Number,
    OpenAmount,
    OpenSpan,
    SpanPhrase,
    Weekday,
    YesNo,
    Zone,
)
from throughline.core.blueprint.speech import Speech, said
from throughline.core.blueprint.tables import (
    Complaint,
    FormKey,
    Names,
    Promise,
    RoleKey,
    ShownText,
    Table,
    Text,
    WordKey,
)
from throughline.core.blueprint.whole import Whole

HALF_DAY = 210
"""Minutes of a half-day that an agenda can fill."""


class Task(Table):
    """Something that a holder is asked to do."""

    key: Key = Field(description="stable name")
    title: ShownText = Field(description="a verb and an object")
    form: FormKey | None = Field(None, description="what to fill in")
    due: SpanPhrase | None = Field(None, description="distance from the thing it belongs to")
    before: YesNo = Field(True, description="before or after it")
    minutes: Number | None = Field(None, description="honest time")
    who: tuple[RoleKey, ...] = Field((), description="roles")


class AgendaBlock(Table):
    """A stretch of the agenda."""

    kind: Literal[
        "opening",
        "content",
        "reflection",
        "consultancy",
        "breakout",
        "work time",
        "student voice",
        "share-out",
        "commitments",
        "check-in",
        "data",
        "decision",
        "break",
        "pulse",
    ] = Field(description="what happens")
    title: ShownText = Field("", description="heading")
    minutes: Number = Field(description="length")


class Theme(Table):
    """What one of the series is about."""

    key: Key = Field(description="stable name")
    title: ShownText = Field(description="heading")
    text: ShownText = Field("", description="objectives")
    partners: tuple[Annotated[Key, Names("host")], ...] = Field(
        (), description="hosts that co-lead"
    )
    linked_event: Text | None = Field(None, description="outside event beside it")


class Series(Promise):
    """Dates that repeat: convenings, sessions, meetings, waves of a survey."""

    is_rhythm: ClassVar[bool] = False
    """A rhythm asks for one in each period and names no day."""

    title: ShownText = Field(description="name of one of them")
    word: WordKey = Field("session", description="term")
    count: Count | None = Field(None, description="how many")
    at: tuple[MomentPhrase, ...] = Field((), description="moments, one for each")
    every: OpenSpan | None = Field(None, description="rhythm, instead of at")
    first: MomentPhrase = Field(START, description="not before")
    until: MomentPhrase = Field(END, description="not after")
    on: Weekday | None = Field(None, description="weekday, or 2nd Tuesday of the month")
    skip: tuple[MonthName, ...] = Field((), description="months without one")
    window: SpanPhrase | None = Field(None, description="how far the host may move it")
    length: OpenAmount | None = Field(None, description="of one")
    begins: Literal["morning", "afternoon"] = Field("morning", description="half of the first day")
    time: Clock | None = Field(None, description="local start")
    zone: Zone = Field("host", description="whose clock: host, event, learner, or a name")
    mode: tuple[
        Literal["in person", "virtual", "hybrid", "on site", "phone", "asynchronous"], ...
    ] = Field(("in person",), description="how people meet")
    roll: Literal["none", "next", "previous", "nearest"] | None = Field(
        None, description="overrides the calendar's"
    )
    attends: tuple[RoleKey, ...] = Field((), description="roles expected")
    invited: tuple[RoleKey, ...] = Field((), description="roles welcome")
    guests: YesNo = Field(False, description="people without a role")
    mark: Literal["half-day", "session", "block", "minutes", "none"] = Field(
        "session", description="unit of attendance"
    )
    themes: tuple[Theme, ...] = Field((), description="one for each, in order")
    agenda: tuple[AgendaBlock, ...] = Field((), description="blocks")
    tasks: tuple[Task, ...] = Field((), description="before and after")
    groups: tuple[Annotated[Key, Names("group")], ...] = Field(
        (), description="kinds of groups formed in it"
    )
    formats: tuple[Text, ...] = Field((), description="labels")
    strands: tuple[Annotated[Key, Names("strand", "content")], ...] = Field(
        (), description="content tags"
    )
    choose: AmountPhrase | None = Field(
        None, description="how many a holder may pick from the series"
    )
    seats_by: RoleKey | None = Field(None, description="role that gives out seats")
    registration: Literal["none", "light", "two steps"] = Field(
        "none", description="light = name and role; two steps = access, diet, travel"
    )
    publish_needs: tuple[Literal["dates", "places", "links", "themes"], ...] = Field(
        ("dates",), description="what must be set before a cohort opens"
    )
    captions: YesNo = Field(False, description="live captions offered")
    recording: Literal["never", "ask", "always"] = Field("never", description="policy")
    feedback: FormKey | None = Field(None, description="form afterward")
    form: FormKey | None = Field(None, description="notes form")

    def complaints(self, whole: Whole) -> Iterator[Complaint]:
        """One rhythm, as many moments as counted, an agenda that fits."""
        if self.at and self.every:
            yield Complaint("at or every, one rhythm", "both", ("every",))
        if self.at and isinstance(self.count, int) and self.count != len(self.at):
            yield Complaint(f"{self.count} moments, as count says", f"{len(self.at)}", ("at",))
        if isinstance(self.every, Span) and not self.every.number:
            yield Complaint("a rhythm of at least one day", str(self.every), ("every",))
        if isinstance(self.length, Amount) and (self.length.half_days or 0) > 60:
            yield Complaint("a length of at most 30 days", self.length.words(), ("length",))
        fits = self._minutes()
        planned = sum(block.minutes for block in self.agenda)
        if fits is not None and planned > fits:
            yield Complaint(f"an agenda of at most {fits} minutes", f"{planned}", ("agenda",))

    def _minutes(self) -> int | None:
        if not isinstance(self.length, Amount):
            return None
        if self.length.half_days is not None:
            return self.length.half_days * HALF_DAY
        return self.length.minutes

    def sentence(self, speech: Speech) -> str:
        """Say how many there are, how long, and when."""
        count = f"{said(self.count)} x " if self.count else ""
        length = f"{said(self.length)} each, " if self.length else ""
        who = f"; for {speech.others(self.attends)}" if self.attends else ""
        modes = "/".join(self.mode)
        return f"{self.title}: {count}{length}{modes}, {self.rhythm()}{who}."

    def blanks_at(self, at: str) -> Iterator[str]:
        """How many there are, how long, when and at what time; ``at`` is where the series stands."""
        if self.every:
            yield f"{self.title}: one every [[{at}.every]], each [[{at}.length]] long."
        else:
            yield f"{self.title}: there are [[{at}.count]], each [[{at}.length]] long."
        yield (
            f"{self.title}: each begins on [[{at}.on]] at [[{at}.time]]. "
            f"You may move its day by up to [[{at}.window]]."
        )
        if not self.every:
            yield f"{self.title}: planned for these points, one a line: [[{at}.at]]"

    def rhythm(self) -> str:
        """Say when they are."""
        if self.every:
            skipped = f", not in {', '.join(self.skip)}" if self.skip else ""
            return f"every {said(self.every)}{skipped}"
        if self.at:
            return f"at {', '.join(map(str, self.at))}"
        return "dates to be set"
