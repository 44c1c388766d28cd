"""What a blueprint says about learning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from throughline.core.blueprint.amounts import parse_amount
from throughline.core.blueprint.facts import Fact
from throughline.core.blueprint.faults import nearest, quoted
from throughline.core.blueprint.phrases import (
    AmountPhrase,
    Key,
    MomentPhrase,
    Number,
    SpanPhrase,
    TierName,
    Vocabulary,
    WeekTime,
    YesNo,
    Zone,
)
from throughline.core.blueprint.speech import Speech, said
from throughline.core.blueprint.tables import (
    Complaint,
    Dated,
    Defines,
    FormKey,
    Names,
    Promise,
    RoleKey,
    ShownText,
    Table,
    WordKey,
)
from throughline.core.blueprint.tables import marked as _
from throughline.core.blueprint.whole import Whole
from throughline.programs.blueprint import Statement

FACTS = (
    Fact(
        "course.required_share",
        "number",
        "percent of required activities done",
        "standing and completion",
    ),
    Fact(
        "course.weeks_done",
        "number",
        "weeks with all required activities done",
        "standing and completion",
    ),
    Fact("course.weeks_left", "number", "weeks that have not begun", "standing and completion"),
    Fact("course.minutes", "number", "minutes the learner noted", "standing and completion"),
    Fact("capstone.state", "text", "none, draft, sent or accepted", "standing and completion"),
)
"""What conditions may ask about a course."""


class Activity(Table):
    """One thing to do in a week."""

    key: Key = Field(description="stable name")
    title: ShownText = Field(description="a verb and an object")
    minutes: Number = Field(description="honest time")
    kind: Literal["online", "job-embedded", "live"] = Field(
        "online", description="where the work happens"
    )
    required: YesNo = Field(True, description="counts for completion")
    objectives: tuple[Key, ...] = Field((), description="statements it serves")
    tier: TierName = Field("mine", description="who sees what is written")
    done: Literal["mark", "submit", "log", "feedback given", "opened"] = Field(
        "mark", description="how it is done"
    )
    form: FormKey | None = Field(None, description="what is filled in")
    tags: tuple[Annotated[Key, Names("content tag")], ...] = Field((), description="content tags")
    phase: Annotated[Key, Names("course phase")] | None = Field(
        None, description="if not the week's"
    )


class Week(Table):
    """One week of the course."""

    number: Number = Field(description="1, 2, 3, ...")
    title: ShownText = Field(description="name")
    type: Annotated[Key, Names("week type")] = Field(description="from week_types")
    phase: Annotated[Key, Names("course phase")] = Field(description="from phases")
    checkpoints: Number = Field(0, description="planned contacts with a facilitator")
    unlocks_after: Key | None = Field(
        None, description="activity that must be done (opened, never judged)"
    )
    activities: tuple[Activity, ...] = Field((), description="in order of reading")


class Pause(Table):
    """Time off that shifts the weeks of one learner."""

    by: tuple[RoleKey, ...] = Field((), description="who may take one")
    most: AmountPhrase = Field(parse_amount("2 weeks"), description="in all")
    shifts: YesNo = Field(True, description="later weeks move")


class Milestone(Table):
    """A step of the project."""

    key: Key = Field(description="stable name")
    title: ShownText = Field(description="name")
    week: Number = Field(description="number")
    feedback: tuple[Literal["peer", "facilitator", "team"], ...] = Field(
        (), description="from whom"
    )
    form: FormKey | None = Field(None, description="what is sent")


class Capstone(Table):
    """The project at the end."""

    word: WordKey = Field("capstone", description="term")
    title: ShownText = Field(description="name")
    rubric: Annotated[Key, Names("rubric")] | None = Field(None, description="for feedback")
    milestones: tuple[Milestone, ...] = Field((), description="in order")
    peers: Number = Field(0, description="answers each learner gives")
    becomes: Literal["inquiry", "portfolio", "nothing"] = Field(
        "inquiry", description="what it turns into afterward"
    )
    due: MomentPhrase | None = Field(None, description="moment")

    def dated(self) -> Iterator[Dated]:
        """The day it is due."""
        if self.due is not None:
            yield Dated(self.title, self.due, names=("capstone.due",), says=_("%(title)s due"))


class LearningSection(Promise):
    """The weeks of a course."""

    weeks_count: Number | None = Field(None, description="checked against the weeks")
    budget: AmountPhrase | None = Field(
        None, description="work in one week; weeks outside are noted"
    )
    gate: Literal["week", "none"] = Field("week", description="do weeks open one by one")
    opens: WeekTime = Field("Monday 00:00", description="weekday and time")
    closes: WeekTime = Field("Sunday 23:59", description="weekday and time")
    zone: Zone = Field("learner", description="whose clock")
    grace: SpanPhrase | None = Field(None, description="still counts as on time")
    order: Literal["free inside a week", "in order"] = Field(
        "free inside a week", description="inside a week"
    )
    live_required: YesNo = Field(False, description="any live part needed")
    week_types: Annotated[Vocabulary, Defines("week type")] = Field((), description="vocabulary")
    phases: Annotated[Vocabulary, Defines("course phase")] = Field((), description="vocabulary")
    content_tags: Annotated[Vocabulary, Defines("content tag")] = Field(
        (), description="vocabulary"
    )
    weeks: tuple[Week, ...] = Field((), description="in order")
    pause: Pause | None = Field(None, description="a week off")
    groups: Annotated[Key, Names("group")] | None = Field(None, description="kind of group")
    capstone: Capstone | None = Field(None, description="the project")
    private: tuple[FormKey, ...] = Field(
        (), description="forms whose answers only the learner sees"
    )
    extend_by: tuple[RoleKey, ...] = Field((), description="roles")

    def promises(self) -> bool:
        """A course without weeks promises nothing."""
        return bool(self.weeks)

    def complaints(self, whole: Whole) -> Iterator[Complaint]:
        """Weeks are numbered without a gap, as many as promised, and serve every objective."""
        numbers = [week.number for week in self.weeks]
        if numbers != list(range(1, len(numbers) + 1)):
            got = ", ".join(map(str, numbers[:20]))
            yield Complaint("weeks numbered 1, 2, 3 ... without a gap", got, ("weeks",))
        if self.weeks_count is not None and self.weeks_count != len(numbers):
            yield Complaint(f"{self.weeks_count} weeks", f"{len(numbers)}", ("weeks_count",))
        yield from self._objectives(whole)
        yield from self._times()

    def _objectives(self, whole: Whole) -> Iterator[Complaint]:
        if not self.weeks:
            return
        known = [one.key for _, one in whole.tables(Statement) if one.kind == "objective"]
        served = set()
        for number, week in enumerate(self.weeks):
            for index, activity in enumerate(week.activities):
                for key in activity.objectives:
                    served.add(key)
                    if key not in known:
                        place = ("weeks", number, "activities", index, "objectives")
                        yield Complaint("an objective", quoted(key), place, nearest(key, known))
        for key in known:
            if key not in served:
                yield Complaint(f'an activity that serves the objective "{key}"', "none")

    def _times(self) -> Iterator[Complaint]:
        for index, week in enumerate(self.weeks):
            minutes = sum(activity.minutes for activity in week.activities)
            if not self.budget or not week.activities:
                continue
            if not self.budget.low <= minutes <= self.budget.high:
                expected = f"{self.budget.words()} of work in week {week.number}"
                yield Complaint(expected, f"{minutes} minutes", ("weeks", index), is_note=True)

    def sentences(self, speech: Speech) -> Iterator[str]:
        """Say how many weeks there are and what fills them."""
        if not self.weeks:
            return
        budget = f" of {said(self.budget)}" if self.budget else ""
        gate = f"gated by {self.gate}" if self.gate != "none" else "open from the start"
        yield (
            f"The course has {len(self.weeks)} {speech.other('week')}{budget}, {self.order}, "
            f"{gate} in the {self.zone}'s time zone."
        )
        for key, label in self.week_types:
            numbers = ", ".join(str(week.number) for week in self.weeks if week.type == key)
            yield f"  {label}: weeks {numbers or 'none'}."
