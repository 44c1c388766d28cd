"""What a blueprint says about inquiry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from throughline.core.blueprint.facts import Fact
from throughline.core.blueprint.phrases import Key, Number, Vocabulary, YesNo
from throughline.core.blueprint.speech import Speech
from throughline.core.blueprint.tables import Defines, Names, ShownText, Table, Text

FACTS = (
    Fact(
        "challenge.state",
        "text",
        "none, draft, named, tried or measured",
        "standing and completion",
    ),
    Fact(
        "challenge.kind", "text", "the kind that the team chose", "balance, standing and completion"
    ),
)
"""What conditions may ask about the challenge of a team."""


class Mode(Table):
    """One mode of the inquiry."""

    key: Key = Field(description="stable name")
    title: ShownText = Field(description="name")
    makes: tuple[Text, ...] = Field((), description="kinds of artifact")
    enough: Text = Field("", description="soft sign to move on")


class ModeSet(Table):
    """A set of modes, in any order."""

    title: ShownText = Field(description="name")
    credit: Text = Field(description="to whom")
    modes: tuple[Mode, ...] = Field(description="any order, a board")
    mindsets: Vocabulary = Field((), description="vocabulary")


class Framework(Table):
    """Tags of a framework, with credit."""

    title: ShownText = Field(description="name")
    credit: Text = Field(description="to whom")
    stances: Vocabulary = Field((), description="tags")
    strands: Annotated[Vocabulary, Defines("strand")] = Field((), description="tags")
    uses: Vocabulary = Field((), description="tags")
    log: Vocabulary = Field((), description="tags")


class ChallengeSettings(Table):
    """What a challenge needs before a team agrees on it."""

    kinds: Vocabulary = Field((), description="vocabulary")
    priority: Number = Field(1, description="how many at a time")
    parts: tuple[Text, ...] = Field(
        (
            "who",
            "experience",
            "where",
            "since when",
            "evidence",
        ),
        description="what the statement needs",
    )
    findings: Number = Field(1, description="fewest")
    listening: Number = Field(1, description="fewest records")
    consent: YesNo = Field(True, description="the team agrees on record")
    no_solution_words: YesNo = Field(True, description="flag solutions in the statement")
    scopes: Vocabulary = Field((), description="vocabulary")
    templates: tuple[Key, ...] = Field((), description="kinds with a starter text")


class InquirySection(Table):
    """Vocabulary and tools of the inquiry."""

    challenge: ChallengeSettings = Field(ChallengeSettings(), description="the builder")
    evidence_kinds: Vocabulary = Field((), description="vocabulary")
    causes: Vocabulary = Field((), description="categories")
    control: YesNo = Field(True, description="ask 'within our control?'")
    stakeholders: Vocabulary = Field((), description="kinds")
    change_types: Vocabulary = Field((), description="vocabulary")
    strategies: Vocabulary = Field((), description="vocabulary")
    levels: Vocabulary = Field((), description="of the system")
    horizons: Vocabulary = Field((), description="vocabulary")
    mode_sets: Annotated[dict[Key, ModeSet], Defines("mode set")] = Field(
        {}, description="sets of modes"
    )
    mode_set: Annotated[Key, Names("mode set")] | None = Field(None, description="the one in use")
    frameworks: dict[Key, Framework] = Field({}, description="tag vocabularies with credit")
    tools: tuple[Text, ...] = Field((), description="offered")
    plan_links: tuple[Text, ...] = Field((), description="what an action links to")

    def sentences(self, speech: Speech) -> Iterator[str]:
        """Say which modes the inquiry has and what a challenge stands on."""
        if self.mode_set:
            modes = self.mode_sets[self.mode_set]
            yield f"Inquiry: {modes.title}, {len(modes.modes)} modes in any order."
        challenge = self.challenge
        if challenge != ChallengeSettings():
            noun = speech.one if challenge.priority == 1 else speech.other
            yield (
                f"A {speech.one('team')} works on {challenge.priority} {noun('challenge')} at a "
                f"time. Fewest findings that it cites: {challenge.findings}; listening records: "
                f"{challenge.listening}."
            )
