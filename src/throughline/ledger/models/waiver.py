"""A rule that was set aside for one person."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from throughline.core.refs import PublicRef
from throughline.ledger.enums import RuleList
from throughline.people.models import Network, Person
from throughline.programs.models import Cohort


class WaiverQuerySet(models.QuerySet["Waiver"]):
    """Waivers."""

    def visible_to(self, person: Person) -> Self:
        """Return her own, and those of cohorts that she staffs."""
        staffed = Cohort.objects.staffed_by(person)
        return self.filter(network_id=person.network_id).filter(
            Q(person__in=person.ids) | Q(cohort__in=staffed.values("pk"))
        )

    def live(self) -> Self:
        """Return waivers that nobody took back."""
        return self.filter(ended_at__isnull=True)


class Waiver(models.Model):
    """One rule of good standing or completion does not bind one person, with a reason.

    ``sentence`` is the rule as it read then: a later version may say it otherwise.
    """

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="waivers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="waivers")
    rules = models.CharField(max_length=20, choices=RuleList)
    rule = models.SlugField(max_length=60)
    sentence = models.CharField(max_length=500)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = WaiverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "person", "rules", "rule"],
                condition=Q(ended_at__isnull=True),
                name="a_rule_is_waived_once_for_a_person",
            ),
            models.CheckConstraint(name="a_waiver_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="a_waiver_names_a_list_of_rules", condition=Q(rules__in=RuleList.values)
            ),
        ]
        ordering = ["at", "pk"]
