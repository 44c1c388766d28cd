"""Have the published figures of applicants' districts loaded, so that readers see them as facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from throughline.admissions.models import Application
from throughline.evidence.actions import ask_for_graduation
from throughline.evidence.enums import GRADUATION
from throughline.evidence.models import Snapshot
from throughline.people.models import Person, Place


@transaction.atomic
def ask_for_figures(
    applications: Sequence[Application], *, by: Person | None, now: datetime
) -> None:
    """Ask for what no one has loaded yet, in the background. Call inside an action.

    Nothing is asked for where nobody acts, nor for a district that is in no list.
    """
    if by is None:
        return
    loaded = Snapshot.objects.filter(network_id=by.network_id, data_set__measure=GRADUATION).values(
        "data_set__owner_place"
    )
    places = (
        Place.objects.listed()
        .districts()
        .filter(organization__engagements__applications__in=applications)
    )
    for place in places.exclude(pk__in=loaded).distinct():
        ask_for_graduation(place, by=by, now=now)
