"""Say why a kind of evidence is missing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed
from throughline.inquiry.enums import EvidenceKind
from throughline.inquiry.models import Challenge, MissingEvidence
from throughline.inquiry.rules import can_edit
from throughline.people.models import Person


@transaction.atomic
def explain_missing(
    challenge: Challenge, *, kind: str, reason: str, by: Person, now: datetime
) -> MissingEvidence:
    """Write down why there are no figures, or no voices, yet. A later reason replaces the first.

    Raises
    ------
    NotAllowed
        ``by`` is not in the team, or the team has agreed already.
    BadInput
        No reason is given, the kind is unknown, or this kind of evidence is there.
    """
    if not (decision := can_edit(by, challenge)):
        raise NotAllowed(decision.reason)
    if kind not in EvidenceKind.values:
        raise BadInput(_("Choose what is missing."), field="kind")
    if not reason.strip():
        raise BadInput(_("Say why it is missing, and when you will have it."), field="reason")
    if challenge.citations.filter(kind=kind).exists():
        raise BadInput(_("This evidence is there already."), field="kind")
    missing, _made = MissingEvidence.objects.update_or_create(
        challenge=challenge,
        kind=kind,
        defaults={
            "network_id": challenge.network_id,
            "reason": reason.strip(),
            "by": by,
            "at": now,
        },
    )
    trail.record(by, "explained_missing", challenge, now=now)
    return missing
