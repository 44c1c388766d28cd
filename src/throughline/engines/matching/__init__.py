"""Who is chosen and who meets whom, with proof: proposals that people change and adopt.

Owns exact choices under rules, readers for applications, coaches for leaders, small groups over
rounds, calendars and agendas, what each costs, and what cannot hold together. Points are whole
numbers, so a proof is a proof. Knows nothing about persons: everything is over keys that its caller
names.
"""

from throughline.engines.matching.agenda_checking import check_agenda
from throughline.engines.matching.agenda_conflicts import conflicts_agenda
from throughline.engines.matching.agenda_explaining import WhyPlace, WhySeat, why_agenda, why_seat
from throughline.engines.matching.agenda_repair import AgendaRepair, repair_agenda
from throughline.engines.matching.agenda_solving import agenda
from throughline.engines.matching.agendas import (
    Agenda,
    AgendaPlan,
    Attendee,
    MissedChoice,
    NeverAtOnce,
    Place,
    Room,
    Seat,
    Session,
    Slot,
    Speaker,
    Spot,
)
from throughline.engines.matching.calendar_checking import check_calendar
from throughline.engines.matching.calendar_conflicts import conflicts_calendar
from throughline.engines.matching.calendar_explaining import Blocked, WhyTime, why_calendar
from throughline.engines.matching.calendar_repair import CalendarRepair, repair_calendar
from throughline.engines.matching.calendar_solving import calendar
from throughline.engines.matching.calendars import (
    Blackout,
    Booking,
    Calendar,
    CalendarPlan,
    Hours,
    Party,
    Period,
    Rhythm,
    Series,
    Skipped,
    months,
)
from throughline.engines.matching.changing import (
    Counted,
    RepairedChoice,
    WhyChosen,
    repair_select,
    why_select,
)
from throughline.engines.matching.checking import BrokenPlan, broken_rules, check, holds, missed
from throughline.engines.matching.conflicting import conflicts_select, eased
from throughline.engines.matching.explaining import RepairPlan, Turned, Why, repair, why
from throughline.engines.matching.group_changes import (
    GroupRepair,
    Moved,
    Rearranged,
    WhyTogether,
    repair_group,
    why_group,
)
from throughline.engines.matching.group_checking import check_group
from throughline.engines.matching.group_conflicts import conflicts_group
from throughline.engines.matching.grouping import group
from throughline.engines.matching.margins import margins_select
from throughline.engines.matching.pair_checking import blocking, check_pairs
from throughline.engines.matching.pair_conflicts import conflicts_pairs, eased_pairs
from throughline.engines.matching.pair_margins import PairMargin, margins_pairs
from throughline.engines.matching.pairing import assign, match
from throughline.engines.matching.pairs import (
    Application,
    Barred,
    Coach,
    Coaching,
    Leader,
    Pair,
    PairPlan,
    Part,
    Prices,
    Reader,
    Reviewing,
    Starved,
    Unmet,
)
from throughline.engines.matching.problems import (
    SEATS,
    Candidate,
    Certificate,
    Conflict,
    Ease,
    Infeasible,
    InvalidProblem,
    Margin,
    Missed,
    Plan,
    Price,
    Problem,
    Rule,
)
from throughline.engines.matching.rounds import (
    MINORS,
    Apart,
    Clash,
    Grouping,
    GroupPlan,
    Participant,
    Round,
    Seating,
)
from throughline.engines.matching.selecting import prices, select
from throughline.engines.matching.team_checking import check_teams
from throughline.engines.matching.teaming import form_teams
from throughline.engines.matching.teams import Failed, Member, Teaming, TeamPlan, TeamRule
from throughline.engines.matching.working import Cancelled, Exhausted, Limits, Made, Progress, Watch

__all__ = [
    "MINORS",
    "SEATS",
    "Agenda",
    "AgendaPlan",
    "AgendaRepair",
    "Apart",
    "Application",
    "Attendee",
    "Barred",
    "Blackout",
    "Blocked",
    "Booking",
    "BrokenPlan",
    "Calendar",
    "CalendarPlan",
    "CalendarRepair",
    "Cancelled",
    "Candidate",
    "Certificate",
    "Clash",
    "Coach",
    "Coaching",
    "Conflict",
    "Counted",
    "Ease",
    "Exhausted",
    "Failed",
    "GroupPlan",
    "GroupRepair",
    "Grouping",
    "Hours",
    "Infeasible",
    "InvalidProblem",
    "Leader",
    "Limits",
    "Made",
    "Margin",
    "Member",
    "Missed",
    "MissedChoice",
    "Moved",
    "NeverAtOnce",
    "Pair",
    "PairMargin",
    "PairPlan",
    "Part",
    "Participant",
    "Party",
    "Period",
    "Place",
    "Plan",
    "Price",
    "Prices",
    "Problem",
    "Progress",
    "Reader",
    "Rearranged",
    "RepairPlan",
    "RepairedChoice",
    "Reviewing",
    "Rhythm",
    "Room",
    "Round",
    "Rule",
    "Seat",
    "Seating",
    "Series",
    "Session",
    "Skipped",
    "Slot",
    "Speaker",
    "Spot",
    "Starved",
    "TeamPlan",
    "TeamRule",
    "Teaming",
    "Turned",
    "Unmet",
    "Watch",
    "Why",
    "WhyChosen",
    "WhyPlace",
    "WhySeat",
    "WhyTime",
    "WhyTogether",
    "agenda",
    "assign",
    "blocking",
    "broken_rules",
    "calendar",
    "check",
    "check_agenda",
    "check_calendar",
    "check_group",
    "check_pairs",
    "check_teams",
    "conflicts_agenda",
    "conflicts_calendar",
    "conflicts_group",
    "conflicts_pairs",
    "conflicts_select",
    "eased",
    "eased_pairs",
    "form_teams",
    "group",
    "holds",
    "margins_pairs",
    "margins_select",
    "match",
    "missed",
    "months",
    "prices",
    "repair",
    "repair_agenda",
    "repair_calendar",
    "repair_group",
    "repair_select",
    "select",
    "why",
    "why_agenda",
    "why_calendar",
    "why_group",
    "why_seat",
    "why_select",
]
