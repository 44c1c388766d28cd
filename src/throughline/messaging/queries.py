"""Reads of messaging: the outbox, one letter as its reader gets it, addresses."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from throughline.core.todo import ToDo
from throughline.messaging.enums import OUTBOX, DeliveryState, MessageState
from throughline.messaging.models import Delivery, Message
from throughline.messaging.wording import SITE, as_html, fill, plain
from throughline.people.addresses import NOWHERE
from throughline.people.domains import address_of
from throughline.people.models import AccountPerson, Network, Person, PersonAlias, PersonMerge


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as one named reader gets it."""

    to: Person
    subject: str
    body: str

    @property
    def text(self) -> str:
        return plain(self.body)

    @property
    def html(self) -> SafeString:
        return as_html(self.body)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many messages are in one state."""

    state: MessageState
    count: int


def letter_for(message: Message, person: Person) -> Letter:
    """Return the message with this reader's name and the site's address in it. No query."""
    values = values_for(person, person.network)
    return Letter(person, fill(message.subject, values), fill(message.body, values))


def values_for(person: Person, network: Network) -> dict[str, str]:
    """Return what is filled in at delivery, for this reader in this network."""
    return {
        "person.name": person.full_name,
        "person.called": person.called or person.full_name,
        SITE: address_of(network),
    }


def outbox(person: Person) -> QuerySet[Message]:
    """Return messages of scopes that she staffs, what waits first, each with its counts. One query."""
    not_arrived = Q(deliveries__state__in=[DeliveryState.REFUSED, DeliveryState.BOUNCED])
    first = [MessageState.HELD, MessageState.APPROVED, MessageState.RELEASING]
    turn = Case(
        *(When(state=state, then=Value(place)) for place, state in enumerate(first)),
        default=Value(len(first)),
    )
    return (
        Message.objects.visible_to(person)
        .filter(state__in=OUTBOX)
        .select_related("scope", "composed_by")
        .annotate(
            readers=Count("deliveries"),
            arrived=Count("deliveries", filter=Q(deliveries__state=DeliveryState.SENT)),
            came_back=Count("deliveries", filter=not_arrived),
            without_address=Count("deliveries", filter=Q(deliveries__state=DeliveryState.SKIPPED)),
        )
        .order_by(turn, "-composed_at", "-pk")
    )


def standings(person: Person) -> list[Standing]:
    """Return how many messages are in each state of the outbox, empty ones included. One query."""
    found = dict(
        Message.objects.visible_to(person)
        .order_by()
        .values_list("state")
        .annotate(count=Count("pk"))
    )
    return [Standing(state, found.get(state, 0)) for state in OUTBOX]


def readers(message: Message) -> QuerySet[Delivery]:
    """Return who gets a message and what became of it, by name. One query."""
    found = Delivery.objects.filter(message=message)
    return found.select_related("person", "person__network").order_by("person__full_name", "pk")


def addresses_of(persons: Collection[Person]) -> dict[int, str]:
    """Return where mail reaches each person; empty if nowhere. Three queries however many.

    A record that was joined with another one, and has no address left, is reached at that one's.
    """
    kept = dict(
        PersonMerge.objects.live()
        .filter(absorbed__in=persons, joined_at__isnull=False)
        .values_list("absorbed", "kept")
    )
    keys = {*(person.pk for person in persons), *kept.values()}
    found = dict(
        AccountPerson.objects.filter(person__in=keys).values_list("person", "account__email")
    )
    aliases = PersonAlias.objects.filter(person__in=keys, kind="email")
    # Her choice, verified before unverified, first before second: what is read last wins.
    best = sorted(
        aliases.values_list("pk", "person", "value", "verified_at", "gets_letters"),
        key=lambda row: (row[4], row[3] is not None, row[3].timestamp() if row[3] else 0, -row[0]),
    )
    found |= {person: value for _, person, value, *_ in best}
    own = {key: address for key, address in found.items() if not address.endswith(NOWHERE)}
    return {one.pk: own.get(one.pk) or own.get(kept.get(one.pk, 0), "") for one in persons}


def had_news_since(person: int, since: datetime) -> bool:
    """Whether a news letter went to this person since that moment."""
    return Delivery.objects.filter(
        person=person, state=DeliveryState.SENT, sent_at__gte=since, message__kind="news"
    ).exists()


def todo_items(person: Person, *, now: datetime) -> list[ToDo]:  # noqa: ARG001 - as everywhere
    """Return messages that wait for somebody of the staff to read and release them. One query."""
    if not person.is_staff:
        return []
    held = Message.objects.visible_to(person).filter(state=MessageState.HELD).order_by("pk")
    return [
        ToDo(
            title=_("Read and release: %(subject)s") % {"subject": message.subject},
            minutes=3,
            due_on=None,
            href=reverse("messaging:message", args=[message.ref]),
            about=_("Nothing is sent before you say so."),
            weight=1,
        )
        for message in held
    ]
