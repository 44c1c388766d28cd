"""Who is chosen, with proof: proposals that people change and adopt.

Owns exact choices under rules, what each rule costs, and which rules cannot hold together. Points
are whole numbers, so a proof is a proof. Knows nothing about persons: a rule is over keys that its
caller names. Reviewers, coaches, groups and calendars follow.
"""

from throughline.engines.matching.checking import BrokenPlan, broken_rules, check, holds
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
    "BrokenPlan",
    "Candidate",
    "Certificate",
    "Infeasible",
    "InvalidProblem",
    "Plan",
    "Price",
    "Problem",
    "Rule",
    "Unproven",
    "broken_rules",
    "check",
    "holds",
    "prices",
    "select",
]
