"""What a blueprint says about programs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, Strict

from throughline.core.blueprint.moments import parse_moment
from throughline.core.blueprint.phrases import (
    DAYS,
    CodeList,
    Count,
    Day,
    Key,
    MomentPhrase,
    MonthDay,
    OpenSpan,
    SpanPhrase,
    WeekdayName,
    Whole,
    YesNo,
    Zone,
)
from throughline.core.blueprint.tables import Defines, Named, ShownText, Table, TablePath, Text


class DerivedFrom(Table):
    """The file that this one began as."""

    key: Key = Field(description="stable name")
    version: Whole = Field(description="version of the file it was copied from")
    hash: Text | None = Field(None, description="its hash, if known")


class AboutSection(Table):
    """What the file is: key, version, name, language."""

    format: Literal[1] = Field(1, description="version of this format; fixes every default")
    key: Key = Field(description="stable name of the blueprint")
    version: Annotated[int, Strict(), Field(ge=1)] = Field(
        1, description="rises with every published change"
    )
    name: Text = Field(description="full name")
    short: Text | None = Field(None, description="short name, used in subjects and menus")
    summary: Text = Field("", description="one sentence for lists and search")
    season: Text | None = Field(None, description="name of the edition, such as 2020-21")
    language: Text = Field("en", description="language of every text in the file (BCP 47)")
    license: Text = Field("CC0-1.0", description="license of the file itself (SPDX)")
    attribution: tuple[Text, ...] = Field((), description="credits that every public page shows")
    derived_from: DerivedFrom | None = Field(None, description="the file it began as")


class SourceEntry(Table):
    """Something that was read: a promise says in its ``source`` which."""

    title: Text = Field(description="what was read")
    url: Text | None = Field(None, description="where")
    retrieved: Day | None = Field(None, description="when")
    kind: Literal["public page", "article", "agreement", "requirement", "example"] = Field(
        "public page", description="what sort of source"
    )


class Term(Table):
    """What the program calls a thing, in the forms of its language."""

    one: Text = Field(description="singular")
    other: Text = Field(description="plural")
    zero: Text | None = Field(None, description="CLDR plural category, where a language has it")
    two: Text | None = Field(None, description="same")
    few: Text | None = Field(None, description="same")
    many: Text | None = Field(None, description="same")
    article: Text | None = Field(
        None, description="indefinite article, if a/an by spelling is wrong"
    )
    gender: Text | None = Field(None, description="for languages that need it")
    also: tuple[Text, ...] = Field(
        (), description="earlier or local synonyms, found by search, never printed"
    )


class Host(Table):
    """An organization behind the program."""

    key: Key = Field(description="stable name")
    name: Text = Field(description="organization")
    role: Literal["host", "co-host", "funder", "partner", "research partner"] = Field(
        "host", description="what it is to the program"
    )
    does: ShownText = Field("", description="what it contributes")
    acknowledge: ShownText | None = Field(None, description="sentence printed on pages and reports")
    access: Literal["none", "public", "releases", "staff"] = Field(
        "staff",
        description="what its staff may open: nothing, public pages, released figures, staff pages",
    )


class CohortSettings(Table):
    """Size and rhythm of cohorts."""

    holder: Literal["person", "district"] = Field(
        "person", description="who takes a place: a person or a district (A1)"
    )
    min: Count | None = Field(None, description="fewest")
    max: Count | None = Field(None, description="most")
    target: Count | None = Field(None, description="what selection aims at")
    above_max: Literal["refuse", "refuse unless overridden"] = Field(
        "refuse unless overridden", description="the 13th seat"
    )
    below_min: Literal["warn", "refuse"] = Field("warn", description="what the director sees")
    every: SpanPhrase | None = Field(None, description="a new cohort starts every ...")
    overlap: YesNo = Field(True, description="may the next one start while this one runs")


class Blackout(Table):
    """A break that returns every year."""

    begins: MonthDay = Field(description="month-day")
    ends: MonthDay = Field(description="month-day, may cross New Year")
    why: Text = Field(description="shown beside a moved date")
    hard: YesNo = Field(True, description="false warns only")


class CalendarSettings(Table):
    """Working days, holidays, breaks."""

    zone: Zone = Field("America/New_York", description="the host's time zone")
    working_days: tuple[WeekdayName, ...] = Field(
        DAYS[:5], description="days on which people answer and events begin"
    )
    holidays: tuple[Text, ...] = Field(
        ("US",), description="ISO 3166 codes of public holidays, such as US or US-GA; [] for none"
    )
    blackouts: tuple[Blackout, ...] = Field((), description="breaks that return every year")
    avoid: tuple[Text, ...] = Field((), description="days to warn about, never to forbid")
    ask: tuple[ShownText, ...] = Field(
        (), description="kinds of closed days that each district is asked for when a cohort opens"
    )
    roll: Literal["none", "next", "previous", "nearest"] = Field(
        "next", description="where a date goes that falls on a closed day"
    )


class PhaseEntry(Table):
    """A named stretch of time, shown on every timeline."""

    key: Key = Field(description="stable name")
    title: ShownText = Field(description="on the timeline")
    begins: MomentPhrase = Field(description="moment")
    ends: MomentPhrase = Field(description="moment, last day included")
    about: ShownText = Field("", description="one line")


class Statement(Table):
    """Something the program says it stands for, in the host's words."""

    key: Key = Field(description="stable name")
    kind: Literal["mission", "question", "aspiration", "objective", "commitment", "stance"] = Field(
        description="what sort"
    )
    text: ShownText = Field(description="the sentence, in the host's words")


