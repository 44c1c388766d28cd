"""The host name that tells one network of an installation from another."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db.models import Exists, Q

from throughline.people.models import Network


def network_at(host: str) -> Network | None:
    """Return the network of this address: by its domain, else the first. At most two queries."""
    name = name_of(host)
    found = Network.objects.filter(domain=name).first() if name else None
    return found or Network.objects.order_by("pk").first()


def here(host: str) -> Q:
    """Keep links to persons of the network whose domain this is; all, where it is nobody's."""
    name = name_of(host)
    is_taken = Exists(Network.objects.filter(domain=name)) if name else Q(pk__in=[])
    return ~Q(is_taken) | Q(network__domain=name)


def is_free(host: str) -> bool:
    """Return whether a further network may live here: nobody does, and it is not the site's own."""
    name = name_of(host)
    own = urlsplit(settings.SITE_URL).hostname
    return bool(name) and name != own and not Network.objects.filter(domain=name).exists()


def name_of(host: str) -> str:
    """Return the host name without its port."""
    return (urlsplit(f"//{host}").hostname or "").lower()


def address_of(network: Network) -> str:
    """Return where people reach this network: the site's address, on its own domain if it has one."""
    return address_at(network.domain) if network.domain else str(settings.SITE_URL)


def address_at(name: str) -> str:
    """Return the site's address on another host name: same scheme, same port."""
    site = urlsplit(settings.SITE_URL)
    return urlunsplit((site.scheme, f"{name}:{site.port}" if site.port else name, "", "", ""))
