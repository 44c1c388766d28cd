"""One run of a program, its seats and its calendar."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from throughline.core.refs import PublicRef
from throughline.people.models import Network, Person, Scope, ScopePath
from throughline.programs.enums import (
    PUBLIC_COHORT_STATES,
    CohortState,
    HolderKind,
    ItemKind,
)
from throughline.programs.models.program import Program
from throughline.programs.models.version import BlueprintVersion


def lies_above(scopes: models.QuerySet[Scope], field: str = "scope") -> Exists:
    """Return the condition that the row's scope is, or lies above, one of ``scopes``."""
    return Exists(ScopePath.objects.filter(ancestor=OuterRef(field), descendant__in=scopes))


class CohortQuerySet(models.QuerySet["Cohort"]):
    """Cohorts, as visitors, participants and staff see them."""

    def visible_to(self, person: Person | None) -> Self:
        """Return cohorts that are public; and to a person also those that she is in or staffs."""
        public = Q(state__in=PUBLIC_COHORT_STATES)
        if person is None:
            return self.filter(public)
        return self.filter(network_id=person.network_id).filter(
            public | Q(lies_above(person.scopes())) | Q(scope__in=person.staffed_scopes())
        )

    def staffed_by(self, person: Person) -> Self:
        """Return cohorts that this person administers."""
        return self.filter(network_id=person.network_id, scope__in=person.staffed_scopes())

    def joined_by(self, person: Person) -> Self:
        """Return cohorts in which this person holds a live role at or below the cohort."""
        return self.filter(lies_above(person.joined_scopes()), network_id=person.network_id)


class Cohort(models.Model):
    """One run of a program, bound to one version of its blueprint."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    scope = models.OneToOneField(Scope, on_delete=models.PROTECT, related_name="cohort")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="cohorts")
    version = models.ForeignKey(BlueprintVersion, on_delete=models.PROTECT, related_name="cohorts")
    key = models.SlugField(max_length=60)
    label = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    zone = models.CharField(max_length=60)
    state = models.CharField(max_length=20, choices=CohortState, default=CohortState.PLANNED)
    revision = models.PositiveIntegerField(default=0)

    objects = CohortQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "key"], name="a_cohort_key_is_used_once"),
            models.CheckConstraint(
                name="a_cohort_ends_after_it_starts", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="a_cohort_state_is_known", condition=Q(state__in=CohortState.values)
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def months(self) -> int:
        """How many months the cohort lasts."""
        return months_between(self.starts_on, self.ends_on) + 1

    def month_on(self, day: date) -> int:
        """Return which month of the cohort ``day`` lies in: 1 is the first, 0 before it begins."""
        if day < self.starts_on:
            return 0
        return min(months_between(self.starts_on, day) + 1, self.months)

    def share_elapsed(self, day: date) -> tuple[int, int]:
        """Return days gone and days in all, both at least 0, so that pages can mark an even pace."""
        total = (self.ends_on - self.starts_on).days + 1
        return min(max((day - self.starts_on).days, 0), total), total


def months_between(first: date, later: date) -> int:
    """Return how many whole months lie between two days."""
    months = (later.year - first.year) * 12 + later.month - first.month
    return months - (1 if later.day < first.day else 0)


class Phase(models.Model):
    """A named stretch of a cohort's time. Reached through its cohort."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="phases")
    key = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    from_on = models.DateField()
    to_on = models.DateField()
    capabilities = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "key"], name="a_phase_key_is_used_once"),
            models.CheckConstraint(
                name="a_phase_ends_after_it_starts", condition=Q(to_on__gte=F("from_on"))
            ),
        ]
        ordering = ["from_on", "pk"]


class CalendarItem(models.Model):
    """A date that the blueprint gives a cohort. Reached through its cohort.

    ``computed_on`` follows the start; ``pinned_on`` is a day that a person chose instead.
    ``series`` is the key of the series it belongs to, ``number`` its place in it.
    """

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="calendar")
    key = models.CharField(max_length=120)
    series = models.CharField(max_length=100, blank=True)
    number = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=ItemKind)
    title = models.CharField(max_length=300)
    rule = models.CharField(max_length=200, blank=True)
    computed_on = models.DateField()
    ends_on = models.DateField()
    pinned_on = models.DateField(null=True, blank=True)
    happened = models.BooleanField(default=False)
    zone = models.CharField(max_length=60)
    starts_local = models.TimeField(null=True, blank=True)
    half_days = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    moved_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "key"], name="a_calendar_key_is_used_once"),
            models.CheckConstraint(
                name="a_calendar_item_ends_after_it_starts",
                condition=Q(ends_on__gte=F("computed_on")),
            ),
        ]
        indexes = [models.Index(fields=["cohort", "computed_on"], name="calendar_of_a_cohort")]
        ordering = ["computed_on", "pk"]

    @property
    def on(self) -> date:
        """The day that counts: the pinned one, else the computed one."""
        return self.pinned_on or self.computed_on


class OnboardingItem(models.Model):
    """A thing that each newcomer does at the start. Reached through its cohort."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="onboarding")
    key = models.SlugField(max_length=60)
    words = models.CharField(max_length=300)
    holder_kind = models.CharField(max_length=20, choices=HolderKind, default=HolderKind.PERSON)
    due_on = models.DateField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=5)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "key"], name="an_onboarding_key_is_used_once"
            ),
        ]
        ordering = ["due_on", "pk"]


class OnboardingDone(models.Model):
    """A newcomer, or a district, has done a thing or was excused. Reached through its item."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    item = models.ForeignKey(OnboardingItem, on_delete=models.CASCADE, related_name="done")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, null=True, blank=True)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="onboarding_done"
    )
    done_at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    waived_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_onboarding_step_has_one_holder",
                condition=Q(scope__isnull=True, person__isnull=False)
                | Q(scope__isnull=False, person__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["item", "scope"],
                condition=Q(scope__isnull=False),
                name="a_district_does_an_onboarding_step_once",
            ),
            models.UniqueConstraint(
                fields=["item", "person"],
                condition=Q(person__isnull=False),
                name="a_person_does_an_onboarding_step_once",
            ),
        ]
