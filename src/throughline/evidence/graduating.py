"""How many students a district's schools counted in their newest graduating class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from throughline.evidence.enums import GRADUATION
from throughline.evidence.groups import ALL
from throughline.evidence.models import Snapshot
from throughline.evidence.queries import graduation_question
from throughline.evidence.sentences import school_year
from throughline.people.models import Person, Place
from throughline.releases.models import Release
from throughline.releases.queries import ReleasedTable, released_tables


@dataclass(frozen=True, slots=True)
class GraduatingClass:
    """Students of a district's four-year graduation cohorts in one school year, as published.

    ``schools`` printed a size, of the ``all_schools`` that the source names.
    """

    students: int
    schools: int
    all_schools: int
    year: int
    source: str

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
    questions = {key: graduation_question(by_id[key], year) for key, year in newest.items()}
    tables = released_tables(person, questions.values(), cells_of=f":{ALL}")
    by_place = {str(table.question["place"]): table for table in tables}
    found = {key: _class(by_place.get(by_id[key].code)) for key in newest}
    return {key: one for key, one in found.items() if one is not None}


def _class(table: ReleasedTable | None) -> GraduatingClass | None:
    sizes = [entry.n for entry in table.entries if entry.n is not None] if table else []
    if table is None or not sizes:
        return None
    return GraduatingClass(
        sum(sizes), len(sizes), len(table.entries), int(table.period), table.source
    )
