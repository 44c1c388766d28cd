"""Intervals of rates, gaps and ratios: printed examples, oracles, laws."""

from __future__ import annotations

from decimal import Decimal, localcontext
from math import inf, isclose

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.engines.disparity.measures.intervals import Limits, Z, newcombe, share, wilson
from throughline.engines.disparity.measures.ratios import (
    katz,
    koopman,
    odds_ratio,
    ratio_to_everyone,
    risk_ratio,
    risk_ratio_limits,
    woolf,
)
from throughline.engines.disparity.tables import IntArray

Four = tuple[int, int, int, int]

calm = settings(deadline=None, max_examples=40)


def arrays(*counts: int) -> list[IntArray]:
    return [np.array([count]) for count in counts]


def ends(limits: Limits) -> tuple[float, float]:
    return float(limits[0][0]), float(limits[1][0])


@st.composite
def fours(draw: st.DrawFn, most: int = 400) -> Four:
    """Two groups without a student in common: events, n, events, n."""
    n, m = draw(st.integers(1, most)), draw(st.integers(1, most))
    return draw(st.integers(0, n)), n, draw(st.integers(0, m)), m


def random_tables(size: int = 30) -> list[Four]:
    random = np.random.default_rng(20261127)
    n, m = random.integers(6, 900, size), random.integers(6, 900, size)
    x, y = random.binomial(n, random.uniform(0.02, 0.98, size)), random.binomial(m, 0.3)
    return [
        (int(a), int(b), int(c), int(d))
        for a, b, c, d in zip(x, n, y, m, strict=True)
        if 0 < a < b and 0 < c < d
    ]


