"""What a blueprint says about programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Final, Literal

from pydantic import Field, Strict

from throughline.core.blueprint.facts import Fact
from throughline.core.blueprint.moments import Span, parse_moment
from throughline.core.blueprint.phrases import (
    DAYS,
    CodeList,
    Count,
    Day,
    Key,
    MomentPhrase,
    MonthDay,
    NamedZone,
    Number,
    OpenSpan,
    SpanPhrase,
    WeekdayName,
    YesNo,
)
from throughline.core.blueprint.speech import Speech, between, said
from throughline.core.blueprint.tables import (
    Complaint,
    Dated,
    Defines,
    Named,
    Promise,
    ShownText,
    Table,
    TablePath,
    Text,
)
from throughline.core.blueprint.tables import marked as _
from throughline.core.blueprint.whole import Whole
from throughline.programs import blanks

LONGEST = 3660
"""Days of the longest program."""


TERMS: Final[Mapping[str, tuple[str, str]]] = {
    "participant": (_("participant"), _("participants")),
    "team": (_("team"), _("teams")),
    "wider-team": (_("wider team"), _("wider teams")),
    "member": (_("team member"), _("team members")),
    "convening": (_("convening"), _("convenings")),
    "session": (_("session"), _("sessions")),
    "meeting": (_("meeting"), _("meetings")),
    "coach": (_("coach"), _("coaches")),
    "mentor": (_("mentor"), _("mentors")),
    "challenge": (_("equity challenge"), _("equity challenges")),
    "cohort": (_("cohort"), _("cohorts")),
    "network": (_("network"), _("networks")),
    "district": (_("district"), _("districts")),
    "group": (_("group"), _("groups")),
    "capstone": (_("capstone"), _("capstones")),
    "week": (_("week"), _("weeks")),
    "facilitator": (_("facilitator"), _("facilitators")),
    "host": (_("host"), _("hosts")),
}
"""Terms that every program has, and what they are called when a file says nothing."""


FACTS = (Fact("list.{list}", "list", "the codes of this list; stands right of `in`"),)
"""What conditions may ask about the file itself."""


class DerivedFrom(Table):
    """The file that this one began as."""

    key: Key = Field(description="stable name")
    version: Number = Field(description="version of the file it was copied from")
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

    def blanks(self, speech: Speech) -> Iterator[str]:
        """What the program is called."""
        yield "We call it [[name]], in short [[short]]."
        yield "In one sentence: [[summary]]"


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


class CohortSettings(Promise):
    """Size and rhythm of cohorts."""

    holder: Literal["person", "district"] = Field(
        "person", description="who takes a place: a person, or a district whose leaders take part"
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

    def complaints(self, whole: Whole) -> Iterator[Complaint]:
        """The fewest are not more than the most."""
        yield from ordered(self.min, self.max)


class Blackout(Table):
    """A break that returns every year."""

    begins: MonthDay = Field(description="month-day")
    ends: MonthDay = Field(description="month-day, may cross New Year")
    why: Text = Field(description="shown beside a moved date")
    hard: YesNo = Field(True, description="false warns only")


class CalendarSettings(Table):
    """Working days, holidays, breaks."""

    zone: NamedZone = Field("America/New_York", description="the host's time zone, by its name")
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

    def dated(self) -> Iterator[Dated]:
        """From the first to the last day; phases never move off a weekend."""
        names = (f"phase.{self.key}.begins", f"phase.{self.key}.ends")
        yield Dated(self.title, self.begins, self.ends, names, says=_("Phase: %(title)s"))


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


class ProgramSection(Promise):
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
        description="what the public page promises; `of` points to the table that keeps the promise",
    )
    site: Site = Field(Site(), description="public pages")
    alumni: Alumni = Field(Alumni(), description="what stays afterward")
    delivery: Literal["in person", "virtual", "mixed"] = Field(
        "mixed", description="what the public page says"
    )

    def complaints(self, whole: Whole) -> Iterator[Complaint]:
        """A program has a host, and ends within the working life of its people."""
        if not any(host.role in {"host", "co-host"} for host in self.hosts):
            yield Complaint("at least one entry whose role is host", "none", ("hosts",))
        if isinstance(self.length, Span) and _days(self.length) > LONGEST:
            yield Complaint("a length of at most 10 years", str(self.length), ("length",))
        if isinstance(self.length, Span) and not self.length.number:
            yield Complaint("a length of at least one day", str(self.length), ("length",))

    def sentences(self, speech: Speech) -> Iterator[str]:
        """Say who hosts it, how long it is, and how many take part."""
        hosts = ", ".join(host.name for host in self.hosts if host.role in {"host", "co-host"})
        yield f"{speech.name} lasts {said(self.length)}. Hosted by {hosts}."
        cohort = self.cohort
        size = between(cohort.min, cohort.max, "any number of")
        holder = "participant" if cohort.holder == "person" else "district"
        beyond = {
            "refuse": "; one more is refused",
            "refuse unless overridden": "; one more is refused unless someone overrides it "
            "with a reason",
        }[cohort.above_max]
        again = f" A new one starts every {cohort.every}." if cohort.every else ""
        yield (
            f"A {speech.one('cohort')} has {size} {speech.other(holder)}"
            f"{beyond if cohort.max is not None else ''}.{again}"
        )
        for host in self.hosts:
            if host.role not in {"host", "co-host"}:
                yield f"{host.name} takes part as {host.role}. {host.acknowledge or ''}".strip()

    def blanks(self, speech: Speech) -> Iterator[str]:
        """Length, rhythm, size, days and hosts."""
        yield from blanks.of_program(self, speech)


def ordered(low: object, high: object) -> Iterator[Complaint]:
    """Complain when the lower end lies above the upper one."""
    if isinstance(low, int) and isinstance(high, int) and low > high:
        yield Complaint(f"min at or below max {high}", f"{low}", ("min",))


def _days(span: Span) -> int:
    return (
        span.number * {"day": 1, "working day": 1, "week": 7, "month": 31, "year": 366}[span.unit]
    )


class SourcesSection(Named[SourceEntry]):
    """What was read, by its key."""

    root: Annotated[dict[Key, SourceEntry], Defines("source")]


class WordsSection(Named[dict[Key, Term]]):
    """Terms by language, then by key."""

    root: dict[Text, dict[Key, Term]]

    def blanks(self, speech: Speech) -> Iterator[str]:
        """Each term in the singular and in the plural; the first language is the program's."""
        yield from blanks.of_words(self.root)


class ListsSection(Named[tuple[str, ...] | tuple[tuple[str, str], ...]]):
    """Lists of codes, and vocabularies, by key."""

    root: Annotated[dict[Key, CodeList], Defines("list")]


class TranslationsSection(Named[dict[str, str]]):
    """Texts in other languages: by language, then by the path of the text."""

    root: dict[Text, dict[Text, Text]]
