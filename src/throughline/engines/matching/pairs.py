"""What is asked when people are brought together, and what comes back.

Two questions have one shape. In *rows* stand those who are served: applications, or leaders. In
*columns* stand those who serve: readers, or coaches. Points are whole numbers, one table a part;
whoever must not meet is barred, never merely scored low.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from throughline.engines.matching.problems import Certificate, Infeasible, InvalidProblem
from throughline.engines.matching.working import Made

MOST_POINTS = 1_000_000
"""The most points that a pair may have, so that sums stay exact in every solver."""

Mode = Literal["fair", "total", "stable"]
Complaint: TypeAlias = tuple[str, object, str]


class Starved(Infeasible):
    """These cannot all be served. Without any one of them, the others can.

    ``needed`` is what they ask for together, besides what is pinned; ``room`` what those who may
    serve them have left for them: meetings, or time where leaders want unequal amounts of it.
    """

    def __init__(self, whom: tuple[str, ...], needed: int, by: tuple[str, ...], room: int) -> None:
        whole = "" if room < needed else ", but nobody's time is shared between two"
        super().__init__(
            whom,
            f"{', '.join(whom)}: {needed} needed, and room for {room} with those who may serve them"
            f"{whole}",
        )
        self.whom, self.needed, self.by, self.room = whom, needed, by, room


@dataclass(frozen=True, slots=True)
class Pair:
    """Who is served, and by whom."""

    whom: str
    by: str


@dataclass(frozen=True, slots=True)
class Barred:
    """These two never meet, for a reason that a person can read."""

    whom: str
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the points, named: ``points[row][column]``, 0 or more.

    Equal numbers are kept once: large tables take a quarter of the memory.
    """

    key: str
    points: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        once: dict[int, int] = {}
        points = tuple(tuple(once.setdefault(one, one) for one in line) for line in self.points)
        object.__setattr__(self, "points", points)


@dataclass(frozen=True, slots=True)
class Application:
    """Wants this many different readers."""

    key: str
    readers: int


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads between ``least`` and ``most`` applications."""

    key: str
    most: int
    least: int = 0


@dataclass(frozen=True, slots=True)
class Leader:
    """Wants one coach, for this many units of time: quarter-hours, say."""

    key: str
    time: int = 1


@dataclass(frozen=True, slots=True)
class Coach:
    """Has this many units of time."""

    key: str
    time: int


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Readers for applications. A row of points belongs to an application, a column to a reader.

    Raises
    ------
    InvalidProblem
        Keys repeat or are unknown, a number is out of range, or a table has another shape.
    """

    applications: tuple[Application, ...]
    readers: tuple[Reader, ...]
    parts: tuple[Part, ...] = ()
    barred: tuple[Barred, ...] = ()
    pinned: tuple[Pair, ...] = ()

    def __post_init__(self) -> None:
        for path, got, expected in self._complaints():
            raise InvalidProblem(path, got, expected)

    def _complaints(self) -> Iterator[Complaint]:
        yield from _keys("applications", self.applications)
        yield from _keys("readers", self.readers)
        for place, one in enumerate(self.applications):
            if one.readers < 0:
                yield f"applications.{place}.readers", one.readers, "0 or more"
        for place, reader in enumerate(self.readers):
            if reader.least < 0:
                yield f"readers.{place}.least", reader.least, "0 or more"
            if reader.most < reader.least:
                yield f"readers.{place}.most", reader.most, f"{reader.least} or more"
        yield from _tables("parts", self.parts, len(self.applications), len(self.readers))
        yield from _meetings(self, self.applications, self.readers)
        pinned: set[Pair] = set()
        for place, pin in enumerate(self.pinned):
            if pin in pinned:
                yield f"pinned.{place}", (pin.whom, pin.by), "a pair that is named once"
            pinned.add(pin)


@dataclass(frozen=True, slots=True)
class Coaching:
    """Coaches for leaders. A row of points belongs to a leader, a column to a coach.

    ``coaches_see`` holds the points as coaches see them, where they differ; only a stable match
    asks for them.

    Raises
    ------
    InvalidProblem
        As in :class:`Reviewing`, or two coaches are pinned to one leader.
    """

    leaders: tuple[Leader, ...]
    coaches: tuple[Coach, ...]
    parts: tuple[Part, ...] = ()
    barred: tuple[Barred, ...] = ()
    pinned: tuple[Pair, ...] = ()
    coaches_see: tuple[Part, ...] = ()

    def __post_init__(self) -> None:
        for path, got, expected in self._complaints():
            raise InvalidProblem(path, got, expected)

    def _complaints(self) -> Iterator[Complaint]:
        yield from _keys("leaders", self.leaders)
        yield from _keys("coaches", self.coaches)
        for place, one in enumerate(self.leaders):
            if one.time < 1:
                yield f"leaders.{place}.time", one.time, "1 or more"
        for place, coach in enumerate(self.coaches):
            if coach.time < 0:
                yield f"coaches.{place}.time", coach.time, "0 or more"
        shape = len(self.leaders), len(self.coaches)
        yield from _tables("parts", self.parts, *shape)
        yield from _tables("coaches_see", self.coaches_see, *shape)
        yield from _meetings(self, self.leaders, self.coaches)
        pinned: set[str] = set()
        for place, pin in enumerate(self.pinned):
            if pin.whom in pinned:
                yield f"pinned.{place}.whom", pin.whom, "a leader who is pinned once"
            pinned.add(pin.whom)


