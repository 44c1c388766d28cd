"""A calendar at a secret address, made and revoked by its person alone."""

from __future__ import annotations

import base64
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core import chance
from throughline.core.errors import NotAllowed
from throughline.core.locks import take
from throughline.meetings.codes import code_hmac
from throughline.meetings.models import Feed
from throughline.people.models import Person


@transaction.atomic
def make_feed(person: Person, *, by: Person, now: datetime) -> str:
    """Return the code of a new feed, shown this once; an older address stops working.

    Raises
    ------
    NotAllowed
        ``by`` is somebody else.
    """
    take(person)
    revoke_feed(person, by=by, now=now)
    code = base64.urlsafe_b64encode(chance.token_bytes(24)).decode().rstrip("=")
    feed = Feed.objects.create(
        network_id=person.network_id, person=person, code_hmac=code_hmac(code), made_at=now
    )
    trail.record(by, "made feed", feed, now=now)
    return code


@transaction.atomic
def revoke_feed(person: Person, *, by: Person, now: datetime) -> bool:
    """Switch the live feed off. Returns whether there was one.

    Raises
    ------
    NotAllowed
        ``by`` is somebody else.
    """
    if not by.is_in([person.pk]):
        raise NotAllowed(_("Only you can share your calendar."))
    feed = Feed.objects.filter(person__in=person.ids, revoked_at=None).first()
    if feed is None or not Feed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=now):
        return False
    trail.record(by, "revoked feed", feed, now=now)
    return True
