"""Load a newer federal file beside the years that come with the product."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.core.errors import BadInput
from throughline.evidence.actions.load_graduation import load_rates
from throughline.evidence.enums import GRADUATION
from throughline.evidence.models import DataSet
from throughline.evidence.shipped import reading
from throughline.evidence.wide import read_file
from throughline.people.enums import PlaceKind
from throughline.people.models import Network, Person, Place


@transaction.atomic
def load_file(
    path: Path,
    *,
    school_year: int,
    retrieved_on: date,
    network: Network,
    by: Person | None,
    now: datetime,
) -> list[str]:
    """Release a file's figures of every district that this network has. Returns their names.

    The earlier years stay; the same year of another file supersedes. All or nothing.

    Raises
    ------
    NotAllowed
        ``by`` takes no part in this network.
    BadInput
        The file cannot be read, or holds none of the districts.
    """
    districts = {
        data_set.owner_place.code: data_set.owner_place
        for data_set in DataSet.objects.filter(
            network=network, measure=GRADUATION, owner_place__isnull=False
        ).select_related("owner_place")
        if data_set.owner_place is not None
    }
    try:
        found = read_file(path, school_year, districts)
    except (OSError, ValueError) as error:
        raise BadInput(f"{path}: {error}") from error
    if not found:
        raise BadInput(_("This file holds none of the districts that are here."))
    provenance = reading.provenance()
    words = f"SY {school_year - 1}-{school_year % 100:02d}"
    for code, rows in found.items():
        place = districts[code]
        _add_schools(place, rows.schools)
        load_rates(
            place,
            rows.rates,
            source=provenance["source"],
            license_words=provenance["license"],
            tables={school_year: f"Four-year adjusted cohort graduation rate by school, {words}"},
            retrieved_on=retrieved_on,
            network=network,
            by=by,
            now=now,
        )
    return sorted(districts[code].name for code in found)


def _add_schools(district: Place, names: dict[str, str]) -> None:
    """Create schools that earlier files did not name."""
    Place.objects.bulk_create(
        (
            Place(
                kind=PlaceKind.SCHOOL,
                authority="nces",
                code=code,
                parent=district,
                name=name,
                jurisdiction=district.jurisdiction,
            )
            for code, name in names.items()
        ),
        ignore_conflicts=True,
    )
