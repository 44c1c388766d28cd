"""One table, decided, and what it shows."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from throughline.core.refs import PublicRef
from throughline.people.enums import Role
from throughline.people.models import Network, Person
from throughline.releases.enums import Audience, Kind, Reason, ReleaseState, Shown
from throughline.releases.models.book import ReleaseBook, ReleasePlan
from throughline.releases.models.cells import BaseCells


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Releases."""

    def visible_to(self, person: Person) -> Self:
        """Return what her audiences know: everything for the network or everyone; host staff their own.

        Books of a district, team or cohort are read by people of their population's scope, those of
        a funder by who funds it.
        """
        of_host = [Audience.HOST, Audience.COHORT, Audience.FUNDER]
        inside = Q(book__population__scope__in=person.scopes())
        funded = Q(book__population__scope__in=person.scopes_as(Role.FUNDER))
        staffed = Q(book__population__scope__in=person.staffed_scopes())
        narrow = [Audience.DISTRICT, Audience.TEAM, Audience.COHORT]
        return self.filter(network_id=person.network_id).filter(
            Q(book__audience__in=[Audience.NETWORK, Audience.PUBLIC])
            | (Q(book__audience__in=narrow) & inside)
            | (Q(book__audience=Audience.FUNDER) & funded)
            | (Q(book__audience__in=of_host) & staffed)
        )

    def released(self) -> Self:
        return self.filter(state=ReleaseState.RELEASED)


class Release(models.Model):
    """One table of figures, decided once: released, or refused with a reason."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    plan = models.ForeignKey(ReleasePlan, on_delete=models.PROTECT, related_name="releases")
    book = models.ForeignKey(ReleaseBook, on_delete=models.PROTECT, related_name="releases")
    cells = models.ForeignKey(BaseCells, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    question = models.TextField()
    question_sha256 = models.CharField(max_length=64)
    policy_sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=ReleaseState)
    audit = models.JSONField(null=True)
    reasons_may_show = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)
    released_at = models.DateTimeField(null=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["book", "number"], name="a_release_number_is_used_once_per_book"
            ),
            models.UniqueConstraint(
                fields=["question_sha256", "cells", "book", "policy_sha256"],
                name="one_release_per_question_cells_book_and_policy",
            ),
            models.CheckConstraint(
                name="a_released_table_says_when",
                condition=Q(state=ReleaseState.REFUSED) | Q(released_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_counted_release_has_an_audit",
                condition=~Q(kind=Kind.COUNTED) | Q(audit__isnull=False),
            ),
            models.CheckConstraint(
                name="state_of_a_release_is_known", condition=Q(state__in=ReleaseState.values)
            ),
        ]
        indexes = [models.Index(fields=["book", "question_sha256"], name="releases_by_question")]


class ReleaseEntry(models.Model):
    """What one cell of a release shows. Only added to; reached through its release.

    ``low`` and ``high`` are percent for a published rate, as the printed text allows.
    """

    append_only = True

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="entries")
    cell = models.CharField(max_length=80)
    n = models.PositiveIntegerField(null=True)
    events = models.PositiveIntegerField(null=True)
    low = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    high = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    printed = models.CharField(max_length=20, blank=True)
    shown = models.CharField(max_length=10, choices=Shown)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "cell"], name="a_cell_is_released_once"),
            models.CheckConstraint(
                name="a_hidden_cell_holds_no_number",
                condition=~Q(shown=Shown.HIDDEN)
                | Q(n__isnull=True, events__isnull=True, low__isnull=True, high__isnull=True),
            ),
            models.CheckConstraint(
                name="events_are_not_more_than_people",
                condition=Q(events__isnull=True) | Q(n__isnull=True) | Q(events__lte=F("n")),
            ),
            models.CheckConstraint(
                name="a_published_cell_has_what_was_printed",
                condition=~Q(reason=Reason.PUBLISHED_SO) | ~Q(printed=""),
            ),
            models.CheckConstraint(
                name="what_an_entry_shows_is_known", condition=Q(shown__in=Shown.values)
            ),
            models.CheckConstraint(
                name="a_range_runs_upwards",
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")),
            ),
        ]
