"""What the page of a district's graduation rates says, made of released entries alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from throughline.engines.disparity import PROTECTED, read_rate
from throughline.evidence import sentences
from throughline.evidence.figures import (
    Figure,
    Gap,
    change,
    figures_of,
    gap,
    more_at_the_rate_of,
)
from throughline.evidence.groups import ALL, GROUPS, Group, groups_of
from throughline.evidence.shipped import reading
from throughline.people.models import Place
from throughline.releases.models import Release
from throughline.releases.queries import Entry, ReleasedTable


@dataclass(frozen=True, slots=True)
class Row:
    """A group in the chosen year, ready to show. Ranges are whole percents, gaps in words."""

    key: str
    label: str
    low: int | None
    high: int | None
    rate: str
    students: str
    schools: str
    gap: str
    gap_short: str
    is_hidden: bool
    is_below: bool


@dataclass(frozen=True, slots=True)
class Move:
    """A group over the years: school year and range in each, and how it moved between first and last."""

    key: str
    label: str
    short: str
    by_year: list[tuple[str, str]]
    bounds: list[tuple[int, int] | None]
    change: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """What the source printed for one school and the group looked at."""

    name: str
    rate: str
    students: str
    low: float | None
    high: float | None
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class More:
    """How many more students would have graduated at the comparator's rate, at the very least."""

    students: int
    words: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where the figures of one school year stand."""

    year: int
    words: str
    source: str
    table: str
    retrieved_on: date | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asked for; unknown values fall back to what everyone sees first."""

    year: int | None = None
    comparator: str = ALL
    lens: str = "everything"
    look: str = ALL


@dataclass(frozen=True, slots=True)
class GraduationPage:
    """Everything that the page of one district's graduation rates says."""

    place: Place
    asked: Asked
    years: list[int]
    year: int | None = None
    release: Release | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)
    comparator_label: str = ""
    everyone: Row | None = None
    rows: list[Row] = field(default_factory=list)
    takeaway: str = ""
    more: More | None = None
    moves: list[Move] = field(default_factory=list)
    over_time: str = ""
    schools: list[SchoolRow] = field(default_factory=list)
    coverage: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    sources: list[SourceLine] = field(default_factory=list)

    @property
    def comparator_in_words(self) -> str:
        """Name the comparator inside a sentence."""
        return sentences.lower_first(self.comparator_label)

    @property
    def year_words(self) -> str:
        """Name the chosen school year."""
        return sentences.school_year(self.year) if self.year else ""

    @property
    def newest_words(self) -> str:
        """Name the newest school year that is here."""
        return sentences.school_year(self.years[-1]) if self.years else ""

    @property
    def source(self) -> SourceLine | None:
        """Where the chosen year's figures stand."""
        return next((line for line in self.sources if line.year == self.year), None)

    @property
    def look_label(self) -> str:
        """Name the group whose schools are listed."""
        return str(GROUPS[self.asked.look].label)

    @property
    def groups(self) -> list[Group]:
        """Groups that the chosen year names, everyone first, then in alphabetical order."""
        rest = [group for group in groups_of("everything") if group.key in self.figures]
        return [GROUPS[ALL], *rest]


def answer(
    place: Place,
    asked: Asked,
    tables: Mapping[int, ReleasedTable],
    school_names: Mapping[str, str],
) -> GraduationPage:
    """Say what the released tables of a district hold, by school year."""
    years = sorted(tables)
    year = asked.year if asked.year is not None and asked.year in tables else years[-1]
    by_year = {one: figures_of(table.entries) for one, table in tables.items()}
    figures = by_year[year]
    other = figures.get(asked.comparator)
    shown = [figures[group.key] for group in groups_of(asked.lens) if group.key in figures]
    label = str(GROUPS[asked.comparator].label)
    gaps = [
        (figure, gap(figure, other)) for figure in shown if figure.group.key != asked.comparator
    ]
    known = [(figure, found) for figure, found in gaps if found]
    below = [(figure, found) for figure, found in known if found.is_below]
    moves = _moves(years, by_year, [GROUPS[ALL], *groups_of(asked.lens)])
    return GraduationPage(
        place,
        asked,
        years,
        year=year,
        release=tables[year].release,
        figures=figures,
        comparator_label=label,
        everyone=_row(figures[ALL], other) if ALL in figures else None,
        rows=[_row(figure, other) for figure in shown],
        takeaway=sentences.takeaway(place.name, year, label, below, len(known)),
        more=_more(below, other, label),
        moves=[move for move, _figure, _gap in moves],
        over_time=sentences.over_time(
            years[0], years[-1], [(figure, found) for _move, figure, found in moves if found]
        )
        if len(years) > 1
        else "",
        schools=_schools(school_names, tables[year].entries, asked.look),
        coverage=_coverage(place, year, figures),
        missing=missing_years(place, years),
        sources=[
            SourceLine(one, sentences.school_year(one), t.source, t.table, t.retrieved_on)
            for one, t in sorted(tables.items())
        ],
    )


