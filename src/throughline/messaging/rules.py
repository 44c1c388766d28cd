"""Who releases, holds and discards mail."""

from __future__ import annotations

from django.utils.translation import gettext as _

from throughline.core.decision import YES, Decision, no
from throughline.messaging.models import Message
from throughline.people.enums import STAFF_ROLES
from throughline.people.models import Person


def can_manage(person: Person | None, message: Message) -> Decision:
    """Staff of the message's scope decide about it; the system decides about what it composed."""
    if person is None:
        return YES
    if person.network_id != message.network_id:
        return no(_("This message belongs to another network."))
    if not person.holds(message.scope_id, *STAFF_ROLES):
        return no(_("Only staff of this program can release, hold or discard its messages."))
    return YES
