"""How often noise fires each rule, and how often a real shift does: simulated, seed fixed."""

from __future__ import annotations

import numpy as np
import pytest

from throughline.engines.improvement import Refused, anhoej, frozen_shift, p_chart, p_prime, xmr
from throughline.engines.improvement.chances import (
    beyond_by_noise,
    counts_by_noise,
    run_by_noise,
    run_needed,
    within,
)

pytestmark = pytest.mark.slow

POINT = 0.01
"""One percentage point: how far a simulated rate may lie from the published one."""

FOLLOW_UPS = (6, 8, 10, 12, 16, 20, 24)

PUBLISHED_SHIFTS = {
    12: (3.4, 3.1, 4.5, 3.4, 3.2, 4.3, 3.5),
    16: (2.9, 2.5, 3.8, 2.9, 4.4, 3.7, 4.7),
    24: (2.6, 4.6, 3.4, 4.5, 3.6, 5.0, 3.8),
}
"""Percent of noise series with the needed run, by baseline and follow-up (the design's table)."""


def longest_runs(hits):
    """Return the longest run of true values of each row. ``hits``: bool, series x points."""
    best = running = np.zeros(len(hits), dtype=int)
    for column in hits.T:
        running = (running + 1) * column
        best = np.maximum(best, running)
    return best


@pytest.mark.parametrize(
    ("points", "published"), [(12, 0.013), (16, 0.010), (20, 0.021), (24, 0.030), (36, 0.044)]
)
def test_noise_fires_the_anhoej_rules_as_rarely_as_published(points, published):
    noise = np.random.default_rng(points).standard_normal((4000, points))

    fired = np.mean([anhoej(row).signal for row in noise.tolist()])

    assert fired == pytest.approx(published, abs=POINT)


@pytest.mark.parametrize("baseline", [12, 16, 24])
def test_noise_shows_the_needed_run_as_rarely_as_the_table_says(baseline):
    random = np.random.default_rng(baseline)
    median = np.median(random.standard_normal((40_000, baseline)), axis=1)
    above = random.standard_normal((40_000, 24)) > median[:, None]

    for later, published in zip(FOLLOW_UPS, PUBLISHED_SHIFTS[baseline], strict=True):
        needed = run_needed(baseline, later)
        simulated = np.mean(longest_runs(above[:, :later]) >= needed)
        assert simulated == pytest.approx(published / 100, abs=POINT)
        assert run_by_noise(baseline, later, needed) == pytest.approx(simulated, abs=POINT / 2)
        assert not within(run_by_noise(baseline, later, needed - 1)) or needed == 6


@pytest.mark.parametrize(("later", "published"), [(6, 3.6), (8, 5.6), (12, 10.8), (24, 21.5)])
def test_six_in_a_row_would_fire_on_noise_as_often_as_the_design_warns(later, published):
    assert run_by_noise(12, later, 6) == pytest.approx(published / 100, abs=POINT)


@pytest.mark.parametrize("draw", ["standard_normal", "standard_exponential", "standard_cauchy"])
def test_the_chance_of_a_run_hardly_depends_on_the_shape_of_the_noise(draw):
    random = np.random.default_rng(8)
    median = np.median(getattr(random, draw)((40_000, 12)), axis=1)
    later = getattr(random, draw)((40_000, 12))

    for hits in (later > median[:, None], later < median[:, None]):
        assert np.mean(longest_runs(hits) >= 8) == pytest.approx(0.034, abs=POINT)


def test_noise_fires_a_shift_of_the_engine_in_at_most_5_percent():
    noise = np.random.default_rng(3).standard_normal((3000, 36))

    shifts = [frozen_shift(row, baseline=12, better="up") for row in noise.tolist()]

    assert np.mean([each.improved(0.05) for each in shifts]) == pytest.approx(0.035, abs=POINT)
    assert np.mean([each.worsened(0.05) for each in shifts]) == pytest.approx(0.035, abs=POINT)


def test_looking_after_every_point_fires_on_noise_in_a_tenth_unless_the_length_was_planned():
    random = np.random.default_rng(12)
    median = np.median(random.standard_normal((20_000, 12)), axis=1)
    above = random.standard_normal((20_000, 24)) > median[:, None]
    looks = range(6, 25)

    longest = {later: longest_runs(above[:, :later]) for later in looks}

    unplanned = np.any([longest[later] >= run_needed(12, later) for later in looks], axis=0)
    planned = np.any([longest[later] >= run_needed(12, 24) for later in looks], axis=0)
    assert np.mean(unplanned) == pytest.approx(0.097, abs=POINT)
    assert np.mean(planned) == pytest.approx(0.035, abs=POINT)


