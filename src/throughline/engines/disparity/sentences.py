"""A comparison in plain sentences. They describe; they never say why.

English only: pages that need another language write their own from the same figures. Percent is a
rate or a relative difference, percentage points are a difference of rates, and each is written out
where it could be taken for the other.
"""

from __future__ import annotations

from throughline.engines.disparity.comparing import Comparison
from throughline.engines.disparity.figures import Figure
from throughline.engines.disparity.naming import students_of

ALONE = {
    "all-others": "there is nobody else to compare with",
    "everyone": "",
    "group": "the others are compared with this group",
    "highest": "the others are compared with this group",
}
"""What is said of a group that is the comparator itself."""


def sentence(comparison: Comparison, row: int) -> str:
    """Return one line about one group: its rate, and how it stands to the comparator.

    Only what was measured is said. Examples: "Black students: 74.6 %, 13.0 percentage points below
    White students; 14.8 % less likely".
    """
    who = _capital(students_of(comparison.by, comparison.groups[row]))
    level = _level(comparison, row)
    if not comparison.n_valid[row]:
        return f"{who}: no outcome is known"
    if comparison.is_comparator[row]:
        return f"{who}: {level}{_alone(comparison)}".removesuffix(", ")
    parts = [_gap(comparison, row), _relative(comparison, row), _apart(comparison, row)]
    said = "; ".join(part for part in parts if part)
    return f"{who}: {level}{said}".removesuffix(", ")


def _alone(comparison: Comparison) -> str:
    if comparison.comparator.kind == "group" and comparison.is_comparator.sum() > 1:
        return f"among the {comparison.comparator_label} that others are compared with"
    return ALONE[comparison.comparator.kind]


def evidence(comparison: Comparison, row: int) -> str:
    """Return how sure the line above is: counts, 95 % intervals, and comparisons looked at."""
    unknown = int(comparison.n[row] - comparison.n_valid[row])
    lines = [f"{_count(comparison, row)}{_unknown(unknown)}"]
    if (rate := _of(comparison, "rate", row)) and rate.low is not None and rate.high is not None:
        lines.append(f"95 % interval {100 * rate.low:.1f} to {100 * rate.high:.1f} %")
    gap = _of(comparison, "gap_points", row)
    if gap and gap.low is not None and gap.high is not None:
        lines.append(
            f"of the gap to {comparison.comparator_label} {gap.low:+.1f} to {gap.high:+.1f} "
            "percentage points"
        )
    if comparison.tested[row]:
        lines.append(f"one of {comparison.comparisons} comparisons")
    return "; ".join(lines)


def parity_sentence(comparison: Comparison, row: int) -> str:
    """Return how many students lie between the group and its comparator, or nothing.

    Examples: "204 more Black students with this outcome would reach the rate of all students".
    """
    found = _of(comparison, "students_to_parity", row)
    if not found or not found.value:
        return ""
    more = "more" if comparison.outcome_is == "good" else "fewer"
    who = students_of(comparison.by, comparison.groups[row])
    goal = comparison.comparator.kind == "goal"
    target = comparison.comparator_label if goal else f"the rate of {comparison.comparator_label}"
    return (
        f"{found.value:,} {more} {_singular(who) if found.value == 1 else who} with this outcome "
        f"would reach {target}"
    )


def coverage_sentence(comparison: Comparison) -> str:
    """Return how far the groups add up to the stated total, or nothing when they do."""
    if comparison.coverage is None or comparison.coverage == 1:
        return ""
    percent = float(100 * comparison.coverage)
    if percent > 100 or comparison.overlapping:
        return f"The groups add up to {percent:.1f} % of the stated total: some count twice"
    return f"The groups add up to {percent:.1f} % of the stated total: some are in no group"


def _of(comparison: Comparison, measure: str, row: int) -> Figure | None:
    return comparison.figure(measure, row) if measure in comparison.figures else None


def _level(comparison: Comparison, row: int) -> str:
    rate, mean = _of(comparison, "rate", row), _of(comparison, "mean", row)
    if rate and rate.value is not None:
        return f"{100 * rate.value:.1f} %, "
    return f"mean {mean.value:.2f}, " if mean and mean.value is not None else ""


def _apart(comparison: Comparison, row: int) -> str:
    found = _of(comparison, "standardized_mean_difference", row)
    if found is None or found.value is None:
        return ""
    side = "above" if found.value >= 0 else "below"
    return f"{abs(found.value):.2f} standard deviations {side} {comparison.comparator_label}"


def _gap(comparison: Comparison, row: int) -> str:
    gap = _of(comparison, "gap_points", row)
    if gap is None or gap.value is None:
        return ""
    whom = comparison.comparator_label
    if gap.value == 0:
        return f"the same as {whom}"
    points = f"{abs(gap.value):.1f}"
    if points == "0.0":
        return f"less than 0.1 percentage points from {whom}"
    unit = "percentage point" if points == "1.0" else "percentage points"
    return f"{points} {unit} {'above' if gap.value > 0 else 'below'} {whom}"


def _relative(comparison: Comparison, row: int) -> str:
    percent = _percent(comparison, row)
    words = f"{abs(percent):.1f}"
    if words == "0.0":
        return ""
    return f"{words} % {'more' if percent > 0 else 'less'} likely"


def _percent(comparison: Comparison, row: int) -> float:
    """Return the relative difference, from the risk ratio where only that was asked for."""
    relative = _of(comparison, "relative_difference_percent", row)
    if relative and relative.value is not None:
        return relative.value
    ratio = _of(comparison, "risk_ratio", row)
    return 100 * (ratio.value - 1) if ratio and ratio.value is not None else 0.0


def _count(comparison: Comparison, row: int) -> str:
    n = int(comparison.n_valid[row])
    students = "student" if n == 1 else "students"
    if not comparison.outcome.binary:
        return f"{n:,} {students}"
    return f"{int(comparison.total[row]):,} of {n:,} {students}"


def _unknown(students: int) -> str:
    return f", {students:,} more without a known outcome" if students else ""


def _singular(words: str) -> str:
    return words.replace("students", "student", 1)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
