"""What a blueprint says about teams."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from throughline.core.blueprint.facts import Fact
from throughline.core.blueprint.phrases import Count, Key, Number, SpanPhrase, YesNo
from throughline.core.blueprint.speech import Speech, between, capital, with_article
from throughline.core.blueprint.tables import (
    Complaint,
    Defines,
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
from throughline.programs.blueprint import ordered
from throughline.programs.series import Series, Task

FACTS = (
    Fact("roster.count", "number", "members named in the roster", "eligibility and balance"),
    Fact("roster.{role}", "number", "members named in this role", "eligibility and balance"),
    Fact("team.size", "number", "members of the team", "standing and completion"),
    Fact("agreement.state", "text", "none, draft or agreed", "standing and completion"),
)
"""What conditions may ask about teams."""


class Ring(Promise):
    """A team of a district, the inner or the wider one."""

    word: WordKey = Field("team", description="term")
    min: Count | None = Field(None, description="fewest")
    max: Count | None = Field(None, description="most")
    count_lead: YesNo = Field(False, description="does the lead count")
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

    def complaints(self, whole: Whole) -> Iterator[Complaint]:
        """The fewest are not more than the most."""
        yield from ordered(self.min, self.max)


class Composition(Table):
    """Who should be in a team."""

    key: Key = Field(description="stable name")
    ring: Annotated[Key, Names("ring")] = Field(description="which ring")
    role: RoleKey | None = Field(None, description="a role, or")
    title: Literal["cabinet", "executive"] | None = Field(None, description="a class of titles")
    at_least: Number = Field(1, description="number")
    at_most: Number | None = Field(None, description="number")
    strength: Literal["require", "reason", "advise"] = Field(
        "advise", description="require blocks, reason asks for one, advise warns"
    )
    say: ShownText = Field(description="ends the sentence 'Should: ...'")

    def complaints(self, whole: Whole) -> Iterator[Complaint]:
        """It asks for a role or for a class of titles."""
        if (self.role is None) == (self.title is None):
            yield Complaint("a role or a title", "both" if self.role else "neither")
        yield from ordered(self.at_least, self.at_most)


class GroupKind(Table):
    """A kind of small group across districts."""

    word: WordKey = Field("group", description="term")
    min: Number = Field(description="smallest")
    max: Number = Field(description="largest")
    prefer: Number | None = Field(None, description="wanted size; default min")
    lasting: Literal["standing", "per session", "until disbanded"] = Field(
        "per session", description="how long"
    )
    adviser: RoleKey | None = Field(None, description="role that leads it")
    together: tuple[Text, ...] = Field((), description="what members share, in words")
    apart: tuple[Text, ...] = Field(
        (), description="what no two members share, in words, such as same district"
    )
    mix: tuple[Text, ...] = Field((), description="what to vary, in words, such as role")
    repeat: Literal["never", "avoid", "allowed"] = Field(
        "avoid", description="may the same people meet again"
    )
    opened_by: Literal["host", "member"] = Field("host", description="who starts one")
    opt_in: YesNo = Field(False, description="only those who ask")
    meets: Annotated[Key, Names("series")] | None = Field(None, description="its series")

    def complaints(self, whole: Whole) -> Iterator[Complaint]:
        """The smallest is not larger than the largest."""
        yield from ordered(self.min, self.max)

    def sentence(self, speech: Speech) -> str:
        """Say how large it is, how long it lasts and who is kept apart."""
        size = between(self.min, self.max, "")
        adviser = f", with {with_article(speech.one(self.adviser))}" if self.adviser else ""
        apart = f"; never together: {', '.join(self.apart)}" if self.apart else ""
        return f"{capital(speech.other(self.word))} of {size}, {self.lasting}{adviser}{apart}."


class TeamsSection(Table):
    """Teams of districts, groups across them, and their meetings."""

    rings: Annotated[dict[Key, Ring], Defines("ring", "role")] = Field(
        {}, description="inner and wider teams"
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

    def complaints(self, whole: Whole) -> Iterator[Complaint]:
        """The roles that a team needs fit into it."""
        for key, ring in self.rings.items():
            needed = sum(
                rule.at_least
                for rule in self.composition
                if rule.ring == key and rule.role and rule.strength == "require"
            )
            if isinstance(ring.max, int) and needed > ring.max:
                expected = f"room for the {needed} members that composition requires"
                yield Complaint(expected, f"max {ring.max}", ("rings", key, "max"))

    def sentences(self, speech: Speech) -> Iterator[str]:
        """Say how large teams and groups are, who is in them, and when they meet."""
        for ring in self.rings.values():
            size = between(ring.min, ring.max, "any number of")
            lead = "" if ring.count_lead or ring.max is None else ", not counting its lead"
            inside = (
                f", and is part of the {speech.one(self.rings[ring.inside].word)}"
                if ring.inside
                else ""
            )
            yield (
                f"Each {speech.one('district')}'s {speech.one(ring.word)} has "
                f"{size} members{lead}{inside}."
            )
        must = {"require": "Must", "reason": "Must, or give a reason", "advise": "Should"}
        for rule in self.composition:
            yield f"  {must[rule.strength]}: {rule.say}"
        for group in self.groups.values():
            yield group.sentence(speech)
        for series in self.meetings.values():
            yield series.sentence(speech)

    def blanks(self, speech: Speech) -> Iterator[str]:
        """The size of each team, whether its lead counts, and who should be in it."""
        for key, ring in self.rings.items():
            yield (
                f"Each {speech.one('district')} brings {with_article(speech.one(ring.word))} of "
                f"[[rings.{key}.min]] to [[rings.{key}.max]] people. Its lead "
                f"[[rings.{key}.count_lead|counts|does not count]] as one. A smaller or larger one "
                f"[[rings.{key}.strength|is not accepted|is reminded, never stopped]]."
            )
        for number, rule in enumerate(self.composition):
            at = f"composition.{number}"
            yield (
                f"There should be {rule.say} We count [[{at}.at_least]]; a team without "
                f"[[{at}.strength|is stopped|gives a reason|is reminded, never stopped]]."
            )
        for key, group in self.groups.items():
            yield (
                f"{capital(key.replace('-', ' '))}: {speech.other(group.word)} of "
                f"[[groups.{key}.min]] to [[groups.{key}.max]] people."
            )
        for key, series in self.meetings.items():
            yield from series.blanks_at(f"meetings.{key}")
