"""Keep a figure as a finding."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import once as once_only
from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed
from throughline.core.tiers import Tier
from throughline.evidence import sentences
from throughline.evidence.answers import GraduationPage
from throughline.evidence.enums import GRADUATION
from throughline.evidence.groups import GROUPS
from throughline.evidence.models import Analysis, Finding
from throughline.evidence.queries import district_graduation
from throughline.evidence.rules import can_pin
from throughline.people.models import Person, Place, Scope
from throughline.people.tiered import write_tiered
from throughline.releases.models import Release
from throughline.releases.queries import canonical


@transaction.atomic
def pin_finding(
    place: Place,
    *,
    year: int,
    group: str,
    comparator: str,
    scope: Scope,
    tier: str,
    by: Person,
    now: datetime,
    note: str = "",
    once: UUID | str | None = None,
) -> Finding:
    """Keep one group's figure and its comparator as a sentence, for the readers of a tier.

    Raises
    ------
    NotAllowed
        ``by`` takes no part in ``scope``.
    BadInput
        There is no such figure, nothing to compare it with, or the tier cannot be chosen here.
    """
    if not (decision := can_pin(by, scope)):
        raise NotAllowed(decision.reason)
    sent = once_only.claim(by.network_id, once, by.pk, "pin_finding", now)
    if sent.result:
        return Finding.objects.get(ref=sent.result)
    page = district_graduation(by, place, year=year, comparator=comparator)
    sentence, release = _sentence(page, year, group, comparator)
    finding = Finding(
        network_id=by.network_id,
        author=by,
        scope=scope,
        tier=Tier(tier),
        analysis=_analysis(release, page, group, comparator),
        release=release,
        cell=group,
        comparator=comparator,
        sentence=sentence,
        pinned_at=now,
    )
    write_tiered(finding, note)
    sent.keep(finding.ref)
    trail.record(by, "pinned", finding, now=now)
    return finding


def _sentence(page: GraduationPage, year: int, group: str, comparator: str) -> tuple[str, Release]:
    """Say the figure; refuse a year, group or comparator that the page does not show."""
    focal, other = page.figures.get(group), page.figures.get(comparator)
    if page.year != year or page.release is None:
        raise BadInput(_("There are no figures for this school year."), field="year")
    if focal is None or focal.rate is None:
        raise BadInput(_("There is no figure for these students to keep."), field="group")
    if other is None or other.rate is None:
        raise BadInput(_("There is no figure to compare with. Choose another."), field="comparator")
    words = sentences.finding(page.place.name, year, focal, str(GROUPS[comparator].label), other)
    return words, page.release


def _analysis(release: Release, page: GraduationPage, group: str, comparator: str) -> Analysis:
    question, sha256 = canonical(
        {
            "comparator": comparator,
            "group": group,
            "measure": GRADUATION,
            "place": page.place.code,
            "school_year": page.year,
        }
    )
    analysis, _made = Analysis.objects.get_or_create(
        release=release,
        question_sha256=sha256,
        defaults={
            "network_id": release.network_id,
            "measure": GRADUATION,
            "comparator": comparator,
            "question": question,
        },
    )
    return analysis
