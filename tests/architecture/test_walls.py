"""The database itself refuses what two mistakes in a row would allow."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from tests.conftest import TwoNetworks
from tests.factories.people import NOW, make_person, root_of
from throughline.audit import trail
from throughline.audit.models import AuditEvent
from throughline.core import walls
from throughline.people.models import Person, RoleAssignment


@pytest.mark.parametrize("how", ["create", "bulk_create", "update"])
def test_a_row_cannot_point_into_another_network(two_networks: TwoNetworks, how: str):
    ours = make_person(two_networks.ours, role="director")
    there = root_of(two_networks.theirs)
    row = RoleAssignment(
        network=two_networks.ours, person=ours, role="coordinator", scope=there, from_on=NOW.date()
    )

    with pytest.raises(IntegrityError, match="another network"), transaction.atomic():
        if how == "create":
            row.save()
        elif how == "bulk_create":
            RoleAssignment.objects.bulk_create([row])
        else:
            RoleAssignment.objects.filter(person=ours).update(scope=there)


def test_a_row_cannot_move_to_another_network(two_networks: TwoNetworks):
    person = make_person(two_networks.ours)

    with pytest.raises(IntegrityError, match="another network"), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(network=two_networks.theirs)


@pytest.mark.parametrize("how", ["update", "delete"])
def test_the_trail_is_only_added_to(two_networks: TwoNetworks, how: str):
    event = trail.record(two_networks.our_director, "looked", two_networks.our_director, now=NOW)

    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        if how == "update":
            AuditEvent.objects.filter(pk=event.pk).update(verb="changed")
        else:
            AuditEvent.objects.filter(pk=event.pk).delete()


def test_the_walls_that_stand_are_those_of_the_models(db: None):
    stood = walls.standing(connection)

    walls.put_up(connection)

    assert stood == walls.standing(connection)
    assert len(stood) > 30
