"""Measures that take something else than one table of groups: what each is and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from throughline.engines.disparity.measures import (
    comparability,
    decomposition,
    idea,
    money,
    multiplicity,
    shrinkage,
)

Topic = Literal[
    "Significant disproportionality", "Money", "Decomposition", "Lists of schools", "Many looks"
]


@dataclass(frozen=True, slots=True)
class Further:
    """One entry. ``takes`` says what the function is given, ``floor`` below what it refuses."""

    id: str
    topic: Topic
    name: str
    formula: str
    sources: tuple[str, ...]
    unit: str
    takes: str
    polarity: str
    floor: str
    function: Callable[..., Any]


BAD = "Counts of a bad outcome; children, never incidents."
NONE = "None: the index describes spread."
_UNITS = "two units with pupils"
_SPENDING = "pupils and spending per pupil of each unit"
_POVERTY = f"{_SPENDING}, share in poverty"

FURTHER = (
    Further(
        id="idea_risk_ratio",
        topic="Significant disproportionality",
        name="IDEA risk ratio and alternate risk ratio",
        formula="risk(group in district)/risk(all other groups in district); where these miss a "
        "floor, risk(group in district)/risk(all other groups in the State)",
        sources=("34-cfr-300.647",),
        unit="ratio",
        takes="one category of one year by race, the State's counts, the State's rule",
        polarity=BAD,
        floor="the State's minimum cell and n, up to 10 and 30 presumptively reasonable",
        function=idea.idea_ratios,
    ),
    Further(
        id="idea_years_above",
        topic="Significant disproportionality",
        name="Years above the threshold",
        formula="newest years in a row whose ratio exceeds the threshold; a year without a ratio "
        "ends the row; none follows from it while there is reasonable progress in two prior years",
        sources=("34-cfr-300.647",),
        unit="years",
        takes="one ratio a year, the State's rule, its findings of reasonable progress",
        polarity=BAD,
        floor="none",
        function=idea.standing,
    ),
    Further(
        id="pooled_risk_ratio",
        topic="Significant disproportionality",
        name="Risk ratio of pooled years",
        formula="(Σx/Σn)/(Σy/Σm) over years, with the interval of the risk ratio. Descriptive: "
        "34 CFR 300.647 defines no pooled counts",
        sources=("throughline", "katz-1978", "koopman-1984"),
        unit="ratio",
        takes="group and all other groups, one pair a year",
        polarity=BAD,
        floor="one event on each side",
        function=idea.pooled_ratio,
    ),
    Further(
        id="coefficient_of_variation",
        topic="Money",
        name="Coefficient of variation",
        formula="sqrt(Σw(x-μ)²/W)/μ, μ = Σwx/W",
        sources=("berne-stiefel-1984",),
        unit="ratio",
        takes=_SPENDING,
        polarity=NONE,
        floor=_UNITS,
        function=money.coefficient_of_variation,
    ),
    Further(
        id="theil",
        topic="Money",
        name="Theil's T",
        formula="Σ(w/W)(x/μ) ln(x/μ), x > 0",
        sources=("theil-1967",),
        unit="index",
        takes=_SPENDING,
        polarity=NONE,
        floor=_UNITS,
        function=money.theil,
    ),
    Further(
        id="gini",
        topic="Money",
        name="Gini index",
        formula="ΣΣ w_i w_j |x_i - x_j|/(2 μ W²)",
        sources=("berne-stiefel-1984",),
        unit="index",
        takes=_SPENDING,
        polarity=NONE,
        floor=_UNITS,
        function=money.gini,
    ),
    Further(
        id="concentration_index",
        topic="Money",
        name="Concentration index",
        formula="(2/μ) Σ(w/W) x R - 1, R = cumulated share of pupils up to the unit's middle",
        sources=("odonnell-2008",),
        unit="index",
        takes=f"{_SPENDING}, a rank",
        polarity="Above 0: leans to units of high rank.",
        floor=_UNITS,
        function=money.concentration_index,
    ),
    Further(
        id="mcloone",
        topic="Money",
        name="McLoone index",
        formula="spending of units strictly below the weighted median over what it would be at "
        "the median; 1 when none is below",
        sources=("berne-stiefel-1984",),
        unit="ratio",
        takes=_SPENDING,
        polarity="1 is best.",
        floor=_UNITS,
        function=money.mcloone,
    ),
    Further(
        id="verstegen",
        topic="Money",
        name="Verstegen index",
        formula="the same for units strictly above the median",
        sources=("verstegen-1996", "berne-stiefel-1984"),
        unit="ratio",
        takes=_SPENDING,
        polarity="1 is least unequal.",
        floor=_UNITS,
        function=money.verstegen,
    ),
    Further(
        id="federal_range_ratio",
        topic="Money",
        name="Federal range ratio",
        formula="(P95 - P5)/P5, percentiles of pupils",
        sources=("34-cfr-222.162", "berne-stiefel-1984"),
        unit="ratio",
        takes=_SPENDING,
        polarity=NONE,
        floor=_UNITS,
        function=money.federal_range_ratio,
    ),
    Further(
        id="poverty_slope",
        topic="Money",
        name="Slope of spending on poverty",
        formula="Σw(s - s̄)x/Σw(s - s̄)²/100: money per percentage point of poverty share s",
        sources=("throughline",),
        unit="money per percentage point",
        takes=_POVERTY,
        polarity="Above 0: more where there is more poverty.",
        floor=_UNITS,
        function=money.poverty_slope,
    ),
    Further(
        id="poverty_quarters_ratio",
        topic="Money",
        name="Poorest over least poor quarter",
        formula="mean spending on the quarter of pupils in the poorest units over that in the "
        "least poor; a unit across the border is divided",
        sources=("throughline",),
        unit="ratio",
        takes=_POVERTY,
        polarity="Above 1: more where there is more poverty.",
        floor=_UNITS,
        function=money.poverty_quarters_ratio,
    ),
    Further(
        id="title_one_staff",
        topic="Money",
        name="Title I comparability, staff",
        formula="pupils per instructional staff in each Title I school, at most 110 % of all other "
        "schools together",
        sources=("20-usc-6321", "ed-2008"),
        unit="pupils per staff",
        takes="pupils, staff and kind of each school of one grade span",
        polarity="Lower is better.",
        floor="a school of each kind",
        function=comparability.staff_comparability,
    ),
    Further(
        id="title_one_spending",
        topic="Money",
        name="Title I comparability, spending",
        formula="state and local spending per pupil in each Title I school, at least 90 % of all "
        "other schools together",
        sources=("20-usc-6321", "ed-2008"),
        unit="money per pupil",
        takes="pupils, spending and kind of each school of one grade span",
        polarity="Higher is better.",
        floor="a school of each kind",
        function=comparability.spending_comparability,
    ),
    Further(
        id="kitagawa",
        topic="Decomposition",
        name="Kitagawa decomposition of a gap",
        formula="gap = Σ ((w1+w2)/2)(r1-r2) + Σ ((r1+r2)/2)(w1-w2): rate part and mix part, exact "
        "in fractions; a stratum empty for one group takes the other's rate and is counted",
        sources=("kitagawa-1955",),
        unit="share",
        takes="events and students of two groups in each school or grade",
        polarity="The sign is that of group minus other.",
        floor="a student in each group",
        function=decomposition.kitagawa,
    ),
    Further(
        id="shrunk_rate",
        topic="Lists of schools",
        name="Shrunk rate (empirical Bayes)",
        formula="(x+α)/(n+α+β), interval from Beta(x+α, n-x+β); α and β of largest likelihood "
        "Σ[ln B(x+α, n-x+β) - ln B(α, β)]; past α+β = 10⁶ schools do not differ beyond chance",
        sources=("tarone-1982", "gelman-2013"),
        unit="share",
        takes="events and students of each school",
        polarity="None. Show raw and shrunk; no ranking.",
        floor="three schools with students, not all outcomes the same",
        function=shrinkage.shrink,
    ),
    Further(
        id="false_discovery",
        topic="Many looks",
        name="Benjamini-Hochberg adjusted p",
        formula="min over j >= i of k p(j)/j; p from the pooled two-proportion z, two-sided, "
        "Fisher's exact test where an expected count is under 5; k is stated",
        sources=("benjamini-hochberg-1995", "fisher-1935"),
        unit="share",
        takes="the p values of everything that was looked at",
        polarity="None.",
        floor="none",
        function=multiplicity.benjamini_hochberg,
    ),
)
