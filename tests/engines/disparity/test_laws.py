"""Laws that hold for every table: composition, complement, scale, everyone, polarity."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.engines.disparity.comparators import (
    AllOthers,
    Comparator,
    Everyone,
    Goal,
    Group,
    Highest,
)
from throughline.engines.disparity.comparing import Comparison, compare
from throughline.engines.disparity.registry import OutcomeIs
from throughline.engines.disparity.tables import Table, aggregated

calm = settings(deadline=None, max_examples=40)

Rows = list[tuple[str, int, int]]


@st.composite
def tables(draw: st.DrawFn, fewest_events: int = 0) -> Rows:
    """Two to five groups that add up to everyone; somebody has the event and somebody has not."""
    size = draw(st.integers(2, 5))
    rows = []
    for name in "ABCDE"[:size]:
        n = draw(st.integers(max(2, fewest_events + 1), 400))
        rows.append((name, draw(st.integers(fewest_events, n)), n))
    return [*rows, ("Z", 1, 2)]


def table_of(rows: Rows) -> Table:
    return aggregated("race", rows, outcome="graduated", everyone=None)


def look(
    rows: Rows, comparator: Comparator, *measures: str, outcome_is: OutcomeIs = "good"
) -> Comparison:
    return compare(table_of(rows), comparator=comparator, outcome_is=outcome_is, measures=measures)


@pytest.mark.slow
@calm
@given(tables())
def test_the_risk_ratio_to_all_others_is_the_odds_of_events_over_the_odds_of_enrollment(rows: Rows):
    found = look(rows, AllOthers(), "risk_ratio", "composition_share", "composition_index")
    ratio, c = found.figures["risk_ratio"], found.figures["composition_share"].value
    e = found.n / found.n.sum()
    here = ratio.defined & (c < 1)

    odds = (c[here] / (1 - c[here])) / (e[here] / (1 - e[here]))

    assert ratio.value[here].tolist() == pytest.approx(odds.tolist(), rel=1e-9)
    index = found.figures["composition_index"].value
    assert index.tolist() == pytest.approx((c / e).tolist(), rel=1e-9)


@pytest.mark.slow
@calm
@given(tables())
def test_against_everyone_gaps_shrink_and_ratios_map(rows: Rows):
    others = look(rows, AllOthers(), "gap_points", "risk_ratio").figures
    everyone = look(rows, Everyone(), "gap_points", "risk_ratio").figures
    w = np.array([n for _, _, n in rows]) / sum(n for _, _, n in rows)

    for end in ("value", "low", "high"):
        scaled = (1 - w) * getattr(others["gap_points"], end)
        assert getattr(everyone["gap_points"], end).tolist() == pytest.approx(
            scaled.tolist(), abs=1e-9
        )
    ratio = others["risk_ratio"]
    here = ratio.defined & (ratio.value > 0)
    for end in ("value", "low", "high"):
        mapped = 1 / (w[here] + (1 - w[here]) / np.maximum(getattr(ratio, end)[here], 1e-300))
        found = getattr(everyone["risk_ratio"], end)[here]
        assert found.tolist() == pytest.approx(mapped.tolist(), abs=1e-9)


@pytest.mark.slow
@calm
@given(tables())
def test_everyone_has_the_mean_of_all_gaps_to_everyone_zero(rows: Rows):
    found = look(rows, Everyone(), "gap_points")

    assert np.average(found.figures["gap_points"].value, weights=found.n) == pytest.approx(
        0, abs=1e-9
    )


@pytest.mark.slow
@calm
@given(tables(), st.sampled_from([AllOthers(), Everyone(), Group("A"), Goal(0.5)]))
def test_the_opposite_outcome_turns_gaps_around_and_keeps_parity(
    rows: Rows, comparator: Comparator
):
    names = (
        "gap_points", "students_to_parity", "students_to_no_longer_flagged",
        "percentage_point_gap",
    )  # fmt: skip
    opposite = [(name, n - events, n) for name, events, n in rows]

    good = look(rows, comparator, *names)
    bad = look(opposite, comparator, *names, outcome_is="bad")

    turned = -bad.figures["gap_points"].value
    assert good.figures["gap_points"].value.tolist() == pytest.approx(turned.tolist(), abs=1e-9)
    for name in names[1:3]:
        assert good.figures[name].value.tolist() == bad.figures[name].value.tolist()
    flags = [one.figures["percentage_point_gap"].flagged.tolist() for one in (good, bad)]
    assert flags[0] == flags[1]
    assert good.p_value.tolist() == pytest.approx(bad.p_value.tolist(), abs=1e-9)


@pytest.mark.slow
@calm
@given(tables(), st.integers(2, 7))
def test_more_students_at_the_same_rates_change_no_rate_gap_or_ratio(rows: Rows, times: int):
    names = ("rate", "gap_points", "risk_ratio", "composition_difference")
    more = [(name, times * events, times * n) for name, events, n in rows]
    best = Highest(at_least=2)
    plain, scaled = look(rows, best, *names), look(more, best, *names)

    for name in names:
        there = scaled.figures[name]
        assert there.defined.tolist() == plain.figures[name].defined.tolist()
        assert there.value.tolist() == pytest.approx(plain.figures[name].value.tolist(), abs=1e-9)


@pytest.mark.slow
@calm
@given(tables(fewest_events=1))
def test_relative_difference_is_the_ratio_less_one_in_percent(rows: Rows):
    found = look(rows, Group("A"), "risk_ratio", "relative_difference_percent").figures
    ratio, percent = found["risk_ratio"], found["relative_difference_percent"]
    here = ratio.defined

    for end in ("value", "low", "high"):
        expected = 100 * (getattr(ratio, end)[here] - 1)
        assert getattr(percent, end)[here].tolist() == pytest.approx(expected.tolist())


@pytest.mark.slow
@calm
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_the_groups_changes_nothing(rows: Rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)

    plain = look(rows, AllOthers(), "gap_points", "risk_ratio", "students_to_parity")
    other = look(shuffled, AllOthers(), "gap_points", "risk_ratio", "students_to_parity")

    for name, _, _ in rows:
        for measure in plain.figures:
            assert plain.figure(measure, plain.row(name)) == other.figure(measure, other.row(name))


@pytest.mark.slow
@calm
@given(tables())
def test_after_that_many_more_students_no_gap_to_the_old_target_is_left(rows: Rows):
    before = look(rows, Everyone(), "students_to_parity", "rate")
    rate = sum(events for _, events, _ in rows) / sum(n for _, _, n in rows)
    more = before.figures["students_to_parity"].value

    after = (before.total + more) / before.n

    assert (after >= rate - 1e-12).all()
