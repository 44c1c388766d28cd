"""Seventh act: districts' published rates are loaded; teams keep a figure and begin their challenge."""

from __future__ import annotations

from datetime import timedelta

from throughline.core.tiers import Tier
from throughline.evidence.actions import load_graduation
from throughline.evidence.actions.pin_finding import pin_finding
from throughline.evidence.answers import GraduationPage
from throughline.evidence.groups import ALL
from throughline.evidence.queries import district_graduation
from throughline.inquiry.actions.explain_missing import explain_missing
from throughline.inquiry.actions.propose_challenge import propose_challenge
from throughline.inquiry.actions.start_challenge import start_challenge
from throughline.inquiry.enums import EvidenceKind
from throughline.rehearsal import words
from throughline.rehearsal.running import lead_of
from throughline.rehearsal.stage import Stage, playing
from throughline.teams.models import Team

BEGUN = 5
"""How many teams have begun their challenge; the others look at their data."""


def inquire(stage: Stage) -> None:
    """Load figures for every applicant's district, then begin some challenges."""
    with playing(stage.at(stage.cohort.starts_on, 15)) as now:
        engagements = [one.engagement for one in stage.applications] or stage.engagements
        for engagement in engagements:
            if place := engagement.district.place:
                load_graduation(place, network=stage.network, by=stage.coordinator, now=now)
    active = Team.objects.filter(state="active", engagement__in=stage.engagements)
    for number, team in enumerate(
        active.select_related("engagement__district__place").order_by("pk")
    ):
        if number < BEGUN:
            _begin(stage, team, number)


def _begin(stage: Stage, team: Team, number: int) -> None:
    place = team.engagement.district.place
    assert place is not None  # noqa: S101 - every demo district is a place
    with playing(stage.end - timedelta(days=60 - 3 * number)) as now:
        lead = lead_of(team.engagement)
        page = district_graduation(lead, place)
        begun = words.CHALLENGES[number % len(words.CHALLENGES)]
        group = _group(page, begun.groups)
        if page.year is None or not group:
            return
        finding = pin_finding(
            place, year=page.year, group=group, comparator=ALL, scope=team.scope, tier=Tier.TEAM,
            by=lead, now=now,
        )  # fmt: skip
        challenge = start_challenge(
            team,
            finding=finding,
            who=begun.who,
            experience=begun.experience,
            where_=begun.where,
            since=begun.since,
            why_now=begun.why_now,
            by=lead,
            now=now,
        )
        if number == 0:
            explain_missing(
                challenge,
                kind=EvidenceKind.VOICE,
                reason="Our first listening session is in two weeks; we add what we hear.",
                by=lead,
                now=now,
            )
            propose_challenge(challenge, by=lead, now=now + timedelta(minutes=1))


def _group(page: GraduationPage, wanted: tuple[str, ...]) -> str:
    """Return the first of these groups that has a published figure beside that of everybody."""
    if ALL not in page.figures or page.figures[ALL].rate is None:
        return ""
    figures = {key: page.figures[key] for key in wanted if key in page.figures}
    return next((key for key, figure in figures.items() if figure.rate is not None), "")
