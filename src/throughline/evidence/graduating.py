"""A district's newest graduating class: its size, and how many are economically disadvantaged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from throughline.evidence.enums import GRADUATION
from throughline.evidence.groups import ALL, LOW_INCOME
from throughline.evidence.models import Snapshot
from throughline.evidence.queries import BOTH, EVERY, graduation_question, state_class_question
from throughline.evidence.sentences import school_year
from throughline.people.models import Person, Place
from throughline.releases.models import Release
from throughline.releases.queries import Entry, ReleasedTable, released_tables


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a class are economically disadvantaged, as far as the source tells.

    ``group`` of the ``counted`` students are; they are in schools that print both sizes. The rest of
    the ``students`` are in schools that print nothing about the group, which is unknown and not zero:
    the range in percent holds whatever they are. Ends are rounded to whole percents.
    """

    group: int
    counted: int
    students: int

    @property
    def low(self) -> int:
        return _percent(self.group, self.students)

    @property
    def high(self) -> int:
        return _percent(self.group + self.students - self.counted, self.students)

    @property
    def words(self) -> str:
        """Say the share: "71%", or "39–47%" where some schools print nothing about the group."""
        return f"{self.low}%" if self.low == self.high else f"{self.low}–{self.high}%"


@dataclass(frozen=True, slots=True)
class GraduatingClass:
    """Students of a district's four-year graduation cohorts in one school year, as published.

    ``schools`` printed a size, of the ``all_schools`` that the source names. ``low_income`` is the
    share that is economically disadvantaged, ``of_state`` that of the whole state in the same
    source and year; nothing where the source does not tell.
    """

    students: int
    schools: int
    all_schools: int
    year: int
    source: str
    low_income: Share | None = None
    of_state: Share | None = None

    @property
    def students_words(self) -> str:
        """Spell the number of students, as in 1,204."""
        return f"{self.students:,}"

    @property
    def year_words(self) -> str:
        """Name the school year, as in 2014–15."""
        return school_year(self.year)


def graduating_classes(person: Person, places: Iterable[Place]) -> dict[int, GraduatingClass]:
    """Return the newest released class of each place that ``person`` may read, by id of the place.

    Three queries, however many places. A place without a figure is left out.
    """
    known = (
        Snapshot.objects.visible_to(person)
        .frozen()
        .filter(
            data_set__owner_place__in={one.pk for one in places},
            data_set__measure=GRADUATION,
            cells__releases__in=Release.objects.visible_to(person).released(),
        )
        .order_by("school_year")
        .values_list("data_set__owner_place", "school_year")
    )
    newest = dict(known)
    by_id = {one.pk: one for one in places}
    questions = [graduation_question(by_id[key], year) for key, year in newest.items()]
    states = {(by_id[key].jurisdiction, year) for key, year in newest.items()}
    questions += [state_class_question(*one) for one in sorted(states)]
    tables = released_tables(person, questions, cells_of=[f":{ALL}", f":{LOW_INCOME}"])
    by_place = {str(one.question["place"]): one for one in tables if "place" in one.question}
    by_state = {
        (str(one.question["state"]), int(one.period)): _of_state(one.entries)
        for one in tables
        if "state" in one.question
    }
    found = {
        key: _class(by_place.get(by_id[key].code), by_state.get((by_id[key].jurisdiction, year)))
        for key, year in newest.items()
    }
    return {key: one for key, one in found.items() if one is not None}


def _class(table: ReleasedTable | None, of_state: Share | None) -> GraduatingClass | None:
    if table is None:
        return None
    sizes = _sizes(table.entries)
    everyone, few = sizes.get(ALL, {}), sizes.get(LOW_INCOME, {})
    if not everyone:
        return None
    all_schools = {entry.cell.partition(":")[0] for entry in table.entries}
    both = everyone.keys() & few.keys()
    students = sum(everyone.values())
    share = Share(
        sum(few[school] for school in both), sum(everyone[school] for school in both), students
    )
    is_told = bool(both and students)
    return GraduatingClass(
        students,
        len(everyone),
        len(all_schools),
        int(table.period),
        table.source,
        share if is_told else None,
        of_state if is_told else None,
    )


def _of_state(entries: Iterable[Entry]) -> Share:
    """Return the share of a state, from the sums of all its schools and of those that print both."""
    sizes = _sizes(entries)
    return Share(sizes[LOW_INCOME][BOTH], sizes[ALL][BOTH], sizes[ALL][EVERY])


def _sizes(entries: Iterable[Entry]) -> Mapping[str, dict[str, int]]:
    """Return the sizes that were printed, by group and by what comes before it in the cell's key."""
    found: dict[str, dict[str, int]] = {}
    for entry in entries:
        what, _colon, group = entry.cell.partition(":")
        if entry.n is not None:
            found.setdefault(group, {})[what] = entry.n
    return found


def _percent(part: int, whole: int) -> int:
    """Return a whole percent, halves up."""
    return (200 * part + whole) // (2 * whole)
