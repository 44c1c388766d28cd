"""Keep ties: one in force closes the district to a person and takes her reading away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.admissions.actions.tally import tally
from throughline.admissions.enums import (
    AssignmentState,
    CallState,
    ConflictState,
    Found,
    TieGround,
)
from throughline.admissions.models import Application, Call, Conflict, ReviewAssignment
from throughline.admissions.rules import can_dismiss
from throughline.admissions.ties import find_ties, judges_of
from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.people.actions import exclude, lift_exclusion
from throughline.people.enums import Ground
from throughline.people.models import Person


@transaction.atomic
def keep_tie(
    application: Application,
    person: Person,
    *,
    ground: str,
    found: str,
    reason: str,
    by: Person | None,
    now: datetime,
) -> Conflict:
    """Put a tie in force; again returns it. One that was set aside stays set aside."""
    known = Conflict.objects.filter(application=application, reviewer=person, ground=ground).first()
    if known is not None and (known.state == ConflictState.IN_FORCE or found == Found.COMPUTED):
        return known
    source = f"admissions.conflict:{application.ref}:{ground}"
    exclusion = exclude(person, application.scope, Ground.CONFLICT, source=source, by=by, now=now)
    conflict, _made = Conflict.objects.update_or_create(
        network_id=application.network_id,
        application=application,
        reviewer=person,
        ground=ground,
        defaults={
            "found": found, "state": ConflictState.IN_FORCE, "reason": reason[:300], "at": now,
            "exclusion": exclusion, "dismissed_by": None, "dismissed_because": "",
        },
    )  # fmt: skip
    _take_reading_away(application, person)
    trail.record(by, "declared tie", conflict, now=now, scope=application.scope_id)
    return conflict


@transaction.atomic
def compute_ties(call: Call, *, now: datetime, people: list[int] | None = None) -> int:
    """Find the ties of everybody who reads or decides, and put the new ones in force.

    Computed ties that no longer hold are lifted. Returns how many are new.
    """
    judges = judges_of(call) if people is None else people
    phase = call.phases.first()
    years = phase.conflict_years if phase else 4
    ties = find_ties(call, judges, years=years, today=now.date())
    held = {(tie.application_id, tie.person_id) for tie in ties}
    known = {
        (conflict.application_id, conflict.reviewer_id): conflict
        for conflict in Conflict.objects.filter(
            application__call=call, reviewer__in=judges, found=Found.COMPUTED
        ).select_related("exclusion")
    }
    fresh = [tie for tie in ties if (tie.application_id, tie.person_id) not in known]
    applications = Application.objects.select_related("scope").in_bulk(
        {tie.application_id for tie in fresh}
    )
    persons = Person.objects.in_bulk({tie.person_id for tie in fresh})
    for tie in fresh:
        keep_tie(
            applications[tie.application_id],
            persons[tie.person_id],
            ground=TieGround.DISTRICT,
            found=Found.COMPUTED,
            reason=_("Works or worked at %(district)s.") % {"district": tie.reason},
            by=None,
            now=now,
        )
    for pair, conflict in known.items():
        if pair not in held:
            _lift(conflict, now)
    return len(fresh)


def ties_of_person_changed(person: Person, now: datetime) -> None:
    """Compute somebody's ties again where she reads or decides (hears ``people.AFFILIATION_CHANGED``)."""
    calls = Call.objects.filter(network_id=person.network_id).exclude(state=CallState.RELEASED)
    for call in calls.select_related("cohort"):
        mine = sorted(person.same_ids & set(judges_of(call)))
        if mine:
            compute_ties(call, now=now, people=mine)


@transaction.atomic
def dismiss_tie(conflict: Conflict, *, because: str, by: Person, now: datetime) -> Conflict:
    """Set a tie aside, with a reason; the district is open to the person again.

    Raises
    ------
    NotAllowed
        It is her own tie, or ``by`` is not on the staff.
    BadInput
        The reason is missing.
    WrongState
        It was set aside a moment ago.
    """
    if not because.strip():
        raise BadInput(_("Write down why, in a sentence."), field="because")
    if not (decision := can_dismiss(by, conflict)):
        refused = WrongState if conflict.state == ConflictState.DISMISSED else NotAllowed
        raise refused(decision.reason)
    moved = Conflict.objects.filter(pk=conflict.pk, state=ConflictState.IN_FORCE).update(
        state=ConflictState.DISMISSED, dismissed_by=by, dismissed_because=because.strip()[:300]
    )
    if not moved:
        raise WrongState(_("This tie has been set aside."))
    if conflict.exclusion is not None:
        lift_exclusion(conflict.exclusion, by=by, now=now)
    conflict.refresh_from_db()
    trail.record(
        by, "dismissed tie", conflict, now=now, scope=conflict.application.scope_id, reason=because
    )
    return conflict


def _lift(conflict: Conflict, now: datetime) -> None:
    if conflict.exclusion is not None:
        lift_exclusion(conflict.exclusion, by=None, now=now)
    trail.record(None, "lifted tie", conflict, now=now, scope=conflict.application.scope_id)
    conflict.delete()


def _take_reading_away(application: Application, person: Person) -> None:
    taken = ReviewAssignment.objects.filter(
        application=application, reviewer__in=person.same_ids, state=AssignmentState.PUBLISHED
    ).update(state=AssignmentState.WITHDRAWN)
    if taken:
        tally(application)
