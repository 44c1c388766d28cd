"""What a blueprint says about commons."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from throughline.core.blueprint.phrases import Vocabulary, YesNo
from throughline.core.blueprint.tables import Defines, ShownText, Table, Text


class CommonsSection(Table):
    """Directory, groups and library of members."""

    directory: Literal["off", "private", "cohort", "network"] = Field(
        "cohort", description="who sees members"
    )
    profile: tuple[Text, ...] = Field((), description="fields, each opt-in")
    pledge: ShownText | None = Field(None, description="sentence agreed to on entering")
    affinity: tuple[Text, ...] = Field((), description="facts that suggest groups")
    member_groups: YesNo = Field(False, description="members may open groups")
    library: tuple[Text, ...] = Field((), description="what an entry records")
    content: Annotated[Vocabulary, Defines("content")] = Field((), description="vocabulary")
    testimonials: YesNo = Field(False, description="collect, by consent")
    boards: tuple[Text, ...] = Field((), description="by name")
    welcome: tuple[Text, ...] = Field((), description="for newcomers")
    anonymous_asks: YesNo = Field(False, description="peers do not see who asked")
    index: YesNo = Field(False, description="may search engines list public pages")
