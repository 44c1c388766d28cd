"""The promise, tried on every small table by an attacker who lists all that could be."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest

from tests.engines.disclosure.attacker import possible_values
from throughline.engines.disclosure import Axis, Outcome, Policy, Release, Table, protect

THRESHOLD = 5
POLICY = Policy(threshold=THRESHOLD)
EVERY_OUTCOME = 48
"""Where the list of all takes minutes, every so many of it are tried; all were tried once."""


def every_table(rows, columns, values):
    """Tables that are not the same as an earlier one after swapping rows, columns, or both."""
    seen = set()
    for flat in product(values, repeat=rows * columns):
        table = np.array(flat).reshape(rows, columns)
        turned = [table, table.T] if rows == columns else [table]
        same = min(
            tuple(t[np.ix_(p, q)].ravel().tolist())
            for t in turned
            for p in permutations(range(rows))
            for q in permutations(range(columns))
        )
        if same not in seen:
            seen.add(same)
            yield same


def table_of(rows, columns, flat, events=None):
    axes = (Axis.flat("row", "ABC"[:rows]), Axis.flat("column", "XYZ"[:columns]))
    outcomes = () if events is None else (Outcome("graduated", tuple(events)),)
    return Table(axes, tuple(flat), outcomes)


def broken_promises(release):
    """Hidden counts that are known better than promised."""
    limit = 9 if release.table.outcomes else max(release.table.n) + THRESHOLD
    keys = release.table.grid.keys
    truth = dict(zip(keys, _counts(release.table).T.tolist(), strict=True))
    broken = []
    for (key, kind), values in possible_values(release, limit).items():
        true = truth[key][("n", "events", "not_events").index(kind)]
        if 0 < true < THRESHOLD:
            kept = max(values) >= THRESHOLD and min(values) <= true - 1
        else:
            kept = max(values) - min(values) >= 2
        if not kept:
            broken.append((release.table.n, key, kind, true, values))
    return broken


def _counts(table):
    n = table.grid.add_up(np.array(table.n))
    if not table.outcomes:
        return n[None]
    events = table.grid.add_up(np.array(table.outcomes[0].events))
    return np.stack([n, events, n - events])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "columns", "values", "every"),
    [(2, 2, range(6), 1), (2, 3, (0, 2, 4, 7), 20), (3, 3, (0, 3, 8), 90)],
)
def test_in_every_table_with_small_counts_each_hidden_count_can_be_what_was_promised(
    rows, columns, values, every
):
    tables = list(every_table(rows, columns, values))[::every]

    releases = [protect(table_of(rows, columns, flat), POLICY) for flat in tables]

    assert {type(one) for one in releases} == {Release}
    assert [fault for one in releases for fault in broken_promises(one)] == []


@pytest.mark.slow
def test_in_every_two_by_two_table_an_outcome_keeps_the_same_promises():
    tables = [
        table_of(2, 2, n, [min(x, total) for x, total in zip(events, n, strict=True)])
        for n in every_table(2, 2, (0, 4, 7))
        for events in product((0, 3), repeat=4)
    ][::EVERY_OUTCOME]

    releases = [protect(table, POLICY) for table in tables]

    assert {type(one) for one in releases} == {Release}
    assert [fault for one in releases for fault in broken_promises(one)] == []
