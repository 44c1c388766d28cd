"""Take a released table back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.states import states_before
from throughline.people.models import Person
from throughline.releases import hooks
from throughline.releases.enums import RELEASE_MAY_BECOME, ReleaseState
from throughline.releases.models import Release
from throughline.releases.rules import can_recall


@transaction.atomic
def recall_release(release: Release, *, reason: str, by: Person | None, now: datetime) -> Release:
    """Stop showing a released table. Its entries stay: others may have relied on them.

    Raises
    ------
    NotAllowed
        ``by`` is neither staff nor analyst of the population's scope.
    BadInput
        No reason is given.
    WrongState
        The table has already been recalled.
    """
    if not (decision := can_recall(by, release)):
        raise NotAllowed(decision.reason)
    if not reason.strip():
        raise BadInput(_("Say why these figures are recalled."), field="reason")
    moved = Release.objects.filter(
        pk=release.pk, state__in=states_before(RELEASE_MAY_BECOME, ReleaseState.RECALLED)
    ).update(state=ReleaseState.RECALLED)
    if not moved:
        raise WrongState(_("These figures have already been recalled."))
    release.refresh_from_db()
    scope = release.book.population.scope_id
    trail.record(by, "recalled", release, now=now, scope=scope, reason=reason)
    for heard in hooks.RECALLED:
        heard(release, now)
    return release
