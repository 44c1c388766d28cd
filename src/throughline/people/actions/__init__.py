"""Use cases of people, one a file. The most used can be imported from here."""

from throughline.people.actions.add_affiliation import add_affiliation, end_affiliation
from throughline.people.actions.add_organization import add_organization
from throughline.people.actions.add_person import add_person, link_account
from throughline.people.actions.create_network import create_network
from throughline.people.actions.delegate import delegate, end_delegation
from throughline.people.actions.exclude import exclude, lift_exclusion
from throughline.people.actions.give_role import end_role, give_role
from throughline.people.actions.name_place import NamedPlace, name_place

__all__ = [
    "NamedPlace",
    "add_affiliation",
    "add_organization",
    "add_person",
    "create_network",
    "delegate",
    "end_affiliation",
    "end_delegation",
    "end_role",
    "exclude",
    "give_role",
    "lift_exclusion",
    "link_account",
    "name_place",
]
