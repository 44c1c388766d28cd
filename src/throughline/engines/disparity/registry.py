"""All measures that ``compare`` knows: what each is, where it comes from, when it is defined.

To add one, write its formula, a function in ``measuring`` and an entry here. Measures that take
something else than a table of groups stand in ``further``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from throughline.engines.disparity import measuring
from throughline.engines.disparity.comparators import KINDS, Everyone, Highest, Kind
from throughline.engines.disparity.figures import Computed, Unit
from throughline.engines.disparity.refusals import NotDefined
from throughline.engines.disparity.sides import Sides

OutcomeIs = Literal["good", "bad"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One entry.

    Attributes
    ----------
    polarity
        What changes when the outcome is bad for students rather than good.
    comparators
        Kinds it may be compared with; empty where it describes a group alone.
    own
        A comparator that belongs to the definition and stands instead of the one asked for.
    outcomes
        For which of good and bad outcomes it is defined.
    of_scores
        Whether it takes scores instead of events.
    floor
        Fewest students with a known outcome in the group; below it there is no figure.
    """

    id: str
    name: str
    formula: str
    sources: tuple[str, ...]
    unit: Unit
    polarity: str
    compute: Callable[[Sides], Computed]
    comparators: tuple[Kind, ...] = ()
    own: Everyone | Highest | None = None
    outcomes: tuple[OutcomeIs, ...] = ("good", "bad")
    of_scores: bool = False
    floor: int = 1


SAMPLES: tuple[Kind, ...] = ("all-others", "group", "highest")
"""Comparators that are students who are not in the group."""

SAME = "The same for good and bad outcomes."
SIGN = "The sign is that of group minus comparator; the words follow the outcome."

