"""Make a form that is sent twice do its work once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from throughline.audit.models import Once


def result_of(network_id: int, key: UUID | str | None) -> str | None:
    """Return what the first sending of this form led to, or nothing if it is new."""
    if not key:
        return None
    return Once.objects.filter(network=network_id, key=key).values_list("result", flat=True).first()


def keep(
    network_id: int,
    key: UUID | str | None,
    by_id: int | None,
    action: str,
    result: str,
    at: datetime,
) -> None:
    """Remember the result. Call it inside the action's transaction.

    Raises
    ------
    django.db.IntegrityError
        The same form is being handled at this moment; the transaction must be undone.
    """
    if key:
        Once.objects.create(
            network=network_id, key=key, by=by_id, action=action, result=result, at=at
        )
