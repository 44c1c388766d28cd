"""Save and send a review."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.admissions.actions.tally import points_of, tally
from throughline.admissions.enums import (
    OPEN_REVIEWS,
    REVIEW_MAY_BECOME,
    ReviewState,
)
from throughline.admissions.models import Review, Score
from throughline.admissions.rules import can_review
from throughline.audit import once as sent_once
from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.states import states_before
from throughline.forms.models import Criterion, Level
from throughline.people.models import Person


@transaction.atomic
def save_review(
    review: Review, *, levels: Mapping[str, int], comment: str, by: Person, now: datetime
) -> Review:
    """Keep what a reader chose so far. ``levels`` are points by key of their criterion.

    Raises
    ------
    NotAllowed
        She may not score it, or has not said whether she has a tie.
    BadInput
        A level is none of the rubric.
    WrongState
        The review is in.
    """
    if not (decision := can_review(by, review)):
        raise (WrongState if review.is_in else NotAllowed)(decision.reason)
    moved = Review.objects.filter(pk=review.pk, state__in=OPEN_REVIEWS).update(
        comment=comment.strip(), saved_at=now
    )
    if not moved:
        raise WrongState(_("Your review is in."))
    for criterion, level in _chosen(review, levels):
        Score.objects.update_or_create(
            network_id=review.network_id,
            review=review,
            criterion=criterion,
            defaults={"level": level},
        )
    review.refresh_from_db()
    return review


@transaction.atomic
def submit_review(
    review: Review,
    *,
    levels: Mapping[str, int],
    comment: str,
    by: Person,
    now: datetime,
    once: UUID | str | None = None,
) -> Review:
    """Hand in a complete review. The same ``once`` again returns the first result.

    Raises
    ------
    NotAllowed
        She may not score it, or has not said whether she has a tie.
    BadInput
        A criterion has no level, or an extreme has no comment.
    WrongState
        The review is in already.
    """
    sent = sent_once.claim(review.network_id, once, by.pk, "review", now)
    if sent.result:
        review.refresh_from_db()
        return review
    save_review(review, levels=levels, comment=comment, by=by, now=now)
    _check(review)
    moved = Review.objects.filter(
        pk=review.pk, state__in=states_before(REVIEW_MAY_BECOME, ReviewState.SUBMITTED)
    ).update(state=ReviewState.SUBMITTED, submitted_at=now, points=points_of(review))
    if not moved:
        raise WrongState(_("Your review is in."))
    review.refresh_from_db()
    tally(review.assignment.application)
    trail.record(by, "reviewed", review, now=now, scope=review.assignment.application.scope_id)
    sent.keep(review.ref)
    return review


def _chosen(review: Review, levels: Mapping[str, int]) -> list[tuple[Criterion, Level]]:
    criteria = {one.key: one for one in review.assignment.phase.rubric.criteria.all()}
    known = Level.objects.filter(criterion__in=criteria.values())
    steps = {(level.criterion_id, level.points): level for level in known}
    chosen = []
    for key, points in levels.items():
        criterion = criteria.get(key)
        level = steps.get((criterion.pk, points)) if criterion else None
        if criterion is None or level is None:
            raise BadInput(_("Choose one of the levels."), field=key)
        chosen.append((criterion, level))
    return chosen


def _check(review: Review) -> None:
    phase = review.assignment.phase
    scores = {
        score.criterion_id: score.level.points
        for score in review.scores.select_related("level").order_by("pk")
    }
    criteria = list(phase.rubric.criteria.prefetch_related("levels"))
    lacking = [one for one in criteria if one.pk not in scores]
    if lacking:
        raise BadInput(
            ngettext(
                "One criterion has no level yet: %(first)s.",
                "%(count)d criteria have no level yet. The first is %(first)s.",
                len(lacking),
            )
            % {"count": len(lacking), "first": lacking[0].label},
            field=lacking[0].key,
        )
    if phase.comment_at_extremes and not review.comment:
        for one in criteria:
            steps = [level.points for level in one.levels.all()]
            if scores[one.pk] in {min(steps), max(steps)}:
                raise BadInput(
                    _("Say why in a sentence: you chose a %(points)d for %(criterion)s.")
                    % {"points": scores[one.pk], "criterion": one.label},
                    field="comment",
                )
