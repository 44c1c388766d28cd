"""Two records of one human are brought together, and parted again as if nothing had been."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import IntegrityError, transaction

from tests.conftest import TwoNetworks
from tests.factories.merges import REASON, again, all_rows, make_record, merged
from tests.factories.people import NOW, make_network, make_person, make_staff, root_of
from tests.factories.threads import at_once
from throughline.audit.models import AuditEvent
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.people.actions import delegate, exclude, give_role
from throughline.people.actions.empty_person import empty_person
from throughline.people.actions.keep_addresses import confirm_record
from throughline.people.actions.merge_persons import merge_persons, part_persons
from throughline.people.enums import Ground, Role, ScopeKind, Verb
from throughline.people.merge_rules import UNDO_WITHIN
from throughline.people.models import Network, Person, PersonMerge, RoleAssignment, Scope

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=2)
BOOKKEEPING = frozenset({"people.personmerge"})


def below(network: Network, kind: str = ScopeKind.ENGAGEMENT, label: str = "District") -> Scope:
    return Scope.objects.below(root_of(network), kind=kind, label=label)


def two_records(network: Network) -> tuple[Person, Person]:
    """One record that signs in and leads a district, and one that does not and is of a group."""
    kept = make_person(network, full_name="Marigold Lane", role=Role.FELLOW, scope=below(network))
    absorbed = make_record(network, role=Role.LEARNER, scope=below(network, ScopeKind.GROUP))
    return kept, absorbed


def part(merge: PersonMerge, *, by: Person) -> PersonMerge:
    return part_persons(merge, reason="It was her sister.", by=by, now=LATER)


def test_roles_of_both_records_add_up(two_networks: TwoNetworks):
    kept, absorbed = two_records(two_networks.ours)

    merged(kept, absorbed, by=two_networks.our_director)

    assert {role for role, _ in again(kept).live_roles} == {Role.FELLOW, Role.LEARNER}
    assert again(absorbed).ids == again(kept).ids == {kept.pk, absorbed.pk}


def test_undoing_leaves_every_row_as_it_was(two_networks: TwoNetworks):
    kept, absorbed = two_records(two_networks.ours)
    before = all_rows(but=BOOKKEEPING)

    merge = merged(kept, absorbed, by=two_networks.our_director)
    assert all_rows(but=BOOKKEEPING) != before
    part(merge, by=two_networks.our_director)

    assert all_rows(but=BOOKKEEPING) == before
    assert again(kept).same_ids == {kept.pk}


def test_what_was_written_since_stays_with_the_kept_record(two_networks: TwoNetworks):
    kept, absorbed = two_records(two_networks.ours)
    merge = merged(kept, absorbed, by=two_networks.our_director)
    since = give_role(again(kept), Role.GUEST, below(two_networks.ours), by=None, now=NOW)

    part(merge, by=two_networks.our_director)

    assert RoleAssignment.objects.get(pk=since.pk).person == kept
    assert {role for role, _ in again(kept).live_roles} == {Role.FELLOW, Role.GUEST}


def test_both_records_are_named_in_the_trail(two_networks: TwoNetworks):
    kept, absorbed = two_records(two_networks.ours)

    part(merged(kept, absorbed, by=two_networks.our_director), by=two_networks.our_director)

    lines = AuditEvent.objects.filter(verb__in=["merged", "parted"]).order_by("pk")
    assert [(one.verb, one.key, one.fields, one.by) for one in lines] == [
        (verb, person.ref, [other.ref], two_networks.our_director.pk)
        for verb in ("merged", "parted")
        for person, other in ((kept, absorbed), (absorbed, kept))
    ]


def test_merging_twice_is_one_decision_and_parting_twice_is_refused(two_networks: TwoNetworks):
    kept, absorbed = two_records(two_networks.ours)
    by = two_networks.our_director

    first = merged(kept, absorbed, by=by)

    assert merged(kept, absorbed, by=by) == first
    part(first, by=by)
    with pytest.raises(WrongState, match="have been parted"):
        part(first, by=by)
    assert merged(kept, absorbed, by=by) != first


def test_a_record_is_absorbed_by_one_other(two_networks: TwoNetworks):
    kept, absorbed = two_records(two_networks.ours)
    third = make_person(two_networks.ours)
    merged(kept, absorbed, by=two_networks.our_director)

    with pytest.raises(WrongState, match="Look again"):
        merged(third, absorbed, by=two_networks.our_director)
    with pytest.raises(WrongState, match="Look again"):
        merged(absorbed, third, by=two_networks.our_director)


def test_three_records_are_one_and_part_in_any_order(two_networks: TwoNetworks):
    by, network = two_networks.our_director, two_networks.ours
    root, middle, last = make_person(network), make_record(network), make_record(network)
    lower, upper = merged(middle, last, by=by), merged(root, middle, by=by)

    assert again(root).ids == again(last).ids == {root.pk, middle.pk, last.pk}
    part(lower, by=by)
    assert again(root).ids == {root.pk, middle.pk}
    assert again(last).ids == {last.pk}
    merged(middle_root := again(root), again(last), by=by)
    part(upper, by=by)
    assert again(middle_root).ids == {root.pk, last.pk}
    assert again(middle).same_as is None


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.FELLOW, Role.FINANCE, None])
def test_who_is_not_staff_of_the_network_does_not_merge(
    two_networks: TwoNetworks, role: str | None
):
    network = two_networks.ours
    kept, absorbed = two_records(network)
    scope = below(network, ScopeKind.PROGRAM) if role != Role.FELLOW else below(network)
    by = make_person(network, role=role, scope=scope)

    with pytest.raises(NotAllowed, match="Only staff of the whole network"):
        merged(kept, absorbed, by=by)


def test_an_assistant_of_a_director_does_not_merge(two_networks: TwoNetworks):
    network = two_networks.ours
    kept, absorbed = two_records(network)
    principal = make_staff(network)
    scope = below(network)
    give_role(principal, Role.FACILITATOR, scope, by=None, now=NOW)
    assistant = make_person(network)
    delegate(principal, assistant, scope, list(Verb), by=None, now=NOW)

    with pytest.raises(NotAllowed, match="Only staff of the whole network"):
        merged(kept, absorbed, by=again(assistant))


def test_without_a_second_factor_nobody_merges(
    two_networks: TwoNetworks, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(settings, "SECOND_FACTOR_REQUIRED", True)
    kept, absorbed = two_records(two_networks.ours)
    by = two_networks.our_director

    with pytest.raises(NotAllowed, match="Set up your second factor"):
        merged(kept, absorbed, by=by)
    Authenticator.objects.create(
        user=by.account_link.account, type=Authenticator.Type.TOTP, data={}
    )
    assert merged(kept, absorbed, by=by).kept == kept


def test_nobody_merges_herself(two_networks: TwoNetworks):
    director = two_networks.our_director

    with pytest.raises(NotAllowed, match="Ask a colleague"):
        merged(director, make_record(two_networks.ours), by=director)


def test_a_coordinator_makes_nobody_see_confidential_data(two_networks: TwoNetworks):
    network = two_networks.ours
    coordinator = make_staff(network, Role.COORDINATOR)
    coach = make_person(network, role=Role.COACH, scope=below(network))

    with pytest.raises(NotAllowed, match="Only a director"):
        merged(coach, make_record(network), by=coordinator)
    assert merged(*two_records(network), by=coordinator).by == coordinator


def test_a_record_that_was_emptied_is_neither_merged_nor_parted(two_networks: TwoNetworks):
    by = two_networks.our_director
    merge = merged(*two_records(two_networks.ours), by=by)
    emptied = make_record(two_networks.ours)
    Person.objects.filter(pk__in=[emptied.pk, merge.absorbed_id]).update(emptied_at=NOW)

    with pytest.raises(NotAllowed, match="was emptied"):
        merged(make_person(two_networks.ours), emptied, by=by)
    with pytest.raises(NotAllowed, match="was emptied"):
        part(merge, by=by)


def test_emptying_one_of_her_records_empties_all_and_the_reason(two_networks: TwoNetworks):
    kept, absorbed = make_person(two_networks.ours), make_record(two_networks.ours)
    merge = merged(kept, absorbed, by=two_networks.our_director)

    empty_person(again(kept), by=two_networks.our_director, now=LATER)

    assert again(kept).emptied_at == again(absorbed).emptied_at == LATER
    assert PersonMerge.objects.get(pk=merge.pk).reason == "–"


def test_records_of_two_networks_are_not_one(two_networks: TwoNetworks):
    with pytest.raises(NotAllowed, match="of this network"):
        merged(
            make_person(two_networks.ours), make_record(two_networks.theirs),
            by=two_networks.our_director,
        )  # fmt: skip


def test_who_is_closed_to_somebody_is_merged_by_others(two_networks: TwoNetworks):
    kept, absorbed = two_records(two_networks.ours)
    by = two_networks.our_director
    exclude(by, kept.roles.get().scope, Ground.CONFLICT, source="t:1", by=None, now=NOW)

    with pytest.raises(NotAllowed, match="closed to you"):
        merged(kept, absorbed, by=again(by))


def test_a_merge_needs_a_reason_and_keeps_who_signs_in(two_networks: TwoNetworks):
    kept, absorbed = two_records(two_networks.ours)
    by = two_networks.our_director

    with pytest.raises(BadInput, match="how you know"):
        merge_persons(kept, absorbed, reason="  ", by=by, now=NOW)
    with pytest.raises(BadInput, match="Keep the record that signs in"):
        merged(absorbed, kept, by=by)


def test_after_thirty_days_nothing_is_undone(two_networks: TwoNetworks):
    by = two_networks.our_director
    merge = merged(*two_records(two_networks.ours), by=by)

    with pytest.raises(NotAllowed, match="30 days"):
        part_persons(merge, reason="Late.", by=by, now=NOW + UNDO_WITHIN + timedelta(seconds=1))
    assert part_persons(merge, reason="In time.", by=by, now=NOW + UNDO_WITHIN).undone_by == by


def test_what_is_closed_to_one_record_is_closed_to_all(two_networks: TwoNetworks):
    kept, absorbed = two_records(two_networks.ours)
    scope = kept.roles.get().scope
    exclude(absorbed, scope, Ground.CONFLICT, source="t:1", by=None, now=NOW)

    merged(kept, absorbed, by=two_networks.our_director)

    assert scope not in again(kept).scopes()


def test_nobody_gives_a_role_to_another_record_of_herself(two_networks: TwoNetworks):
    network = two_networks.ours
    hers, other = make_staff(network), make_person(network)
    merged(hers, other, by=two_networks.our_director)

    with pytest.raises(NotAllowed, match="Nobody gives a role to themselves"):
        give_role(other, Role.FINANCE, root_of(network), by=again(hers), now=NOW)


def minors(*persons: Person) -> list[bool]:
    return [again(one).is_minor for one in persons]


def test_a_minor_stays_one_whichever_record_is_kept(two_networks: TwoNetworks):
    network, by = two_networks.ours, two_networks.our_director
    adult, minor = make_person(network), make_person(network, email="", is_minor=True)
    other_adult, other_minor = make_record(network), make_person(network, is_minor=True)

    first, second = merged(adult, minor, by=by), merged(other_minor, other_adult, by=by)

    assert minors(adult, minor, other_adult, other_minor) == [True] * 4
    part(first, by=by)
    part(second, by=by)
    assert minors(adult, minor, other_adult, other_minor) == [False, True, False, True]


@pytest.mark.parametrize("first", [0, 1])
def test_of_three_records_those_stay_minors_that_are_one_with_a_minor(
    two_networks: TwoNetworks, first: int
):
    network, by = two_networks.ours, two_networks.our_director
    adult, minor = make_person(network), make_person(network, email="", is_minor=True)
    other = make_record(network)
    merges = [merged(adult, minor, by=by), merged(adult, other, by=by)]
    assert minors(adult, minor, other) == [True, True, True]

    part(merges[first], by=by)
    assert minors(adult, minor, other) == [[False, True, False], [True, True, False]][first]
    part(merges[1 - first], by=by)
    assert minors(adult, minor, other) == [False, True, False]


def test_two_accounts_get_nothing_of_each_other_until_their_owner_proves_it(
    two_networks: TwoNetworks,
):
    network = two_networks.ours
    kept = make_person(network, role=Role.FELLOW, scope=below(network))
    other = make_person(network, role=Role.GUEST, scope=below(network))

    merge = merged(kept, other, by=two_networks.our_director)

    assert again(kept).ids == {kept.pk}
    assert again(other).ids == {other.pk}
    assert again(kept).same_ids == {kept.pk, other.pk}
    with pytest.raises(WrongState, match="Add the other address"):
        confirm_record(merge, by=again(kept), now=NOW)


def test_only_the_person_herself_says_that_a_record_is_hers(two_networks: TwoNetworks):
    kept, absorbed = two_records(two_networks.ours)
    merge = merged(kept, absorbed, by=two_networks.our_director)

    with pytest.raises(NotAllowed):
        confirm_record(merge, by=two_networks.our_director, now=NOW)
    assert again(kept).private_ids == {kept.pk}
    confirm_record(merge, by=again(kept), now=NOW)
    confirm_record(merge, by=again(kept), now=LATER)
    assert again(kept).private_ids == {kept.pk, absorbed.pk}
    assert PersonMerge.objects.get().confirmed_at == NOW


@pytest.mark.django_db(transaction=True)
def test_of_eight_decisions_at_once_one_stands():
    network = make_network()
    by, kept = make_staff(network), make_person(network)
    records = [make_record(network, full_name=f"Record {place}") for place in range(4)]
    pairs = [(kept, one) for one in records] + [(records[0], one) for one in records[1:]]

    at_once([lambda pair=pair: merged(*pair, by=by) for pair in [*pairs, pairs[0]]])  # type: ignore[misc]

    live = PersonMerge.objects.live()
    assert live.count() == len({one.absorbed_id for one in live}) >= 3
    pointing = Person.objects.filter(same_as__isnull=False)
    assert {one.pk for one in pointing} == {one.absorbed_id for one in live}
    assert not pointing.filter(same_as__same_as__isnull=False).exists()


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_undo_at_once_one_does():
    network = make_network()
    by = make_staff(network)
    merge = merged(*two_records(network), by=by)

    done = at_once([lambda: part(merge, by=by)] * 8)

    assert sum(isinstance(one, WrongState) for one in done) == 7
    assert AuditEvent.objects.filter(verb="parted").count() == 2


def test_the_database_refuses_what_no_decision_may_be(two_networks: TwoNetworks):
    kept, absorbed = two_records(two_networks.ours)
    merge = merged(kept, absorbed, by=two_networks.our_director)
    same = PersonMerge.objects.filter(pk=merge.pk)

    for change in (
        {"kept": absorbed}, {"reason": ""}, {"undone_at": NOW},
        {"joined_at": None, "confirmed_at": NOW},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            same.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonMerge.objects.create(
            network=two_networks.ours, kept=two_networks.our_director, absorbed=absorbed,
            by=two_networks.our_director, reason=REASON, merged_at=NOW,
        )  # fmt: skip
