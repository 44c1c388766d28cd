"""Whether all can be served, and who cannot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from throughline.engines.matching.pairs import Meeting, Starved, Unmet, columns, rows
from throughline.engines.matching.problems import Infeasible
from throughline.engines.matching.working import Work

if TYPE_CHECKING:
    from throughline.engines.matching.network import Grid, Ints, Network


def servable(
    problem: Meeting, work: Work, partial: bool = False
) -> tuple[Network, tuple[Unmet, ...]]:
    """Return what is to be decided, and who goes short.

    Raises
    ------
    Infeasible
        Not all can be served, and nobody may go short; or pins or least loads cannot be kept.
    """
    from throughline.engines.matching import network, transport  # noqa: PLC0415 - slow import

    net = network.network(problem)
    conflict = refusal_of(problem, net, work)
    if conflict is None:
        return net, ()
    if not partial or (net.need < 0).any() or (net.most < 0).any():
        raise conflict
    need = transport.even_needs(net, work) if net.even else _most_served(net, work)
    if need is None:
        raise conflict
    lack = [int(one) for one in net.need - need]
    unmet = tuple(
        Unmet(key, missing) for key, missing in zip(rows(problem), lack, strict=True) if missing
    )
    return replace(net, need=need), unmet


def _most_served(net: Network, work: Work) -> Ints | None:
    """Return how often each row is served where they take unequal time."""
    import numpy as np  # noqa: PLC0415 - slow import

    from throughline.engines.matching.mixed import whole  # noqa: PLC0415 - slow import

    found = whole(replace(net, score=np.ones_like(net.score)), work, all_served=False)
    return None if found is None else found[0].sum(axis=1, dtype=np.int64)


def refusal_of(problem: Meeting, net: Network, work: Work) -> Infeasible | None:
    """Return who cannot all be served, none of whom can be spared; nothing if all can be.

    Pins alone may ask too much of one person.
    """
    for keys, left in ((rows(problem), net.need), (columns(problem), net.most)):
        short = [key for key, one in zip(keys, left, strict=True) if one < 0]
        if short:
            return Infeasible(
                (short[0],), f"{short[0]} is pinned more often than there is room for"
            )
    return _conflict(problem, net, work)


def _conflict(problem: Meeting, net: Network, work: Work) -> Infeasible | None:
    from throughline.engines.matching import fairness, network  # noqa: PLC0415 - slow import

    if fairness.can_serve(net, work):
        return None
    everyone = list(range(len(net.need)))
    if not net.even:
        return _named(problem, net, smallest(everyone, lambda some: not fits(net, some, work)))
    on = network.most_pairs(net.allowed, net.need, net.most)
    if short := network.starved(net.allowed, net.need, on):
        return _named(problem, net, smallest(short, lambda some: not fits(net, some, work)))
    filled = network.most_pairs(net.allowed.T, net.least, net.need)
    idle = smallest(
        network.starved(net.allowed.T, net.least, filled), lambda some: not busy(net, some)
    )
    whom = columns(problem)
    return Infeasible(
        tuple(whom[one] for one in idle),
        f"{', '.join(whom[one] for one in idle)}: at least {int(net.least[idle].sum())} to serve, and "
        f"{_room(net.allowed.T[idle], net.need)} needed by those whom they may serve",
    )


def fits(net: Network, some: list[int], work: Work) -> bool:
    """Whether these rows alone can be served."""
    from throughline.engines.matching.fairness import can_serve  # noqa: PLC0415 - slow import

    return can_serve(
        replace(
            net, score=net.score[some], allowed=net.allowed[some], pinned=net.pinned[some],
            need=net.need[some], time=net.time[some], base=net.base[some], least=net.least * 0,
        ),
        work,
    )  # fmt: skip


def busy(net: Network, some: list[int]) -> bool:
    """Whether these columns alone can be given their least."""
    from throughline.engines.matching.network import most_pairs  # noqa: PLC0415 - slow import

    filled = most_pairs(net.allowed.T[some], net.least[some], net.need)
    return int(filled.sum()) == int(net.least[some].sum())


def _room(allowed: Grid, most: Ints) -> int:
    """How often these rows can be served at most, each pair once."""
    return int(
        sum(min(int(many), int(one)) for many, one in zip(allowed.sum(0), most, strict=True))
    )


def _named(problem: Meeting, net: Network, short: list[int]) -> Starved:
    import numpy as np  # noqa: PLC0415 - slow import

    whom, by = rows(problem), columns(problem)
    may = net.allowed[short]
    needed = int((net.need * net.time)[short].sum())
    room = _room(may, net.most) if net.even else int(net.most[may.any(axis=0)].sum())
    serving = tuple(by[column] for column in np.flatnonzero(may.any(axis=0)))
    return Starved(tuple(whom[one] for one in short), needed, serving, room)


def smallest(some: list[int], fails: Callable[[list[int]], bool]) -> list[int]:
    """Return a part of ``some`` that fails, of which none can be spared.

    Leave out half, a quarter, at last one by one; what still fails was enough.
    """
    size = max(1, len(some) // 2)
    while True:
        first = 0
        while first < len(some):
            rest = some[:first] + some[first + size :]
            if rest and fails(rest):
                some = rest
            else:
                first += size
        if size == 1:
            return some
        size = max(1, size // 2)
