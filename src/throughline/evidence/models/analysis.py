"""A question that people asked of released figures."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from throughline.core.refs import PublicRef
from throughline.people.models import Network, Person
from throughline.releases.models import Release


class AnalysisQuerySet(models.QuerySet["Analysis"]):
    """Analyses."""

    def visible_to(self, person: Person) -> Self:
        """Return those of releases that she may see."""
        return self.filter(
            network_id=person.network_id, release__in=Release.objects.visible_to(person)
        )


class Analysis(models.Model):
    """A measure and a named comparator, asked of one release. Its answer is computed when shown."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="analyses")
    measure = models.CharField(max_length=60)
    comparator = models.CharField(max_length=60)
    question = models.TextField()
    question_sha256 = models.CharField(max_length=64)

    objects = AnalysisQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "question_sha256"], name="a_question_is_kept_once_per_release"
            ),
            models.CheckConstraint(
                name="an_analysis_names_its_comparator", condition=~Q(comparator="")
            ),
        ]
        indexes = [models.Index(fields=["question_sha256"], name="analyses_by_question")]
