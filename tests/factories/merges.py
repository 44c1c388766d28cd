"""Two records of one human."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models

from tests.factories.people import NOW, make_district, make_person
from throughline.people.actions.merge_persons import merge_persons
from throughline.people.models import Affiliation, Network, Person, PersonMerge, Scope

REASON = "Same birthday, same desk; she told us on the phone."


def make_record(
    network: Network,
    *,
    full_name: str = "Marigold Lane",
    role: str = "",
    scope: Scope | None = None,
) -> Person:
    """A record of somebody who signs in nowhere."""
    return make_person(network, full_name=full_name, email="", role=role or None, scope=scope)


def many_entered_twice(network: Network, number: int) -> None:
    """So many people of one district, each entered twice."""
    district = make_district(network)
    names = [f"Twin {place:03d}" for place in range(number) for _time in range(2)]
    people = Person.objects.bulk_create([Person(network=network, full_name=name) for name in names])
    Affiliation.objects.bulk_create(
        [Affiliation(network=network, person=one, organization=district) for one in people]
    )


def merged(kept: Person, absorbed: Person, *, by: Person) -> PersonMerge:
    """The decision that these two are one."""
    return merge_persons(kept, absorbed, reason=REASON, by=by, now=NOW)


def again(person: Person) -> Person:
    """The person as the next request reads her."""
    return Person.objects.get(pk=person.pk)


def all_rows(*, but: frozenset[str] = frozenset()) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of ours and of sign-in, but those of tables that only grow."""
    ours = [
        model
        for model in apps.get_models()
        if model._meta.app_label not in {"contenttypes", "sessions", "audit"}
        and model._meta.label_lower not in but
    ]
    return {model._meta.label_lower: _rows(model) for model in ours}


def _rows(model: type[models.Model]) -> list[dict[str, Any]]:
    return [
        {
            key: bytes(value) if isinstance(value, memoryview) else value
            for key, value in row.items()
        }
        for row in model._base_manager.order_by("pk").values()
    ]
