"""Let the addresses of an absorbed account follow to the kept one, and give them back."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from throughline.people.addresses import NOWHERE
from throughline.people.models import Account, AccountPerson, Person, PersonAlias, PersonMerge


def take_addresses_over(merge: PersonMerge, account: Account) -> list[dict[str, int | bool]]:
    """Move what the absorbed record signs in with to the kept one's account. Returns what moved.

    An account that also opens another network stays as it is: that network is not this one's affair.
    """
    link = AccountPerson.objects.select_related("account").get(person=merge.absorbed_id)
    left = link.account
    if left.persons.count() > 1:
        return []
    moved: list[dict[str, int | bool]] = [{"account": left.pk}]
    for address in EmailAddress.objects.filter(user=left).order_by("pk"):
        moved.append({"address": address.pk, "primary": address.primary})
        EmailAddress.objects.filter(pk=address.pk).update(user=account, primary=False)
    for alias in PersonAlias.objects.filter(person=merge.absorbed_id, kind="email").order_by("pk"):
        moved.append({"alias": alias.pk, "letters": alias.gets_letters})
        PersonAlias.objects.filter(pk=alias.pk).update(person=merge.kept_id, gets_letters=False)
    Account.objects.filter(pk=left.pk).update(email=f"{merge.ref.lower()}@{NOWHERE}")
    return moved


def take_alias_over(person: Person, address: str) -> bool:
    """Let an address that was known of a record joined with hers be known of hers. Whether it was."""
    known = PersonAlias.objects.filter(
        kind="email", value=address, verified_at__isnull=False,
        person__in=person.ids - {person.pk},
    ).first()  # fmt: skip
    for merge in person.merges if known is not None else ():
        if known is not None and merge.absorbed_id == known.person_id:
            moved = [*merge.moved, {"alias": known.pk, "letters": known.gets_letters}]
            PersonMerge.objects.filter(pk=merge.pk).update(moved=moved)
            PersonAlias.objects.filter(pk=known.pk).update(person=person, gets_letters=False)
            return True
    return False


def give_addresses_back(merge: PersonMerge) -> None:
    """Move back what moved and is still there."""
    for one in merge.moved:
        if "alias" in one:
            PersonAlias.objects.filter(pk=one["alias"]).update(
                person=merge.absorbed_id, gets_letters=one["letters"]
            )
    for one in merge.moved:
        if "account" in one:
            _part_accounts(merge, Account.objects.get(pk=one["account"]))


def _part_accounts(merge: PersonMerge, left: Account) -> None:
    keeper = AccountPerson.objects.select_related("account").get(person=merge.kept_id).account
    for one in merge.moved:
        if "address" in one:
            EmailAddress.objects.filter(user=keeper, pk=one["address"]).update(
                user=left, primary=one["primary"]
            )
    stand_on(keeper)
    stand_on(left)


def stand_on(account: Account) -> None:
    """Let an account rest on its primary address; without one, on the first that is confirmed."""
    own = EmailAddress.objects.filter(user=account)
    primary = own.order_by("-primary", "-verified", "pk").first()
    if primary is None:
        return
    own.filter(pk=primary.pk).update(primary=True)
    Account.objects.filter(pk=account.pk).update(email=primary.email)
