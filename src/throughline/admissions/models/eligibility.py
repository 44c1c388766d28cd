"""What the rules of eligibility answered, and what a person decided."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from throughline.admissions.eligibility import told_reason
from throughline.admissions.enums import CaseState, RuleOutcome
from throughline.admissions.models.application import Application
from throughline.core.refs import PublicRef
from throughline.core.told import Told
from throughline.people.models import Network, Person
from throughline.programs.models import BlueprintVersion


class EligibilityResult(models.Model):
    """What one rule said about an application when it came in. Reached through the application."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="results")
    rule = models.CharField(max_length=60)
    outcome = models.CharField(max_length=20, choices=RuleOutcome)
    reason = models.TextField()
    facts = models.JSONField(default=dict)
    version = models.ForeignKey(BlueprintVersion, on_delete=models.PROTECT, related_name="+")
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "rule"], name="a_rule_answers_once"),
            models.CheckConstraint(
                name="the_outcome_of_a_rule_is_known", condition=Q(outcome__in=RuleOutcome.values)
            ),
        ]
        ordering = ["pk"]

    @property
    def said(self) -> Told:
        """What the rule said, in the reader's language."""
        return told_reason(self.version, self.rule, self.reason)


class CaseQuerySet(models.QuerySet["ExceptionCase"]):
    """Cases that a person decides."""

    def visible_to(self, person: Person) -> Self:
        """Return cases of applications that this person administers."""
        return self.filter(application__in=Application.objects.staffed_by(person).values("pk"))

    def open(self) -> Self:
        return self.filter(state=CaseState.OPEN)


class ExceptionCase(models.Model):
    """A rule that a person decides for one application, and what she wrote down."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="cases")
    rule = models.CharField(max_length=60)
    asked_because = models.TextField()
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=CaseState, default=CaseState.OPEN)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_because = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "rule"],
                condition=Q(state="open"),
                name="one_open_case_per_rule",
            ),
            models.CheckConstraint(
                name="a_decided_case_says_who_and_why",
                condition=Q(state="open")
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_because="")),
            ),
            models.CheckConstraint(
                name="the_state_of_a_case_is_known", condition=Q(state__in=CaseState.values)
            ),
        ]
        indexes = [models.Index(fields=["application", "state"], name="cases_of_an_application")]
        ordering = ["pk"]
