"""What a blueprint says about learning."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from throughline.core.blueprint.amounts import parse_amount
from throughline.core.blueprint.phrases import (
    AmountPhrase,
    Key,
    MomentPhrase,
    SpanPhrase,
    TierName,
    Vocabulary,
    WeekTime,
    Whole,
    YesNo,
    Zone,
)
from throughline.core.blueprint.tables import (
    Defines,
    FormKey,
    Names,
    RoleKey,
    ShownText,
    Table,
    WordKey,
)


class Activity(Table):
    """One thing to do in a week."""

    key: Key = Field(description="stable name")
    title: ShownText = Field(description="a verb and an object")
    minutes: Whole = Field(description="honest time")
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

    number: Whole = Field(description="1, 2, 3, ...")
    title: ShownText = Field(description="name")
    type: Annotated[Key, Names("week type")] = Field(description="from week_types")
    phase: Annotated[Key, Names("course phase")] = Field(description="from phases")
    checkpoints: Whole = Field(0, description="planned contacts with a facilitator")
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
    week: Whole = Field(description="number")
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
    peers: Whole = Field(0, description="answers each learner gives")
    becomes: Literal["inquiry", "portfolio", "nothing"] = Field(
        "inquiry", description="what it turns into afterward"
    )
    due: MomentPhrase | None = Field(None, description="moment")


class LearningSection(Table):
    """The weeks of a course."""

    weeks_count: Whole | None = Field(None, description="checked against the weeks")
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
    week_types: Annotated[Vocabulary, Defines("week type")] = Field(
        (), description="vocabulary (A12)"
    )
    phases: Annotated[Vocabulary, Defines("course phase")] = Field(
        (), description="vocabulary (A12)"
    )
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
