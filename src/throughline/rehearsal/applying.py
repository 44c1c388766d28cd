"""Second act: districts apply. One from outside the region, one by title, one in the last minute."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from throughline.admissions.actions.save_part import save_part
from throughline.admissions.actions.start_application import start_application
from throughline.admissions.actions.submit_application import submit_application
from throughline.admissions.districts import LOCALE
from throughline.admissions.dossier import Dossier, is_asked
from throughline.admissions.models import Application
from throughline.evidence.shipped.demo_districts import DEMO_DISTRICTS, DemoDistrict
from throughline.forms.enums import FieldKind
from throughline.forms.queries import Question
from throughline.forms.render import options_of
from throughline.people.actions import add_affiliation, add_organization, delegate
from throughline.people.enums import OrganizationKind, Verb
from throughline.people.models import Person, Place
from throughline.rehearsal import words
from throughline.rehearsal.names import address_of
from throughline.rehearsal.stage import Stage, playing
from throughline.teams.actions.name_member import name_member
from throughline.teams.models import Team
from throughline.teams.rules import ring_of

OTHER_TITLE = 5
"""Which applicant leads by charge rather than by title."""

BY_KEY = {
    "disparities": words.DISPARITIES,
    "vision": words.VISION,
    "readiness": words.READINESS,
    "challenge-idea": words.IDEAS,
    "earlier-programs": words.PROGRAMS,
    "strategic-goals": words.GOALS,
    "team-mandate": (words.MANDATE,),
    "charge": (words.CHARGE,),
    "out-of-region": (words.OUT_OF_REGION,),
}
"""What is written under questions that most programs ask; others get something general."""

UNSAID = frozenset({LOCALE})
"""Left open: districts are real, and nobody makes up a fact about them."""

ASSISTED = (0, 3, 9)
"""Applicants with an assistant who fills in forms for them."""


def apply(stage: Stage, districts: int) -> None:
    """Let ``districts`` of the demo districts apply, spread over the call."""
    call = stage.call
    if call is None:
        return
    for number, district in enumerate(DEMO_DISTRICTS[:districts]):
        begun = call.opens_at + (call.closes_at - call.opens_at) * (number + 1) / (districts + 2)
        with playing(begun) as now:
            lead, place = applicant(stage, district, now)
            application = start_application(
                call, district_place=place, by=lead, now=now, title_key=_title(stage, number)
            )
            if number in ASSISTED:
                _assist(stage, application, now, is_shown=number == 0)
        sent = call.closes_at + timedelta(minutes=-4) if number == 1 else begun + timedelta(days=6)
        with playing(min(sent, call.closes_at - timedelta(minutes=9 + number))) as now:
            fill(stage, application, number, now)
            submit_application(application, typed_name=lead.full_name, by=lead, now=now)
        stage.applications.append(application)


def applicant(stage: Stage, district: DemoDistrict, now: datetime) -> tuple[Person, Place]:
    """Add a made-up leader of a real district."""
    place = Place.objects.get(authority="nces", kind="district", code=district.leaid)
    lead = stage.person(_domain(district), now)
    office = add_organization(
        stage.network, kind=OrganizationKind.DISTRICT_OFFICE, name=place.name, place=place,
        by=None, now=now,
    )  # fmt: skip
    add_affiliation(
        lead, office, title="Superintendent", title_key="superintendent", by=None, now=now
    )
    return lead, place


def _domain(district: DemoDistrict) -> str:
    return f"{district.name.lower().split()[0]}-{district.state.lower()}"


def _title(stage: Stage, number: int) -> str:
    titles = [
        str(one.get("key")) for one in stage.version.parsed.get("people", {}).get("titles", [])
    ]
    if not titles:
        return ""
    return titles[-1] if number == OTHER_TITLE else titles[number % 3 if len(titles) > 3 else 0]


def _assist(stage: Stage, application: Application, now: datetime, *, is_shown: bool) -> None:
    assistant = stage.person("offices", now)
    assert application.lead is not None  # noqa: S101 - begun by its lead
    delegate(
        application.lead, assistant, application.scope,
        [Verb.EDIT_APPLICATION, Verb.EDIT_ROSTER, Verb.REPLY, Verb.BOOK], by=application.lead, now=now,
    )  # fmt: skip
    if is_shown:
        stage.people["assistant"] = assistant


def fill(stage: Stage, application: Application, number: int, now: datetime) -> None:
    """Name a team and answer every question that is shown."""
    name_team(stage, application, number, now)
    fill_parts(application, number, now)


def fill_parts(
    application: Application, number: int, now: datetime, parts: int | None = None
) -> None:
    """Answer the questions of the first ``parts`` pages, or of all."""
    lead = application.lead
    assert lead is not None  # noqa: S101 - begun by its lead
    for part, _label in Dossier(application).submission.form_version.parts[:parts]:
        for _again in range(2):  # an answer may bring up the next question
            dossier = Dossier(application)
            asked = [one for one in dossier.of_part(part) if is_asked(one)]
            values = {
                one.key: value_of(one, dossier, number)
                for one in asked
                if one.wording.kind not in {FieldKind.DISTRICT, FieldKind.ROSTER}
                and one.key not in UNSAID
                and dossier.given.get(one.key) in (None, "", [])
            }
            if values:
                save_part(application, part, values, by=lead, now=now)


def name_team(stage: Stage, application: Application, number: int, now: datetime) -> None:
    """Name as many people as the program's team has, now fewer, now more."""
    for place in range(size_of_team(application.team, number)):
        title, kind, is_cabinet = words.TITLES[
            (place + (0 if number != 7 else 4)) % len(words.TITLES)
        ]
        name = next(stage.names)
        name_member(
            application.team,
            full_name=name,
            email=address_of(name, f"team{number}"),
            title=title,
            kind=kind,
            is_cabinet=is_cabinet and number != 7,
            by=application.lead,
            now=now,
        )


