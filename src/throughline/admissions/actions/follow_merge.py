"""Compute ties again when two records turn out to be one human, or two after all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from throughline.admissions.actions.keep_ties import ties_of_person_changed
from throughline.admissions.actions.tally import tally
from throughline.admissions.enums import AssignmentState
from throughline.admissions.models import Conflict, ReviewAssignment
from throughline.audit import trail
from throughline.people.models import Person, PersonMerge

READING = "admissions.reviewassignment"


@transaction.atomic
def ties_of_merged(merge: PersonMerge, now: datetime) -> Sequence[str]:
    """Put ties in force that show now, and let one human read an application once.

    Returns the reading that this takes away.
    """
    person = Person.objects.get(pk=merge.kept_id)
    reads = ReviewAssignment.objects.filter(
        reviewer__in=person.same_ids, state=AssignmentState.PUBLISHED
    )
    before = set(reads.values_list("pk", flat=True))
    ties_of_person_changed(person, now)
    _read_once(reads, now)
    lost = sorted(before - set(reads.values_list("pk", flat=True)))
    return [f"{READING}:{pk}" for pk in lost]


def _read_once(reads: QuerySet[ReviewAssignment], now: datetime) -> None:
    """Keep one reading of each application in a phase: that which is sent, else the first."""
    kept: set[tuple[int, int]] = set()
    sent_first = reads.select_related("application").order_by(
        F("review__submitted_at").asc(nulls_last=True), "pk"
    )
    for one in list(sent_first):
        reading = (one.phase_id, one.application_id)
        if reading in kept:
            ReviewAssignment.objects.filter(pk=one.pk).update(state=AssignmentState.WITHDRAWN)
            tally(one.application)
            trail.record(None, "took second reading", one.application, now=now)
        kept.add(reading)


@transaction.atomic
def give_reading_back(merge: PersonMerge, now: datetime) -> None:
    """Lift ties that showed by the merge alone; give back the reading that they took away."""
    for person in Person.objects.filter(pk__in=[merge.kept_id, merge.absorbed_id]):
        ties_of_person_changed(person, now)
    tied = Conflict.objects.in_force().filter(
        application=OuterRef("application"), reviewer=OuterRef("reviewer")
    )
    taken = ReviewAssignment.objects.filter(
        ~Exists(tied),
        pk__in=[int(key.rpartition(":")[2]) for key in merge.took if key.startswith(READING)],
        state=AssignmentState.WITHDRAWN,
    )
    for assignment in taken.select_related("application"):
        ReviewAssignment.objects.filter(pk=assignment.pk).update(state=AssignmentState.PUBLISHED)
        tally(assignment.application)
        trail.record(None, "gave reading back", assignment.application, now=now)
