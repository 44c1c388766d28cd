"""The proposed list as one person may see it: spread, mean, how sure each place is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from throughline.admissions.choosing import fingerprint, standing
from throughline.admissions.cohort_rules import CohortRule, cohort_rules
from throughline.admissions.districts import DistrictFacts, districts_of, rule_facts
from throughline.admissions.eligibility import admissions_of
from throughline.admissions.enums import ApplicationState
from throughline.admissions.models import Application, Call, Review, SelectionRun
from throughline.admissions.rules import has_tie
from throughline.people.models import Person

MOST_STEPS = 6
"""How many steps of a scale fit above a drawing."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An application in the proposed list."""

    application: Application
    facts: DistrictFacts
    each: list[float]
    exact: Fraction | None
    group: str
    seat: str
    note: str
    is_flip: bool
    needs_talk: bool

    @property
    def mean(self) -> float | None:
        """Return the readers' mean, as it is shown."""
        return None if self.exact is None else float(self.exact)


@dataclass(frozen=True, slots=True)
class Flip:
    """Districts with the same mean, of which the border of a group takes some and leaves others."""

    inside: list[Placed]
    outside: list[Placed]
    is_of_seats: bool

    @property
    def names(self) -> list[Placed]:
        return [*self.inside, *self.outside]

    @property
    def last_inside(self) -> Placed:
        return self.inside[-1]


@dataclass(frozen=True, slots=True)
class Selection:
    """What the selection page shows.

    ``is_whole`` says that no application is closed to the reader, so that sums tell her nothing
    that she may not know. ``is_stale`` says that scores are others than those it was proposed from.
    """

    seats: list[Placed] = field(default_factory=list)
    waitlist: list[Placed] = field(default_factory=list)
    others: list[Placed] = field(default_factory=list)
    scale: tuple[float, float] = (1, 4)
    rules: list[CohortRule] = field(default_factory=list)
    plan: Mapping[str, Any] = field(default_factory=dict)
    is_whole: bool = False
    is_stale: bool = False

    @property
    def steps(self) -> list[int]:
        """Return the whole steps of the scale, to stand above the drawings; none if there are many."""
        found = list(range(int(self.scale[0]), int(self.scale[1]) + 1))
        return found if len(found) <= MOST_STEPS else []

    @property
    def rows(self) -> list[Placed]:
        return [*self.seats, *self.waitlist, *self.others]

    @property
    def seat_refs(self) -> list[str]:
        return [one.application.ref for one in self.seats]

    @property
    def flips(self) -> list[Flip]:
        """Groups that a border still cuts, whatever people changed since."""
        found = []
        for refs in self.plan.get("coin_flips", []):
            equal = [one for one in self.rows if one.application.ref in refs]
            for group in ("seat", "waitlist"):
                inside = [one for one in equal if one.group == group]
                after = [one for one in equal if one.group != group and one.group != "seat"]
                if inside and after:
                    found.append(Flip(inside, after, is_of_seats=group == "seat"))
                    break
        return found


def selection(person: Person, run: SelectionRun) -> Selection:
    """Return the list as this person may see it. A fixed number of queries, however long it is."""
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
    facts = districts_of(person, apps)
    each = _means(apps, weight)
    version = run.call.cohort.version
    locales = {ref: one.locale for ref, one in facts.items()}
    rules = cohort_rules(version, apps, rule_facts(version, apps, locales))
    placed = _Placing(run, apps, facts, each, weight, rules, discuss_at=_discuss_at(run.call))
    return Selection(
        *placed.groups(),
        scale=(min(steps), max(steps)),
        rules=rules,
        plan=run.plan,
        is_whole=not has_tie(person, run.call),
        is_stale=fingerprint({one.ref: one.mean(weight) for one in apps}) != run.input_sha256,
    )


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
        facts: Mapping[str, DistrictFacts],
        each: dict[int, list[float]],
        weight: int,
        rules: Sequence[CohortRule],
        *,
        discuss_at: int,
    ) -> None:
        self.by_ref, self.facts = {one.ref: one for one in apps}, facts
        self.plan, self.each, self.weight, self.discuss_at = run.plan, each, weight, discuss_at
        self.flips = {ref for group in run.plan["coin_flips"] for ref in group}
        proof = run.plan.get("proof") or {"prices": []}
        self.prices, self.names = proof["prices"], {one.key: one.words for one in rules}
        self.border = min(self._undisputed(run.plan["seats"], "seat"), default=None)
        self.next_best = max(self._undisputed(run.plan["waitlist"], "waitlist"), default=None)

    def _undisputed(self, refs: Sequence[str], group: str) -> list[Fraction]:
        """Return the means of those whose place no rule decided."""
        means = (self._mean(ref) for ref in refs if not self._by_rule(ref, group))
        return [mean for mean in means if mean is not None]

    def _mean(self, ref: str) -> Fraction | None:
        application = self.by_ref.get(ref)
        return application.mean(self.weight) if application else None

    def _by_rule(self, ref: str, group: str) -> str:
        """Name the rules without which this application would lose its seat, or have one."""
        way = "out" if group == "seat" else "into"
        if not self.prices or ref not in self.prices[-1][way]:
            return ""
        alone = [one["rule"] for one in self.prices[:-1] if ref in one[way]]
        named = [self.names[key] for key in alone if key in self.names]
        return "; ".join(named) or _("The rules together")

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
        by_rule = self._by_rule(ref, group)
        across = self.next_best if group == "seat" else self.border
        sure = standing(mean, across, is_flip=ref in self.flips)
        words = {"firm": _("Firm"), "close": _("Close"), "coin-flip": _("Coin-flip")}
        seat = words[sure] if group == "seat" or sure == "coin-flip" else place
        if by_rule and group == "seat":
            seat = _("By rule")
        return Placed(
            application=application,
            facts=self.facts[ref],
            each=self.each[application.pk],
            exact=mean,
            group=group,
            seat=seat,
            note=by_rule or (self._distance(mean, across) if sure == "close" else ""),
            is_flip=ref in self.flips,
            needs_talk=application.levels_apart >= self.discuss_at,
        )

    def _distance(self, mean: Fraction | None, across: Fraction | None) -> str:
        """Say how far a close place is from the other side of the last seat."""
        if mean is None or across is None:
            return ""
        apart = {"points": f"{float(abs(mean - across)):.2f}"}
        if mean >= across:
            return _("%(points)s ahead of the first alternate") % apart
        return _("Close: %(points)s below the last seat") % apart
