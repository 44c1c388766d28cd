"""Empty a record: what is personal goes, in tables, keys and the trail; what others rely on stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.audit.models import AuditEvent, AuditReason
from throughline.core import clock
from throughline.core.errors import NotAllowed, WrongState
from throughline.core.locks import take
from throughline.people import hooks
from throughline.people.enums import RequestState
from throughline.people.models import (
    Account,
    AccountPerson,
    Delegation,
    OneTimeLink,
    Person,
    PrivacyRequest,
    RoleAssignment,
)
from throughline.people.personal import Held, rows_of
from throughline.people.privacy_rules import can_empty
from throughline.people.sealing import destroy_key


@transaction.atomic
def empty_person(person: Person, *, by: Person, now: datetime) -> None:
    """Empty the record of somebody who holds no role here any more; again changes nothing.

    Private texts are lost with their key; a backup that was made before still has both. What stays
    has no name: dates, roles, counts. A signature keeps the name that was typed.

    Raises
    ------
    NotAllowed
        ``by`` is no director of the whole network with a second factor, the record is her own or
        closed to her, or somebody still relies on it.
    """
    take(person)
    person = Person.objects.get(pk=person.pk)
    if person.emptied_at is not None:
        return
    if not (decision := can_empty(by, person)):
        raise NotAllowed(decision.reason)
    _end(person, now)
    for hook in hooks.PERSON_EMPTIED:
        hook(person, now)
    _empty_tables(person)
    for one in Person.objects.filter(pk__in=person.ids):
        destroy_key(one, now=now)
        _forget_reasons(one)
    moved = Person.objects.filter(pk__in=person.ids, emptied_at=None).update(emptied_at=now)
    if not moved:
        raise WrongState(_("Somebody emptied this record a moment ago."))
    PrivacyRequest.objects.open().filter(person__in=person.ids).update(
        state=RequestState.DONE, answered_at=now, answered_by=by
    )
    PrivacyRequest.objects.filter(person__in=person.ids).update(words="")
    trail.record(by, "emptied", person, now=now)


def _end(person: Person, now: datetime) -> None:
    """End what she may do, and what others may do for her."""
    with clock.at(now):
        today = clock.today()
    ends = Greatest(F("from_on"), Value(today))
    RoleAssignment.objects.filter(person__in=person.ids, to_on=None).update(to_on=ends)
    for side in ("principal__in", "delegate__in"):
        Delegation.objects.filter(**{side: person.ids}, to_on=None).update(to_on=ends)
    OneTimeLink.objects.filter(person__in=person.ids).delete()
    accounts = list(
        AccountPerson.objects.filter(person__in=person.ids).values_list("account", flat=True)
    )
    AccountPerson.objects.filter(person__in=person.ids).delete()
    Account.objects.filter(pk__in=accounts, persons__isnull=True).delete()


def _empty_tables(person: Person) -> None:
    for held in hooks.PERSONAL_DATA:
        if not isinstance(held, Held):
            continue
        if held.removed:
            rows_of(person, held).delete()
        elif held.empties:
            rows_of(person, held).update(**held.empties)


def _forget_reasons(person: Person) -> None:
    """Shred words of reasons about her. The events stay, and their seals verify."""
    about = AuditEvent.objects.filter(
        network=person.network_id, kind="people.person", key=person.ref
    ).values("pk")
    AuditReason.objects.filter(event__in=about).update(words="", salt="")
