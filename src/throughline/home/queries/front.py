"""What stands on the first page, for whoever opens it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from throughline.home.queries.beside import Beside, beside, district_of
from throughline.home.queries.coming import Coming, Waiting, ahead_of
from throughline.home.queries.next_for_me import NextForMe, next_for_me
from throughline.people.domains import network_at
from throughline.people.models import Person
from throughline.programs.models import Cohort, DistrictEngagement, Program
from throughline.programs.queries import cohorts_of_staff
from throughline.programs.words import PLAIN, Words, words_of

RUNNING_FIRST = {"running": 0, "recruiting": 1, "closing": 2, "planned": 3, "alumni": 4}


@dataclass(frozen=True, slots=True)
class PersonHome:
    """What is next for somebody who is not staff."""

    greeting: str
    first_name: str
    today: date
    next: NextForMe
    coming: Sequence[Coming]
    waiting: Sequence[Waiting]
    beside: Beside
    district: DistrictEngagement | None
    cohort: Cohort | None
    month: int
    words: Words


def programs_of(host: str) -> list[Program]:
    """Return the programs that a visitor of this address may read about, by name. Two queries."""
    chosen = network_at(host)
    if chosen is None:
        return []
    return list(Program.objects.visible_to(None).filter(network=chosen).order_by("name", "pk"))


def cohort_of_staff(person: Person) -> Cohort | None:
    """Return the cohort whose staff should see it first: the one that runs, else the newest."""
    if not person.is_staff:
        return None
    cohorts = list(cohorts_of_staff(person))
    return min(cohorts, key=lambda one: RUNNING_FIRST[one.state], default=None)


def home_of(person: Person, *, now: datetime) -> PersonHome:
    """Return greeting, things to do, what is coming up and what others owe."""
    local = now.astimezone(ZoneInfo(person.time_zone))
    joined = list(
        Cohort.objects.joined_by(person).select_related("version").order_by("-starts_on", "pk")
    )
    cohort = min(joined, key=lambda one: RUNNING_FIRST[one.state], default=None)
    district = district_of(person, cohort)
    ahead = ahead_of(person, district, today=local.date(), now=now)
    around = beside(person, district, now=now)
    return PersonHome(
        greeting=_greeting(local.hour),
        first_name=person.called or person.full_name.split()[0],
        today=local.date(),
        next=next_for_me(person, now=now),
        coming=ahead.coming,
        waiting=[*ahead.waiting, *around.waiting],
        beside=around,
        district=district,
        cohort=cohort,
        month=cohort.month_on(local.date()) if cohort else 0,
        words=words_of(cohort.version) if cohort else PLAIN,
    )


def _greeting(hour: int) -> str:
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")
