"""What a blueprint says about progress."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from throughline.core.blueprint.phrases import Key, SpanPhrase, Vocabulary
from throughline.core.blueprint.tables import Defines, FormKey, Names, ShownText, Table, Text


class MeasureSection(Table):
    """A measure of the library."""

    title: ShownText = Field(description="name")
    domain: Annotated[Key, Names("outcome domain")] = Field(description="outcome domain")
    kind: Literal["outcome", "driver", "process", "balancing"] = Field(
        "outcome", description="type"
    )
    form: FormKey | None = Field(None, description="items")
    every: SpanPhrase | None = Field(None, description="rhythm")
    license: Text = Field("CC0-1.0", description="of the items")
    what: Text = Field("", description="what is counted")


class ProgressSection(Table):
    """Outcome domains, measures and the final showing."""

    domains: Annotated[Vocabulary, Defines("outcome domain")] = Field(
        (), description="outcome domains"
    )
    measures: dict[Key, MeasureSection] = Field({}, description="library")
    outcomes: Vocabulary = Field((), description="kinds in the outcome register")
    sustain: Vocabulary = Field((), description="sustainability check")
    commit_needs: tuple[Literal["student outcome", "baseline", "target", "focal group"], ...] = (
        Field(
            (
                "baseline",
                "target",
            ),
            description="before an aim can be committed",
        )
    )
    demonstration: FormKey | None = Field(None, description="form of the final showing")
    rubric: Annotated[Key, Names("rubric")] | None = Field(None, description="for it")
