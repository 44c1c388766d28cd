"""Add a person to a network, with or without a way to sign in."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput
from throughline.core.locks import take
from throughline.people.models import Account, AccountPerson, Network, Person, PersonAlias


@transaction.atomic
def add_person(
    network: Network,
    *,
    full_name: str,
    email: str = "",
    by: Person | None,
    now: datetime,
    is_minor: bool = False,
    zone: str = "",
) -> Person:
    """Add a person; with an e-mail address she can sign in with a code sent there.

    Raises
    ------
    BadInput
        The name is empty, or somebody of this network already has the address.
    """
    if not full_name.strip():
        raise BadInput(_("Enter a name."), field="full_name")
    person = Person.objects.create(
        network=network, full_name=full_name.strip(), is_minor=is_minor, zone=zone
    )
    if email:
        link_account(person, email=email, now=now)
    trail.record(by, "added", person, now=now)
    return person


@transaction.atomic
def link_account(person: Person, *, email: str, now: datetime) -> Account:
    """Let ``person`` sign in with ``email``. The same account may lead to a person elsewhere.

    Raises
    ------
    BadInput
        The account, or the address, already leads to somebody in this network.
    """
    address = email.strip().lower()
    take(person.network)
    account = _account_at(address)
    if account is None:
        account = Account.objects.create_user(address)
        # The code that she types from this address verifies it.
        EmailAddress.objects.create(user=account, email=address, primary=True, verified=False)
    known = PersonAlias.objects.filter(
        network_id=person.network_id, kind="email", value=address, verified_at__isnull=False
    )
    here = AccountPerson.objects.filter(account=account, network_id=person.network_id)
    if here.exists() or known.exists():
        raise BadInput(
            _("Somebody in this network already uses the address %(email)s.") % {"email": address},
            field="email",
        )
    AccountPerson.objects.create(network_id=person.network_id, account=account, person=person)
    PersonAlias.objects.create(
        network_id=person.network_id, person=person, kind="email", value=address, verified_at=now
    )
    return account


def _account_at(address: str) -> Account | None:
    """Return whose confirmed address this is, or whose account was made for it."""
    confirmed = EmailAddress.objects.filter(email=address, verified=True).first()
    owner = Q(pk=confirmed.user_id) if confirmed else Q(email=address)
    return Account.objects.filter(owner).first()
