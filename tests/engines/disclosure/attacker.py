"""An attacker who tries every table: slow, obvious, and shares no code with the engine's audit.

She reads the printed cells and lists, leaf by leaf, every combination of whole numbers up to a
limit that agrees with all of them. Sums are packed into one integer per table, so that equal
partial sums are counted once.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from throughline.engines.disclosure import ALL, Release

KINDS = ("n", "events", "not_events")


def possible_values(release: Release, limit: int) -> dict[tuple[tuple[str, ...], str], set[int]]:
    """Return the values that every hidden count takes in some table that agrees with the release.

    Leaves are tried from 0 to ``limit``.
    """
    shown, hidden = _facts(release)
    return {target: _values(release, shown, target, limit) for target in hidden}


def _facts(release):
    shown, hidden = {}, []
    for cell in release.cells:
        for kind in KINDS:
            if kind in cell.hidden:
                hidden.append((cell.key, kind))
            elif (printed := cell.printed(kind)) is not None:
                shown[cell.key, kind] = printed.exact
    return shown, hidden


def _values(release, shown, target, limit):
    leaves = list(product(*([path[0] for path in axis.paths] for axis in release.table.axes)))
    sums = [fact for fact in shown if ALL in fact[0] and not _is_implied(fact, shown)]
    goals = [shown[fact] for fact in sums]
    places = np.cumprod([1, *(goal + 2 * limit + 1 for goal in goals)]).tolist()
    tables = np.zeros(1, dtype=np.int64)
    most = limit if release.table.outcomes else 0
    for leaf in leaves:
        keys = {
            sum(
                count[kind] * place
                for place, (key, kind) in zip(places, [*sums, target], strict=True)
                if _is_under(leaf, key)
            )
            for count in _options(shown, leaf, most, limit)
        }
        tables = np.unique(tables[:, None] + np.array(sorted(keys))[None, :])
        for low, high, (key, _kind), goal in zip(places, places[1:], sums, goals, strict=False):
            so_far = tables % high // low
            is_done = leaf == [one for one in leaves if _is_under(one, key)][-1]
            tables = tables[so_far == goal if is_done else so_far <= goal]
    return {int(value) for value in tables // places[-1]}


def _is_implied(fact, shown):
    """Those without an outcome are the rest where students and those with it are printed."""
    key, kind = fact
    return kind == "not_events" and (key, "n") in shown and (key, "events") in shown


def _options(shown, leaf, most, limit):
    """Every (n, events, not events) that one leaf can have."""
    for events in range(most + 1):
        for others in range(limit + 1):
            count = {"n": events + others, "events": events, "not_events": others}
            if all(shown.get((leaf, kind), count[kind]) == count[kind] for kind in KINDS):
                yield count


def _is_under(leaf, key):
    return all(label in (ALL, own) for own, label in zip(leaf, key, strict=True))
