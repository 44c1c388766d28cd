"""What a blueprint says about coaching."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from throughline.core.blueprint.moments import parse_span
from throughline.core.blueprint.phrases import AmountPhrase, Key, SpanPhrase, Vocabulary, YesNo
from throughline.core.blueprint.speech import Speech, capital, said, with_article
from throughline.core.blueprint.tables import (
    FormKey,
    Names,
    RoleKey,
    ShownText,
    Table,
    Text,
    WordKey,
)
from throughline.programs.series import Series


class Cadence(Series):
    """A wanted rhythm: one in each period, on any day of it."""

    is_rhythm: ClassVar[bool] = True


class CoachingKind(Table):
    """One coaching relationship."""

    word: WordKey = Field("coach", description="term")
    role: RoleKey = Field(description="who coaches")
    of: tuple[RoleKey, ...] = Field(description="whom")
    one_to: Literal["person", "team"] = Field("person", description="a person or a team")
    cadence: Cadence | None = Field(None, description="rhythm wanted, apart from the cap")
    typical: AmountPhrase | None = Field(None, description="usual length")
    guard: AmountPhrase | None = Field(None, description="lengths outside ask for a word")
    modes: tuple[Text, ...] = Field(("virtual",), description="how")
    topics: Vocabulary = Field(
        (), description="vocabulary of logs; the director sees topics, never text"
    )
    prefer: tuple[Text, ...] = Field((), description="facts that matching weighs")
    never: tuple[Text, ...] = Field(
        (
            "same district within 4 years",
            "former supervisor",
        ),
        description="hard conflicts",
    )
    pool: Annotated[Key, Names("entitlement")] | None = Field(
        None, description="entitlement it draws on"
    )
    travel_apart: YesNo = Field(True, description="travel time is not coaching time")
    feedback: FormKey | None = Field(None, description="form, released in groups of five")
    missed_after: SpanPhrase | None = Field(None, description="when to say that one was missed")


class Service(Table):
    """Something a district may ask for."""

    title: ShownText = Field(description="name")
    kind: Literal[
        "coaching",
        "consultation",
        "visit",
        "communications",
        "resource",
        "data",
        "workshop",
        "mentoring",
        "other",
    ] = Field(description="what sort")
    mode: tuple[Text, ...] = Field(("virtual",), description="how")
    by: tuple[RoleKey, ...] = Field((), description="roles")
    approve: Literal["none", "coordinator", "director"] = Field(
        "coordinator", description="who says yes"
    )
    deliverable: Text | None = Field(None, description="what is left behind")
    pool: Annotated[Key, Names("entitlement")] | None = Field(
        None, description="entitlement it draws on"
    )
    follow_up: SpanPhrase | None = Field(None, description="when action items are due")
    rate: YesNo = Field(True, description="ask for a rating")
    fields: tuple[Text, ...] = Field((), description="what the record asks for")


class CoachingSection(Table):
    """Coaching relationships and the catalog of services."""

    kinds: dict[Key, CoachingKind] = Field({}, description="relationships")
    services: dict[Key, Service] = Field({}, description="catalog")
    log_within: SpanPhrase = Field(parse_span("7 days"), description="how soon a session is logged")
    open_kinds: YesNo = Field(True, description="the host may add services while it runs")

    def sentences(self, speech: Speech) -> Iterator[str]:
        """Say how coaching goes and what may be asked for."""
        for kind in self.kinds.values():
            if length := kind.typical or kind.guard:
                coach = capital(with_article(speech.one(kind.word)))
                yield f"{coach} session is typically {said(length)}, {' or '.join(kind.modes)}."
            if kind.cadence:
                yield kind.cadence.sentence(speech)
        for service in self.services.values():
            follow = f", followed up within {service.follow_up}" if service.follow_up else ""
            yield f"On request: {service.title} ({'/'.join(service.mode)}){follow}."

    def blanks(self, speech: Speech) -> Iterator[str]:
        """The usual length of a session, how it takes place, and how soon it is logged."""
        for key, kind in self.kinds.items():
            coach = capital(with_article(speech.one(kind.word)))
            yield (
                f"{coach} session usually takes [[kinds.{key}.typical]]. "
                f"Travel time [[kinds.{key}.travel_apart|does not count|counts]]."
            )
        for key, service in self.services.items():
            yield (
                f"{service.title} is given on request and followed up within "
                f"[[services.{key}.follow_up]]."
            )
        yield "A session is written down within [[log_within]]."
