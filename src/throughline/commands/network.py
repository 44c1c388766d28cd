"""``throughline network``: the networks of this installation, and the link that founds another."""

from __future__ import annotations

import os
from collections.abc import Sequence

import django

from throughline.commands.speaking import Arguments, Stop, answer, say


def main(arguments: Sequence[str]) -> int:
    """List networks, or print the one-time link by which a further host sets hers up."""
    parser = Arguments("throughline network", description=__doc__)
    parser.add_argument(
        "--add", metavar="HOST", help="make the link of a further network, which answers at HOST"
    )
    parser.add_argument("--json", action="store_true", help="print JSON, alone on stdout")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.settings")
    django.setup()
    return add(options.add, options.json) if options.add else list_networks(options.json)


def add(host: str, as_json: bool) -> int:
    """Print the link of a further network.

    Raises
    ------
    Stop
        There is no first network yet, or none may live at this address.
    """
    from django.conf import settings
    from django.urls import reverse

    from throughline.core import clock
    from throughline.people.actions.one_time_links import START, make_link
    from throughline.people.domains import address_at, is_free, name_of
    from throughline.people.models import Network

    if not Network.objects.exists():
        raise Stop("There is no network yet. ./throughline serve prints the link of the first one.")
    name = name_of(host)
    if not is_free(host):
        raise Stop(
            f"{host} is taken, or is no host name. Give another, such as promise.example.org."
        )
    if name not in settings.ALLOWED_HOSTS:
        raise Stop(f"This server does not answer at {name}. Add it to THROUGHLINE_HOSTS first.")
    link = address_at(name) + reverse("people:start", args=[make_link(START, now=clock.now())])
    if as_json:
        answer({"start": link})
    else:
        say("The host of the new network sets it up here (this link works once, for 24 hours):")
        print(link)
    return 0


def list_networks(as_json: bool) -> int:
    """Print the networks with their addresses, the oldest first."""
    from throughline.people.domains import address_of
    from throughline.people.models import Network

    networks = list(Network.objects.order_by("pk"))
    if as_json:
        answer([{"key": one.key, "name": one.name, "url": address_of(one)} for one in networks])
        return 0
    for network in networks:
        print(f"{network.name}  {address_of(network)}")
    if not networks:
        say("There is no network yet. ./throughline serve prints the link of the first one.")
    return 0
