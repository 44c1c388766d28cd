"""Interrupted series and difference in differences."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from throughline.engines.improvement import (
    Mismatched,
    NeedsStats,
    NoComparison,
    NotANumber,
    NoVariation,
    Observation,
    Staggered,
    TooFew,
    difference_in_differences,
    interrupted_series,
)


def newey_west(y, design, lag):
    """Return coefficients and HAC standard errors, written out (Newey and West 1987)."""
    bread = np.linalg.inv(design.T @ design)
    beta = bread @ design.T @ y
    scores = design * (y - design @ beta)[:, None]
    meat = scores.T @ scores
    for step in range(1, lag + 1):
        cross = scores[step:].T @ scores[:-step]
        meat += (1 - step / (lag + 1)) * (cross + cross.T)
    n, k = design.shape
    return beta, np.sqrt(np.diag(bread @ meat @ bread) * n / (n - k))


def test_an_interrupted_series_agrees_with_newey_and_west_written_out():
    from scipy.stats import t as student

    random = np.random.default_rng(2)
    at = np.arange(30)
    y = 10 + 0.2 * at + 3 * (at >= 14) + random.normal(0, 1, 30).cumsum() * 0.3
    design = np.column_stack((np.ones(30), at, at >= 14, (at - 14) * (at >= 14))).astype(float)

    fit = interrupted_series(y.tolist(), before=14)

    assert fit.lag == 3
    beta, errors = newey_west(y, design, fit.lag)
    half = student.ppf(0.975, 26) * errors
    for found, place in ((fit.level, 2), (fit.slope, 3)):
        assert found.value == pytest.approx(beta[place], abs=1e-10)
        assert found.low == pytest.approx(beta[place] - half[place], abs=1e-8)
        assert found.high == pytest.approx(beta[place] + half[place], abs=1e-8)


@pytest.mark.parametrize(("points", "lag"), [(16, 2), (20, 2), (30, 3), (100, 4), (300, 5)])
def test_the_lag_grows_slowly_with_the_series(points, lag):
    values = np.random.default_rng(1).normal(size=points).tolist()

    assert interrupted_series(values, before=points // 2).lag == lag


def test_a_jump_and_a_bend_without_noise_are_read_off_exactly():
    values = [2 + 0.5 * t + (4 + 0.25 * (t - 8)) * (t >= 8) for t in range(18)]

    fit = interrupted_series(values, before=8)

    assert (fit.before, fit.after) == (8, 10)
    assert (fit.level.value, fit.slope.value) == pytest.approx((4, 0.25))
    assert fit.fitted == pytest.approx(tuple(values))


def test_an_interrupted_series_says_what_it_is_compared_with():
    random = np.random.default_rng(5)
    fit = interrupted_series(random.normal(size=24).tolist(), before=12)

    assert fit.sentence.startswith("With 12 points before and 12 after the date, the level differs")
    assert "compared with the earlier line carried on. Suggestive" in fit.sentence


@pytest.mark.parametrize(("points", "before"), [(20, 7), (15, 8), (8, 8)])
def test_fewer_than_eight_points_on_a_side_are_refused(points, before):
    with pytest.raises(TooFew, match=f"here are {before} and {points - before}"):
        interrupted_series(list(range(points)), before=before)


def test_a_constant_series_has_no_line_to_compare():
    with pytest.raises(NoVariation, match="All 20 points are 3"):
        interrupted_series([3] * 20, before=10)


def test_a_series_with_a_hole_is_refused():
    with pytest.raises(NotANumber, match="Point 2"):
        interrupted_series([3, float("nan")] + [1] * 20, before=10)


def district(random, units=24, periods=6, start=3, extra=2.0):
    rows, starts = [], {}
    for unit in range(units):
        name, begun = f"district {unit:02}", unit % 3 == 0
        starts[name] = start if begun else None
        level = random.normal(50, 5)
        for period in range(periods):
            gain = extra if begun and period >= start else 0
            rows.append(Observation(name, period, level + period + gain + random.normal(0, 1)))
    return rows, starts


def test_a_difference_in_differences_agrees_with_dummies_of_every_unit_and_period():
    from statsmodels.regression.linear_model import OLS

    rows, starts = district(np.random.default_rng(3))
    fit = difference_in_differences(rows, starts)
    units = sorted(starts)
    unit = np.array([units.index(each.unit) for each in rows])
    period = np.array([each.period for each in rows])
    begun = np.array([starts[each.unit] is not None for each in rows])
    design = np.column_stack(
        (begun & (period >= 3), np.eye(24)[unit], np.eye(6)[period][:, 1:])
    ).astype(float)
    oracle = OLS([each.value for each in rows], design).fit(
        cov_type="cluster", cov_kwds={"groups": unit}, use_t=True
    )

    assert fit.estimate.value == pytest.approx(oracle.params[0], abs=1e-9)
    # The same errors, but for degrees of freedom that count unit effects (nested in clusters) or not.
    width = (oracle.conf_int()[0, 1] - oracle.params[0]) * np.sqrt((144 - 30) / (144 - 6))
    assert fit.estimate.high - fit.estimate.value == pytest.approx(width, rel=1e-6)


def test_with_one_start_the_estimate_is_the_difference_of_four_means():
    rows, starts = district(np.random.default_rng(6))
    fit = difference_in_differences(rows, starts)

    def mean(begun, after):
        return np.mean(
            [
                each.value
                for each in rows
                if (starts[each.unit] is not None) == begun and (each.period >= 3) == after
            ]
        )

    change, other = mean(True, True) - mean(True, False), mean(False, True) - mean(False, False)
    assert fit.estimate.value == pytest.approx(change - other)
    assert (fit.units_begun, fit.units_compared, fit.start) == (8, 16, 3)
    assert [period for period, _, _ in fit.paths] == [0, 1, 2, 3, 4, 5]
    assert not fit.too_few


def test_order_of_the_rows_changes_nothing():
    rows, starts = district(np.random.default_rng(6))

    assert difference_in_differences(rows, starts) == difference_in_differences(rows[::-1], starts)


def test_under_twenty_units_say_too_few():
    rows, starts = district(np.random.default_rng(1), units=19)
    fit = difference_in_differences(rows, starts)

    assert fit.too_few
    assert "With 19 units there are too few for this interval to be relied on." in fit.sentence
    assert "Suggestive" in fit.sentence


def edited(**change):
    rows, starts = district(np.random.default_rng(1))
    return rows, {**starts, **change}


def small(start, periods):
    return district(np.random.default_rng(1), start=start, periods=periods)


@pytest.mark.parametrize(
    ("given", "refusal", "sentence"),
    [
        (lambda: edited(**{"district 01": 4}), Staggered, "2 different periods"),
        (lambda: (edited()[0], dict.fromkeys(edited()[1])), NoComparison, "No unit began"),
        (lambda: (edited()[0], dict.fromkeys(edited()[1], 3)), NoComparison, "Every unit began"),
        (lambda: small(1, 4), NoComparison, "1 period before"),
        (lambda: small(4, 4), NoComparison, "no period after"),
        (lambda: (edited()[0][:-1], edited()[1]), Mismatched, "has no value for period 5"),
        (lambda: (edited()[0] * 2, edited()[1]), Mismatched, "two values"),
        (lambda: (edited()[0], {}), Mismatched, "Nothing says when"),
        (lambda: ([], {}), TooFew, "no point"),
        (
            lambda: ([Observation(u, p, 1.0) for u in "ab" for p in range(4)], {"a": 2, "b": None}),
            NoVariation,
            "No unit changes",
        ),
    ],
)
def test_a_comparison_that_would_mislead_is_refused_in_words(given, refusal, sentence):
    with pytest.raises(refusal, match=sentence):
        difference_in_differences(*given())


def test_without_statsmodels_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "statsmodels.regression", None)

    with pytest.raises(NeedsStats, match="extra 'stats'"):
        interrupted_series(list(range(20)), before=10)
