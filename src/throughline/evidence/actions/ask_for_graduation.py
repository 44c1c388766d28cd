"""Ask for the published graduation rates of a district."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed
from throughline.evidence.rules import can_load
from throughline.jobs.queue import enqueue
from throughline.people.enums import PlaceKind
from throughline.people.models import Person, Place, Scope

JOB = "evidence.load_graduation"


@transaction.atomic
def ask_for_graduation(place: Place, *, by: Person, now: datetime) -> None:
    """Have the figures loaded in the background. Asking twice loads them once.

    Raises
    ------
    NotAllowed
        ``by`` takes no part in her network.
    BadInput
        The place is not a district, or in no list that figures are published for.
    """
    scope = Scope.objects.get(network=by.network, parent=None)
    if not (decision := can_load(by, scope)):
        raise NotAllowed(decision.reason)
    if place.kind != PlaceKind.DISTRICT:
        raise BadInput(_("Choose a district."), field="place")
    if not place.is_listed:
        raise BadInput(
            _("Published figures exist only for districts of the federal list."), field="place"
        )
    enqueue(
        JOB,
        key=f"{by.network_id}:{place.code}",
        now=now,
        network_id=by.network_id,
        place=place.pk,
        by=by.pk,
    )
    trail.record(
        by, "asked_for", place, now=now, scope=scope.pk, network=by.network_id, key=place.code
    )
