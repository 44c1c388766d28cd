"""What convenings know for rules of standing: what was held for whom, and what she missed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from throughline.convenings.models import Seat, SeatBlock
from throughline.ledger.standing import Due, Holder, Known
from throughline.meetings.enums import THERE, OccasionState
from throughline.meetings.models import Attendance
from throughline.programs.models import Cohort


def due_so_far(cohort: Cohort, people: Sequence[int]) -> dict[tuple[int, str], Due]:
    """Return how many half-days and events of each series were held for each person. One query.

    What was held before she had a place is not due; what she declined is.
    """
    held = (
        SeatBlock.objects.filter(
            seat__event__scope=cohort.scope_id,
            seat__person__in=people,
            block__occasion__state=OccasionState.HELD,
        )
        .order_by()
        .values_list("seat__person", "seat__event__series_key")
        .annotate(half_days=Sum("block__counts_half_days"), events=Count("seat", distinct=True))
    )
    return {
        (person, f"convenings.series.{series}"): Due(half_days, events)
        for person, series, half_days, events in held
    }


def missed(cohort: Cohort, holders: Sequence[Holder]) -> Mapping[int, Mapping[str, Known]]:
    """Return how many events of each series each person missed altogether. Two queries."""
    people = [one.person_id for one in holders]
    came = set(
        Attendance.objects.filter(
            occasion__block__event__scope=cohort.scope_id, person__in=people, status__in=THERE
        ).values_list("person", "occasion__block__event")
    )
    held = (
        Seat.objects.filter(
            event__scope=cohort.scope_id,
            person__in=people,
            half_days__block__occasion__state=OccasionState.HELD,
        )
        .distinct()
        .values_list("person", "event", "event__series_key")
    )
    counts: dict[tuple[int, str], Counter[bool]] = defaultdict(Counter)
    for person, event, series in held:
        counts[person, series][(person, event) in came] += 1
    found: dict[int, dict[str, Known]] = defaultdict(dict)
    for (person, series), count in counts.items():
        total = count.total()
        said = _("Missed %(n)d of %(total)d held so far.")
        said %= {"n": count[False], "total": total}
        found[person][f"missed.{series}"] = Known(Decimal(count[False]), said)
    return found
