"""Several addresses of one person: each confirmed by a code, one for letters, never none."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.conftest import TwoNetworks
from tests.factories.counting import queries_of
from tests.factories.merges import again, all_rows, make_record, merged
from tests.factories.people import NOW, make_network, make_person, make_staff
from tests.factories.threads import at_once
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.messaging.queries import addresses_of as mailed_to
from throughline.people.actions.keep_addresses import (
    choose_address,
    keep_address,
    remove_address,
)
from throughline.people.actions.merge_persons import part_persons
from throughline.people.addresses import addresses_of
from throughline.people.models import Network, Person, PersonAlias

pytestmark = pytest.mark.django_db

As = Callable[[Person | None], Client]
PAGE, CODE = "/you/addresses/", "/you/addresses/code/"
FURTHER = "marigold@home.example"


@pytest.fixture(autouse=True)
def no_code_was_asked_for() -> None:
    """How often codes were asked for is counted in the cache, which outlives a test."""
    cache.clear()


def code_in_the_mail() -> str:
    found = re.search(r"^\s+(\S+)\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found is not None
    return found[1]


def add(client: Client, address: str = FURTHER) -> None:
    """Add an address as its owner does: ask for the code, read the mail, enter it."""
    assert client.post(PAGE, {"do": "add", "email": address})["Location"] == CODE
    assert mail.outbox[-1].to == [address]
    assert client.post(CODE, {"code": code_in_the_mail()})["Location"] == PAGE


def signs_in_as(address: str, client: Client | None = None) -> Person | None:
    client = client or Client()
    client.post("/account/login/code/", {"email": address})
    client.post("/account/login/code/confirm/", {"code": code_in_the_mail()})
    answer = client.get("/you/")
    return answer.context["request"].person if answer.status_code == 200 else None


def test_a_confirmed_address_signs_in_and_an_unconfirmed_one_does_not(as_person: As):
    person = make_person()
    client = as_person(person)

    client.post(PAGE, {"do": "add", "email": FURTHER})
    assert not EmailAddress.objects.filter(email=FURTHER).exists()
    client.post(CODE, {"code": code_in_the_mail()})

    assert signs_in_as(FURTHER) == signs_in_as(person.address) == person


def test_a_wrong_code_is_said_beside_the_field_and_after_three_the_code_is_gone(as_person: As):
    client = as_person(make_person())
    client.post(PAGE, {"do": "add", "email": FURTHER})

    wrong = client.post(CODE, {"code": "WRONG1"})

    assert wrong.status_code == 422
    assert "This is not the code that we sent." in wrong.content.decode()
    answers = [client.post(CODE, {"code": "WRONG1"}) for _time in range(5)]
    assert answers[-1]["Location"] == PAGE
    assert client.get(CODE)["Location"] == PAGE
    assert not EmailAddress.objects.filter(email=FURTHER).exists()


def test_what_cannot_be_an_address_is_kept_and_answered_with_a_sentence(as_person: As):
    person = make_person()
    EmailAddress.objects.update(verified=True)
    client = as_person(person)

    wrong = client.post(PAGE, {"do": "add", "email": "marigold at home"})
    own = client.post(PAGE, {"do": "add", "email": person.address.upper()})

    assert wrong.status_code == own.status_code == 422
    assert 'value="marigold at home"' in wrong.content.decode()
    assert "Enter an e-mail address like" in wrong.content.decode()
    assert "This address is already yours." in own.content.decode()


def test_letters_go_to_the_address_that_was_chosen(as_person: As):
    person = make_person()
    first = person.address
    EmailAddress.objects.update(verified=True)
    client = as_person(person)
    add(client)

    client.post(PAGE, {"do": "choose", "address": first})
    assert again(person).address == mailed_to([person])[person.pk] == first
    client.post(PAGE, {"do": "choose", "address": FURTHER})
    assert again(person).address == mailed_to([person])[person.pk] == FURTHER
    client.post(PAGE, {"do": "choose", "address": FURTHER})
    assert PersonAlias.objects.filter(gets_letters=True).count() == 1


def test_the_first_address_goes_and_the_last_one_stays(as_person: As):
    person = make_person()
    first = person.address
    client = as_person(person)
    add(client)

    client.post(PAGE, {"do": "remove", "address": first})
    last = client.post(PAGE, {"do": "remove", "address": FURTHER})

    assert last.status_code == 422
    assert "This is your last confirmed address." in last.content.decode()
    assert [one.value for one in addresses_of(again(person))] == [FURTHER]
    assert (signs_in_as(FURTHER), again(person).address) == (person, FURTHER)
    mail.outbox.clear()
    Client().post("/account/login/code/", {"email": first})
    assert "code is" not in str(mail.outbox[-1].body)


def test_removing_again_changes_nothing(as_person: As):
    person = make_person()
    add(as_person(person))
    first = make_person().address
    before = all_rows()

    remove_address(person, first, by=person, now=NOW)

    assert all_rows() == before


def test_who_asks_for_codes_without_end_is_told_to_wait(as_person: As):
    client = as_person(make_person())
    client.post(PAGE, {"do": "add", "email": FURTHER})

    soon = client.post(PAGE, {"do": "add", "email": FURTHER})

    assert soon.status_code == 422
    assert "ask again in a few minutes" in soon.content.decode()
    assert FURTHER in soon.content.decode()


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_an_address_of_somebody_else_is_refused_to_who_reads_its_mail_alone(
    two_networks: TwoNetworks, as_person: As, is_confirmed: bool
):
    other = make_person(two_networks.theirs, full_name="Odessa Vann")
    EmailAddress.objects.filter(email=other.address).update(verified=is_confirmed)
    client = as_person(make_person(two_networks.ours))

    asked = client.post(PAGE, {"do": "add", "email": other.address})
    refused = client.post(CODE, {"code": code_in_the_mail()})

    assert asked["Location"] == CODE
    assert refused.status_code == 422
    assert "it already belongs to a record here" in refused.content.decode()
    assert "Odessa" not in refused.content.decode()
    assert signs_in_as(other.address) == other


def test_an_address_that_only_a_record_without_account_has_is_refused(two_networks: TwoNetworks):
    record, person = make_record(two_networks.ours), make_person(two_networks.ours)
    PersonAlias.objects.create(
        network=two_networks.ours, person=record, kind="email", value=FURTHER, verified_at=NOW
    )

    with pytest.raises(BadInput, match="ask the staff"):
        keep_address(person, FURTHER, by=person, now=NOW)
    merge = merged(person, record, by=two_networks.our_director)
    keep_address(again(person), FURTHER, by=again(person), now=NOW)
    choose_address(again(person), FURTHER, by=again(person), now=NOW)
    assert EmailAddress.objects.get(email=FURTHER).user == person.account_link.account
    assert PersonAlias.objects.get(value=FURTHER).person == person
    assert again(person).address == again(record).address == FURTHER
    part_persons(merge, reason="Two.", by=two_networks.our_director, now=NOW)
    assert again(record).address == FURTHER


def test_nobody_changes_the_addresses_of_somebody_else(two_networks: TwoNetworks):
    person, other = make_person(two_networks.ours), two_networks.our_director

    for change in (keep_address, choose_address, remove_address):
        with pytest.raises(NotAllowed):
            change(person, person.address, by=other, now=NOW)


def test_letters_do_not_go_where_nobody_confirmed(two_networks: TwoNetworks):
    person = make_person(two_networks.ours)

    with pytest.raises(WrongState, match="Confirm this address first"):
        choose_address(person, FURTHER, by=person, now=NOW)


def test_networks_at_two_domains_know_their_own_addresses(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["testserver", "promise.example"])
    ours, theirs = make_network(), make_network("Promise")
    Network.objects.filter(pk=ours.pk).update(domain="testserver")
    Network.objects.filter(pk=theirs.pk).update(domain="promise.example")
    here = make_person(ours, email="both@host.example")
    there = make_person(theirs, email="both@host.example")
    client = Client(HTTP_HOST="testserver")
    client.force_login(here.account_link.account)

    add(client)
    client.post(PAGE, {"do": "choose", "address": FURTHER})

    assert (again(here).address, again(there).address) == (FURTHER, "both@host.example")
    assert signs_in_as(FURTHER, Client(HTTP_HOST="promise.example")) == there
    assert not PersonAlias.objects.filter(network=theirs, value=FURTHER).exists()


def test_who_is_added_elsewhere_at_a_further_address_is_the_same_account(
    two_networks: TwoNetworks, as_person: As
):
    here = make_person(two_networks.ours)
    add(as_person(here))

    there = make_person(two_networks.theirs, email=FURTHER)

    assert there.account_link.account == here.account_link.account
    with pytest.raises(BadInput, match="already uses the address"):
        make_person(two_networks.ours, email=FURTHER)


def test_a_stranger_is_asked_to_sign_in(as_person: As):
    assert as_person(None).get(PAGE).status_code == as_person(None).get(CODE).status_code == 302


def test_three_addresses_cost_as_many_queries_as_one(as_person: As):
    person = make_person()
    client = as_person(person)
    client.get(PAGE)
    one = queries_of(client, PAGE)

    for number in range(2):
        keep_address(person, f"further{number}@home.example", by=person, now=NOW)

    assert queries_of(client, PAGE) == one


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_confirm_one_address_at_once_one_has_it():
    network = make_network()
    people = [make_person(network) for _place in range(8)]

    done = at_once([lambda one=one: keep_address(one, FURTHER, by=one, now=NOW) for one in people])  # type: ignore[misc]

    assert sum(isinstance(one, BadInput) for one in done) == 7
    assert EmailAddress.objects.filter(email=FURTHER, verified=True).count() == 1


@pytest.fixture
def pair(two_networks: TwoNetworks) -> tuple[Person, Person]:
    """Two records of one human that sign in."""
    kept = make_person(two_networks.ours, full_name="Marigold Lane")
    return kept, make_person(two_networks.ours, full_name="M. Lane", email=FURTHER)


def test_the_code_of_the_other_address_joins_two_accounts_and_undo_parts_them(
    two_networks: TwoNetworks, as_person: As, pair: tuple[Person, Person]
):
    kept, other = pair
    history = frozenset({"people.personmerge", "sessions.session"})
    EmailAddress.objects.update(verified=True)
    before = all_rows(but=history)
    merge = merged(kept, other, by=two_networks.our_director)

    add(as_person(kept))

    assert again(kept).private_ids == {kept.pk, other.pk}
    assert signs_in_as(FURTHER) == kept
    assert {one.value for one in addresses_of(again(kept))} == {kept.address, FURTHER}
    part_persons(merge, reason="Two after all.", by=two_networks.our_director, now=NOW)
    after = all_rows(but=history)
    for rows in (before, after):
        for row in rows["people.account"]:
            del row["last_login"]
    assert after == before
    assert signs_in_as(FURTHER) == other


def test_letters_to_a_joined_record_reach_her_where_she_is(
    two_networks: TwoNetworks, as_person: As, pair: tuple[Person, Person]
):
    kept, other = pair
    record = make_record(two_networks.ours)
    for one in (other, record):
        merged(kept, one, by=two_networks.our_director)
    three = [kept, other, record]
    assert mailed_to(three) == {kept.pk: kept.address, other.pk: FURTHER, record.pk: kept.address}

    add(as_person(kept))

    choose_address(again(kept), FURTHER, by=again(kept), now=NOW)
    assert mailed_to(three) == dict.fromkeys((one.pk for one in three), FURTHER)
    assert [again(one).address for one in three] == [FURTHER] * 3


def test_an_address_that_is_only_lent_does_not_replace_the_last_own(
    two_networks: TwoNetworks, as_person: As, pair: tuple[Person, Person]
):
    kept, other = pair
    EmailAddress.objects.update(verified=True)
    merged(kept, other, by=two_networks.our_director)
    client = as_person(kept)
    add(client)

    refused = client.post(PAGE, {"do": "remove", "address": kept.address})

    assert refused.status_code == 422
    assert signs_in_as(kept.address) == kept


def test_an_account_of_two_networks_keeps_its_addresses(
    two_networks: TwoNetworks, as_person: As, pair: tuple[Person, Person]
):
    kept, other = pair
    elsewhere = make_person(two_networks.theirs, email=FURTHER)
    merged(kept, other, by=two_networks.our_director)

    add(as_person(kept))

    assert again(kept).ids == {kept.pk, other.pk}
    there = Client()
    there.force_login(elsewhere.account_link.account)
    assert there.get("/you/").context["request"].person.ids == {other.pk}
    there.post("/you/network/", {"network": two_networks.theirs.key})
    assert there.get("/you/").context["request"].person == elsewhere


def test_each_of_two_accounts_reads_what_to_do(
    two_networks: TwoNetworks, as_person: As, pair: tuple[Person, Person]
):
    merged(*pair, by=make_staff(two_networks.ours))

    kept, other = (as_person(one).get(PAGE).content.decode() for one in pair)

    assert "add that address below" in kept
    assert "sign in with the other address" in other
    assert FURTHER not in kept


def test_she_says_on_the_page_that_a_record_is_hers(two_networks: TwoNetworks, as_person: As):
    kept = make_person(two_networks.ours)
    merge = merged(kept, make_record(two_networks.ours), by=two_networks.our_director)
    client = as_person(kept)

    assert "Both records are mine" in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"do": "record", "record": "0000000000"}).status_code == 422
    client.post(PAGE, {"do": "record", "record": merge.ref})

    assert again(kept).private_ids == again(kept).ids
    assert "Both records are mine" not in client.get(PAGE).content.decode()
