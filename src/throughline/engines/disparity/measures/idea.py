"""Risk ratios for significant disproportionality, as 34 CFR 300.647 defines them.

A year is a year: the rule knows years above the threshold, not pooled counts. Pooling years is a
measure of our own (``pooled_ratio``) that says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from throughline.engines.disparity.measures.ratios import risk_ratio_limits
from throughline.engines.disparity.refusals import NotDefined, TooFew
from throughline.engines.disparity.tables import MISSING, Table

PRESUMED_CELL, PRESUMED_N = 10, 30
"""300.647(b)(1)(iv): floors up to these are presumptively reasonable."""

MOST_YEARS = 3
"""300.647(d)(1): a State may wait for up to three consecutive years above the threshold."""

PROGRESS_YEARS = 2
"""300.647(d)(2): reasonable progress is asked of each of the two prior years."""

GROUPS = (
    "Hispanic/Latino of any race",
    "American Indian or Alaska Native",
    "Asian",
    "Black or African American",
    "Native Hawaiian or Other Pacific Islander",
    "White",
    "Two or more races",
)
"""300.647(b)(2). The last six are non-Hispanic."""

Area = Literal["identification", "placement", "discipline"]
Denominator = Literal["enrolled children", "children with disabilities"]


@dataclass(frozen=True, slots=True)
class Category:
    """One of the fourteen things that are analyzed, and whom the risk is a share of."""

    area: Area
    name: str
    denominator: Denominator


_ENROLLED: Denominator = "enrolled children"
_DISABLED: Denominator = "children with disabilities"

CATEGORIES = (
    Category("identification", "all disabilities, ages 3-21", _ENROLLED),
    Category("identification", "intellectual disabilities", _ENROLLED),
    Category("identification", "specific learning disabilities", _ENROLLED),
    Category("identification", "emotional disturbance", _ENROLLED),
    Category("identification", "speech or language impairments", _ENROLLED),
    Category("identification", "other health impairments", _ENROLLED),
    Category("identification", "autism", _ENROLLED),
    Category("placement", "inside a regular class less than 40 % of the day", _DISABLED),
    Category("placement", "separate schools and residential facilities", _DISABLED),
    Category("discipline", "out-of-school suspensions, 10 days or fewer", _DISABLED),
    Category("discipline", "out-of-school suspensions, more than 10 days", _DISABLED),
    Category("discipline", "in-school suspensions, 10 days or fewer", _DISABLED),
    Category("discipline", "in-school suspensions, more than 10 days", _DISABLED),
    Category("discipline", "disciplinary removals in total", _DISABLED),
)
"""300.647(b)(3) and (4). Seven groups times fourteen categories are 98 ratios."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a State has decided. ``source`` says where it stands; nothing of it is ours.

    ``threshold`` must be exceeded, reaching it is not enough. ``years`` in a row above it are
    waited for, one to three.
    """

    threshold: Fraction
    source: str
    min_cell: int = PRESUMED_CELL
    min_n: int = PRESUMED_N
    years: int = MOST_YEARS

    def __post_init__(self) -> None:
        if self.threshold <= 1:
            raise NotDefined("A threshold of 1 or less would call equal risk disproportionate.")
        if self.min_cell < 1 or self.min_n < 1:
            raise NotDefined("The minimum cell and the minimum n are at least 1.")
        if not 1 <= self.years <= MOST_YEARS:
            raise NotDefined("A State may wait for one to three years (34 CFR 300.647(d)(1)).")
        if not self.source.strip():
            raise NotDefined("Say where the State has published its threshold and floors.")

    @property
    def is_presumptively_reasonable(self) -> bool:
        """Whether both floors are low enough that the State need not justify them."""
        return self.min_cell <= PRESUMED_CELL and self.min_n <= PRESUMED_N


@dataclass(frozen=True, slots=True)
class Risk:
    """Events among children; both are counts of children, never of incidents."""

    events: int
    n: int

    def __post_init__(self) -> None:
        if not 0 <= self.events <= self.n:
            raise NotDefined(f"{self.events} of {self.n} children is not a risk.")

    def misses(self, rule: Rule) -> str:
        """Return which floor is missed, in words, or nothing."""
        if self.events < rule.min_cell:
            return f"{self.events} children are fewer than the minimum cell of {rule.min_cell}"
        if self.n < rule.min_n:
            return f"{self.n} children are fewer than the minimum n of {rule.min_n}"
        return ""


@dataclass(frozen=True, slots=True)
class IdeaRatio:
    """A ratio of one year, exact, or the reason why the rule computes none."""

    kind: Literal["risk ratio", "alternate risk ratio", "not computed"]
    value: Fraction | None
    exceeds: bool
    reason: str


def idea_ratio(group: Risk, others: Risk, state_others: Risk | None, rule: Rule) -> IdeaRatio:
    """Return the risk ratio of a group in a district, or the alternate risk ratio.

    ``others`` are all other groups in the district, ``state_others`` all other groups in the State.

    References
    ----------
    34 CFR 300.647(a), (b)(5), (c).

    Examples
    --------
    >>> rule = Rule(Fraction(2), source="made up")
    >>> float(idea_ratio(Risk(40, 400), Risk(60, 1600), None, rule).value)
    2.6666666666666665
    """
    if missed := group.misses(rule):
        return _none(f"Group in the district: {missed}.")
    missed = others.misses(rule)
    if not missed:
        return _ratio("risk ratio", group, others, rule, "")
    local = f"Other groups in the district: {missed}."
    if state_others is None:
        return _none(f"{local} The State's counts are needed for the alternate risk ratio.")
    if missed := state_others.misses(rule):
        return _none(f"{local} Other groups in the State: {missed}.")
    return _ratio("alternate risk ratio", group, state_others, rule, local)


def _none(reason: str) -> IdeaRatio:
    return IdeaRatio("not computed", None, exceeds=False, reason=reason)


def _ratio(
    kind: Literal["risk ratio", "alternate risk ratio"],
    group: Risk,
    others: Risk,
    rule: Rule,
    reason: str,
) -> IdeaRatio:
    value = Fraction(group.events * others.n, group.n * others.events)
    return IdeaRatio(kind, value, exceeds=value > rule.threshold, reason=reason)


def idea_ratios(district: Table, rule: Rule, state: Table | None = None) -> tuple[IdeaRatio, ...]:
    """Return one ratio per group of ``district``, in its order; each against all other groups.

    The group of missing values is no racial or ethnic group: it has no ratio and is not among the
    others. The rows are one category of one year; overlapping groups are refused.
    """
    for table in (district, state) if state else (district,):
        if table.overlapping or not table.outcome.binary:
            raise NotDefined("The rule counts each child in one group, with the event or without.")
    local, wider = _risks(district), _risks(state) if state else None
    return tuple(
        _none("Race or ethnicity is missing.")
        if labels not in local
        else idea_ratio(
            local[labels], _others(local, labels), _others(wider, labels) if wider else None, rule
        )
        for labels in district.groups
    )


def _risks(table: Table) -> dict[tuple[str, ...], Risk]:
    rows = zip(
        table.groups, table.counts.total.tolist(), table.counts.n_valid.tolist(), strict=True
    )
    return {labels: Risk(events, n) for labels, events, n in rows if MISSING not in labels}


def _others(risks: dict[tuple[str, ...], Risk], labels: tuple[str, ...]) -> Risk:
    rest = [risk for other, risk in risks.items() if other != labels]
    return Risk(sum(risk.events for risk in rest), sum(risk.n for risk in rest))


@dataclass(frozen=True, slots=True)
class Standing:
    """How many of the newest years in a row are above the threshold, and what follows."""

    years_above: int
    is_disproportionate: bool
    reason: str


def standing(
    years: Sequence[IdeaRatio], rule: Rule, reasonable_progress: Sequence[bool] = ()
) -> Standing:
    """Return where a group in a district stands, from one ratio a year, oldest first.

    A year without a ratio ends the row. ``reasonable_progress`` is the State's own finding for the
    prior years, oldest first; a State that does not use this leave passes nothing.

    References
    ----------
    34 CFR 300.647(d).
    """
    above = 0
    for year in reversed(years):
        if not year.exceeds:
            break
        above += 1
    if above < rule.years:
        return Standing(above, False, f"{above} of {rule.years} years in a row above it.")
    progress = list(reasonable_progress[-PROGRESS_YEARS:])
    if len(progress) == PROGRESS_YEARS and all(progress):
        return Standing(above, False, "Reasonable progress in each of the two prior years.")
    return Standing(above, True, f"{above} years in a row above the threshold.")


@dataclass(frozen=True, slots=True)
class PooledRatio:
    """Our own description of several years together. Not the ratio of 34 CFR 300.647."""

    value: float
    low: float
    high: float
    years: int
    score_interval: bool


def pooled_ratio(years: Sequence[tuple[Risk, Risk]]) -> PooledRatio:
    """Return the ratio of risks summed over years: group and others of each year.

    Ours, descriptive: the rule defines no pooled counts. A child who is counted in two years
    counts twice, so the interval is narrower than it should be.
    """
    sums = [
        sum(part) for part in zip(*((g.events, g.n, o.events, o.n) for g, o in years), strict=True)
    ]
    if not sums or not sums[0] or not sums[2]:
        raise TooFew("Over these years one of the two sides has no events: there is no ratio.")
    events, n, other, m = (np.array([count], dtype=np.int64) for count in sums)
    limits, score = risk_ratio_limits(events, n, other, m)
    return PooledRatio(
        value=float(Fraction(sums[0] * sums[3], sums[1] * sums[2])),
        low=float(limits.low[0]),
        high=float(limits.high[0]),
        years=len(years),
        score_interval=bool(score[0]),
    )
