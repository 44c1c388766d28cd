"""The proposed list as one person may see it: spread, mean, how sure each place is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _

from throughline.admissions.choosing import fingerprint, standing
from throughline.admissions.cohort_rules import CohortRule, cohort_rules
from throughline.admissions.districts import DistrictFacts, districts_of, rule_facts
from throughline.admissions.eligibility import admissions_of
from throughline.admissions.enums import ApplicationState
from throughline.admissions.models import Application, Call, SelectionRun
from throughline.admissions.redrawing import Redraw
from throughline.admissions.rules import has_tie
from throughline.admissions.scores import by_application, scores_of
from throughline.admissions.soundness import Soundness, kept
from throughline.people.models import Person

MOST_STEPS = 6
"""How many steps of a scale fit above a drawing."""

WIDE = 1
"""Readers whose means are further apart than this, a step of the scale, see it said."""


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
    adjusted: Fraction | None = None
    scale_number: int = 0

    @property
    def mean(self) -> float | None:
        """Return the readers' mean, as it is shown."""
        return None if self.exact is None else float(self.exact)

    @property
    def apart(self) -> float:
        """Return how far the readers' means are from one another."""
        return max(self.each) - min(self.each) if self.each else 0

    @property
    def is_apart(self) -> bool:
        return self.apart > WIDE


@dataclass(frozen=True, slots=True)
class Flip:
    """Districts with the same mean, of which the border of a group takes some and leaves others."""

    inside: list[Placed]
    outside: list[Placed]
    is_of_seats: bool
    redraw: Redraw | None = None

    @property
    def names(self) -> list[Placed]:
        return [*self.inside, *self.outside]

    @property
    def last_inside(self) -> Placed:
        return self.inside[-1]

    @property
    def won(self) -> list[tuple[Placed, int]]:
        """Return each with the number of re-draws that gave it a place, the most first."""
        if self.redraw is None:
            return []
        counts = [(one, self.redraw.won.get(one.application.ref, 0)) for one in self.names]
        return sorted(counts, key=lambda pair: -pair[1])


@dataclass(frozen=True, slots=True)
class Selection:
    """What the selection page shows.

    ``is_whole`` says that no application is closed to the reader, so that sums tell her nothing
    that she may not know. ``is_stale`` says that scores are others than those it was proposed from.
    ``soundness`` is there for her to whom nothing is closed, until a review changes.
    """

    seats: list[Placed] = field(default_factory=list)
    waitlist: list[Placed] = field(default_factory=list)
    others: list[Placed] = field(default_factory=list)
    scale: tuple[float, float] = (1, 4)
    rules: list[CohortRule] = field(default_factory=list)
    plan: Mapping[str, Any] = field(default_factory=dict)
    is_whole: bool = False
    is_stale: bool = False
    soundness: Soundness | None = None

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
        redraws = self.soundness.redraws if self.soundness else []
        for refs, redraw in zip_longest(self.plan.get("coin_flips", []), redraws):
            equal = [one for one in self.rows if one.application.ref in refs]
            for group in ("seat", "waitlist"):
                inside = [one for one in equal if one.group == group]
                after = [one for one in equal if one.group != group and one.group != "seat"]
                if inside and after:
                    holds = redraw is not None and redraw.places == len(inside)
                    found.append(Flip(inside, after, group == "seat", redraw if holds else None))
                    break
        return found

    @property
    def changes_by_adjusted(self) -> tuple[list[Placed], list[Placed]] | None:
        """Return who would lose a seat and who would have one, were the adjusted means ranked.

        Nothing where they cannot be, or people have changed the list.
        """
        if self.soundness is None or not self.soundness.is_one_scale or self.plan.get("changes"):
            return None
        rows = {one.application.ref: one for one in self.rows}
        out, into = self.soundness.out, self.soundness.into
        return [rows[ref] for ref in out], [rows[ref] for ref in into]


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
    scores = scores_of(apps, weight)
    is_whole = not has_tie(person, run.call)
    soundness = kept(run.plan, scores) if is_whole else None
    version = run.call.cohort.version
    locales = {ref: one.locale for ref, one in facts.items()}
    rules = cohort_rules(version, apps, rule_facts(version, apps, locales))
    placed = _Placing(
        run, apps, facts, by_application(scores), weight, rules, soundness or Soundness(),
        discuss_at=_discuss_at(run.call),
    )  # fmt: skip
    return Selection(
        *placed.groups(),
        scale=(min(steps), max(steps)),
        rules=rules,
        plan=run.plan,
        is_whole=is_whole,
        is_stale=fingerprint({one.ref: one.mean(weight) for one in apps}) != run.input_sha256,
        soundness=soundness,
    )


def _discuss_at(call: Call) -> int:
    return int(admissions_of(call.cohort.version).review.discuss_at)


class _Placing:
    """Turns a plan into rows with words."""

    def __init__(
        self,
        run: SelectionRun,
        apps: Sequence[Application],
        facts: Mapping[str, DistrictFacts],
        each: Mapping[str, list[Fraction]],
        weight: int,
        rules: Sequence[CohortRule],
        soundness: Soundness,
        *,
        discuss_at: int,
    ) -> None:
        self.by_ref, self.facts = {one.ref: one for one in apps}, facts
        self.plan, self.each, self.weight, self.discuss_at = run.plan, each, weight, discuss_at
        self.soundness = soundness
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
        if by_rule and group == "seat" and sure != "coin-flip":
            seat = _("By rule")
        adjusted, scale_number = self.soundness.of(ref)
        return Placed(
            application=application,
            facts=self.facts[ref],
            each=[float(one) for one in self.each.get(ref, ())],
            exact=mean,
            group=group,
            seat=seat,
            note=by_rule or (self._distance(mean, across) if sure == "close" else ""),
            is_flip=ref in self.flips,
            needs_talk=application.levels_apart >= self.discuss_at,
            adjusted=adjusted,
            scale_number=scale_number,
        )

    def _distance(self, mean: Fraction | None, across: Fraction | None) -> str:
        """Say how far a close place is from the other side of the last seat."""
        if mean is None or across is None:
            return ""
        apart = {"points": f"{float(abs(mean - across)):.2f}"}
        if mean >= across:
            return _("%(points)s ahead of the first alternate") % apart
        return _("Close: %(points)s below the last seat") % apart
