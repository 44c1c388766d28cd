"""Let a challenge rest on a finding."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from throughline.audit import trail
from throughline.core.errors import NotAllowed
from throughline.evidence.models import Finding
from throughline.inquiry.enums import EvidenceKind
from throughline.inquiry.models import Challenge, Citation
from throughline.inquiry.rules import can_cite
from throughline.people.models import Person


@transaction.atomic
def cite_finding(
    challenge: Challenge, finding: Finding, *, by: Person, now: datetime, why: str = ""
) -> Citation:
    """Cite a finding; citing it again changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` is not in the team, the team has agreed already, or it cannot read the finding.
    """
    if not (decision := can_cite(by, challenge, finding)):
        raise NotAllowed(decision.reason)
    citation, made = Citation.objects.get_or_create(
        challenge=challenge,
        finding=finding,
        defaults={
            "network_id": challenge.network_id,
            "kind": EvidenceKind.QUANTITATIVE,
            "why": why.strip(),
            "by": by,
            "at": now,
        },
    )
    if made:
        challenge.missing.filter(kind=EvidenceKind.QUANTITATIVE).delete()
        trail.record(by, "cited", challenge, now=now)
    return citation
