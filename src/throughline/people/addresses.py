"""The addresses of one person: what she signs in with, and where her letters go."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.models import EmailAddress

from throughline.people.models import Account, AccountPerson, Person, PersonAlias, PersonMerge

NOWHERE = "joined.invalid"
"""Mail to an account that holds no address of its own any more leads nowhere (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class Address:
    """One address, as its owner sees it."""

    value: str
    is_confirmed: bool
    gets_letters: bool
    can_be_removed: bool


def account_of(person: Person) -> Account:
    """Return the account by which this person signs in."""
    return AccountPerson.objects.select_related("account").get(person=person).account


def addresses_of(person: Person) -> list[Address]:
    """Return her addresses, the oldest first. Four queries."""
    account = person.account_link.account
    rows = list(EmailAddress.objects.filter(user=account).order_by("pk"))
    on_loan = lent(account)
    own = [row for row in rows if row.verified and row.pk not in on_loan]
    return [
        Address(
            value=row.email,
            is_confirmed=row.verified,
            gets_letters=row.email == person.address,
            can_be_removed=any(other.email != row.email for other in own),
        )
        for row in rows
    ]


def lent(account: Account) -> set[int]:
    """Return keys of addresses that came with an absorbed record and go back if the merge is undone."""
    merges = PersonMerge.objects.live().filter(kept__account_link__account=account)
    return {
        one["address"]
        for moved in merges.values_list("moved", flat=True)
        for one in moved
        if "address" in one
    }


def is_taken(person: Person, account: Account, value: str) -> bool:
    """Whether an address is somebody else's: of another account, or confirmed in this network."""
    return (
        EmailAddress.objects.filter(email=value).exclude(user=account).exists()
        or Account.objects.filter(email=value).exclude(pk=account.pk).exists()
        or PersonAlias.objects.filter(
            network_id=person.network_id, kind="email", value=value, verified_at__isnull=False
        )
        .exclude(person__in=person.ids)
        .exists()
    )


def merge_waiting_for(person: Person, value: str) -> PersonMerge | None:
    """Return the merge that waits for its owner to prove that this address is hers too."""
    absorbed = AccountPerson.objects.filter(
        network_id=person.network_id, account__emailaddress__email=value
    ).values_list("person", flat=True)
    others = set(absorbed)
    for merge in person.merges:
        if merge.joined_at is None and merge.kept_id in person.ids and merge.absorbed_id in others:
            return merge
    return None


def records_waiting(person: Person) -> list[PersonMerge]:
    """Return merges of hers that wait for her word, or for the code of the other address."""
    return [
        one
        for one in person.merges
        if one.confirmed_at is None and (one.kept_id in person.ids or one.absorbed_id == person.pk)
    ]
