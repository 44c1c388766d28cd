"""Messages and their deliveries."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from throughline.core.refs import PublicRef
from throughline.messaging.enums import DeliveryState, Kind, MessageState
from throughline.messaging.models.template import TemplateVersion
from throughline.people.models import Network, Person, Scope


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages."""

    def visible_to(self, person: Person) -> Self:
        """Return messages of scopes that this person staffs."""
        return self.filter(network_id=person.network_id, scope__in=person.staffed_scopes())

    def received_by(self, person: Person) -> Self:
        """Return messages that were sent to this person."""
        sent = Delivery.objects.filter(person__in=person.ids, state=DeliveryState.SENT)
        return self.filter(network_id=person.network_id, pk__in=sent.values("message"))


class Message(models.Model):
    """One sending. Subject and body are final but for the reader's own name, filled in delivery."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    key = models.CharField(max_length=160)
    template_version = models.ForeignKey(
        TemplateVersion, on_delete=models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=MessageState, default=MessageState.HELD)
    composed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    composed_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    hold_until = models.DateTimeField(null=True)
    audience = models.JSONField(default=dict)
    about_kind = models.CharField(max_length=60, blank=True)
    about_key = models.CharField(max_length=60, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "key"], name="a_message_is_composed_once"),
            models.CheckConstraint(
                name="the_state_of_a_message_is_known",
                condition=Q(state__in=MessageState.values),
            ),
            models.CheckConstraint(
                name="a_released_message_says_when",
                condition=~Q(state__in=["approved", "releasing", "sent"])
                | Q(released_at__isnull=False),
            ),
            models.CheckConstraint(
                name="the_kind_of_a_message_is_known", condition=Q(kind__in=Kind.values)
            ),
        ]
        indexes = [models.Index(fields=["scope", "state"], name="messages_of_a_scope")]

    def __str__(self) -> str:
        return self.subject

    @property
    def standing(self) -> MessageState:
        return MessageState(self.state)

    def is_due(self, now: datetime) -> bool:
        """Whether its hour has come."""
        return self.hold_until is None or self.hold_until <= now


class Delivery(models.Model):
    """A message to one person: once, however often it is tried. Reached through its message."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=254, blank=True)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.QUEUED)
    reason = models.CharField(max_length=200, blank=True)
    rendered_sha256 = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "person"], name="one_delivery_per_message_and_person"
            ),
            models.CheckConstraint(
                name="the_state_of_a_delivery_is_known",
                condition=Q(state__in=DeliveryState.values),
            ),
            models.CheckConstraint(
                name="a_sent_delivery_says_when",
                condition=~Q(state=DeliveryState.SENT) | Q(sent_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="deliveries_by_state"),
            models.Index(fields=["person", "sent_at"], name="deliveries_of_a_person"),
        ]

    @property
    def standing(self) -> DeliveryState:
        return DeliveryState(self.state)
