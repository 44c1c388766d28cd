"""Publish an event: it gets its place, and the cohort's people are asked to come."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.convenings.actions.place_event import place_event
from throughline.convenings.actions.register import expect_engagement
from throughline.convenings.actions.tell import tell_invited
from throughline.convenings.enums import EVENT_MAY_BECOME, EventState
from throughline.convenings.models import Event
from throughline.convenings.rules import can_publish, can_staff
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.states import states_before
from throughline.people.models import Person
from throughline.programs.models import DistrictEngagement


@transaction.atomic
def publish_event(
    event: Event, *, place_words: str = "", by: Person | None, now: datetime
) -> Event:
    """Publish a draft; seats are held for everybody of the cohort who is expected.

    An invitation to them waits in the outbox until staff release it.
    ``place_words`` may be left out if the place is already known.

    Raises
    ------
    NotAllowed
        ``by`` is not on the staff of the cohort.
    BadInput
        It has no place or no days yet.
    WrongState
        It was published before, or canceled.
    """
    if event.state == EventState.DRAFT and place_words.strip():
        place_event(event, place_words=place_words, by=by, now=now)
    if not (decision := can_staff(by, event.scope)):
        raise NotAllowed(decision.reason)
    if not (decision := can_publish(by, event)):
        raise BadInput(decision.reason, field="place_words")
    moved = Event.objects.filter(
        pk=event.pk, state__in=states_before(EVENT_MAY_BECOME, EventState.PUBLISHED)
    ).update(state=EventState.PUBLISHED)
    if not moved:
        raise WrongState(_("This event was published before, or was canceled."))
    event.refresh_from_db()
    seated = DistrictEngagement.objects.seated().filter(cohort__scope=event.scope_id)
    for engagement in seated.select_related("cohort__scope", "scope").order_by("pk"):
        expect_engagement(event, engagement, by=by, now=now)
    tell_invited(event, by=by, now=now)
    trail.record(by, "published", event, now=now)
    return event
