"""What a blueprint says about forms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from throughline.core.blueprint.facts import Fact
from throughline.core.blueprint.faults import nearest, quoted
from throughline.core.blueprint.phrases import (
    ConditionPhrase,
    Key,
    Number,
    Options,
    TierName,
    Vocabulary,
    YesNo,
)
from throughline.core.blueprint.tables import (
    Complaint,
    Defines,
    Named,
    NamesList,
    RoleKey,
    ShownText,
    Table,
    TablePath,
    Text,
)
from throughline.core.blueprint.whole import Whole

FieldType = Literal[
    "text", "long text", "number", "whole number", "money", "date", "yes or no", "choice", "choices",
    "scale", "rank", "attest", "confirm dates", "email", "phone", "web address", "person", "roster",
    "district", "school", "file", "files", "video", "statement", "table", "number per group",
]  # fmt: skip


FACTS = (
    Fact("answer.{field}", "as asked", "the answer to FORM.FIELD", "eligibility and balance"),
    Fact("attests.{field}", "yes or no", "FORM.FIELD is attested", "eligibility and balance"),
    Fact("form.{form}", "yes or no", "the form was sent", "standing and completion"),
)
"""What conditions may ask about forms. A question may also ask for earlier ones of its form."""


class FieldSection(Table):
    """One question."""

    key: Key = Field(description="stable name")
    ask: ShownText = Field(description="the question")
    type: FieldType = Field("text", description="see the list")
    version: Number = Field(
        1,
        description="rises when words, type or options change; an answer keeps the version it answered",
    )
    help: ShownText | None = Field(None, description="a sentence below")
    required: YesNo = Field(False, description="must be answered to send")
    show_if: ConditionPhrase | None = Field(
        None, description="condition over earlier fields and facts"
    )
    options: Annotated[Options, NamesList()] | None = Field(
        None, description="[[key, label]] or the name of a list"
    )
    words: Number | None = Field(None, description="most words")
    max: Number | None = Field(
        None, description="highest number, most choices, most files or minutes"
    )
    min: Number | None = Field(None, description="lowest")
    labels: tuple[ShownText, ...] = Field(
        (), description="words for the two ends of a scale, or for each point"
    )
    columns: Vocabulary = Field((), description="of a table")
    of: TablePath | None = Field(None, description="what dates or people are asked about")
    tier: TierName | None = Field(None, description="who sees this answer")
    sealed: YesNo = Field(
        False, description="kept apart, unreachable for reviewers, reported only through a release"
    )
    blind: YesNo = Field(False, description="hidden in blind review")
    carry: Text | None = Field(None, description="where the answer appears later")
    tags: tuple[Text, ...] = Field((), description="ppra, fidelity, ...")
    part: Text | None = Field(None, description="page it stands on")

    def complaints(self, whole: Whole) -> Iterator[Complaint]:
        """A choice has options, a scale has ends."""
        if self.type in {"choice", "choices", "rank"} and not self.options:
            expected = "options: [key, label] pairs, or the name of a list"
            yield Complaint(expected, "none", ("options",))
        if self.type == "scale" and (self.min is None or self.max is None or not self.labels):
            yield Complaint("min, max and labels for the ends of a scale", "not all of them")
        if isinstance(self.min, int) and isinstance(self.max, int) and self.min > self.max:
            yield Complaint(f"min at or below max {self.max}", f"{self.min}", ("min",))


class FormSection(Table):
    """One form, its pages and its questions."""

    title: ShownText = Field(description="heading")
    version: Number = Field(1, description="rises when any field changes")
    intro: ShownText | None = Field(None, description="text above")
    minutes: Number | None = Field(None, description="honest time, shown")
    max_pages: Number | None = Field(None, description="limit of the printed form")
    max_files: Number | None = Field(None, description="all attachments together")
    file_types: tuple[Text, ...] = Field(
        (
            "pdf",
            "docx",
            "xlsx",
            "jpg",
            "png",
        ),
        description="what may be uploaded",
    )
    filled_by: tuple[RoleKey, ...] = Field((), description="roles")
    co_edited_by: tuple[RoleKey, ...] = Field(
        (), description="roles that may write before it is sent"
    )
    tier: TierName = Field("host", description="who sees answers unless a field says otherwise")
    anonymous: YesNo = Field(False, description="no link between person and answer")
    parts: Vocabulary = Field((), description="pages of the form")
    fields: Annotated[
        tuple[FieldSection, ...], Field(min_length=1), Defines("field", within=True)
    ] = Field(description="in order")

    def complaints(self, whole: Whole) -> Iterator[Complaint]:
        """A question looks back only, and stands on a page of this form."""
        earlier: set[str] = set()
        pages = {key for key, _ in self.parts}
        for index, field in enumerate(self.fields):
            if field.show_if:
                place = ("fields", index, "show_if")
                yield from whole.asks(field.show_if.paths(), at=place, fields=frozenset(earlier))
            if field.part and field.part not in pages:
                hint = nearest(field.part, pages)
                got = quoted(field.part)
                yield Complaint("a part of this form", got, ("fields", index, "part"), hint)
            earlier.add(field.key)


class CriterionSection(Table):
    """One thing that is judged."""

    key: Key = Field(description="stable name")
    ask: ShownText = Field(description="what is judged")
    weight: Number = Field(1, description="whole number")
    levels: tuple[ShownText, ...] = Field(
        (), description="one anchor for each point of the scale, in behavior"
    )


class RubricSection(Table):
    """What answers are scored by."""

    title: ShownText = Field(description="heading")
    version: Number = Field(1, description="fixed once a score is given")
    scale: tuple[Number, ...] = Field(
        (
            1,
            2,
            3,
            4,
        ),
        description="the points",
    )
    comment: Literal["never", "extremes", "always"] = Field(
        "extremes", description="when a comment is required"
    )
    criteria: Annotated[tuple[CriterionSection, ...], Field(min_length=1)] = Field(
        description="in order"
    )

    def complaints(self, whole: Whole) -> Iterator[Complaint]:
        """Each point of the scale has an anchor, or none has."""
        for index, criterion in enumerate(self.criteria):
            if criterion.levels and len(criterion.levels) != len(self.scale):
                expected = f"{len(self.scale)} levels, one for each point of the scale"
                place = ("criteria", index, "levels")
                yield Complaint(expected, f"{len(criterion.levels)}", place)


class FormsSection(Named[FormSection]):
    """Every form of the program by its key."""

    root: Annotated[dict[Key, FormSection], Defines("form")]


class RubricsSection(Named[RubricSection]):
    """Every rubric of the program by its key."""

    root: Annotated[dict[Key, RubricSection], Defines("rubric")]
