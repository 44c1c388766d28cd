"""Who cannot all be served, and the least that would have to give way."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from throughline.engines.matching.checking import BrokenPlan
from throughline.engines.matching.pairing import STEPS, plan_of
from throughline.engines.matching.pairs import (
    Coaching,
    Meeting,
    Pair,
    Reviewing,
    Starved,
    columns,
    rows,
)
from throughline.engines.matching.problems import Conflict, Ease, Infeasible
from throughline.engines.matching.serving import busy, fits, refusal_of
from throughline.engines.matching.working import Limits, Watch, Work

if TYPE_CHECKING:
    from throughline.engines.matching.network import Ints, Network


def conflicts_pairs(
    problem: Meeting, *, limits: Limits = Limits(), watch: Watch | None = None
) -> Conflict | None:
    """Name who cannot all be served, none of whom can be spared, and the cheapest fix.

    The fix says whose number gives way: more meetings (``most``) or ``time`` of those who serve,
    a lower ``least``, fewer ``readers`` where too few may read at all, or pins.

    Raises
    ------
    Exhausted
        The work that was allowed did not suffice.
    Cancelled
        Whoever watches said stop.

    Notes
    -----
    Who is named comes from a smallest cut and a deletion filter, and is proven once more: they
    cannot all be served, and can without any one of them.

    Examples
    --------
    >>> from throughline.engines.matching import Application, Part, Reader, Reviewing
    >>> two = (Application("north", 1), Application("south", 1))
    >>> knows = Part("knows the subject", ((9, 2), (4, 0)))
    >>> found = conflicts_pairs(Reviewing(two, (Reader("ann", 1), Reader("bo", 0)), (knows,)))
    >>> found.core, found.fix
    (('north', 'south'), (Ease(what='ann', number='most', by=1),))
    """
    from throughline.engines.matching.network import network  # noqa: PLC0415 - slow import

    work = Work(limits, watch, STEPS)
    work.tell("seeing whether all can be served")
    net = network(problem)
    refusal = refusal_of(problem, net, work)
    if refusal is None:
        return None
    _prove(problem, net, refusal, work)
    work.tell("looking for the cheapest fix")
    fix = _cheapest(problem, net, work)
    if fix is None:
        return Conflict(refusal.conflict, str(refusal))
    plan = plan_of(eased_pairs(problem, fix), "total", partial=False, work=work)
    return Conflict(refusal.conflict, str(refusal), fix, plan.total.value if plan.total else None)


def _prove(problem: Meeting, net: Network, refusal: Infeasible, work: Work) -> None:
    """Prove once more that nobody who is named could be spared; pins that do not fit speak for themselves."""
    if (net.need < 0).any() or (net.most < 0).any():
        return
    serving = isinstance(refusal, Starved)
    keys = rows(problem) if serving else columns(problem)
    core = [keys.index(key) for key in refusal.conflict]

    def can(some: list[int]) -> bool:
        return fits(net, some, work) if serving else busy(net, some)

    if can(core):
        raise BrokenPlan("those who are said to be in conflict can all be served")
    for one in core:
        if not can([other for other in core if other != one]):
            raise BrokenPlan(f"the conflict does not need {keys[one]!r}")


def _cheapest(problem: Meeting, net: Network, work: Work) -> tuple[Ease, ...] | None:
    """Return whose numbers give way; nothing where no number helps."""
    import numpy as np  # noqa: PLC0415 - slow import

    from throughline.engines.matching.mixed import stretched  # noqa: PLC0415 - slow import
    from throughline.engines.matching.network import most_pairs  # noqa: PLC0415 - slow import

    whom, by = rows(problem), columns(problem)
    lack = np.maximum(0, net.need - net.allowed.sum(axis=1))
    if lack.any() and isinstance(problem, Coaching):
        return None
    pinned = np.maximum(0, -net.need)
    open_net = replace(net, need=np.maximum(0, net.need - lack), most=np.maximum(0, net.most))
    extra = stretched(open_net, work)
    if extra is None:
        return None
    extra = extra + np.maximum(0, -net.most)
    filled = most_pairs(net.allowed.T, net.least, open_net.need)
    idle = net.least - filled.sum(axis=1)
    room = "most" if isinstance(problem, Reviewing) else "time"
    return (
        *_eases(whom, "readers", lack),
        *_eases(whom, "pinned", pinned),
        *_eases(by, room, extra * (1 if isinstance(problem, Reviewing) else _unit(problem))),
        *_eases(by, "least", idle),
    )


def _unit(problem: Coaching) -> int:
    """How much time a unit of the network is: all of a leader's where all want the same."""
    times = {one.time for one in problem.leaders}
    return times.pop() if len(times) == 1 else 1


def _eases(keys: tuple[str, ...], number: str, by: Ints) -> list[Ease]:
    return [Ease(key, number, int(one)) for key, one in zip(keys, by, strict=True) if one > 0]


def eased_pairs(problem: Meeting, fix: tuple[Ease, ...]) -> Meeting:
    """Return the problem in which the numbers of a fix have given way."""
    by = Counter({(one.what, one.number): one.by for one in fix})
    if isinstance(problem, Coaching):
        coaches = tuple(replace(o, time=o.time + by[o.key, "time"]) for o in problem.coaches)
        return replace(problem, coaches=coaches)
    pinned: list[Pair] = []
    for pin in reversed(problem.pinned):
        if by[pin.whom, "pinned"] > 0:
            by[pin.whom, "pinned"] -= 1
        else:
            pinned.insert(0, pin)
    return replace(
        problem,
        applications=tuple(
            replace(one, readers=one.readers - by[one.key, "readers"])
            for one in problem.applications
        ),
        readers=tuple(
            replace(
                one, most=one.most + by[one.key, "most"], least=one.least - by[one.key, "least"]
            )
            for one in problem.readers
        ),
        pinned=tuple(pinned),
    )
