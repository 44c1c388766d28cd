"""The proposed list as one person may see it: spread, mean, how sure each place is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _

from throughline.admissions.choosing import standing
from throughline.admissions.eligibility import admissions_of
from throughline.admissions.enums import ApplicationState
from throughline.admissions.models import Application, Call, Review, SelectionRun
from throughline.people.models import Person


@dataclass(frozen=True, slots=True)
class Placed:
    """An application in the proposed list."""

    application: Application
    state_code: str
    each: list[float]
    mean: float | None
    group: str
    seat: str
    note: str
    is_flip: bool
    needs_talk: bool


@dataclass(frozen=True, slots=True)
class Portfolio:
    """How many districts of a state have a seat, and how many applied."""

    state: str
    seated: int
    applied: int


@dataclass(frozen=True, slots=True)
class Selection:
    """What the selection page shows."""

    seats: list[Placed] = field(default_factory=list)
    waitlist: list[Placed] = field(default_factory=list)
    others: list[Placed] = field(default_factory=list)
    portfolio: list[Portfolio] = field(default_factory=list)
    scale: tuple[float, float] = (1, 4)
    hidden: int = 0

    @property
    def flips(self) -> list[Placed]:
        return [one for one in (*self.seats, *self.waitlist, *self.others) if one.is_flip]

    @property
    def states_seated(self) -> list[Portfolio]:
        return [one for one in self.portfolio if one.seated]

    @property
    def states_without(self) -> list[Portfolio]:
        return [one for one in self.portfolio if not one.seated]

    @property
    def rows(self) -> list[Placed]:
        return [*self.seats, *self.waitlist, *self.others]


def selection(person: Person, run: SelectionRun) -> Selection:
    """Return the list as this person may see it. Four queries, however long it is."""
    rubric = run.call.rubric
    criteria = list(rubric.criteria.prefetch_related("levels")) if rubric else []
    weight = sum(one.weight for one in criteria)
    steps = [level.points for one in criteria for level in one.levels.all()] or [1, 4]
    apps = list(
        Application.objects.decided_by(person)
        .filter(call=run.call)
        .exclude(state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN])
        .select_related("engagement__district__place", "lead")
    )
    each = _means(apps, weight)
    placed = _Placing(run, apps, each, weight, discuss_at=_discuss_at(run.call))
    groups = placed.groups()
    seated = Counter(one.state_code for one in groups[0])
    applied = Counter(_state(one) for one in apps)
    portfolio = [Portfolio(state, seated[state], applied[state]) for state in sorted(applied)]
    return Selection(*groups, portfolio, (min(steps), max(steps)))


def _discuss_at(call: Call) -> int:
    return int(admissions_of(call.cohort.version).review.discuss_at)


def _means(apps: Sequence[Application], weight: int) -> dict[int, list[float]]:
    """Return each reader's mean by application, lowest first. One query."""
    found: dict[int, list[float]] = {one.pk: [] for one in apps}
    rows = Review.objects.counted().filter(assignment__application__in=list(found))
    for key, points in rows.order_by("points").values_list("assignment__application", "points"):
        found[key].append((points or 0) / (weight or 1))
    return found


class _Placing:
    """Turns a plan into rows with words."""

    def __init__(
        self,
        run: SelectionRun,
        apps: Sequence[Application],
        each: dict[int, list[float]],
        weight: int,
        *,
        discuss_at: int,
    ) -> None:
        self.by_ref = {one.ref: one for one in apps}
        self.plan, self.each, self.weight, self.discuss_at = run.plan, each, weight, discuss_at
        self.flips = {ref for group in run.plan["coin_flips"] for ref in group}
        means = [self._mean(ref) for ref in run.plan["seats"]]
        self.border = min((one for one in means if one is not None), default=None)
        waiting = [self._mean(ref) for ref in run.plan["waitlist"]]
        self.next_best = max((one for one in waiting if one is not None), default=None)

    def _mean(self, ref: str) -> Fraction | None:
        application = self.by_ref.get(ref)
        return application.mean(self.weight) if application else None

    def groups(self) -> tuple[list[Placed], list[Placed], list[Placed]]:
        seats, waits = self.plan["seats"], self.plan["waitlist"]
        rest = [one for one in self.by_ref.values() if one.ref not in {*seats, *waits}]
        rest.sort(key=lambda one: (-(one.mean(self.weight) or 0), one.number))
        return (
            [self._row(ref, "seat", _("Seat")) for ref in seats if ref in self.by_ref],
            [
                self._row(ref, "waitlist", _("Alternate %(rank)d") % {"rank": rank})
                for rank, ref in enumerate(waits, 1)
                if ref in self.by_ref
            ],
            [self._row(one.ref, "out", _("Out")) for one in rest],
        )

    def _row(self, ref: str, group: str, place: str) -> Placed:
        application, mean = self.by_ref[ref], self._mean(ref)
        sure = standing(mean, self.border, is_flip=ref in self.flips)
        words = {"firm": _("Firm"), "close": _("Close"), "coin-flip": _("Coin-flip")}
        return Placed(
            application=application,
            state_code=_state(application),
            each=self.each[application.pk],
            mean=float(mean) if mean is not None else None,
            group=group,
            seat=words[sure] if group == "seat" or sure == "coin-flip" else place,
            note=self._distance(mean, group) if sure == "close" else "",
            is_flip=ref in self.flips,
            needs_talk=application.levels_apart >= self.discuss_at,
        )

    def _distance(self, mean: Fraction | None, group: str) -> str:
        """Say how far a close place is from the other side of the last seat."""
        other = self.next_best if group == "seat" else self.border
        if mean is None or other is None:
            return ""
        apart = {"points": f"{float(abs(mean - other)):.2f}"}
        if mean >= other:
            return _("%(points)s ahead of the first alternate") % apart
        return _("Close: %(points)s below the last seat") % apart


def _state(application: Application) -> str:
    place = application.engagement.district.place
    return place.where if place else ""
