"""What a host offers, again and again."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from throughline.core.refs import PublicRef
from throughline.people.models import Network, Organization, Person, Scope
from throughline.programs.enums import HostPart


class ProgramQuerySet(models.QuerySet["Program"]):
    """Programs. What a program is stands on its public page."""

    def visible_to(self, person: Person | None) -> Self:
        """Return every program to a visitor, and those of her network to a person of one."""
        return self if person is None else self.filter(network_id=person.network_id)

    def staffed_by(self, person: Person) -> Self:
        """Return programs that this person administers."""
        return self.filter(network_id=person.network_id, scope__in=person.staffed_scopes())


class Program(models.Model):
    """A program of a network; its blueprint says everything it promises."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    scope = models.OneToOneField(Scope, on_delete=models.PROTECT, related_name="program")
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    inquiry_question = models.TextField(blank=True)

    objects = ProgramQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "key"], name="a_program_key_is_used_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ProgramHost(models.Model):
    """An organization plays a part in a program. Reached through its program."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="hosts")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="programs_hosted"
    )
    part = models.CharField(max_length=20, choices=HostPart)
    brand = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "organization", "part"], name="a_host_plays_a_part_once"
            ),
            models.UniqueConstraint(
                fields=["program"], condition=Q(part="lead"), name="a_program_has_one_lead_host"
            ),
        ]
        ordering = ["position", "pk"]
