"""Keep what a person says about herself, or take it back. Sealed; the trail holds no answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed
from throughline.core.locks import take
from throughline.people.identity import Asked, Given, Kept, problem_of
from throughline.people.models import EquityIdentity, Person
from throughline.people.queries import asked_of
from throughline.people.rules import can_describe
from throughline.people.self_description import kept_of, sealed_for


@transaction.atomic
def describe_oneself(
    person: Person, given: Mapping[str, Given], *, by: Person, now: datetime
) -> None:
    """Keep answers by the key of their set; an empty one is removed, a set not named stays.

    Sent again it changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` is somebody else, or the person is under age.
    BadInput
        A set is not asked of her, or an answer cannot be right; ``field`` is the set's key.
    KeyGone
        What she said before cannot be opened with the key that is here.
    """
    if not (decision := can_describe(by, person)):
        raise NotAllowed(decision.reason)
    asked = {one.key: one for one in asked_of(person)}
    for key, answer in given.items():
        if key not in asked:
            raise BadInput(_("This is not asked of you."), field=key)
        if problem := problem_of(asked[key], answer):
            raise BadInput(problem, field=key)
    take(person)
    before = kept_of(person)
    after = {key: one for key, one in before.items() if key not in given}
    after |= {key: _kept(asked[key], answer) for key, answer in given.items() if answer}
    if after == before:
        return
    if after:
        EquityIdentity.objects.update_or_create(
            person=person,
            defaults={"network_id": person.network_id, "sealed": sealed_for(person, after)},
        )
    else:
        EquityIdentity.objects.visible_to(person).delete()
    trail.record(by, "changed", person, now=now, fields=["identity"])


@transaction.atomic
def take_back_description(person: Person, *, by: Person, now: datetime) -> None:
    """Remove everything that a person says about herself; again changes nothing. Needs no key.

    Raises
    ------
    NotAllowed
        ``by`` is somebody else.
    """
    if by.pk != person.pk:
        raise NotAllowed(can_describe(by, person).reason)
    removed, _by_table = EquityIdentity.objects.visible_to(person).delete()
    if removed:
        trail.record(by, "changed", person, now=now, fields=["identity"])


def _kept(asked: Asked, given: Given) -> Kept:
    in_order = [key for key, _label in asked.choices if key in given.chosen]
    answer = Given(tuple(in_order), given.words)
    return Kept(asked.words.title, asked.words.version, answer, asked.said(answer))