MEASURES = (
    Measure(
        id="rate",
        name="Rate",
        formula="p = x/n. Interval: c = (p + z²/2n)/(1 + z²/n), "
        "h = z/(1 + z²/n) · sqrt(p(1-p)/n + z²/4n²); c - h to c + h",
        sources=("wilson-1927", "newcombe-1998a"),
        unit="share",
        polarity=SAME,
        compute=measuring.rate,
    ),
    Measure(
        id="gap_points",
        name="Gap in percentage points",
        formula="d = 100 (p - q). Interval from the Wilson ends of both: "
        "d - sqrt((p-l1)² + (u2-q)²) to d + sqrt((u1-p)² + (q-l2)²). Against everyone: (1 - n/N) "
        "times the interval against all others. Against a goal: Wilson ends minus the goal",
        sources=("newcombe-1998b",),
        unit="points",
        polarity=SIGN,
        compute=measuring.gap_points,
        comparators=KINDS,
    ),
    Measure(
        id="risk_ratio",
        name="Risk ratio",
        formula="R = p/q. Interval: exp(ln R ± z sqrt(1/x - 1/n + 1/y - 1/m)) where all four "
        "counts are 5 or more, else Koopman's score limits. Against everyone: 1/(w + (1-w)/R) of "
        "R and its ends against all others, w = n/N. Against a goal: Wilson ends over the goal",
        sources=("katz-1978", "koopman-1984"),
        unit="ratio",
        polarity=SAME,
        compute=measuring.risk_ratio,
        comparators=KINDS,
    ),
    Measure(
        id="relative_difference_percent",
        name="Relative difference",
        formula="100 (p - q)/q, in words '14.8 % less likely'; interval from that of the risk ratio",
        sources=("nces-acgr", "katz-1978", "koopman-1984"),
        unit="percent",
        polarity=f"{SIGN} Percent, never percentage points.",
        compute=measuring.relative_difference_percent,
        comparators=KINDS,
    ),
    Measure(
        id="students_to_parity",
        name="Students to parity",
        formula="Good: smallest k >= 0 with (x + k)/n >= Y/M; bad: with (x - k)/n <= Y/M. Whole "
        "numbers throughout; the target stays at its present value",
        sources=("ccco-2017", "throughline"),
        unit="students",
        polarity="More events for a good outcome, fewer for a bad one.",
        compute=measuring.students_to_parity,
        comparators=KINDS,
    ),
    Measure(
        id="odds_ratio",
        name="Odds ratio",
        formula="x (m-y) / ((n-x) y). Interval: exp(ln OR ± z sqrt(1/x + 1/(n-x) + 1/y + 1/(m-y)))",
        sources=("woolf-1955",),
        unit="ratio",
        polarity="The odds ratio of the opposite outcome is its inverse.",
        compute=measuring.odds_ratio,
        comparators=SAMPLES,
    ),
    Measure(
        id="percentage_point_gap",
        name="Percentage point gap (CCCCO 2017)",
        formula="100 (p - reference) ± margin, margin = 100 max(1.96 sqrt(.25/n), .03); flagged "
        "when p + margin < reference, strictly",
        sources=("ccco-2017",),
        unit="points",
        polarity="Defined for good outcomes. For a bad one the mirror image: flagged when "
        "p - margin > reference.",
        compute=measuring.percentage_point_gap,
        comparators=KINDS,
    ),
    Measure(
        id="students_to_no_longer_flagged",
        name="Students to no longer flagged",
        formula="Smallest k >= 0 with (x + k)/n + margin >= reference, exactly; bad: "
        "(x - k)/n - margin <= reference",
        sources=("ccco-2017",),
        unit="students",
        polarity="More events for a good outcome, fewer for a bad one.",
        compute=measuring.students_to_no_longer_flagged,
        comparators=KINDS,
    ),
    Measure(
        id="proportionality_index",
        name="Proportionality index (CCCCO)",
        formula="Share of events over share of students, (x/X)/(n/N); flagged below .8. Interval: "
        "that of the risk ratio against everyone",
        sources=("ccco-2014",),
        unit="ratio",
        polarity="Good outcomes only: low is flagged. Of a bad outcome use the composition index.",
        compute=measuring.proportionality_index,
        comparators=("everyone",),
        own=Everyone(),
        outcomes=("good",),
    ),
    Measure(
        id="eighty_percent_index",
        name="80 % index",
        formula="p over the highest group's rate; flagged below .8. Interval: that of the risk "
        "ratio against that group. Never alone",
        sources=("29-cfr-1607.4", "ccco-2014"),
        unit="ratio",
        polarity="Good outcomes only: the rule is about rates of selection.",
        compute=measuring.eighty_percent_index,
        comparators=("highest",),
        own=Highest(),
        outcomes=("good",),
    ),
    Measure(
        id="composition_share",
        name="Share of events",
        formula="c = x/X. Interval: n/N times that of the risk ratio against everyone, with "
        "enrollment taken as known",
        sources=("composition",),
        unit="share",
        polarity=SAME,
        compute=measuring.composition_share,
        comparators=("everyone",),
        own=Everyone(),
    ),
    Measure(
        id="composition_difference",
        name="Composition difference",
        formula="100 (c - e), share of events minus share of students e = n/N",
        sources=("composition",),
        unit="points",
        polarity=SIGN,
        compute=measuring.composition_difference,
        comparators=("everyone",),
        own=Everyone(),
    ),
    Measure(
        id="composition_index",
        name="Composition index",
        formula="c/e, equal to the rate over everyone's rate; "
        "[c/(1-c)]/[e/(1-e)] is the risk ratio against all others",
        sources=("composition",),
        unit="ratio",
        polarity=SAME,
        compute=measuring.composition_index,
        comparators=("everyone",),
        own=Everyone(),
    ),
    Measure(
        id="e_formula",
        name="E-formula bound",
        formula="(A + sqrt(A (100-A)/N))/100, A = the group's percent of all students, N = "
        "students in the program; flagged when the group's share of the program exceeds it",
        sources=("roy-2012",),
        unit="share",
        polarity="Bad outcomes only: it looks for too many in a program.",
        compute=measuring.e_formula,
        comparators=("everyone",),
        own=Everyone(),
        outcomes=("bad",),
    ),
    Measure(
        id="mean",
        name="Mean score",
        formula="Σs/n with the t interval of n - 1 degrees of freedom",
        sources=("student-1908",),
        unit="score",
        polarity=SAME,
        compute=measuring.mean,
        of_scores=True,
    ),
    Measure(
        id="standardized_mean_difference",
        name="Standardized mean difference (Hedges' g)",
        formula="SS = Σs² - (Σs)²/n; s_p² = (SS1+SS2)/(n+m-2); d = (mean1-mean2)/s_p; "
        "J = 1 - 3/(4(n+m-2)-1); g = Jd; variance J²((n+m)/nm + d²/(2(n+m)))",
        sources=("hedges-1981", "borenstein-2009"),
        unit="standard deviations",
        polarity=SIGN,
        compute=measuring.standardized_mean_difference,
        comparators=SAMPLES,
        of_scores=True,
        floor=2,
    ),
)

BY_ID = {measure.id: measure for measure in MEASURES}

DEFAULT = ("rate", "gap_points", "risk_ratio", "students_to_parity")
"""What a page shows of an outcome that happens or not, unless told."""

DEFAULT_OF_SCORES = ("mean", "standardized_mean_difference")
"""The same of scores."""


def measure_named(name: str) -> Measure:
    """Return the entry with this id.

    Raises
    ------
    NotDefined
        There is none.
    """
    if name not in BY_ID:
        raise NotDefined(f"There is no measure {name!r}. There are: {', '.join(BY_ID)}.")
    return BY_ID[name]
