"""First act: a network, its staff, a program and its cohort. Last act: the next call is open."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from throughline.admissions.actions.start_application import start_application
from throughline.admissions.models import Application, Call
from throughline.core.blueprint.faults import Place
from throughline.evidence.actions import load_places
from throughline.ledger.actions.open_entitlement import add_months
from throughline.people.actions import add_affiliation, add_organization, create_network, give_role
from throughline.people.enums import OrganizationKind, Role
from throughline.people.models import Organization, Person, Scope
from throughline.programs.actions.edit_draft import edit_draft, publish_draft
from throughline.programs.actions.import_blueprint import import_blueprint
from throughline.programs.actions.move_cohort import publish_cohort
from throughline.programs.actions.open_cohort import open_cohort
from throughline.programs.actions.start_draft import start_draft
from throughline.programs.models import BlueprintVersion, Cohort
from throughline.rehearsal.applying import fill_parts, name_team
from throughline.rehearsal.convening import place_all
from throughline.rehearsal.stage import Stage, playing

MONTHS_SO_FAR = 7
"""How long the cohort has been running on the last day."""
READERS = 9
COACHES = 4


def found(stage: Stage, source: str) -> None:
    """Found the network, hire its staff, import the program and open its cohort."""
    starts_on = weekday(add_months(stage.today, -MONTHS_SO_FAR))
    founded = datetime.combine(
        add_months(starts_on, -11), datetime.min.time(), tzinfo=stage.end.tzinfo
    )
    with playing(founded + timedelta(hours=15)) as now:
        load_places(now)
        stage.network = create_network(key=stage.key, name=stage.called, now=now)
        _hire(stage, now)
        stage.version = import_blueprint(stage.network, source, by=stage.director, now=now)
        stage.cohort = _open(stage, stage.version, starts_on, number=1, now=now)
    with playing(founded + timedelta(days=40)) as now:
        place_all(stage, stage.cohort, now)
        publish_cohort(stage.cohort, by=stage.director, now=now)
    # Where nobody reads, nobody applies: the form is one of acceptance.
    stage.call = Call.objects.filter(cohort=stage.cohort, phases__isnull=False).first()


def _hire(stage: Stage, now: datetime) -> None:
    root = Scope.objects.get(network=stage.network, parent=None)
    host = add_organization(
        stage.network, kind=OrganizationKind.HOST, name=stage.network.name, by=None, now=now
    )
    stage.director = _member(stage, host, "Network director", now)
    give_role(stage.director, Role.DIRECTOR, root, by=None, now=now)
    stage.coordinator = _member(stage, host, "Program coordinator", now)
    give_role(stage.coordinator, Role.COORDINATOR, root, by=stage.director, now=now)
    second = _member(stage, host, "Deputy director", now)
    give_role(second, Role.DIRECTOR, root, by=stage.director, now=now)
    stage.readers = [stage.person("readers", now) for _one in range(READERS)]
    stage.coaches = [stage.person("coaches", now) for _one in range(COACHES)]
    stage.people |= {
        "director": stage.director,
        "coordinator": stage.coordinator,
        "reviewer": stage.readers[0],
        "coach": stage.coaches[0],
    }
    stage.second = second


def _member(stage: Stage, host: Organization, title: str, now: datetime) -> Person:
    person = stage.person("southern-network", now)
    add_affiliation(person, host, title=title, by=None, now=now)
    return person


def _open(
    stage: Stage, version: BlueprintVersion, starts_on: date, *, number: int, now: datetime
) -> Cohort:
    return open_cohort(
        version.program,
        version=version,
        starts_on=starts_on,
        key=f"cohort-{number}",
        label=f"{stage.version.short} Cohort {number}",
        by=stage.director,
        now=now,
    )


def recruit_next(stage: Stage) -> None:
    """Open the next cohort's call; somebody who was declined is writing again."""
    if stage.call is None or not stage.version.parsed["program"].get("cohort", {}).get(
        "overlap", True
    ):
        return
    with playing(stage.end - timedelta(days=85)) as now:
        version = _next_version(stage, now)
        starts_on = weekday(add_months(stage.today, MONTHS_SO_FAR))
        following = _open(stage, version, starts_on, number=2, now=now)
        place_all(stage, following, now)
        publish_cohort(following, by=stage.director, now=now)
    call = Call.objects.filter(cohort=following).first()
    again = _declined(stage)
    if call is None or again is None:
        return
    with playing(stage.end - timedelta(days=9)) as now:
        place = again.engagement.district.place
        if not call.takes_applications(now) or place is None:
            return
        draft = start_application(
            call, district_place=place, by=again.lead, now=now, title_key="superintendent"
        )
        name_team(stage, draft, 3, now)
        fill_parts(draft, 4, now, parts=2)
    stage.people["applicant"] = again.lead


def _next_version(stage: Stage, now: datetime) -> BlueprintVersion:
    """Publish what the staff learned as a second version, and leave a third half written.

    The cohort that runs keeps the first.
    """
    program, parsed = stage.version.program, stage.version.parsed
    draft = start_draft(program, by=stage.director, now=now)
    has_rhythm = "every" in parsed["program"].get("cohort", {})
    rhythm = None if has_rhythm else f"{stage.cohort.months} months"
    learned: dict[Place, Any] = {("program", "cohort", "every"): rhythm}
    draft = edit_draft(draft, learned, seen=draft.sha256, by=stage.director, now=now)
    version = publish_draft(draft, seen=draft.sha256, by=stage.director, now=now)
    third = start_draft(program, by=stage.director, now=now)
    rings = parsed.get("teams", {}).get("rings", {})
    wider: dict[Place, Any] = {
        ("teams", "rings", key, "max"): ring["max"] + 1
        for key, ring in rings.items()
        if isinstance(ring.get("max"), int)
    }
    edit_draft(third, wider, seen=third.sha256, by=stage.director, now=now)
    return version


def _declined(stage: Stage) -> Application | None:
    return (
        Application.objects.filter(call=stage.call, decision__outcome="decline")
        .select_related("lead__network", "engagement__district__place")
        .order_by("pk")
        .last()
    )


def weekday(day: date) -> date:
    """Return the day, or the Monday after it if it falls on a weekend."""
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
