"""What a blueprint says about listening."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, Strict

from throughline.core.blueprint.phrases import Key, Number, SpanPhrase, TierName, Vocabulary, YesNo
from throughline.core.blueprint.speech import Speech
from throughline.core.blueprint.tables import Defines, FormKey, RoleKey, ShownText, Table, Text
from throughline.programs.series import Series


class Survey(Table):
    """Who answers which questions when."""

    title: ShownText = Field(description="name")
    form: FormKey = Field(description="questions")
    who: tuple[RoleKey, ...] = Field(description="roles")
    anonymous: YesNo = Field(True, description="no link to the person")
    min_n: Annotated[int, Strict(), Field(ge=5)] = Field(
        5, description="smallest group released; never under 5"
    )
    series: Series = Field(description="when")
    response_aim: Number | None = Field(None, description="percent")
    after: Text | None = Field(None, description="event it follows")
    paired_by: Literal["nothing", "a code the person keeps"] = Field(
        "nothing", description="how two answers of one person meet"
    )


class ListeningSection(Table):
    """How voices are heard."""

    methods: Vocabulary = Field((), description="vocabulary")
    topics: Vocabulary = Field((), description="vocabulary")
    sensitive: dict[Key, Text] = Field({}, description="topics and the legal reason")
    surveys: Annotated[dict[Key, Survey], Defines("series")] = Field(
        {}, description="repeated questions"
    )
    reflection_audiences: tuple[TierName, ...] = Field(("team",), description="tiers offered")
    proposals_answered: SpanPhrase | None = Field(
        None, description="answer a student's proposal within"
    )
    voice_groups: Vocabulary = Field((), description="whose voice is counted against enrollment")
    listen_first: Number = Field(0, description="records wanted before ideas open (advice)")
    quotes: tuple[Text, ...] = Field((), description="levels of naming")
    interview_prompts: tuple[Number, ...] = Field((), description="fewest and most prompts")

    def sentences(self, speech: Speech) -> Iterator[str]:
        """Say who is asked what, when."""
        for survey in self.surveys.values():
            known = "anonymous" if survey.anonymous else "with names"
            yield (
                f"Survey: {survey.title}, {known}, for {speech.others(survey.who)}, "
                f"{survey.series.rhythm()}; released from {survey.min_n} answers on."
            )
