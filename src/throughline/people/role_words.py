"""What a network calls the people of its program."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import get_language

from throughline.people.enums import Role
from throughline.people.models import Network

TERMS = {
    Role.FELLOW: "participant", Role.MEMBER: "member", Role.COACH: "coach",
    Role.MENTOR: "mentor", Role.FACILITATOR: "facilitator",
}  # fmt: skip
"""Roles that a blueprint has a term for."""


def role_word(role: str, network: Network) -> str:
    """Return the program's word for a role in the reader's language, else the plain one.

    The words are those of the program that the network made public last. No query.
    """
    own = network.settings.get("words", {})
    reading = (get_language() or "en").partition("-")[0]
    for language in (reading, own.get("language", "en")):
        term = own.get("terms", {}).get(language, {}).get(TERMS.get(Role(role), ""))
        if term:
            return str(capfirst(term["one"]))
    return str(Role(role).label)
