"""The lists of every app, in the order in which a person reads them."""

from __future__ import annotations

from throughline.admissions import personal_data as admissions
from throughline.coaching import personal_data as coaching
from throughline.convenings import personal_data as convenings
from throughline.evidence import personal_data as evidence
from throughline.forms import personal_data as forms
from throughline.inquiry import personal_data as inquiry
from throughline.ledger import personal_data as ledger
from throughline.meetings import personal_data as meetings
from throughline.messaging import personal_data as messaging
from throughline.people import personal_data as people
from throughline.people.models import Person
from throughline.people.personal import Listed
from throughline.programs import personal_data as programs
from throughline.programs.words import words_of_network
from throughline.teams import personal_data as teams


def in_own_words(person: Person, text: str) -> str:
    """Put the terms of the program that a network made public last into a text."""
    return words_of_network(person.network).fill(text)


HELD: tuple[Listed, ...] = (
    *people.HELD,
    *programs.HELD,
    *teams.HELD,
    *coaching.HELD,
    *meetings.HELD,
    *convenings.HELD,
    *ledger.HELD,
    *inquiry.HELD,
    *evidence.HELD,
    *admissions.HELD,
    *forms.HELD,
    *messaging.HELD,
)
