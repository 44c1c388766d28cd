"""Name an organization that is in no list: any country, with or without a region."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput
from throughline.core.locks import take
from throughline.core.refs import new_ref
from throughline.people.countries import countries
from throughline.people.enums import PlaceKind
from throughline.people.models import Network, Organization, Person, Place
from throughline.people.models.place import BY_HOST


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """What somebody says about her organization: its name, its country, perhaps a region."""

    name: str
    country: str
    region: str = ""


@transaction.atomic
def name_place(
    network: Network, named: NamedPlace, *, kind: str, by: Person | None, now: datetime
) -> Organization:
    """Return the organization of this network that has this name there, making it if there is none.

    Its place is known in this network only; no list of an authority has it.

    Raises
    ------
    BadInput
        The name is empty, or the country is none.
    """
    name, region = " ".join(named.name.split()), " ".join(named.region.split())
    if not name:
        raise BadInput(_("Enter the name of your organization."), field="name")
    if named.country not in dict(countries()):
        raise BadInput(_("Choose a country of the list."), field="country")
    take(network)  # one press sent twice names one organization
    found = Organization.objects.filter(
        network=network, place__authority=BY_HOST, place__country=named.country,
        name__iexact=name, place__jurisdiction__iexact=region,
    ).order_by("pk").first()  # fmt: skip
    if found is not None:
        return found
    place = Place.objects.create(
        kind=PlaceKind.DISTRICT, authority=BY_HOST, code=f"h{new_ref()}", name=name,
        country=named.country, jurisdiction=region,
    )  # fmt: skip
    organization = Organization.objects.create(network=network, kind=kind, name=name, place=place)
    trail.record(by, "added", organization, now=now)
    return organization
