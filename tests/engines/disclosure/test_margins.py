"""Margins stand in every table, so they hide last."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from throughline.engines.disclosure import ALL, Axis, Outcome, Policy, Release, Table, protect

RACES = ("Asian", "Black", "Hispanic", "Native American", "Two or more", "White")


def small_district(seed):
    """600 students of three schools, by race and free or reduced-price lunch."""
    rng = np.random.default_rng(seed)
    shares = np.multiply.outer(
        np.multiply.outer([0.4, 0.35, 0.25], [0.07, 0.24, 0.27, 0.02, 0.05, 0.35]), [0.52, 0.48]
    )
    n = rng.multinomial(600, shares.ravel()).reshape(shares.shape)
    events = rng.binomial(n, [0.9, 0.78])
    axes = (Axis.flat("school", "ABC"), Axis.flat("race", RACES), Axis.flat("frl", "01"))
    outcome = Outcome("graduated", tuple(events.ravel().tolist()))
    return Table(axes, tuple(n.ravel().tolist()), (outcome,))


def released_by_two(table) -> Release:
    release = protect(table, Policy(), tables=list(combinations(table.grid.names, 2)))
    assert isinstance(release, Release)
    return release


def hidden_margins(release):
    """Groups of one attribute, and everyone, that hide although no count of them is small."""
    return {
        next((label for label in cell.key if label != ALL), ALL)
        for cell in release.cells
        if cell.key.count(ALL) > 1 and "complementary" in dict(cell.reasons).values()
        and "small" not in dict(cell.reasons).values()
    }  # fmt: skip


def test_inner_counts_hide_before_schools_lunch_groups_and_everyone():
    release = released_by_two(small_district(3))

    assert hidden_margins(release) == {"Black", "White"}
    assert release.hidden_share < 0.62