def _row(figure: Figure, comparator: Figure | None) -> Row:
    total, whole = figure.total, figure.whole
    same = comparator is not None and comparator.group.key == figure.group.key
    found = None if same else gap(figure, comparator)
    return Row(
        key=figure.group.key,
        label=str(figure.group.label),
        low=whole[0] if whole else None,
        high=whole[1] if whole else None,
        rate=sentences.range_words(figure),
        students="–" if figure.rate is None else f"{total.n:,}",
        schools=_("%(counted)d of %(all)d") % {"counted": total.counted, "all": total.parts},
        gap=_("compared with itself") if same else sentences.gap_words(found),
        gap_short="" if same else sentences.gap_words(found, short=True),
        is_hidden=figure.is_hidden,
        is_below=bool(found and found.is_below),
    )


def _more(below: list[tuple[Figure, Gap]], comparator: Figure | None, label: str) -> More | None:
    """Count groups that share no students with one another: races; or the one group of a lens."""
    alone = [figure for figure, _gap in below if figure.group.lens == "race"]
    if not alone and len(below) == 1:
        alone = [below[0][0]]
    counts = [(figure, more_at_the_rate_of(comparator, figure)) for figure in alone]
    students = sum(count for _figure, count in counts)
    if not students:
        return None
    groups = sentences.listed(
        [f"{count:,} {sentences.lower_first(one.group.label)}" for one, count in counts if count]
    )
    words = _(
        "more would have graduated at the rate of %(comparator)s, at the very least: %(groups)s."
    )
    return More(students, words % {"comparator": sentences.lower_first(label), "groups": groups})


def _moves(
    years: list[int], by_year: Mapping[int, Mapping[str, Figure]], groups: list[Group]
) -> list[tuple[Move, Figure, Gap | None]]:
    found = []
    for group in groups:
        series = [by_year[year].get(group.key) for year in years]
        present = [figure for figure in series if figure is not None]
        if not present:
            continue
        moved = change(series[0], series[-1]) if len(years) > 1 else None
        move = Move(
            group.key,
            str(group.label),
            str(group.short),
            [
                (sentences.school_year(year), _rate_or_hidden(figure))
                for year, figure in zip(years, series, strict=True)
            ],
            [figure.whole if figure else None for figure in series],
            sentences.change_words(moved),
            is_hidden=any(figure.is_hidden for figure in present),
        )
        found.append((move, present[-1], moved))
    return found


def _rate_or_hidden(figure: Figure | None) -> str:
    if figure is not None and figure.is_hidden:
        return _("Hidden")
    return sentences.range_words(figure)


def _schools(names: Mapping[str, str], entries: tuple[Entry, ...], look: str) -> list[SchoolRow]:
    """List schools under their names in alphabetical order, as printed. Never ranked."""
    rows = []
    for entry in entries:
        school, _colon, group = entry.cell.partition(":")
        if group == look:
            rows.append(_school(names.get(school, school), entry))
    return sorted(rows, key=lambda row: row.name.casefold())


def _school(name: str, entry: Entry) -> SchoolRow:
    hidden = entry.printed == PROTECTED
    rate = None if hidden else read_rate(entry.printed)
    return SchoolRow(
        name=name,
        rate=sentences.printed_words(entry.printed),
        students="–" if hidden or entry.n is None else f"{entry.n:,}",
        low=float(rate.low) if rate else None,
        high=float(rate.high) if rate else None,
        is_hidden=hidden,
    )


def _coverage(place: Place, year: int, figures: Mapping[str, Figure]) -> list[str]:
    """Say how many of the students stated have a rate, and where the source itself falls short."""
    words = []
    everyone = figures.get(ALL)
    if everyone is not None and everyone.total.stated:
        total = everyone.total
        words.append(
            _(
                "Counted: %(counted)s of the %(stated)s students in these schools' cohorts, "
                "from %(schools)d of %(all)d schools."
            )
            % {
                "counted": f"{total.n:,}",
                "stated": f"{total.stated:,}",
                "schools": total.counted,
                "all": total.parts,
            }
        )
    if everyone is not None and everyone.total.unsized:
        words.append(
            _(
                "%(schools)d schools have a rate but no number of students in the file, "
                "so they cannot be added up."
            )
            % {"schools": everyone.total.unsized}
        )
    absent = [group for group in groups_of("everything") if group.key not in figures]
    if absent:
        names = sentences.listed([sentences.lower_first(group.label) for group in absent])
        words.append(_("The file has no figures here for: %(groups)s.") % {"groups": names})
    check = reading.state_checks().get(place.jurisdiction)
    if year == reading.CHECKED_YEAR and check and check.outside:
        words.append(
            _(
                "Take care: the schools of this state (%(state)s) do not add up to the state's own "
                "published rate for %(outside)d of %(compared)d student groups, so some students "
                "are missing from these files."
            )
            % {
                "state": place.jurisdiction,
                "outside": check.outside,
                "compared": check.compared,
            }
        )
    return words


def missing_years(place: Place, years: list[int]) -> list[str]:
    """Say which years of the shipped files are missing here, and whether the whole state is."""
    states = reading.years_of_states().get(place.jurisdiction, [])
    words = []
    for year in reading.shipped_years():
        if year in years:
            continue
        if year not in states:
            text = _("%(year)s: the federal file holds no school of this state (%(state)s).")
        else:
            text = _("%(year)s: the federal file holds no school of this district.")
        words.append(text % {"year": sentences.school_year(year), "state": place.jurisdiction})
    return words
