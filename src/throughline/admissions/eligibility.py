"""Judge the rules of eligibility: the same ones on the public page, in a draft and at sending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from throughline.admissions.blueprint import AdmissionsSection
from throughline.admissions.enums import RuleOutcome
from throughline.core.blueprint.conditions import parse_condition
from throughline.core.told import Told
from throughline.people.blueprint import PeopleSection
from throughline.people.models import Place
from throughline.programs.models import BlueprintVersion
from throughline.programs.sections import as_written, section
from throughline.programs.spoken import told
from throughline.programs.words import words_of

OUTCOMES = {
    "eligible": RuleOutcome.ELIGIBLE,
    "a person decides": RuleOutcome.PERSON,
    "not eligible": RuleOutcome.NOT_ELIGIBLE,
}
WORST_FIRST = (RuleOutcome.NOT_ELIGIBLE, RuleOutcome.PERSON, RuleOutcome.ELIGIBLE)


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """What one rule says, in the blueprint's words. ``held`` is None while a fact is missing."""

    key: str
    outcome: RuleOutcome
    reason: str
    held: bool | None

    @property
    def short(self) -> str:
        """Return the first word of the answer."""
        if self.held is None:
            return _("Not answered yet.")
        return {
            RuleOutcome.ELIGIBLE: _("Yes."),
            RuleOutcome.PERSON: _("A person decides."),
            RuleOutcome.NOT_ELIGIBLE: _("Not by this rule."),
        }[self.outcome]


def admissions_of(version: BlueprintVersion) -> AdmissionsSection:
    """Return what the blueprint says about admissions."""
    return section(version, "admissions", AdmissionsSection)


def titles_of(version: BlueprintVersion) -> list[tuple[str, str]]:
    """Return key and label of each title that an applicant can choose."""
    return [(one.key, one.label) for one in section(version, "people", PeopleSection).titles]


def kept_title(version: BlueprintVersion, key: str) -> str:
    """Return a title as the file writes it, for what is kept whoever reads."""
    titles = as_written(version, "people", PeopleSection).titles
    return next((one.label for one in titles if one.key == key), key)


def title_named(version: BlueprintVersion, typed: str) -> str:
    """Return the key of a title by its label, key or a synonym; empty when no title fits."""
    wanted = typed.strip().casefold()
    written = as_written(version, "people", PeopleSection).titles
    for one in (*section(version, "people", PeopleSection).titles, *written):
        names = {one.key, one.label, *one.also}
        if wanted in {name.casefold() for name in names}:
            return str(one.key)
    return ""


def title_facts(version: BlueprintVersion, title: str | None) -> dict[str, Any]:
    """Return what a title says about a person; nothing when none was chosen."""
    if not title:
        return {}
    for one in section(version, "people", PeopleSection).titles:
        if one.key == title:
            return {
                "person.title": one.key,
                "person.is_executive": one.executive,
                "person.is_cabinet": one.cabinet,
            }
    return {"person.title": title, "person.is_executive": False, "person.is_cabinet": False}


def place_facts(version: BlueprintVersion, place: Place | None) -> dict[str, Any]:
    """Return what conditions may ask about a district, with the blueprint's own lists.

    Of a place that is in no list nothing is known: a person decides what rules cannot.
    """
    lists = {f"list.{key}": value for key, value in version.parsed.get("lists", {}).items()}
    if place is None or not place.is_listed:
        return lists
    return {**lists, "district.state": place.jurisdiction}


def judge_rules(version: BlueprintVersion, facts: Mapping[str, Any]) -> list[RuleAnswer]:
    """Return the answer of each rule, in the blueprint's order."""
    words = words_of(version)
    answers = []
    for rule in admissions_of(version).eligibility:
        held = parse_condition(str(rule.rule)).judge(facts)
        if held:
            outcome, reason = RuleOutcome.ELIGIBLE, rule.passes
        else:
            said = rule.unknown if held is None else rule.otherwise
            outcome, reason = OUTCOMES[str(said)], rule.fails
        answers.append(RuleAnswer(rule.key, outcome, words.fill(str(reason)), held))
    return answers


def reason_of(version: BlueprintVersion, key: str, is_met: bool) -> str:
    """Return what a rule says when it is met, or not; nothing when there is no such rule."""
    words = words_of(version)
    found = (one for one in admissions_of(version).eligibility if one.key == key)
    return next((words.fill(one.passes if is_met else one.fails) for one in found), "")


def told_reason(version: BlueprintVersion, key: str, stored: str) -> Told:
    """Return what a rule said, in the reader's language."""
    met = told(version, stored, reason_of, key, True)
    return met if met.language else told(version, stored, reason_of, key, False)


def worst(answers: Sequence[RuleAnswer]) -> RuleOutcome:
    """Return the result of an application: the worst of its rules."""
    found = {answer.outcome for answer in answers}
    return next((one for one in WORST_FIRST if one in found), RuleOutcome.ELIGIBLE)
