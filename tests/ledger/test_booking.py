"""Booking, delivering and correcting: nothing is spent twice, nothing is changed in place."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests.factories.ledger import make_entitlement, make_entry
from tests.factories.people import NOW, make_person, make_staff
from tests.factories.programs import fellow_of, make_engagement
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.ledger.actions.reverse import reverse
from throughline.ledger.enums import Overrun
from throughline.ledger.models import Alert, Entitlement, Entry
from throughline.ledger.queries import source_for
from throughline.ledger.rules import Sums, sums_of

pytestmark = pytest.mark.django_db


def sums(entitlement: Entitlement) -> Sums:
    return sums_of([entitlement.pk])[entitlement.pk]


def test_the_same_source_books_once():
    entitlement = make_entitlement()

    first = make_entry(entitlement, 90, source="tests.session:1")
    again = make_entry(entitlement, 90, source="tests.session:1")

    assert first == again
    assert sums(entitlement) == Sums(granted=1200, delivered=90)


def test_delivering_what_was_booked_ends_the_booking_in_the_same_moment():
    entitlement = make_entitlement(quantity=90)

    make_entry(entitlement, 90, kind="scheduled", source="tests.session:1")
    before = sums(entitlement)
    make_entry(entitlement, 90, kind="delivered", source="tests.session:1")

    assert (before.remaining, before.free) == (90, 0)
    assert sums(entitlement) == Sums(granted=90, delivered=90)


def test_a_booking_is_released_once_and_only_if_there_is_one():
    entitlement = make_entitlement()
    make_entry(entitlement, 90, kind="scheduled", source="tests.session:1")

    for _ in range(2):
        make_entry(entitlement, 90, kind="unscheduled", source="tests.session:1")
    with pytest.raises(WrongState, match="Nothing is booked"):
        make_entry(entitlement, 90, kind="unscheduled", source="tests.session:2")

    assert sums(entitlement) == Sums(granted=1200)


def test_no_more_than_promised_is_booked_without_a_reason_of_the_staff():
    engagement = make_engagement()
    entitlement = make_entitlement(engagement, quantity=60)
    fellow, director = fellow_of(engagement), make_staff(engagement.network)

    with pytest.raises(
        NotAllowed, match=r"Only 1\.0 hour of .* can still be booked\. To go beyond"
    ):
        make_entry(entitlement, 90, by=fellow)
    with pytest.raises(NotAllowed, match="Only the host's staff can go beyond"):
        make_entry(entitlement, 90, by=fellow, overrun_reason="We need it.")
    entry = make_entry(entitlement, 90, by=director, overrun_reason="A new superintendent.")

    assert entry.overrun_reason == "A new superintendent."
    assert sums(entitlement).free == -30


def test_what_a_program_refuses_beyond_its_promise_no_reason_opens():
    engagement = make_engagement()
    entitlement = make_entitlement(engagement, quantity=60, overrun=Overrun.REFUSE)

    with pytest.raises(NotAllowed, match="No more can be booked"):
        make_entry(entitlement, 90, by=make_staff(engagement.network), overrun_reason="Please.")


def test_what_a_program_allows_beyond_its_promise_says_so_in_the_entry():
    entitlement = make_entitlement(quantity=60, overrun=Overrun.ALLOW)

    assert make_entry(entitlement, 90).overrun_reason == "The program allows more than it promised."


def test_deliveries_on_request_are_counted_without_a_balance():
    entitlement = make_entitlement(quantity=None)

    make_entry(entitlement, 600)

    assert sums(entitlement).delivered == 600
    assert Alert.objects.count() == 0


def test_a_correction_leaves_the_first_entry_and_books_again_under_the_next_number():
    entitlement = make_entitlement()
    wrong = make_entry(entitlement, 180, source="tests.session:1")

    reversal = reverse(wrong, reason="Two hours, not three.", by=None, now=NOW)
    again = reverse(wrong, reason="Two hours, not three.", by=None, now=NOW)
    with pytest.raises(WrongState, match="next number"):
        make_entry(entitlement, 120, source="tests.session:1")
    make_entry(entitlement, 120, source=source_for("tests.session:1", "delivered"))

    assert (again, reversal.reverses) == (reversal, wrong)
    assert sums(entitlement) == Sums(granted=1200, delivered=120)
    sources = Entry.objects.filter(kind="delivered").values_list("source", flat=True)
    assert list(sources) == ["tests.session:1", "tests.session:1#2"]


def test_who_may_correct_and_what():
    engagement = make_engagement()
    entitlement = make_entitlement(engagement)
    coach, stranger = make_person(engagement.network), make_person(engagement.network)
    entry = make_entry(entitlement, by=coach)
    grant = Entry.objects.get(kind="granted")

    with pytest.raises(NotAllowed, match="Only the host's staff"):
        reverse(entry, reason="Wrong.", by=stranger, now=NOW)
    with pytest.raises(BadInput, match="Say what was wrong"):
        reverse(entry, reason=" ", by=coach, now=NOW)
    with pytest.raises(NotAllowed, match="already used or booked"):
        reverse(grant, reason="Wrong.", by=None, now=NOW)
    reversal = reverse(entry, reason="Wrong.", by=coach, now=NOW)
    with pytest.raises(WrongState, match="cannot be corrected"):
        reverse(reversal, reason="Wrong.", by=None, now=NOW)


def test_one_source_never_books_for_two_holders():
    engagement = make_engagement()
    one, other = make_entitlement(engagement), make_entitlement(engagement)
    make_entry(one, source="tests.session:1")

    with pytest.raises(WrongState, match="somebody else"):
        make_entry(other, source="tests.session:1")


@pytest.mark.parametrize(
    ("quantity", "kind"), [(0, "delivered"), (-5, "delivered"), (5, "reversed")]
)
def test_an_entry_moves_something_forward(quantity: int, kind: str):
    entitlement = make_entitlement()

    with pytest.raises(BadInput):
        make_entry(entitlement, quantity, kind=kind)


def test_each_alert_is_raised_once():
    entitlement = make_entitlement(quantity=100)

    make_entry(entitlement, 80)
    make_entry(entitlement, 15)
    make_entry(entitlement, 1)

    assert list(Alert.objects.values_list("percent", flat=True)) == [75, 90]


def test_the_database_changes_and_deletes_no_entry():
    entry = make_entry(make_entitlement())

    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(quantity=1)
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).delete()


def test_the_database_refuses_an_entry_twice_an_empty_one_and_a_reversal_of_nothing():
    entry = make_entry(make_entitlement(), source="tests.session:1")
    forbidden = [
        {"kind": "delivered", "source": "tests.session:1", "quantity": 1},
        {"kind": "delivered", "source": "tests.session:2", "quantity": 0},
        {"kind": "reversed", "source": "tests.session:3", "quantity": 1},
        {"kind": "delivered", "source": "tests.session:4", "quantity": 1, "reverses": entry},
    ]

    for fields in forbidden:
        with pytest.raises(IntegrityError), transaction.atomic():
            Entry.objects.create(
                network=entry.network, entitlement=entry.entitlement,
                happened_on=NOW.date(), recorded_at=NOW, **fields,
            )  # fmt: skip


def test_the_database_gives_an_entitlement_one_holder():
    entitlement = make_entitlement()
    person = make_person(entitlement.network)
    same = Entitlement.objects.filter(pk=entitlement.pk)

    for fields in ({"holder_person": person}, {"holder_scope": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            same.update(**fields)
