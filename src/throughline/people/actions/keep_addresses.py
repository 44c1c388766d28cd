"""Several addresses of one person: keep a confirmed one, choose where letters go, remove one."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.locks import take
from throughline.people.actions.move_addresses import stand_on, take_addresses_over, take_alias_over
from throughline.people.addresses import account_of, is_taken, lent, merge_waiting_for
from throughline.people.models import Account, Person, PersonAlias, PersonMerge


@transaction.atomic
def keep_address(person: Person, value: str, *, by: Person, now: datetime) -> PersonMerge | None:
    """Keep an address whose code was entered: its owner signs in with it, and is written to at it.

    If it belongs to a record that staff brought together with hers, she proved that both are hers:
    they are joined, and the merge is returned. Keeping an address again changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` is somebody else.
    BadInput
        The address is somebody else's. Only who reads its mail gets here, so she may know that.
    """
    _only_she(by, person)
    address = value.strip().lower()
    take(person.network)
    account = account_of(person)
    take(account)
    person = Person.objects.select_related("network").get(pk=person.pk)
    if merge := merge_waiting_for(person, address):
        return _join(merge, account, address, by=by, now=now)
    if is_taken(person, account, address):
        raise BadInput(
            _("This address cannot be added: it already belongs to a record here. If both are yours, ask the staff of your network to bring them together."),
            field="code",
        )  # fmt: skip
    if _confirm(account, address) | _know(person, address, now):
        trail.record(by, "added address", person, now=now, fields=["address"])
    return None


@transaction.atomic
def choose_address(person: Person, value: str, *, by: Person, now: datetime) -> None:
    """Send letters of this network to one of her confirmed addresses; again changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` is somebody else.
    WrongState
        She has no such address, has not confirmed it, or it is somebody else's in this network.
    """
    _only_she(by, person)
    take(person.network)
    account = account_of(person)
    if not EmailAddress.objects.filter(user=account, email=value, verified=True).exists():
        raise WrongState(_("Confirm this address first. Then letters can go there."))
    if is_taken(person, account, value):
        raise WrongState(_("Letters of this network cannot go there. Choose another address."))
    _know(person, value, now)
    aliases = PersonAlias.objects.filter(person=person, kind="email")
    aliases.filter(gets_letters=True).exclude(value=value).update(gets_letters=False)
    chosen = aliases.filter(value=value, gets_letters=False).order_by("-verified_at", "pk").first()
    if aliases.filter(value=value, gets_letters=True).exists() or chosen is None:
        return
    aliases.filter(pk=chosen.pk).update(gets_letters=True)
    trail.record(by, "chose address", person, now=now, fields=["address"])


@transaction.atomic
def remove_address(person: Person, value: str, *, by: Person, now: datetime) -> None:
    """Remove an address: nobody signs in with it any more, no letter goes there; again changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` is somebody else.
    WrongState
        It is the last confirmed address of her own.
    """
    _only_she(by, person)
    take(person.network)
    account = account_of(person)
    take(account)
    own = EmailAddress.objects.filter(user=account)
    row = own.filter(email=value).first()
    if row is None:
        return
    rest = own.filter(verified=True).exclude(pk=row.pk).exclude(pk__in=lent(account))
    if not rest.exists():
        raise WrongState(_("This is your last confirmed address. Add another one first."))
    row.delete()
    stand_on(account)
    known = PersonAlias.objects.filter(kind="email", value=value)
    known.filter(person__account_link__account=account).delete()
    trail.record(by, "removed address", person, now=now, fields=["address"])


@transaction.atomic
def confirm_record(merge: PersonMerge, *, by: Person, now: datetime) -> None:
    """Say that a record which staff brought together with hers is hers: its private texts are too.

    Raises
    ------
    NotAllowed
        The record was not brought together with one of hers.
    WrongState
        It signs in by itself, and its address was not confirmed; or the records were parted.
    """
    take(by.network)
    found = PersonMerge.objects.live().filter(pk=merge.pk).first()
    if found is None:
        raise WrongState(_("These records have been parted."))
    if found.kept_id not in by.ids:
        raise NotAllowed(_("Only the person herself says this."))
    if found.joined_at is None:
        raise WrongState(_("Add the other address first: its code shows that it is yours."))
    moved = PersonMerge.objects.filter(pk=found.pk, confirmed_at=None, undone_at=None)
    if moved.update(confirmed_at=now):
        trail.record(by, "confirmed record", found.absorbed, now=now)


def _join(
    merge: PersonMerge, account: Account, address: str, *, by: Person, now: datetime
) -> PersonMerge:
    left = account_of(merge.absorbed)
    EmailAddress.objects.filter(user=left, email=address).update(verified=True)
    merge.joined_at = merge.confirmed_at = now
    merge.moved = take_addresses_over(merge, account)
    merge.save(update_fields=["joined_at", "confirmed_at", "moved"])
    for person in (merge.kept, merge.absorbed):
        trail.record(by, "confirmed record", person, now=now, fields=["address"])
    return merge


def _only_she(by: Person, person: Person) -> None:
    if by.pk != person.pk:
        raise NotAllowed(_("Only they can choose this themselves."))


def _confirm(account: Account, address: str) -> bool:
    """Let an account sign in with an address. Of two networks at once one is refused."""
    try:
        with transaction.atomic():
            row, is_new = EmailAddress.objects.get_or_create(
                user=account, email=address, defaults={"verified": True}
            )
            changed = EmailAddress.objects.filter(pk=row.pk, verified=False).update(verified=True)
    except IntegrityError:
        raise BadInput(_("Somebody confirmed this address a moment ago."), field="code") from None
    stand_on(account)
    return is_new or bool(changed)


def _know(person: Person, address: str, now: datetime) -> bool:
    """Let this network write to her at an address that she confirmed."""
    known = PersonAlias.objects.filter(person=person, kind="email", value=address)
    if known.filter(verified_at__isnull=False).exists() or take_alias_over(person, address):
        return False
    if known.update(verified_at=now):
        return True
    PersonAlias.objects.create(
        network_id=person.network_id, person=person, kind="email", value=address, verified_at=now
    )
    return True