@pytest.mark.parametrize(
    ("events", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_as_newcombe_1998_prints_it(events: int, n: int, low: float, high: float):
    assert ends(wilson(*arrays(events, n))) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_gap_as_newcombe_1998_method_10_prints_it(counts: Four, low: float, high: float):
    assert ends(newcombe(*arrays(*counts))) == pytest.approx((low, high), abs=5e-5)


def test_katz_as_in_the_example_of_scipy_relative_risk():
    counts = arrays(27, 122, 44, 487)

    assert float(risk_ratio(*counts)[0]) == pytest.approx(2.4495, abs=5e-5)
    assert ends(katz(*counts)) == pytest.approx((1.5837, 3.7887), abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((36, 40, 16, 80), 2.9396, 7.1522),
        ((7, 34, 1, 34), 1.2209, 42.576),
        ((0, 20, 5, 40), 0.0, 1.3816),
        ((10, 10, 3, 10), 1.6578, 9.2772),
    ],
)
def test_score_limits_as_in_koopman_1984_and_without_correction(
    counts: Four, low: float, high: float
):
    assert ends(koopman(*arrays(*counts))) == pytest.approx((low, high), rel=2e-5, abs=5e-5)


def test_seven_of_34_against_one_of_34_in_katz_and_in_points():
    counts = arrays(7, 34, 1, 34)

    assert ends(katz(*counts)) == pytest.approx((0.9096, 53.870), rel=2e-5)
    assert ends(newcombe(*counts)) == pytest.approx((0.0189, 0.3404), abs=5e-5)


def test_odds_ratio_as_in_the_example_of_scipy_odds_ratio():
    counts = arrays(27, 122, 44, 487)

    assert float(odds_ratio(*counts)[0]) == pytest.approx(2.8615, abs=5e-5)
    assert ends(woolf(*counts)) == pytest.approx((1.6878, 4.8513), abs=5e-5)


def test_without_events_in_the_other_group_the_ratio_has_no_upper_end():
    low, high = ends(koopman(*arrays(3, 10, 0, 10)))

    assert (0 < low < 1, high) == (True, inf)
    assert np.isnan(risk_ratio(*arrays(3, 10, 0, 10))[0])


def test_without_any_events_a_ratio_may_be_anything():
    assert ends(koopman(*arrays(0, 5, 0, 5))) == (0.0, inf)


def test_an_empty_group_has_no_rate_and_no_interval():
    for limits in (wilson(*arrays(0, 0)), koopman(*arrays(0, 0, 1, 2)), katz(*arrays(1, 2, 0, 0))):
        assert np.isnan(limits).all()
    assert np.isnan(share(*arrays(0, 0))).all()


@pytest.mark.parametrize(
    ("counts", "score"),
    [
        ((5, 20, 5, 20), False),
        ((4, 20, 5, 20), True),
        ((5, 20, 4, 20), True),
        ((16, 20, 5, 20), True),
        ((5, 20, 16, 20), True),
    ],
)
def test_score_limits_are_used_when_any_of_the_four_counts_is_below_five(counts: Four, score: bool):
    limits, used = risk_ratio_limits(*arrays(*counts))

    assert used.tolist() == [score]
    assert ends(limits) == ends((koopman if score else katz)(*arrays(*counts)))


@pytest.mark.slow
def test_agrees_with_statsmodels_and_scipy_on_random_tables():
    from scipy.stats.contingency import odds_ratio as scipy_odds_ratio
    from scipy.stats.contingency import relative_risk
    from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

    tables = random_tables()
    columns = [np.array(column) for column in zip(*tables, strict=True)]
    rates, gaps = wilson(columns[0], columns[1]), newcombe(*columns)
    logs, scores, odds = katz(*columns), koopman(*columns), woolf(*columns)
    for row, (x, n, y, m) in enumerate(tables):
        risks = relative_risk(x, n, y, m).confidence_interval(0.95)
        sample = scipy_odds_ratio([[x, n - x], [y, m - y]], kind="sample")
        expected = {
            "rate": (rates, proportion_confint(x, n, method="wilson")),
            "gap": (gaps, confint_proportions_2indep(x, n, y, m, "newcomb", "diff")),
            "log": (logs, (risks.low, risks.high)),
            "odds": (odds, sample.confidence_interval(0.95)),
            "score": (
                scores,
                confint_proportions_2indep(x, n, y, m, "score", "ratio", correction=False),
            ),
        }
        for ours, theirs in expected.values():
            assert (ours.low[row], ours.high[row]) == pytest.approx(tuple(theirs), rel=1e-10)


@pytest.mark.parametrize(
    "counts",
    [(4, 5, 4_999_999, 5_000_000), (4, 300_000, 1_000_000, 4_000_000), (2, 3, 1, 4_000_000)],
)
def test_score_limits_solve_their_equation_in_sixty_digits_beside_a_whole_state(counts: Four):
    def distance(ratio: float) -> Decimal:
        x, n, y, m = (Decimal(count) for count in counts)
        true = Decimal(ratio)
        a, b, c = true * (n + m), true * (n + y) + x + m, x + y
        q = 2 * c / (b + (b * b - 4 * a * c).sqrt())
        p = true * q
        return (x - n * p) ** 2 / (n * p * (1 - p)) + (y - m * q) ** 2 / (m * q * (1 - q))

    with localcontext() as context:
        context.prec = 60
        found = [float(distance(end)) for end in ends(koopman(*arrays(*counts)))]

    assert found == pytest.approx([Z**2, Z**2], rel=1e-10)


@pytest.mark.slow
def test_statsmodels_corrects_score_limits_unless_told_and_ours_do_not():
    from statsmodels.stats.proportion import confint_proportions_2indep

    corrected = confint_proportions_2indep(7, 34, 1, 34, method="score", compare="ratio")

    assert tuple(corrected) == pytest.approx((1.2086, 43.03), rel=1e-4)
    assert ends(koopman(*arrays(7, 34, 1, 34))) == pytest.approx((1.2209, 42.576), rel=1e-4)


@pytest.mark.slow
@calm
@given(fours())
def test_the_opposite_outcome_mirrors_rate_and_gap(counts: Four):
    x, n, y, m = counts

    low, high = ends(wilson(*arrays(x, n)))
    assert ends(wilson(*arrays(n - x, n))) == pytest.approx((1 - high, 1 - low), abs=1e-12)
    low, high = ends(newcombe(*arrays(x, n, y, m)))
    mirrored = ends(newcombe(*arrays(n - x, n, m - y, m)))
    assert mirrored == pytest.approx((-high, -low), abs=1e-12)


@pytest.mark.slow
@calm
@given(fours())
def test_swapping_the_groups_turns_the_gap_around_and_inverts_the_ratios(counts: Four):
    x, n, y, m = counts
    there, back = arrays(x, n, y, m), arrays(y, m, x, n)

    low, high = ends(newcombe(*there))
    assert ends(newcombe(*back)) == pytest.approx((-high, -low), abs=1e-12)
    for limits in (koopman, woolf, katz):
        low, high = ends(limits(*there))
        if np.isnan(low):
            assert np.isnan(ends(limits(*back))).all()
            continue
        inverse = (1 / high if high else inf, 1 / low if low else inf)
        assert ends(limits(*back)) == pytest.approx(inverse, rel=1e-7)


@pytest.mark.slow
@calm
@given(fours(most=60))
def test_every_interval_holds_its_estimate(counts: Four):
    x, n, y, m = counts

    low, high = ends(newcombe(*arrays(*counts)))
    assert low - 1e-12 <= x / n - y / m <= high + 1e-12
    low, high = ends(koopman(*arrays(*counts)))
    assert low <= (x / n) / (y / m) * (1 + 1e-12) <= high * (1 + 1e-9) if y else high == inf


@pytest.mark.slow
@calm
@given(fours(most=60), st.integers(2, 9))
def test_more_students_at_the_same_rates_give_a_narrower_interval(counts: Four, times: int):
    x, n, y, m = counts
    small = ends(newcombe(*arrays(x, n, y, m)))
    large = ends(newcombe(*(times * part for part in arrays(x, n, y, m))))

    assert large[1] - large[0] < small[1] - small[0]


@pytest.mark.slow
@calm
@given(fours())
def test_the_ratio_to_everyone_is_the_map_of_the_ratio_to_all_others(counts: Four):
    x, n, y, m = counts
    mapped = ratio_to_everyone(np.array([(x / n) / (y / m) if y else inf]), np.array([n / (n + m)]))

    if x + y:
        everyone = (x + y) / (n + m)
        assert isclose(float(mapped[0]), x / n / everyone, rel_tol=1e-12, abs_tol=1e-12)