Meeting: TypeAlias = Reviewing | Coaching
Person: TypeAlias = Application | Reader | Leader | Coach


def rows(problem: Meeting) -> tuple[str, ...]:
    """Return the keys of those who are served."""
    served = problem.applications if isinstance(problem, Reviewing) else problem.leaders
    return tuple(one.key for one in served)


def columns(problem: Meeting) -> tuple[str, ...]:
    """Return the keys of those who serve."""
    serving = problem.readers if isinstance(problem, Reviewing) else problem.coaches
    return tuple(one.key for one in serving)


def _keys(name: str, people: Sequence[Person]) -> Iterator[Complaint]:
    known: set[str] = set()
    for place, one in enumerate(people):
        if one.key in known:
            yield f"{name}.{place}.key", one.key, "a key that is used once"
        known.add(one.key)


def _tables(name: str, parts: Sequence[Part], height: int, width: int) -> Iterator[Complaint]:
    known: set[str] = set()
    for place, part in enumerate(parts):
        if part.key in known:
            yield f"{name}.{place}.key", part.key, "a key that is used once"
        known.add(part.key)
        if len(part.points) != height:
            yield f"{name}.{place}.points", len(part.points), f"{height} rows"
        for row, line in enumerate(part.points):
            path = f"{name}.{place}.points.{row}"
            if len(line) != width:
                yield path, len(line), f"{width} numbers"
            if width and min(line) < 0:
                yield path, min(line), "0 or more"
            if width and max(line) * len(parts) > MOST_POINTS:
                yield path, max(line), f"at most {MOST_POINTS // len(parts)}"


def _meetings(
    problem: Meeting, served: Sequence[Person], serving: Sequence[Person]
) -> Iterator[Complaint]:
    whom, by = {one.key for one in served}, {one.key for one in serving}
    pinned = set(problem.pinned)
    barred = {one for one in (Pair(bar.whom, bar.by) for bar in problem.barred) if one in pinned}
    named: tuple[tuple[str, Collection[Barred | Pair]], ...] = (
        ("barred", problem.barred), ("pinned", problem.pinned),
    )  # fmt: skip
    for name, pairs in named:
        for place, one in enumerate(pairs):
            if one.whom not in whom:
                yield f"{name}.{place}.whom", one.whom, "a key of the problem"
            if one.by not in by:
                yield f"{name}.{place}.by", one.by, "a key of the problem"
    for place, pin in enumerate(problem.pinned):
        if pin in barred:
            yield f"pinned.{place}", (pin.whom, pin.by), "a pair that is not barred"


@dataclass(frozen=True, slots=True)
class Unmet:
    """Somebody is served less than was asked for."""

    whom: str
    missing: int


@dataclass(frozen=True, slots=True)
class Prices:
    """Proves a bound by arithmetic: any prices give one, good prices a close one.

    With weights w of rows, prices v of rows and u of columns, no plan has a higher weighted sum
    of points than the room of each column times u, plus the need of each row times v, plus what
    each pair is worth above both prices: max(0, w s - u - v). That is weak duality of linear
    programs (Gale, Kuhn & Tucker, 1951). ``scale`` is the weight of the total itself: 0 proves
    a bound of the worst-served row.
    """

    scale: int
    weights: tuple[int, ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PairPlan:
    """Who meets whom, in the order of the problem.

    ``worst`` is about the points of whoever is served worst, where the mode promises something;
    ``total`` about the sum of all points among plans that serve everybody as often, and nobody
    worse than ``worst``. Both leave out whoever is served by nobody. A stable match promises
    neither.
    """

    mode: Mode
    pairs: tuple[Pair, ...]
    unmet: tuple[Unmet, ...] = ()
    worst: Certificate | None = None
    total: Certificate | None = None
    worst_prices: Prices | None = None
    total_prices: Prices | None = None
    made: Made | None = None
