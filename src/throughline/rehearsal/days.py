"""Days on which made-up people meet: working days, no holiday, no convening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from throughline.meetings.enums import OccasionKind
from throughline.meetings.models import Occasion
from throughline.programs.almanac import Almanac
from throughline.programs.blueprint import ProgramSection
from throughline.programs.sections import section
from throughline.rehearsal.stage import Stage


@dataclass(frozen=True)
class Days:
    """The open days of a cohort."""

    almanac: Almanac
    taken: frozenset[date]

    @classmethod
    def of(cls, stage: Stage) -> Days:
        """Read a cohort's calendar, and the days on which everybody convenes."""
        settings = section(stage.version, "program", ProgramSection).calendar
        convening = Occasion.objects.filter(scope=stage.cohort.scope_id, kind=OccasionKind.BLOCK)
        return cls(Almanac(settings), frozenset(convening.values_list("day", flat=True)))

    def free(self, day: date, busy: set[date]) -> date:
        """Take this day, or the next on which two people can meet and one of them is not busy."""
        while day in busy or day in self.taken or not self.almanac.is_open(day):
            day += timedelta(days=1)
        busy.add(day)
        return day
