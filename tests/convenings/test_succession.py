"""The order in which apps hear of a succession: the ledger first (docs/adr/0005)."""

from tests.conftest import TwoNetworks
from tests.factories.convenings import make_event, seat_of_fellow
from tests.factories.people import NOW, make_person
from throughline.convenings.models import SeatBlock
from throughline.people.enums import Role
from throughline.programs.actions.succeed import succeed


def test_half_days_of_a_successor_are_booked_on_what_was_handed_over_to_her(
    two_networks: TwoNetworks,
) -> None:
    seat = seat_of_fellow(make_event(two_networks.ours))
    engagement, leaving = seat.registration.engagement, seat.person
    assert engagement is not None
    successor = make_person(two_networks.ours)

    succeed(engagement, leaving=leaving, taking_over=successor, role=Role.FELLOW, by=None, now=NOW)

    booked = SeatBlock.objects.filter(seat=seat).order_by("block__position")
    holders = booked.values_list("scheduled_entry__entitlement__holder_person", flat=True)
    assert list(holders) == [successor.pk] * 4
    assert list(booked.values_list("bookings", flat=True)) == [2] * 4
