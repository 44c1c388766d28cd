"""What a blueprint says about evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, Strict

from throughline.core.blueprint.phrases import Key, Number, Vocabulary
from throughline.core.blueprint.speech import Speech
from throughline.core.blueprint.tables import Defines, Names, ShownText, Table, Text


class EvidenceFamily(Table):
    """A kind of evidence."""

    title: ShownText = Field(description="name")
    kind: Literal["quantitative", "qualitative"] = Field(description="numbers or voices")
    about: ShownText = Field("", description="a line")


class DataWalk(Table):
    """The smallest set of evidence that a team looks at."""

    quantitative: Number = Field(3, description="fewest families")
    qualitative: Number = Field(2, description="fewest sources")
    notes: tuple[Text, ...] = Field(
        (
            "notice",
            "wonder",
        ),
        description="columns on each card",
    )
    votes: Number = Field(3, description="per person")
    show: tuple[Annotated[Key, Names("evidence family")], ...] = Field(
        (), description="families laid out first"
    )


class Audit(Table):
    """A guided study."""

    title: ShownText = Field(description="its question")
    steps: tuple[Text, ...] = Field(description="in order")


class EvidenceSection(Table):
    """What districts look at, and split how."""

    lenses: Vocabulary = Field((), description="how results are split by default")
    cross: Number = Field(2, description="most lenses at once")
    comparators: tuple[Literal["named group", "all others", "everyone"], ...] = Field(
        (
            "named group",
            "all others",
            "everyone",
        ),
        description="offered; naming one is always required",
    )
    context: tuple[Text, ...] = Field((), description="facts of the district profile")
    families: Annotated[dict[Key, EvidenceFamily], Defines("evidence family")] = Field(
        {}, description="kinds of evidence"
    )
    data_walk: DataWalk | None = Field(None, description="smallest set")
    audits: dict[Key, Audit] = Field({}, description="guided studies")
    hide_below: Annotated[int, Strict(), Field(ge=5, le=30)] = Field(
        10, description="counts under this are hidden; never under 5"
    )
    uploads: Literal["none", "counts only", "student rows with an agreement"] = Field(
        "counts only", description="what districts may load"
    )

    def sentences(self, speech: Speech) -> Iterator[str]:
        """Say how results are split, what a data walk needs, and what is hidden."""
        if self.lenses:
            yield f"Evidence is split by {', '.join(label for _, label in self.lenses)}."
        if self.data_walk:
            yield (
                f"A data walk has at least {self.data_walk.quantitative} quantitative families "
                f"and {self.data_walk.qualitative} qualitative sources; counts under "
                f"{self.hide_below} are hidden."
            )
