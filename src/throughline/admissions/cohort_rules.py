"""Rules that a list of seats keeps: one seat per district, and the blueprint's own over districts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from throughline.admissions.blueprint import Balance
from throughline.admissions.eligibility import admissions_of
from throughline.admissions.models import Application
from throughline.core.blueprint.conditions import parse_condition
from throughline.engines.matching import Rule, holds
from throughline.programs.models import BlueprintVersion
from throughline.programs.words import words_of

ONE_PER_DISTRICT = "district"


@dataclass(frozen=True, slots=True)
class CohortRule:
    """A rule or an aim in words. ``rule`` is nothing where it names no number or nothing is known.

    What is required binds the proposal; what is preferred is shown beside it.
    """

    key: str
    words: str
    bounds: str = ""
    rule: Rule | None = None
    is_required: bool = False

    def holds(self, seats: Collection[str]) -> bool:
        """Whether these references keep it; what names no number is always kept."""
        if self.rule is None:
            return True
        return holds(self.rule, seats)


def cohort_rules(
    version: BlueprintVersion,
    applications: Sequence[Application],
    facts: Mapping[str, Mapping[str, Any]],
) -> list[CohortRule]:
    """Return the rules of a cohort over these applications, the blueprint's in its order."""
    words = words_of(version)
    rules = [
        _of_balance(f"balance.{place}", one, words.fill(str(one.aim)), facts)
        for place, one in enumerate(admissions_of(version).selection.balance)
    ]
    return [*rules, _one_per_district(applications)]


def required(rules: Sequence[CohortRule]) -> tuple[Rule, ...]:
    """Return what binds a proposal."""
    return tuple(one.rule for one in rules if one.rule is not None and one.is_required)


def _one_per_district(applications: Sequence[Application]) -> CohortRule:
    groups: dict[int, set[str]] = defaultdict(set)
    for one in applications:
        groups[one.engagement.district_id].add(one.ref)
    rule = Rule(ONE_PER_DISTRICT, tuple(map(frozenset, groups.values())), most=1)
    return CohortRule(rule.key, _("One seat per district"), rule=rule, is_required=True)


def _of_balance(
    key: str, balance: Balance, aim: str, facts: Mapping[str, Mapping[str, Any]]
) -> CohortRule:
    condition = parse_condition(str(balance.fact))
    is_bare = condition.paths() == (str(condition),)
    groups = (
        _by_value(str(condition), facts)
        if is_bare
        else [frozenset(ref for ref, known in facts.items() if condition.judge(known))]
    )
    is_known = any(condition.judge(known) is not None for known in facts.values()) or any(groups)
    has_number = balance.min is not None or balance.max is not None
    rule = None
    if has_number and is_known and balance.strength != "show":
        rule = Rule(key, tuple(groups), least=balance.min, most=balance.max)
    return CohortRule(
        key, aim[:1].upper() + aim[1:], _bounds(balance, of_each=is_bare), rule,
        is_required=balance.strength == "require",
    )  # fmt: skip


def _by_value(path: str, facts: Mapping[str, Mapping[str, Any]]) -> list[frozenset[str]]:
    """Group applications by a fact that is named alone: "at most 2" then means of each value."""
    groups: dict[str, set[str]] = defaultdict(set)
    for ref, known in facts.items():
        if (value := known.get(path)) is not None:
            groups[str(value)].add(ref)
    return [frozenset(groups[value]) for value in sorted(groups)]


def _bounds(balance: Balance, *, of_each: bool) -> str:
    numbers = {"least": balance.min, "most": balance.max}
    if balance.min is not None and balance.max is not None:
        said = _("%(least)d to %(most)d") % numbers
    elif balance.min is not None:
        said = _("at least %(least)d") % numbers
    elif balance.max is not None:
        said = _("at most %(most)d") % numbers
    else:
        return ""
    return _("%(number)s of each") % {"number": said} if of_each else said
