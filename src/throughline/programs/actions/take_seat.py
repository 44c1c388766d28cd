"""Take a place in a cohort, and give it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.numbers import following
from throughline.people.models import Person
from throughline.programs.blueprint import ProgramSection
from throughline.programs.models import Cohort, CohortSeat, DistrictEngagement
from throughline.programs.rules import can_staff, can_take_seat
from throughline.programs.sections import section

FREE = Q(engagement__isnull=True, person__isnull=True)


@transaction.atomic
def take_seat(
    cohort: Cohort,
    *,
    engagement: DistrictEngagement | None = None,
    person: Person | None = None,
    by: Person | None,
    now: datetime,
    extra_reason: str = "",
) -> CohortSeat:
    """Give a district, or a person without one, a place; again returns the one it has.

    Beyond the last place staff may add one, with a reason, if the blueprint lets them.

    Raises
    ------
    NotAllowed
        ``by`` may not seat this holder, or not beyond the last place.
    WrongState
        All places are taken.
    BadInput
        Not exactly one holder is named, or it belongs to another cohort.
    """
    _check_holder(cohort, engagement, person)
    if not (decision := can_take_seat(by, cohort, engagement)):
        raise NotAllowed(decision.reason)
    # Touch, then count: the cohort's row is the lock, so the count below is the latest on
    # PostgreSQL too, and an extra place is only added when all others are really taken.
    Cohort.objects.filter(pk=cohort.pk).update(revision=F("revision") + 1)
    seats = CohortSeat.objects.filter(cohort=cohort)
    held = seats.filter(engagement=engagement, person=person).first()
    if held is not None:
        return held
    seat = _free_seat(cohort) or _extra_seat(cohort, by=by, reason=extra_reason.strip())
    taken = seats.filter(FREE, pk=seat.pk).update(engagement=engagement, person=person)
    if not taken:
        raise WrongState(_("Somebody took this place a moment ago. Try again."))
    seat.refresh_from_db()
    verb = "gave extra seat" if seat.is_extra else "seated"
    trail.record(
        by, verb, seat, now=now, scope=cohort.scope_id, fields=["holder"], reason=extra_reason
    )
    return seat


@transaction.atomic
def free_seat(seat: CohortSeat, *, by: Person | None, now: datetime, reason: str = "") -> None:
    """Empty a place; an extra one goes away with its holder. Again changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` is neither on the staff nor the leader of the district that holds it.
    """
    holder = seat.engagement
    may = can_take_seat(by, seat.cohort, holder) if holder else can_staff(by, seat.cohort)
    if not may:
        raise NotAllowed(may.reason)
    Cohort.objects.filter(pk=seat.cohort_id).update(revision=F("revision") + 1)
    number = seat.pk
    same = CohortSeat.objects.filter(
        pk=seat.pk, engagement=seat.engagement_id, person=seat.person_id
    ).exclude(FREE)
    gone = same.filter(is_extra=True).delete()[0] or same.update(engagement=None, person=None)
    if gone:
        trail.record(
            by, "freed", seat, now=now, scope=seat.cohort.scope_id, fields=["holder"],
            reason=reason, key=str(number),
        )  # fmt: skip


def _check_holder(
    cohort: Cohort, engagement: DistrictEngagement | None, person: Person | None
) -> None:
    if (engagement is None) == (person is None):
        raise BadInput(_("Name one district or one person for the place."))
    if engagement is not None and engagement.cohort_id != cohort.pk:
        raise BadInput(_("This district belongs to another cohort."), field="engagement")
    if person is not None and person.network_id != cohort.network_id:
        raise BadInput(_("This person belongs to another network."), field="person")


def _free_seat(cohort: Cohort) -> CohortSeat | None:
    """Return a free place, unless extra ones already fill the cohort; without a limit, a new one."""
    seats = CohortSeat.objects.filter(cohort=cohort)
    if _limit(cohort) is None:
        return seats.filter(FREE).first() or CohortSeat.objects.create(
            network_id=cohort.network_id, cohort=cohort, number=following(seats, "number")
        )
    if seats.exclude(FREE).count() >= seats.filter(is_extra=False).count():
        return None
    return seats.filter(FREE, is_extra=False).order_by("number").first()


def _extra_seat(cohort: Cohort, *, by: Person | None, reason: str) -> CohortSeat:
    places = CohortSeat.objects.filter(cohort=cohort, is_extra=False).count()
    if not reason:
        raise WrongState(
            ngettext(
                "The only seat is taken.",
                "All %(places)d seats are taken. One more needs a reason and a member of the staff.",
                places,
            )
            % {"places": places}
        )
    if _section(cohort).cohort.above_max == "refuse":
        raise NotAllowed(
            _("This program has %(places)d seats and allows no more.") % {"places": places}
        )
    if by is None or not can_staff(by, cohort):
        raise NotAllowed(_("Only the host's staff can add a seat."))
    return CohortSeat.objects.create(
        network_id=cohort.network_id,
        cohort=cohort,
        number=following(CohortSeat.objects.filter(cohort=cohort), "number"),
        is_extra=True,
        extra_reason=reason[:500],
        extra_by=by,
    )


def _limit(cohort: Cohort) -> int | None:
    most = _section(cohort).cohort.max
    return most if isinstance(most, int) else None


def _section(cohort: Cohort) -> ProgramSection:
    return section(cohort.version, "program", ProgramSection)
