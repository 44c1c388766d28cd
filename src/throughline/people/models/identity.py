"""How a person describes herself."""

from __future__ import annotations

from typing import Self

from django.db import models

from throughline.people.models.person import Person


class EquityIdentityQuerySet(models.QuerySet["EquityIdentity"]):
    """Answers, as their author alone sees them."""

    def visible_to(self, person: Person) -> Self:
        """Return her own row and nothing else, whatever roles she has and whoever she acts for."""
        return self.filter(person=person.pk, network=person.network_id)


class EquityIdentity(models.Model):
    """What a person says about herself, sealed with her key. Nobody else reads it.

    No other row points here, and a person does not lead here either: no query of another app can
    join it by accident.
    """

    network = models.ForeignKey("people.Network", on_delete=models.PROTECT, related_name="+")
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()

    objects = EquityIdentityQuerySet.as_manager()

    def __str__(self) -> str:
        return "answers about herself"
