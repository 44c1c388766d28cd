"""Begin to fill in a form."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from throughline.audit import trail
from throughline.forms.enums import EnteredFrom
from throughline.forms.models import FormVersion, Submission
from throughline.people.models import Person, Scope


@transaction.atomic
def start_submission(
    form_version: FormVersion,
    *,
    scope: Scope,
    by: Person | None,
    now: datetime,
    entered_from: EnteredFrom = EnteredFrom.PAGE,
    on_behalf_of: Person | None = None,
) -> Submission:
    """Open an empty submission. Whether ``by`` may is the question of the noun that will own it."""
    submission = Submission.objects.create(
        network_id=form_version.network_id, form_version=form_version, scope=scope, by=by,
        saved_at=now, entered_from=entered_from,
    )  # fmt: skip
    trail.record(by, "started", submission, now=now, on_behalf_of=on_behalf_of)
    return submission