def size_of_team(team: Team, number: int) -> int:
    """Return a size within what the program asks, five to seven where it asks nothing."""
    ring = ring_of(team)
    least = ring.min if isinstance(ring.min, int) else 5
    most = ring.max if isinstance(ring.max, int) else max(7, least)
    least = min(least, most)
    size = least + number % (most - least + 1)
    return max(size - 1, 1) if ring.count_lead else size


def value_of(one: Question, dossier: Dossier, number: int) -> Any:
    """Return a fitting answer to any question of any form."""
    kind = one.wording.kind
    if kind in {FieldKind.TEXT, FieldKind.LONG_TEXT}:
        choices = BY_KEY.get(one.key, words.IDEAS)
        return choices[number % len(choices)]
    if kind == FieldKind.ATTEST:
        return True
    if kind == FieldKind.YES_OR_NO:
        return number % 3 == 0
    if kind == FieldKind.CONFIRM_DATES:
        return [key for key, _label in dossier.dates[one.wording.settings.get("of", "")]]
    if kind in {FieldKind.CHOICE, FieldKind.CHOICES}:
        keys = [key for key, _label in options_of(one, dossier.around)]
        picked = keys[number % len(keys)] if keys else ""
        return picked if kind == FieldKind.CHOICE else [picked]
    return _plain(kind, dossier, number)


def _plain(kind: str, dossier: Dossier, number: int) -> Any:
    return {
        FieldKind.NUMBER: 10 + number,
        FieldKind.WHOLE_NUMBER: 10 + number,
        FieldKind.SCALE: 3,
        FieldKind.DATE: dossier.call.opens_at.date(),
        FieldKind.EMAIL: f"office{number}@district.example",
        FieldKind.PHONE: f"555-01{number:02d}",
        FieldKind.WEB_ADDRESS: "https://district.example",
        FieldKind.MONEY: "1000 USD",
    }.get(FieldKind(kind), words.IDEAS[number % len(words.IDEAS)])
