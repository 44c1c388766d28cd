"""Tables of programs, one noun a file."""

from throughline.programs.models.cohort import (
    CalendarItem,
    Cohort,
    OnboardingDone,
    OnboardingItem,
    Phase,
)
from throughline.programs.models.engagement import CohortSeat, DistrictEngagement, Succession
from throughline.programs.models.program import Program, ProgramHost
from throughline.programs.models.upgrade import BlueprintUpgrade
from throughline.programs.models.version import BlueprintVersion

__all__ = [
    "BlueprintUpgrade",
    "BlueprintVersion",
    "CalendarItem",
    "Cohort",
    "CohortSeat",
    "DistrictEngagement",
    "OnboardingDone",
    "OnboardingItem",
    "Phase",
    "Program",
    "ProgramHost",
    "Succession",
]
