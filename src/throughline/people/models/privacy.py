"""What people ask the host to do with what it holds about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from throughline.core.refs import PublicRef
from throughline.people.enums import RequestState, Role
from throughline.people.models.network import Network

if TYPE_CHECKING:
    from throughline.people.models.person import Person

WORDS_MAX = 1000


class PrivacyRequestQuerySet(models.QuerySet["PrivacyRequest"]):
    """Requests."""

    def visible_to(self, person: Person) -> Self:
        """Return her own; to directors of the whole network all of people not closed to them."""
        hers = Q(person__in=person.ids)
        if person.staffed_scopes(Role.DIRECTOR).filter(parent=None).exists():
            closed = Q(person__roles__scope__in=person.excluded_scopes())
            hers |= Q(pk__in=self.filter(network_id=person.network_id).exclude(closed).values("pk"))
        return self.filter(hers, network_id=person.network_id)

    def open(self) -> Self:
        return self.filter(state=RequestState.OPEN)


class PrivacyRequest(models.Model):
    """A person asks that her record be emptied. The host answers by a day, with a reason if not."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="privacy_requests"
    )
    words = models.CharField(max_length=WORDS_MAX, blank=True)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    answer = models.CharField(max_length=WORDS_MAX, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = PrivacyRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="open"), name="one_open_request_a_person"
            ),
            models.CheckConstraint(
                name="the_state_of_a_request_is_known", condition=Q(state__in=RequestState.values)
            ),
            models.CheckConstraint(
                name="an_answered_request_says_when",
                condition=Q(state="open") | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_refused_request_says_why", condition=~Q(state="refused") | ~Q(answer="")
            ),
        ]
        indexes = [models.Index(fields=["network", "state", "due_on"], name="requests_by_due_day")]
