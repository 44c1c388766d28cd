"""Make a form that is sent twice do its work once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from throughline.audit.models import Once


@dataclass(frozen=True, slots=True)
class Claim:
    """A form that is being handled, and what its first sending led to, if this is not the first."""

    network_id: int
    key: UUID | None
    result: str = ""

    def keep(self, result: str) -> None:
        """Remember what the form led to."""
        if self.key is not None:
            Once.objects.filter(network=self.network_id, key=self.key).update(result=result)


def claim(
    network_id: int, key: UUID | str | None, by_id: int | None, action: str, now: datetime
) -> Claim:
    """Claim the key of a form for one person and one action. Without a key nothing is remembered.

    Call it before anything else is read, inside the action's transaction. Of two sendings at the
    same moment the second waits here until the first is done, and finds its result; if the first
    was refused, the second goes on instead.
    """
    own = _own_key(key, by_id, action)
    if own is None:
        return Claim(network_id, None)
    Once.objects.bulk_create(
        [Once(network=network_id, key=own, by=by_id, action=action, at=now)], ignore_conflicts=True
    )
    return Claim(network_id, own, Once.objects.get(network=network_id, key=own).result)


def _own_key(key: UUID | str | None, by_id: int | None, action: str) -> UUID | None:
    """Return a key that no other person and no other form can hit; nothing for a broken one."""
    try:
        sent = UUID(str(key))
    except ValueError:
        return None
    return uuid5(sent, f"{action}:{by_id}")
