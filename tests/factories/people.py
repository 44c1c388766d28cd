"""Networks, persons and districts that are valid and hold no surprise."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

from throughline.people.actions import add_organization, add_person, create_network, give_role
from throughline.people.enums import OrganizationKind, PlaceKind, Role
from throughline.people.models import Network, Organization, Person, Place, Scope

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
"""The moment at which tests begin, unless they say otherwise."""

_numbers = count(1)


def make_network(name: str = "Southern Network", now: datetime = NOW) -> Network:
    """A network with the root of its scope tree, never alone on its installation.

    The first one of a test finds a neighbor there, with a director: what a page, a count or a
    query of ours says must not change for it.
    """
    if not Network.objects.exists():
        make_neighbor(now)
    return create_network(key=f"network-{next(_numbers)}", name=name, now=now)


def make_neighbor(now: datetime = NOW) -> Person:
    """The director of another network, for tests whose own was made by playing a program."""
    network = create_network(key=f"neighbor-{next(_numbers)}", name="Neighboring Network", now=now)
    return make_staff(network)


def root_of(network: Network) -> Scope:
    """The scope of the network itself."""
    return Scope.objects.get(network=network, parent=None)


def make_person(
    network: Network | None = None,
    *,
    full_name: str = "",
    email: str | None = None,
    role: str | None = None,
    scope: Scope | None = None,
    is_minor: bool = False,
    now: datetime = NOW,
) -> Person:
    """A person with an account; with ``role``, she holds it at ``scope`` (default: the network)."""
    number = next(_numbers)
    network = network or make_network()
    person = add_person(
        network,
        full_name=full_name or f"Person {number}",
        email=f"person{number}@district.example" if email is None else email,
        by=None,
        now=now,
        is_minor=is_minor,
    )
    if role:
        give_role(person, role, scope or root_of(network), by=None, now=now, from_on=EARLY)
    return person


EARLY = datetime(2026, 1, 1, tzinfo=UTC).date()
"""Roles of factories begin long before anything happens in a test."""


def make_staff(
    network: Network | None = None, role: str = Role.DIRECTOR, scope: Scope | None = None
) -> Person:
    """A member of the staff: by default the director of the whole network."""
    return make_person(network, role=role, scope=scope)


def make_state(code: str = "GA", name: str = "Georgia") -> Place:
    """A state, made once."""
    place, _ = Place.objects.get_or_create(
        kind=PlaceKind.STATE,
        authority="usps",
        code=code,
        defaults={"name": name, "jurisdiction": code},
    )
    return place


def make_place(name: str = "Maple County", state: str = "GA") -> Place:
    """A district as a place, with a seven-digit code."""
    return Place.objects.create(
        kind=PlaceKind.DISTRICT,
        authority="nces",
        code=f"{9_900_000 + next(_numbers):07d}",
        name=name,
        parent=make_state(state, state),
        jurisdiction=state,
    )


def make_district(
    network: Network | None = None, *, name: str = "Maple County", state: str = "GA"
) -> Organization:
    """A district office as a network knows it."""
    return add_organization(
        network or make_network(),
        kind=OrganizationKind.DISTRICT_OFFICE,
        name=name,
        place=make_place(name, state),
        by=None,
        now=NOW,
    )
