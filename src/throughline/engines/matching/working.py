"""How much work may be done, who hears of it, who may stop it, and what a plan was made of."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from itertools import islice
from typing import Any, Generic, TypeAlias, TypeVar

ENGINE = "throughline.matching 1"
"""Names the methods; raised when the same problem may get another plan."""

P = TypeVar("P")


class Cancelled(RuntimeError, Generic[P]):  # noqa: N818 - says what happened
    """Whoever was told of the progress said stop. ``best`` is the best plan so far, if any."""

    def __init__(self, best: P | None = None) -> None:
        super().__init__("stopped by whoever watched")
        self.best = best


class Exhausted(RuntimeError, Generic[P]):  # noqa: N818 - says what happened
    """The work that was allowed is done and nothing is proven that could be returned.

    ``best`` is the best plan so far, if any; nothing better than ``bound`` can exist.
    """

    def __init__(self, best: P | None = None, bound: int | None = None) -> None:
        super().__init__("the work that was allowed did not suffice; allow more")
        self.best, self.bound = best, bound


@dataclass(frozen=True, slots=True)
class Limits:
    """``work`` is in units of about a second of one core, but counted in steps of the method.

    So the same problem gives the same plan whatever else the machine does. ``wall_s`` is a safety
    net in seconds: a plan that it cut short says so, and may differ the next time.
    """

    work: int = 20
    seed: int = 1
    wall_s: float | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """What is being done, the best value so far, and what none can be better than."""

    phase: str
    elapsed_s: float
    best: int | None = None
    bound: int | None = None


Watch: TypeAlias = Callable[[Progress], bool]
"""Is told of progress; False stops the work."""


@dataclass(slots=True)
class Work:
    """Counts steps against the limits, and tells whoever watches.

    ``steps_a_unit`` is how many steps of this method take about a second. ``flowed`` is whether a
    flow chose among plans of equal worth: without ``ortools`` another could be chosen.
    """

    limits: Limits = field(default_factory=Limits)
    watch: Watch | None = None
    steps_a_unit: int = 1
    steps: int = 0
    cut: bool = False
    flowed: bool = False
    _began: float = field(default_factory=time.monotonic)

    def spend(self, steps: int = 1) -> bool:
        """Count these steps; return whether more may be done."""
        self.steps += steps
        if self.limits.wall_s is not None and self.elapsed_s > self.limits.wall_s:
            self.cut = True
        return self.left

    @property
    def left(self) -> bool:
        """Whether more may be done."""
        return not self.cut and self.steps < self.limits.work * self.steps_a_unit

    def of_solver(self, steps_a_branch: int = 1) -> dict[str, float]:
        """Return what a mixed-integer solver may still do: branches, and seconds if those count."""
        rest = self.limits.work * self.steps_a_unit - self.steps
        options: dict[str, float] = {"node_limit": max(1, rest // steps_a_branch)}
        if self.limits.wall_s is not None:
            options["time_limit"] = max(0.01, self.limits.wall_s - self.elapsed_s)
        return options

    def of_simplex(self) -> dict[str, float]:
        """Return what a linear solver may still do: iterations, and seconds if those count."""
        options = self.of_solver()
        options["maxiter"] = options.pop("node_limit")
        return options

    @property
    def elapsed_s(self) -> float:
        """Seconds since the work began."""
        return time.monotonic() - self._began

    def tell(
        self, phase: str, best: int | None = None, bound: int | None = None, plan: object = None
    ) -> None:
        """Tell whoever watches.

        Raises
        ------
        Cancelled
            They said stop; it carries ``plan``.
        """
        if self.watch and not self.watch(Progress(phase, self.elapsed_s, best, bound)):
            raise Cancelled(plan)

    def made(self, problem: object) -> Made:
        """Say what a plan of this problem was made of."""
        engine = f"{ENGINE}, flow" if self.flowed else ENGINE
        return Made(fingerprint(problem), engine, self.limits.seed, not self.cut)


@dataclass(frozen=True, slots=True)
class Made:
    """What a plan was made of: the problem's SHA-256, the engine, the seed.

    ``reproducible`` is False if a limit in seconds cut the work short.
    """

    input_sha256: str
    engine: str = ENGINE
    seed: int = 1
    reproducible: bool = True


def fingerprint(problem: object) -> str:
    """Return the SHA-256 of a problem; the order of sets does not matter, any other order does.

    Examples
    --------
    >>> from throughline.engines.matching import Candidate, Problem
    >>> one, other = (Problem((Candidate("a", points),), 1) for points in (3, 4))
    >>> fingerprint(one) == fingerprint(other)
    False
    """
    digest, pieces = hashlib.sha256(), _pieces(problem)
    while text := "".join(islice(pieces, 10_000)):
        digest.update(text.encode())
    return digest.hexdigest()


LEAVES: dict[type, Callable[[Any], str]] = {
    str: json.encoder.encode_basestring_ascii, int: repr, bool: json.dumps, type(None): json.dumps,
}  # fmt: skip


def _pieces(value: object) -> Iterator[str]:
    flat = _flat(value)
    if flat is not None:
        yield flat
    elif isinstance(value, frozenset):
        yield from _pieces(tuple(sorted(value)))
    elif isinstance(value, tuple):
        yield "["
        for one in value:
            if (flat := _flat(one)) is None:
                yield from _pieces(one)
                yield ","
            else:
                yield flat + ","
        yield "]"
    elif names := _names(kind := _kind(value)):
        yield kind.__name__ + "("
        for name in names:
            yield name + "="
            yield from _pieces(getattr(value, name))
        yield ")"
    else:
        yield json.dumps(value, default=str)


def _kind(value: object) -> Any:
    return type(value)


def _flat(value: object) -> str | None:
    """Return the text of what holds nothing but plain values."""
    kind = _kind(value)
    if kind in LEAVES:
        return LEAVES[kind](value)
    if isinstance(value, tuple):
        return json.dumps(value) if _is_plain(value) else None
    each = []
    for name in _names(kind):
        one: Any = getattr(value, name)
        if type(one) not in LEAVES:
            return None
        each.append(f"{name}={LEAVES[type(one)](one)}")
    return f"{kind.__name__}({''.join(each)})" if each else None


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Return the names of the fields of a dataclass; none of anything else."""
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else ()


def _is_plain(values: Collection[object]) -> bool:
    return all(type(one) in (int, str, bool) for one in values)
