"""Did it move, and how far may one say so: charts, changes, gaps, and the claim ladder.

Owns the rules that tell a change from noise, each with how often noise alone meets it. Does not
own which measures a team follows (progress) nor what may be shown (disclosure). Deterministic:
the same figures give the same answer, sentence for sentence.
"""

from throughline.engines.improvement.changes import Change, Gap, GapChange, change, gap_change
from throughline.engines.improvement.claims import Claim, Level, claim
from throughline.engines.improvement.control_charts import ControlChart, Ranges
from throughline.engines.improvement.evidence import (
    AdoptedChange,
    Charted,
    Evidence,
    Experience,
    GapPeriod,
    Measured,
    Movement,
)
from throughline.engines.improvement.intervals import Count, Estimate, difference, rate
from throughline.engines.improvement.leveling import Decomposition, Strata, decompose
from throughline.engines.improvement.panels import Observation
from throughline.engines.improvement.refusals import (
    AllOnMedian,
    BadCount,
    Mismatched,
    NeedsStats,
    NoBaseline,
    NoComparison,
    NoDirection,
    NotANumber,
    NotBehind,
    NoVariation,
    Refused,
    Staggered,
    TooFew,
    TooVaried,
)
from throughline.engines.improvement.regressions import (
    DifferenceInDifferences,
    InterruptedSeries,
    difference_in_differences,
    interrupted_series,
)
from throughline.engines.improvement.run_charts import (
    RunChart,
    RunRules,
    Shift,
    anhoej,
    frozen_shift,
    run_chart,
)
from throughline.engines.improvement.series import Better
from throughline.engines.improvement.shares import p_chart, p_prime
from throughline.engines.improvement.single_values import xmr

__all__ = [
    "AdoptedChange",
    "AllOnMedian",
    "BadCount",
    "Better",
    "Change",
    "Charted",
    "Claim",
    "ControlChart",
    "Count",
    "Decomposition",
    "DifferenceInDifferences",
    "Estimate",
    "Evidence",
    "Experience",
    "Gap",
    "GapChange",
    "GapPeriod",
    "InterruptedSeries",
    "Level",
    "Measured",
    "Mismatched",
    "Movement",
    "NeedsStats",
    "NoBaseline",
    "NoComparison",
    "NoDirection",
    "NoVariation",
    "NotANumber",
    "NotBehind",
    "Observation",
    "Ranges",
    "Refused",
    "RunChart",
    "RunRules",
    "Shift",
    "Staggered",
    "Strata",
    "TooFew",
    "TooVaried",
    "anhoej",
    "change",
    "claim",
    "decompose",
    "difference",
    "difference_in_differences",
    "frozen_shift",
    "gap_change",
    "interrupted_series",
    "p_chart",
    "p_prime",
    "rate",
    "run_chart",
    "xmr",
]
