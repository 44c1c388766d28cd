"""Background work of evidence: ids in, load, call an action."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from throughline.core.errors import BadInput
from throughline.evidence.actions import load_graduation as load_graduation_of
from throughline.people.models import Person, Place


def load_graduation(*, place: int, by: int, now: datetime) -> None:
    """Load the published graduation rates of a district for the network of who asked.

    A district without a school in the files has nothing to load, and trying again would not help.
    """
    person = Person.objects.select_related("network").get(pk=by)
    district = Place.objects.get(pk=place)
    with suppress(BadInput):
        load_graduation_of(district, network=person.network, by=person, now=now)
