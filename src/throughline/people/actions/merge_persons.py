"""Bring two records of one human together, and part them again. No row of theirs moves."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.locks import take
from throughline.people import hooks
from throughline.people.actions.move_addresses import give_addresses_back
from throughline.people.merge_rules import can_merge, can_part, signs_in
from throughline.people.models import Person, PersonMerge
from throughline.people.models.merge import REASON_MAX


@transaction.atomic
def merge_persons(
    kept: Person, absorbed: Person, *, reason: str, by: Person, now: datetime
) -> PersonMerge:
    """Say that two records are one human; again returns the decision that stands.

    The absorbed record points to the kept one. A record that signs in by itself is joined when its
    owner proves that it is hers; one that does not, at once.

    Raises
    ------
    NotAllowed
        ``by`` is not on the staff of the whole network, or one of the two is herself.
    WrongState
        One of the two was brought together with another record before.
    BadInput
        The reason is missing, or the record that signs in would be the absorbed one.
    """
    take(by.network)  # of two decisions at once the second sees the first
    kept, absorbed = _read(kept), _read(absorbed)
    if not (decision := can_merge(by, kept, absorbed)):
        raise NotAllowed(decision.reason)
    standing = PersonMerge.objects.live().filter(kept=kept, absorbed=absorbed).first()
    if standing is not None:
        return standing
    if kept.same_as_id or absorbed.same_as_id:
        raise WrongState(_("One of these records was brought together with another. Look again."))
    if not reason.strip():
        raise BadInput(_("Write down how you know, in a sentence."), field="reason")
    if signs_in(absorbed) and not signs_in(kept):
        raise BadInput(_("Keep the record that signs in."), field="keep")
    before = _flagged(kept) | _flagged(absorbed)
    merge = PersonMerge.objects.create(
        network_id=by.network_id, kept=kept, absorbed=absorbed, by=by,
        reason=reason.strip()[:REASON_MAX], merged_at=now,
        joined_at=None if signs_in(absorbed) else now,
    )  # fmt: skip
    Person.objects.filter(Q(pk=absorbed.pk) | Q(same_as=absorbed)).update(same_as=kept)
    _settle_minors(_read(kept), before)
    merge.refresh_from_db()
    merge.took = [key for heard in hooks.PERSONS_MERGED for key in heard(merge, now)]
    merge.save(update_fields=["took"])
    _record(merge, "merged", reason, by=by, now=now)
    return merge


@transaction.atomic
def part_persons(merge: PersonMerge, *, reason: str, by: Person, now: datetime) -> PersonMerge:
    """Undo a merge within 30 days: every record is again what it was before.

    What was written since stays with the record under which it was written.

    Raises
    ------
    NotAllowed
        ``by`` may not merge these two, or 30 days are over.
    BadInput
        The reason is missing.
    WrongState
        The records were parted, now or before.
    """
    take(by.network)
    merge = PersonMerge.objects.select_related("kept", "absorbed").get(pk=merge.pk)
    if merge.undone_at is not None:
        raise WrongState(_("These records have been parted."))
    if not (decision := can_part(by, merge, now)):
        raise NotAllowed(decision.reason)
    if not reason.strip():
        raise BadInput(_("Write down how you know, in a sentence."), field="reason")
    before = _flagged(merge.kept)
    PersonMerge.objects.filter(pk=merge.pk, undone_at=None).update(
        undone_at=now, undone_by=by, undone_because=reason.strip()[:REASON_MAX]
    )
    _stand_alone(merge.absorbed_id)
    merge = PersonMerge.objects.select_related("kept", "absorbed").get(pk=merge.pk)
    for person in (merge.kept, merge.absorbed):
        _settle_minors(_read(person), before)
    give_addresses_back(merge)
    for heard in hooks.PERSONS_PARTED:
        heard(merge, now)
    _record(merge, "parted", reason, by=by, now=now)
    return merge


def _read(person: Person) -> Person:
    return Person.objects.select_related("network").get(pk=person.pk)


def _record(merge: PersonMerge, verb: str, reason: str, *, by: Person, now: datetime) -> None:
    """Write one line for each record; each names the other."""
    for person, other in ((merge.kept, merge.absorbed), (merge.absorbed, merge.kept)):
        trail.record(by, verb, person, now=now, fields=[other.ref], reason=reason)


def _stand_alone(person: int) -> None:
    """Let a record stand by itself, with those that were absorbed by it."""
    below, found = set[int](), {person}
    while found:
        below |= found
        live = PersonMerge.objects.live().filter(kept__in=found)
        found = set(live.values_list("absorbed", flat=True)) - below
    Person.objects.filter(pk=person).update(same_as=None)
    Person.objects.filter(pk__in=below - {person}).update(same_as=person)


def _settle_minors(person: Person, before: set[int]) -> None:
    """Make all records of a human a minor's if one is, and none if none is.

    Which became so is kept in the last merge; ``before`` are those that had become so until now.
    """
    records = Person.objects.filter(pk__in=person.same_ids)
    by_merge = before & person.same_ids
    own = records.exclude(pk__in=by_merge).filter(is_minor=True)
    flagged = person.same_ids - set(own.values_list("pk", flat=True)) if own else frozenset()
    records.filter(pk__in=by_merge | flagged).update(is_minor=bool(flagged))
    for place, one in enumerate(reversed(person.merges)):
        one.flagged = sorted(flagged) if place == 0 else []
        one.save(update_fields=["flagged"])


def _flagged(person: Person) -> set[int]:
    return {pk for one in person.merges for pk in one.flagged}