def test_a_real_shift_of_one_and_a_half_sigma_is_found_in_most_runs():
    random = np.random.default_rng(9)
    series = random.standard_normal((1500, 24))
    series[:, 12:] += 1.5

    by_run = [frozen_shift(row, baseline=12, better="up").improved(0.05) for row in series.tolist()]
    by_limit = [xmr(row, baseline=12, better="up").improved(0.05) for row in series.tolist()]

    assert np.mean(by_run) > 0.6
    assert np.mean(np.logical_or(by_run, by_limit)) > 0.65


@pytest.mark.parametrize("form", ["mean", "median"])
@pytest.mark.parametrize("baseline", [12, 24])
def test_the_chance_of_points_past_xmr_limits_is_that_of_simulated_noise(form, baseline):
    random = np.random.default_rng(baseline)
    before = random.standard_normal((60_000, baseline))
    moves = np.abs(np.diff(before, axis=1))
    upper = (
        before.mean(axis=1) + 3 / 1.128 * moves.mean(axis=1)
        if form == "mean"
        else np.median(before, axis=1) + 3.145 * np.median(moves, axis=1)
    )
    past = random.standard_normal((60_000, 24)) > upper[:, None]

    for later in (6, 12, 24):
        for beyond in (1, 2, 3):
            chance = beyond_by_noise(baseline, later, beyond, medians=form == "median")
            simulated = np.mean(past[:, :later].sum(axis=1) >= beyond)
            assert chance == pytest.approx(simulated, abs=POINT)


def test_a_single_point_past_limits_of_twelve_is_often_noise_and_two_seldom():
    assert within(beyond_by_noise(12, 6, 1))
    assert not within(beyond_by_noise(12, 8, 1))
    assert within(beyond_by_noise(12, 24, 2))


@pytest.mark.parametrize(
    ("size", "share", "better"), [(30, 0.05, "up"), (100, 0.2, "down"), (60, 0.9, "down")]
)
def test_noise_fires_a_p_chart_in_at_most_5_percent_even_where_counts_are_small(
    size, share, better
):
    drawn = np.random.default_rng(size).binomial(size, share, (1000, 36))

    fired = [
        p_chart(row, [size] * 36, baseline=12, better=better).improved(0.05)
        for row in drawn.tolist()
    ]

    assert np.mean(fired) <= 0.05 + POINT


def test_the_chance_of_counts_past_a_p_limit_is_that_of_simulated_noise():
    random = np.random.default_rng(21)
    rate = random.beta(60.5, 1140.5, 100_000)
    later = random.binomial(30, rate[:, None], (100_000, 24))

    for beyond in (1, 2, 3):
        up = counts_by_noise(60, 1200, [30] * 24, [5] * 24, beyond, up=True)
        down = counts_by_noise(60, 1200, [30] * 24, [1] * 24, beyond, up=False)
        assert up == pytest.approx(np.mean((later > 5).sum(axis=1) >= beyond), abs=POINT / 2)
        assert down == pytest.approx(np.mean((later < 1).sum(axis=1) >= beyond), abs=POINT / 2)


def test_noise_fires_a_p_prime_chart_of_large_groups_in_at_most_5_percent():
    random = np.random.default_rng(31)
    rates = 0.3 + random.normal(0, 0.02, (1500, 36))
    drawn = random.binomial(5000, rates)

    fired = [
        p_prime(row, [5000] * 36, baseline=12, better="up").improved(0.05) for row in drawn.tolist()
    ]

    assert np.mean(fired) <= 0.05 + POINT


@pytest.mark.parametrize("mean", [0.7, 1.7, 5])
def test_noise_of_small_counts_fires_no_rule_more_often_than_5_percent(mean):
    drawn = np.random.default_rng(int(10 * mean)).poisson(mean, (1500, 36)).tolist()

    for better in ("up", "down"):
        shifts = [judged(frozen_shift, row, better) for row in drawn]
        limits = [judged(xmr, row, better) for row in drawn]
        assert np.mean(shifts) <= 0.05 + POINT
        assert np.mean(limits) <= 0.05 + POINT


def judged(rule, row, better):
    """Return whether the rule sees an improvement; a refusal is none."""
    try:
        return rule(row, baseline=12, better=better).improved(0.05)
    except Refused:
        return False
