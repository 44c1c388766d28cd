"""The first host of a network names it and becomes its director."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from throughline.core.errors import BadInput
from throughline.people import hooks
from throughline.people.actions.add_person import add_person
from throughline.people.actions.create_network import create_network
from throughline.people.actions.give_role import give_role
from throughline.people.actions.one_time_links import START, make_link, use_link
from throughline.people.domains import is_free, name_of
from throughline.people.enums import Role
from throughline.people.models import Network, OneTimeLink, Person, Scope


def make_start_link(*, now: datetime) -> str | None:
    """Return the path of a one-time link for the first host, or nothing if a network exists."""
    if Network.objects.exists():
        return None
    return f"/start/{make_link(START, now=now)}/"


@transaction.atomic
def open_installation(
    link: OneTimeLink,
    *,
    network_name: str,
    zone: str,
    full_name: str,
    email: str,
    host: str,
    now: datetime,
) -> Person:
    """Create the network and its first director; the link is spent in the same transaction.

    The first network answers at every address that is nobody else's; each further one at the
    ``host`` at which its link was opened.

    Raises
    ------
    BadInput
        A name is missing, the zone is not one of the world's, or a network lives at this address.
    WrongState
        The link was used.
    """
    if zone not in available_timezones():
        raise BadInput(_("Choose a time zone of the list, such as America/New_York."), field="zone")
    if not network_name.strip():
        raise BadInput(_("Enter the name of your network."), field="network_name")
    domain = _domain(host) if Network.objects.exists() else ""
    use_link(link, now=now)
    network = create_network(
        key=_free_key(network_name), name=network_name.strip(), zone=zone, domain=domain, now=now
    )
    person = add_person(network, full_name=full_name, email=email, by=None, now=now)
    give_role(
        person, Role.DIRECTOR, Scope.objects.get(network=network, parent=None), by=None, now=now
    )
    for heard in hooks.INSTALLATION_OPENED:
        heard(now)
    return person


def _domain(host: str) -> str:
    if not is_free(host):
        raise BadInput(
            _(
                "Another network lives at this address. Open the link at the address of the new one."
            ),
            field="network_name",
        )
    return name_of(host)


def _free_key(name: str) -> str:
    stem = slugify(name)[:50] or "network"
    taken = set(Network.objects.filter(key__startswith=stem).values_list("key", flat=True))
    keys = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 2)))
    return next(key for key in keys if key not in taken)
