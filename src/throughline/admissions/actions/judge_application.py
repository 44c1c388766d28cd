"""Judge an application by the rules, and open a case wherever a person decides."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from throughline.admissions.dossier import Dossier
from throughline.admissions.eligibility import RuleAnswer, admissions_of, judge_rules
from throughline.admissions.enums import CaseState, RuleOutcome
from throughline.admissions.models import Application, EligibilityResult, ExceptionCase
from throughline.audit import trail
from throughline.programs.sections import in_own_language

ASKED_ABOUT = {"person.": "title", "district.": "district."}
"""Which word the condition of a question contains when the question asks why a rule is not met."""


@transaction.atomic
def judge_application(
    application: Application, dossier: Dossier, *, now: datetime
) -> list[EligibilityResult]:
    """Keep what each rule answered; a rule that a person decides opens one case.

    Judging again replaces the answers. A case that somebody decided stays decided.
    """
    results = []
    with in_own_language(dossier.version):
        answers = judge_rules(dossier.version, dossier.facts)
    for answer in answers:
        result, _ = EligibilityResult.objects.update_or_create(
            network_id=application.network_id,
            application=application,
            rule=answer.key,
            defaults={
                "outcome": answer.outcome,
                "reason": answer.reason,
                "facts": _plain(dossier.facts),
                "version": dossier.version,
                "computed_at": now,
            },
        )
        results.append(result)
        if answer.outcome != RuleOutcome.ELIGIBLE:
            _open_case(application, answer, dossier, now)
    met = [one.rule for one in results if one.outcome == RuleOutcome.ELIGIBLE]
    application.cases.filter(state=CaseState.OPEN, rule__in=met).delete()
    trail.record(None, "judged", application, now=now)
    return results


def _open_case(
    application: Application, answer: RuleAnswer, dossier: Dossier, now: datetime
) -> None:
    known = application.cases.filter(rule=answer.key)
    if known.filter(state=CaseState.GRANTED).exists():
        return
    ExceptionCase.objects.update_or_create(
        network_id=application.network_id,
        application=application,
        rule=answer.key,
        state=CaseState.OPEN,
        defaults={"asked_because": _own_words(answer, dossier) or answer.reason},
        create_defaults={
            "asked_because": _own_words(answer, dossier) or answer.reason,
            "asked_at": now,
        },
    )


def _own_words(answer: RuleAnswer, dossier: Dossier) -> str:
    """Return what the applicant wrote where she was asked about this rule."""
    rules = {rule.key: str(rule.rule) for rule in admissions_of(dossier.version).eligibility}
    words = {word for facts, word in ASKED_ABOUT.items() if facts in rules[answer.key]}
    said = [
        str(dossier.given[one.key])
        for one in dossier.shown
        if dossier.given.get(one.key) and any(word in one.wording.condition for word in words)
    ]
    return "\n\n".join(said)


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Leave out the blueprint's own lists: the version says them."""
    return {key: value for key, value in facts.items() if not key.startswith("list.")}
