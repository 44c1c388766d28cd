"""What a blueprint says about teams."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from throughline.core.blueprint.phrases import Count, Key, SpanPhrase, Whole, YesNo
from throughline.core.blueprint.tables import (
    Defines,
    FormKey,
    Names,
    RoleKey,
    ShownText,
    Table,
    Text,
    WordKey,
)
from throughline.programs.series import Series, Task


class Ring(Table):
    """A team of a district, the inner or the wider one."""

    word: WordKey = Field("team", description="term")
    min: Count | None = Field(None, description="fewest")
    max: Count | None = Field(None, description="most")
    count_lead: YesNo = Field(False, description="does the lead count (A2)")
    inside: Annotated[Key, Names("ring")] | None = Field(
        None, description="the wider ring that holds it"
    )
    roles: tuple[RoleKey, ...] = Field((), description="roles that may join")
    existing_allowed: YesNo = Field(True, description="a standing team may serve")
    strength: Literal["require", "advise"] = Field(
        "require", description="is the size a rule or advice"
    )
    invite_within: SpanPhrase | None = Field(None, description="how long an invitation holds")
    accepts: Literal["each member", "lead for all"] = Field(
        "each member", description="who says yes"
    )
    sponsor: YesNo = Field(False, description="a supervisor signs too")


class Composition(Table):
    """Who should be in a team."""

    key: Key = Field(description="stable name")
    ring: Annotated[Key, Names("ring")] = Field(description="which ring")
    role: RoleKey | None = Field(None, description="a role, or")
    title: Literal["cabinet", "executive"] | None = Field(None, description="a class of titles")
    at_least: Whole = Field(1, description="number")
    at_most: Whole | None = Field(None, description="number")
    strength: Literal["require", "reason", "advise"] = Field(
        "advise", description="require blocks, reason asks for one, advise warns"
    )
    say: ShownText = Field(description="ends the sentence 'Should: ...'")


class GroupKind(Table):
    """A kind of small group across districts."""

    word: WordKey = Field("group", description="term")
    min: Whole = Field(description="smallest")
    max: Whole = Field(description="largest")
    prefer: Whole | None = Field(None, description="wanted size; default min")
    lasting: Literal["standing", "per session", "until disbanded"] = Field(
        "per session", description="how long"
    )
    adviser: RoleKey | None = Field(None, description="role that leads it")
    together: tuple[Text, ...] = Field((), description="facts that members share")
    apart: tuple[Text, ...] = Field((), description="facts no two members share")
    mix: tuple[Text, ...] = Field((), description="facts to vary")
    repeat: Literal["never", "avoid", "allowed"] = Field(
        "avoid", description="may the same people meet again"
    )
    opened_by: Literal["host", "member"] = Field("host", description="who starts one")
    opt_in: YesNo = Field(False, description="only those who ask")
    meets: Annotated[Key, Names("series")] | None = Field(None, description="its series")


class TeamsSection(Table):
    """Teams of districts, groups across them, and their meetings."""

    rings: Annotated[dict[Key, Ring], Defines("ring", "role")] = Field(
        {}, description="inner and wider teams (A6)"
    )
    composition: tuple[Composition, ...] = Field((), description="who should be in them")
    groups: Annotated[dict[Key, GroupKind], Defines("group")] = Field(
        {}, description="small groups across districts"
    )
    meetings: Annotated[dict[Key, Series], Defines("series")] = Field(
        {}, description="series of a team or group"
    )
    agreement: FormKey | None = Field(None, description="form of the team agreement")
    agreement_again: SpanPhrase | None = Field(None, description="revisit after")
    formation: tuple[Task, ...] = Field((), description="checklist")
    succession: Literal["off", "on"] = Field("on", description="hand-over when a leader leaves")
