"""Keep the sums of an application's reviews beside it: touch, then count."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Max, Min, Sum

from throughline.admissions.models import Application, Review, Score


def tally(application: Application) -> None:
    """Recompute the sums from the rows. Call inside the action that changed a review.

    Two statements on purpose: the first takes the row's lock, the second reads what is committed
    by then. Counting in the statement that locks loses one of two reviews on PostgreSQL.
    """
    same = Application.objects.filter(pk=application.pk)
    same.update(review_count=F("review_count"))
    reviews = Review.objects.counted().filter(assignment__application=application)
    points = list(reviews.values_list("points", flat=True))
    sums = [one for one in points if one is not None]
    same.update(
        review_count=len(sums),
        points_sum=sum(sums),
        points_min=min(sums, default=None),
        points_max=max(sums, default=None),
        levels_apart=levels_apart(reviews),
    )
    application.refresh_from_db()


def levels_apart(reviews: Iterable[Review]) -> int:
    """Return how far the readers are apart on the criterion where they differ most."""
    by_criterion = (
        Score.objects.filter(review__in=reviews)
        .order_by()
        .values("criterion")
        .annotate(apart=Max("level__points") - Min("level__points"))
    )
    return max((row["apart"] or 0 for row in by_criterion), default=0)


def points_of(review: Review) -> int:
    """Return the weighted sum of the levels that a reader chose."""
    weighted = Score.objects.filter(review=review).aggregate(
        total=Sum(F("level__points") * F("criterion__weight"))
    )
    return int(weighted["total"] or 0)
