"""Who is chosen and who meets whom, with proof: proposals that people change and adopt.

Owns exact choices under rules, readers for applications, coaches for leaders, what each costs, and
what cannot hold together. Points are whole numbers, so a proof is a proof. Knows nothing about
persons: everything is over keys that its caller names. Groups and calendars follow.
"""

from throughline.engines.matching.checking import BrokenPlan, broken_rules, check, holds
from throughline.engines.matching.explaining import RepairPlan, Turned, Why, repair, why
from throughline.engines.matching.pair_checking import blocking, check_pairs
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
    Infeasible,
    InvalidProblem,
    Plan,
    Price,
    Problem,
    Rule,
    Unproven,
)
from throughline.engines.matching.selecting import prices, select

__all__ = [
    "SEATS",
    "Application",
    "Barred",
    "BrokenPlan",
    "Candidate",
    "Certificate",
    "Coach",
    "Coaching",
    "Infeasible",
    "InvalidProblem",
    "Leader",
    "Pair",
    "PairPlan",
    "Part",
    "Plan",
    "Price",
    "Prices",
    "Problem",
    "Reader",
    "RepairPlan",
    "Reviewing",
    "Rule",
    "Starved",
    "Turned",
    "Unmet",
    "Unproven",
    "Why",
    "assign",
    "blocking",
    "broken_rules",
    "check",
    "check_pairs",
    "holds",
    "match",
    "prices",
    "repair",
    "select",
    "why",
]
