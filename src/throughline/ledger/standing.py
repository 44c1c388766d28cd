"""Good standing and completion: rules of the blueprint as sentences, judged over facts.

A rule is a parsed condition, never code that is evaluated. A fact that nobody has recorded is not
known yet: it neither meets a rule nor breaks one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.core.blueprint.conditions import (
    Compare,
    Condition,
    Joined,
    Not,
    Path,
    Present,
    Tree,
    parse_condition,
)
from throughline.ledger.blueprint import LedgerSection
from throughline.ledger.enums import RuleList
from throughline.ledger.naming import label_of
from throughline.programs.models import BlueprintVersion
from throughline.programs.sections import section
from throughline.programs.words import words_of
from throughline.ui.tones import ToneEnum


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody whose standing is asked for, and the district through which she takes part."""

    person_id: int
    engagement_id: int | None


@dataclass(frozen=True, slots=True)
class Known:
    """A fact about one person, and how it is said: with the number it stands on."""

    value: Any
    said: str


@dataclass(frozen=True, slots=True)
class Due:
    """How much of a table of the blueprint was held so far for one person."""

    half_days: int
    sessions: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as people read it, and the condition that is checked."""

    rules: RuleList
    key: str
    sentence: str
    condition: Condition
    is_needed: bool


class State(ToneEnum):
    """How somebody stands to a rule."""

    MET = "met", gettext_lazy("Met"), "ok"
    WAIVED = "waived", gettext_lazy("Waived"), "info"
    UNMET = "unmet", gettext_lazy("Not met"), "warn"
    UNKNOWN = "unknown", gettext_lazy("Not known yet"), ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How somebody stands to a rule, and what is missing where she does not meet it."""

    state: State
    missing: Sequence[str] = ()


def rules_of(version: BlueprintVersion) -> list[Rule]:
    """Return the rules of a version in the reader's language, good standing first."""
    own, words = section(version, "ledger", LedgerSection), words_of(version)
    return [
        Rule(rules, one.key, capfirst(words.fill(str(one.say))), _condition(one.rule), one.needed)
        for rules, some in (
            (RuleList.GOOD_STANDING, own.good_standing),
            (RuleList.COMPLETION, own.completion),
        )
        for one in some
    ]


def _condition(rule: object) -> Condition:
    return rule if isinstance(rule, Condition) else parse_condition(str(rule))


def judge(rule: Rule, facts: Mapping[str, Known], version: BlueprintVersion) -> Verdict:
    """Say how somebody with these facts stands to a rule."""
    values = {path: known.value for path, known in facts.items()}
    held = rule.condition.judge(values)
    if held:
        return Verdict(State.MET)
    missing = dict.fromkeys(
        facts[path].said if path in facts and facts[path].said else unknown_words(path, version)
        for path in _at_fault(rule.condition.tree, values)
    )
    return Verdict(State.UNKNOWN if held is None else State.UNMET, tuple(missing))


def _at_fault(tree: Tree, values: Mapping[str, Any], *, wanted: bool = True) -> Iterator[str]:
    """Yield the facts of those parts that do not come out as they should."""
    match tree:
        case Not(part):
            yield from _at_fault(part, values, wanted=not wanted)
        case Joined(_, parts):
            for part in parts:
                yield from _at_fault(part, values, wanted=wanted)
        case Compare() | Present():
            if Condition("", tree).judge(values) is not wanted:
                yield from Condition("", tree).paths()


def constants(rules: Sequence[Rule]) -> dict[str, list[Any]]:
    """Return each fact that rules ask for with the values that they compare it with, each once."""
    found: dict[str, list[Any]] = {}
    for rule in rules:
        for path, value in _compared(rule.condition.tree):
            values = found.setdefault(path, [])
            if value not in values:
                values.append(value)
    return found


def _compared(tree: Tree) -> Iterator[tuple[str, Any]]:
    match tree:
        case Not(part):
            yield from _compared(part)
        case Joined(_, parts):
            for part in parts:
                yield from _compared(part)
        case Present(_, of):
            if isinstance(of, Path):
                yield of.name, ""
        case Compare(_, Path(name), right):
            yield name, "" if isinstance(right, Path) else right.value
        case Compare(_, left, Path(name)):
            yield name, "" if isinstance(left, Path) else left.value


def fact_words(path: str, version: BlueprintVersion) -> str:
    """Return what a fact is about: "percent of “10 days of convenings” so far"."""
    root, _dot, key = path.partition(".")
    if root in ("share", "delivered"):
        promise = label_of(version, key) or key.replace("-", " ")
        said = _("percent of “%(promise)s” so far")
        if root == "delivered":
            said = _("delivered of “%(promise)s”")
        return said % {"promise": promise}
    if root == "missed":
        return _("how many of “%(series)s” were missed") % {"series": key.replace("-", " ")}
    if root == "form":
        return _("whether the form “%(form)s” was sent") % {"form": key.replace("-", " ")}
    named = {
        "challenge.state": _("where the challenge stands"),
        "challenge.kind": _("the kind of challenge"),
        "team.size": _("how many are in the team"),
        "agreement.state": _("where the agreement of the team stands"),
        "course.required_share": _("percent of what the course requires"),
        "course.weeks_done": _("weeks finished"),
        "course.weeks_left": _("weeks that have not begun"),
        "course.minutes": _("minutes spent on the course"),
        "capstone.state": _("where the final project stands"),
    }
    return named.get(path, path)


def unknown_words(path: str, version: BlueprintVersion) -> str:
    """Return what is said of a fact that is not known."""
    return _("Not known yet: %(fact)s.") % {"fact": fact_words(path, version)}
