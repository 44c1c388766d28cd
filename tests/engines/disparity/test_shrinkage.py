"""Empirical Bayes on the rat tumors of Tarone 1982, and on schools that differ by chance alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.engines.disparity.measures.shrinkage import Prior, fit_prior, moments, shrink
from throughline.engines.disparity.refusals import NotDefined, TooFew

calm = settings(deadline=None, max_examples=25)

# Tarone 1982 as printed in Gelman and others, Bayesian Data Analysis, table 5.1: 70 experiments.
TUMORS = [
    *([0] * 14), *([1] * 8), *([2] * 9), 1, 5, 2, 5, 3, 2, 7, 7, 3, 3, 2, 9, 10, *([4] * 7), 10,
    4, 4, 4, 5, 11, 12, 5, 5, 6, 5, 6, 6, 6, 6, 16, 15, 15, 9,
]  # fmt: skip
RATS = [
    *([20] * 7), *([19] * 4), 18, 18, 17, *([20] * 4), 19, 19, 18, 18, 25, 24, 23, *([20] * 6), 10,
    49, 19, 46, 27, 17, 49, 47, 20, 20, 13, 48, 50, *([20] * 7), 48, 19, 19, 19, 22, 46, 49, 20,
    20, 23, 19, 22, 20, 20, 20, 52, 46, 47, 24,
]  # fmt: skip


def test_moments_of_the_rat_tumors_as_gelman_2013_prints_them():
    alpha, beta = moments(TUMORS, RATS)

    assert (alpha, beta) == pytest.approx((1.36, 8.62), abs=0.006)
    assert (4 + alpha) / (14 + alpha + beta) == pytest.approx(0.223, abs=5e-4)


@pytest.mark.slow
def test_largest_likelihood_of_the_rat_tumors_tarone_1982():
    prior = fit_prior(TUMORS, RATS)
    found = shrink([4, 16], [14, 52], prior)

    assert (prior.alpha, prior.beta) == pytest.approx((2.3048, 14.0798), abs=1e-4)
    assert prior.differs
    assert found.rate.tolist() == pytest.approx([0.2075, 0.2677], abs=5e-5)
    assert found.raw[1] == pytest.approx(0.3077, abs=5e-5)
    assert (found.limits.low[0], found.limits.high[0]) == pytest.approx((0.0856, 0.3657), abs=5e-5)


def test_the_likelihood_is_that_of_scipy_betabinom_and_no_neighbor_has_more():
    from scipy.stats import betabinom

    prior = fit_prior(TUMORS, RATS)

    def likelihood(alpha: float, beta: float) -> float:
        return float(betabinom.logpmf(TUMORS, RATS, alpha, beta).sum())

    best = likelihood(prior.alpha, prior.beta)
    for alpha, beta in ((1.01, 1), (0.99, 1), (1, 1.01), (1, 0.99), (1.01, 1.01), (0.99, 0.99)):
        assert likelihood(alpha * prior.alpha, beta * prior.beta) < best


def test_schools_with_the_same_rate_do_not_differ_beyond_chance():
    sizes = [20, 60, 100, 140, 400]
    found = shrink([n // 5 for n in sizes], sizes)

    assert not found.prior.differs
    assert found.rate.tolist() == pytest.approx([0.2] * 5, abs=1e-4)
    assert found.sentence == (
        "The schools do not differ beyond what chance alone would give; "
        "one rate of 20.0 % describes them all."
    )


def test_schools_that_differ_are_pulled_and_the_sentence_says_to_what():
    found = shrink([90, 10, 50, 2], [100, 100, 100, 2])

    assert found.prior.differs
    assert found.sentence.startswith("Each rate is pulled towards ")
    assert abs(found.rate[3] - 1.0) > abs(found.rate[0] - 0.9)


@pytest.mark.slow
@calm
@given(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), min_size=3, max_size=15))
def test_a_shrunk_rate_lies_between_the_raw_rate_and_the_common_one(cells: list[tuple[int, int]]):
    events = np.array([a for a, _ in cells] + [1])
    n = np.array([a + b for a, b in cells] + [2])
    if (n > 0).sum() < 3:
        return

    found = shrink(events, n)

    here = n > 0
    low = np.minimum(found.raw[here], found.prior.mean)
    high = np.maximum(found.raw[here], found.prior.mean)
    assert ((low - 1e-12 <= found.rate[here]) & (found.rate[here] <= high + 1e-12)).all()
    assert (found.limits.low < found.limits.high).all()
    assert np.isnan(found.raw[~here]).all()


def test_the_opposite_outcome_mirrors_the_prior():
    there = fit_prior(TUMORS, RATS)
    back = fit_prior(np.array(RATS) - np.array(TUMORS), RATS)

    assert (back.alpha, back.beta) == pytest.approx((there.beta, there.alpha), rel=1e-4)


@pytest.mark.parametrize(
    ("events", "n", "match"),
    [
        ([1, 2], [5, 5], "three schools"),
        ([1, 2, 0], [5, 5, 0], "three schools"),
        ([0, 0, 0], [5, 5, 5], "same outcome"),
        ([5, 5, 5], [5, 5, 5], "same outcome"),
    ],
)
def test_too_few_schools_or_no_spread_at_all_is_refused(
    events: list[int], n: list[int], match: str
):
    with pytest.raises(TooFew, match=match):
        fit_prior(events, n)


def test_more_events_than_students_are_refused():
    with pytest.raises(NotDefined, match="no more events"):
        fit_prior([6, 1, 1], [5, 5, 5])


def test_a_prior_can_be_given():
    prior = Prior(1.0, 1.0, differs=True)

    assert shrink([0], [0], prior).rate.tolist() == [0.5]
