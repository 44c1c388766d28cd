"""Who meets each rule of good standing and completion, who does not, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from throughline.ledger.enums import RuleList
from throughline.ledger.models import Waiver
from throughline.ledger.queries.facts import facts_of
from throughline.ledger.standing import Holder, Known, Rule, State, Verdict, judge, rules_of
from throughline.people.enums import Role
from throughline.people.models import Person, RoleAssignment
from throughline.programs.models import Cohort, DistrictEngagement

JUDGED_ROLES = (Role.FELLOW, Role.LEARNER)
"""Whose standing is asked for: those who take part for themselves."""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """How one person stands to one rule."""

    person: Person
    district: str
    verdict: Verdict
    waiver: Waiver | None


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule with everybody whom it binds."""

    rule: Rule
    people: Sequence[PersonLine]

    @property
    def n(self) -> int:
        return len(self.people)

    @property
    def met(self) -> Sequence[PersonLine]:
        """Who meets it, or for whom it was set aside."""
        return [one for one in self.people if one.verdict.state in (State.MET, State.WAIVED)]

    @property
    def others(self) -> Sequence[PersonLine]:
        """Who does not meet it, then of whom it is not known yet."""
        unmet = [one for one in self.people if one.verdict.state == State.UNMET]
        return [*unmet, *(one for one in self.people if one.verdict.state == State.UNKNOWN)]

    @property
    def unmet(self) -> int:
        return sum(one.verdict.state == State.UNMET for one in self.people)

    @property
    def unknown(self) -> int:
        return sum(one.verdict.state == State.UNKNOWN for one in self.people)


def standing_page(person: Person, cohort: Cohort) -> list[tuple[RuleList, list[RuleLine]]]:
    """Return each list of rules with who meets what. About a dozen queries, however many people."""
    people = judged_in(person, cohort)
    return _lists(person, cohort, people)


def own_standing(person: Person, cohort: Cohort) -> list[tuple[RuleList, list[RuleLine]]]:
    """Return how this person stands herself; nothing where rules do not bind her."""
    people = {key: found for key, found in judged_in(person, cohort).items() if person.is_in([key])}
    return _lists(person, cohort, people) if people else []


def judged_in(
    person: Person, cohort: Cohort
) -> dict[int, tuple[Person, DistrictEngagement | None]]:
    """Return who takes part in a cohort, with her district, by name. Two queries."""
    seated = {
        one.scope_id: one
        for one in DistrictEngagement.objects.filter(cohort=cohort)
        .seated()
        .select_related("district")
    }
    roles = (
        RoleAssignment.objects.visible_to(person)
        .live()
        .filter(role__in=JUDGED_ROLES, scope__paths_up__ancestor=cohort.scope_id)
        .select_related("person", "scope")
        .order_by("person__full_name", "person")
    )
    return {
        one.person_id: (one.person, seated.get(one.scope_id))
        for one in roles
        if one.scope_id in seated or one.scope.kind != "engagement"
    }


def _lists(
    person: Person,
    cohort: Cohort,
    people: Mapping[int, tuple[Person, DistrictEngagement | None]],
) -> list[tuple[RuleList, list[RuleLine]]]:
    rules = rules_of(cohort.version)
    if not rules:
        return []
    holders = [
        Holder(key, district.pk if district is not None else None)
        for key, (_person, district) in people.items()
    ]
    facts = facts_of(person, cohort, holders)
    waivers = {
        (one.person_id, one.rules, one.rule): one
        for one in Waiver.objects.visible_to(person)
        .live()
        .filter(cohort=cohort)
        .select_related("by")
    }
    lines = [
        RuleLine(rule, [_line(rule, cohort, found, facts, waivers) for found in people.values()])
        for rule in rules
    ]
    return [
        (which, some)
        for which in RuleList
        if (some := [one for one in lines if one.rule.rules == which])
    ]


def _line(
    rule: Rule,
    cohort: Cohort,
    found: tuple[Person, DistrictEngagement | None],
    facts: Mapping[int, Mapping[str, Known]],
    waivers: Mapping[tuple[int, str, str], Waiver],
) -> PersonLine:
    person, district = found
    verdict = judge(rule, facts[person.pk], cohort.version)
    waiver = waivers.get((person.pk, rule.rules, rule.key))
    if waiver is not None and verdict.state != State.MET:
        verdict = Verdict(State.WAIVED, verdict.missing)
    return PersonLine(person, str(district.district) if district else "", verdict, waiver)
