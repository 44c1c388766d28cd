"""The first host names her network and becomes its director."""

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
from throughline.people.enums import Role
from throughline.people.models import Network, OneTimeLink, Person, Scope


def make_start_link(*, now: datetime) -> str | None:
    """Return the path of a one-time link for the first host, or nothing if a network exists."""
    if Network.objects.exists():
        return None
    return f"/start/{make_link(START, now=now)}/"


@transaction.atomic
def open_installation(
    link: OneTimeLink, *, network_name: str, zone: str, full_name: str, email: str, now: datetime
) -> Person:
    """Create the network and its first director; the link is spent in the same transaction.

    Raises
    ------
    BadInput
        A name is missing, or the zone is not one of the world's.
    WrongState
        The link was used.
    """
    if zone not in available_timezones():
        raise BadInput(_("Choose a time zone of the list, such as America/New_York."), field="zone")
    if not network_name.strip():
        raise BadInput(_("Enter the name of your network."), field="network_name")
    use_link(link, now=now)
    key = slugify(network_name)[:50] or "network"
    network = create_network(key=key, name=network_name.strip(), zone=zone, now=now)
    person = add_person(network, full_name=full_name, email=email, by=None, now=now)
    give_role(
        person, Role.DIRECTOR, Scope.objects.get(network=network, parent=None), by=None, now=now
    )
    for heard in hooks.INSTALLATION_OPENED:
        heard(now)
    return person
