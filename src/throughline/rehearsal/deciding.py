"""Fourth act: twelve are chosen, two sign, letters go out, one declines and an alternate follows."""

from __future__ import annotations

from datetime import datetime, timedelta

from throughline.admissions.actions.adopt_selection import adopt_selection
from throughline.admissions.actions.answer_offer import answer_offer
from throughline.admissions.actions.propose_selection import propose_selection
from throughline.admissions.actions.release_decisions import release_decisions
from throughline.admissions.actions.stage_decision import sign_decisions, signatures_wanted
from throughline.admissions.models import Decision
from throughline.admissions.staging import mark_of
from throughline.evidence.shipped.demo_districts import DEMO_DISTRICTS
from throughline.ledger.actions.open_engagement import open_engagement
from throughline.messaging.jobs import deliver_due
from throughline.people.actions import give_role
from throughline.people.enums import Role
from throughline.programs.actions.begin_engagement import begin_engagement
from throughline.programs.actions.take_seat import take_seat
from throughline.programs.enums import EngagementState
from throughline.programs.models import DistrictEngagement
from throughline.programs.sections import section
from throughline.rehearsal.applying import applicant
from throughline.rehearsal.stage import Stage, playing
from throughline.teams.actions.propose_team import propose_team
from throughline.teams.blueprint import TeamsSection

SEATED_BY_HAND = 6


def decide(stage: Stage) -> None:
    """Propose, adopt, sign twice, release; then the offers are answered."""
    call = stage.call
    if call is None:
        return
    decided = call.last_moment + timedelta(weeks=7)
    with playing(decided) as now:
        run = propose_selection(call, by=stage.director, now=now)
        adopt_selection(run, by=stage.director, now=now)
        call.refresh_from_db()
        sign_decisions(call, shown=mark_of(call), by=stage.director, now=now)
        if signatures_wanted(call) > 1:
            sign_decisions(call, shown=mark_of(call), by=stage.second, now=now)
    with playing(decided + timedelta(days=1)) as now:
        release_decisions(call, has_read=True, by=stage.director, now=now)
        deliver_due(now=now)
    _answers(stage, decided + timedelta(days=3))
    _remember_people(stage)


def _offers(stage: Stage) -> list[Decision]:
    return list(
        Decision.objects.filter(application__call=stage.call, outcome="offer", state="released")
        .select_related("application__lead")
        .order_by("application__pk")
    )


def _answers(stage: Stage, begun: datetime) -> None:
    offers = _offers(stage)
    for number, decision in enumerate(offers):
        lead = decision.application.lead
        assert lead is not None  # noqa: S101 - an offer is made to somebody
        with playing(begun + timedelta(hours=9 * number)) as now:
            answer_offer(
                decision, accept=number != len(offers) - 1 or number == 0, by=lead, now=now
            )
    with playing(begun + timedelta(days=9)) as now:
        for decision in _offers(stage):  # the alternate who was promoted
            lead = decision.application.lead
            assert lead is not None  # noqa: S101 - an offer is made to somebody
            answer_offer(decision, accept=True, by=lead, now=now)
        deliver_due(now=now)
    stage.engagements = _seated(stage)


def _seated(stage: Stage) -> list[DistrictEngagement]:
    return list(
        DistrictEngagement.objects.filter(cohort=stage.cohort)
        .seated()
        .select_related("district__place", "scope", "cohort__scope", "cohort__version")
        .order_by("pk")
    )


def _remember_people(stage: Stage) -> None:
    """Show the fellow whose assistant walks in too, and an applicant who is an alternate."""
    waiting = (
        Decision.objects.filter(application__call=stage.call, outcome="waitlist", state="released")
        .select_related("application__lead")
        .order_by("application__pk")
        .first()
    )
    lead = waiting.application.lead if waiting else None
    if lead is None and stage.applications:
        lead = stage.applications[-1].lead
    if lead is not None:
        stage.people["applicant"] = lead


def seat_by_hand(stage: Stage) -> None:
    """Seat districts of a program that has no application: staff name them."""
    begun = stage.at(stage.cohort.starts_on - timedelta(days=20))
    with playing(begun) as now:
        for district in DEMO_DISTRICTS[:SEATED_BY_HAND]:
            lead, _place = applicant(stage, district, now)
            office = lead.affiliations.get().organization
            engagement = begin_engagement(
                stage.cohort, office, state=EngagementState.OFFERED, by=stage.director, now=now
            )
            if stage.cohort.seats.exists():
                take_seat(stage.cohort, engagement=engagement, by=stage.director, now=now)
            give_role(lead, Role.FELLOW, engagement.scope, by=stage.director, now=now)
            open_engagement(engagement, fellows=[lead], by=stage.director, now=now)
            if stage.version.parsed.get("teams", {}).get("rings"):
                propose_team(engagement, name="", by=lead, now=now, ring=_ring(stage))
    stage.engagements = _seated(stage)


def _ring(stage: Stage) -> str:
    return next(iter(section(stage.version, "teams", TeamsSection).rings))
