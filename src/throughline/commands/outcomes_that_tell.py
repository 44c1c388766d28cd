"""Outcomes that tell one another: what hides of one could be read from those beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from throughline.commands.speaking import Stop


def refuse_related(n: Sequence[int], outcomes: Mapping[str, Sequence[int]]) -> None:
    """Refuse outcomes beside each other that show what hides of one of them.

    Raises
    ------
    Stop
        Two are the same or opposites, or three add up.
    """
    if names := related(n, outcomes):
        raise Stop(
            f"{', '.join(names)}: in every group one of them follows from the rest, so what hides "
            "of one could be worked out. Leave one out, and do not publish it elsewhere."
        )


def related(n: Sequence[int], outcomes: Mapping[str, Sequence[int]]) -> tuple[str, ...]:
    """Return the first two or three outcomes that tell one another in every group, or nothing.

    They are the same, one is the other turned around, or with a third they add up to one of them
    or to all students. ``n`` and the events are those of the finest groups. An outcome that nobody
    has, or everybody, tells nothing of others.

    Examples
    --------
    >>> related([40, 60], {"graduated": [30, 50], "left": [10, 10]})
    ('graduated', 'left')
    >>> related([40, 60], {"in school": [3, 5], "at home": [4, 1], "any": [7, 6]})
    ('in school', 'at home', 'any')
    >>> related([40, 60], {"graduated": [30, 50], "enrolled": [20, 31]})
    ()
    """
    students = np.asarray(n, dtype=np.int64)
    events = {name: np.asarray(x, dtype=np.int64) for name, x in outcomes.items()}
    events = {name: x for name, x in events.items() if x.any() and (x != students).any()}
    for names in (*combinations(events, 2), *combinations(events, 3)):
        parts = [events[name] for name in names]
        together = sum(parts[1:], parts[0])
        if (together == students).all() or any((together == 2 * one).all() for one in parts):
            return names
    return ()