class Benefit(Table):
    """What the public page promises, and the table that keeps it."""

    key: Key = Field(description="stable name")
    title: ShownText = Field(description="heading")
    text: ShownText = Field(description="a sentence")
    of: TablePath | None = Field(None, description="the table that keeps it; checked")


class Site(Table):
    """Public pages to make."""

    pages: tuple[
        Literal[
            "overview",
            "benefits",
            "eligibility",
            "dates",
            "cost",
            "partners",
            "people",
            "results",
            "past cohorts",
            "inquiries",
            "mailing list",
        ],
        ...,
    ] = Field(
        (
            "overview",
            "eligibility",
            "dates",
            "benefits",
            "cost",
            "partners",
            "inquiries",
        ),
        description="public pages to make, in this order",
    )
    satisfaction: YesNo = Field(False, description="publish session feedback through a release")


class Alumni(Table):
    """What stays afterward."""

    begins: MomentPhrase = Field(parse_moment("end + 1 day"), description="the switch to alumni")
    keeps: tuple[Text, ...] = Field(
        (
            "directory",
            "groups",
            "library",
        ),
        description="what stays open",
    )
    follow_up: tuple[SpanPhrase, ...] = Field((), description="later surveys, counted from the end")


class ProgramSection(Table):
    """Length, hosts, cohort, calendar, phases and statements."""

    length: OpenSpan = Field(description="from the first to the last day")
    hosts: Annotated[tuple[Host, ...], Field(min_length=1), Defines("host")] = Field(
        description="at least one"
    )
    cohort: CohortSettings = Field(CohortSettings(), description="size and rhythm")
    calendar: CalendarSettings = Field(
        CalendarSettings(), description="working days, holidays, breaks"
    )
    phases: Annotated[tuple[PhaseEntry, ...], Defines("phase")] = Field(
        (), description="named stretches of time, shown on every timeline"
    )
    statements: Annotated[tuple[Statement, ...], Defines("statement")] = Field(
        (), description="mission, question, aspirations, objectives, commitments; aims link to them"
    )
    benefits: tuple[Benefit, ...] = Field(
        (),
        description="what the public page promises; of points to the table that keeps the promise",
    )
    site: Site = Field(Site(), description="public pages")
    alumni: Alumni = Field(Alumni(), description="what stays afterward")
    delivery: Literal["in person", "virtual", "mixed"] = Field(
        "mixed", description="what the public page says"
    )


class SourcesSection(Named[SourceEntry]):
    """What was read, by its key."""

    root: Annotated[dict[Key, SourceEntry], Defines("source")]


class WordsSection(Named[dict[Key, Term]]):
    """Terms by language, then by key."""

    root: dict[Text, dict[Key, Term]]  # type: ignore[assignment]


class ListsSection(Named[tuple[str, ...] | tuple[tuple[str, str], ...]]):
    """Lists of codes, and vocabularies, by key."""

    root: Annotated[dict[Key, CodeList], Defines("list")]


class TranslationsSection(Named[dict[str, str]]):
    """Texts in other languages: by language, then by the path of the text."""

    root: dict[Text, dict[Text, Text]]
