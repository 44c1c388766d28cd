"""Keep what somebody typed when it could not be saved, and let her put it away."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from throughline.audit import trail
from throughline.forms.models import Draft, Submission
from throughline.forms.queries import PARKED, Parked, draft_identity, unpark
from throughline.people.models import Person
from throughline.people.sealing import seal


def drawers(submission: Submission, keys: Iterable[str], *, by: Person) -> dict[str, Draft]:
    """Return where this person's unsaved versions of each question lie, or would. One query."""
    subjects = {f"{submission.ref}.{key}": key for key in keys}
    found = Draft.objects.filter(person=by, page=PARKED, subject__in=subjects)
    lying = {subjects[draft.subject]: draft for draft in found.order_by("pk")}
    return {
        key: lying.get(key)
        or Draft(network_id=by.network_id, person=by, page=PARKED, subject=subject)
        for subject, key in subjects.items()
    }


def park(draft: Draft, value: Any, *, by: Person, now: datetime) -> None:
    """Add a value to what this person has parked for a question. Call inside an action."""
    kept = unpark(by, draft) if draft.pk else []
    if value not in [one.value for one in kept]:
        _keep(draft, [*kept, Parked(value, now.isoformat())], by, now)


def unpark_value(draft: Draft, value: Any, *, by: Person) -> None:
    """Forget a parked value that has since been saved. Call inside an action."""
    if not draft.pk:
        return
    kept = unpark(by, draft)
    left = [one for one in kept if one.value != value]
    if not left:
        draft.delete()
    elif left != kept:
        _keep(draft, left, by, draft.saved_at)


@transaction.atomic
def discard_parked(submission: Submission, key: str, *, by: Person, now: datetime) -> bool:
    """Put away everything that this person has parked for a question: she has seen both versions."""
    draft = drawers(submission, [key], by=by)[key]
    if not draft.pk:
        return False
    draft.delete()
    trail.record(by, "put away", submission, now=now, fields=[key])
    return True


def _keep(draft: Draft, parked: list[Parked], by: Person, now: datetime) -> None:
    plain = json.dumps([{"value": one.value, "at": one.at} for one in parked])
    draft.sealed = seal(by, plain, identity=draft_identity(draft))
    draft.saved_at = now
    draft.save()
