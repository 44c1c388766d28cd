"""Districts that could use a call: work that has stood still longer than the program means it to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.coaching.models import CoachingEngagement
from throughline.core.todo import ToDo
from throughline.meetings.enums import OccasionState
from throughline.people.models import Person
from throughline.programs.blueprint import ProgramSection
from throughline.programs.enums import CohortState
from throughline.programs.models import Cohort, CohortSeat, DistrictEngagement
from throughline.programs.sections import section
from throughline.programs.words import words_of
from throughline.teams.blueprint import TeamsSection
from throughline.teams.enums import JOINED_STATES, TeamState
from throughline.teams.models import Team
from throughline.ui import spelling

TEAM_WITHIN = timedelta(days=60)
"""How long after the start a team may still be forming before somebody calls."""

COACHED_WITHIN = timedelta(days=60)
"""How long a leader may go without a coaching session before somebody asks."""


def todo_items(person: Person, *, now: datetime) -> list[ToDo]:
    """Return whom staff should call, in running cohorts. Four queries, however many districts."""
    if not person.is_staff:
        return []
    running = Cohort.objects.staffed_by(person).filter(state=CohortState.RUNNING)
    cohorts = {cohort.pk: cohort for cohort in running.select_related("version")}
    seated = seated_in(person, list(cohorts))
    teams = teams_of(seated)
    return calls_to_make(cohorts, seated, teams, now.date())


def seated_in(person: Person, cohorts: Sequence[int]) -> list[DistrictEngagement]:
    """Return the districts that hold a place in these cohorts, by name. One query."""
    return list(
        DistrictEngagement.objects.staffed_by(person)
        .filter(cohort__in=cohorts)
        .seated()
        .select_related("district")
        .order_by("district__name", "pk")
    )


def teams_of(seated: Sequence[DistrictEngagement]) -> dict[int, Team]:
    """Return the live team of each district, by the engagement's key, with ``joined``. One query."""
    joined = Count("memberships", filter=Q(memberships__state__in=JOINED_STATES))
    live = (
        Team.objects.live()
        .filter(engagement__in=[one.pk for one in seated])
        .annotate(joined=joined)
    )
    return {team.engagement_id: team for team in live}


def calls_to_make(
    cohorts: dict[int, Cohort],
    seated: Sequence[DistrictEngagement],
    teams: dict[int, Team],
    today: date,
) -> list[ToDo]:
    """Return cohorts below their least, late teams and quiet coaching. One query."""
    return [
        *_below_least(cohorts, seated, today),
        *_late_teams(cohorts, seated, teams, today),
        *_quiet_coaching(seated, today),
    ]


def _below_least(
    cohorts: dict[int, Cohort], seated: Sequence[DistrictEngagement], today: date
) -> list[ToDo]:
    """Warn of a cohort with fewer seats taken than its program says is the least.

    One query more where a program says so and persons may hold the seats.
    """
    found = []
    leasts = {
        pk: section(cohort.version, "program", ProgramSection).cohort.min
        for pk, cohort in cohorts.items()
    }
    persons = _held_by_persons([pk for pk, least in leasts.items() if isinstance(least, int)])
    for pk, cohort in cohorts.items():
        least = leasts[pk]
        count = sum(one.cohort_id == pk for one in seated) + persons.get(pk, 0)
        # Where nobody has a seat, people may come in by a door that this page does not know.
        is_short = isinstance(least, int) and 0 < count < least
        if cohort.state != CohortState.RUNNING or not is_short:
            continue
        place = reverse("programs:cohort", args=[cohort.ref])
        title = _("Decide how %(cohort)s goes on with too few") % {"cohort": cohort.label}
        sentence = ngettext(
            "%(count)d seat is taken; the program says that %(least)s is the least.",
            "%(count)d seats are taken; the program says that %(least)s is the least.",
            count,
        )
        said = sentence % {"count": count, "least": least}
        found.append(ToDo(title, 20, today + timedelta(days=6), place, said, weight=2))
    return found


def _held_by_persons(cohorts: Sequence[int]) -> dict[int, int]:
    """Return how many seats of each cohort persons hold, without a district."""
    if not cohorts:
        return {}
    held = CohortSeat.objects.filter(cohort__in=cohorts, person__isnull=False).order_by()
    return dict(held.values_list("cohort").annotate(Count("pk")))


def _late_teams(
    cohorts: dict[int, Cohort],
    seated: Sequence[DistrictEngagement],
    teams: dict[int, Team],
    today: date,
) -> list[ToDo]:
    late = {
        pk
        for pk, cohort in cohorts.items()
        if today > cohort.starts_on + TEAM_WITHIN
        and section(cohort.version, "teams", TeamsSection).rings
    }
    found = []
    for one in seated:
        team = teams.get(one.pk)
        if one.cohort_id in late and (team is None or team.state != TeamState.ACTIVE):
            word = words_of(cohorts[one.cohort_id].version).one("team")
            place = reverse("teams:team", args=[team.ref]) if team else _districts(cohorts, one)
            title = _("Call %(district)s: its %(team)s is not complete")
            found.append(
                ToDo(
                    title % {"district": one.district, "team": word}, 15, today + timedelta(days=6), place,
                    _joined_words(team),
                    weight=2,
                )
            )  # fmt: skip
    return found


def _joined_words(team: Team | None) -> str:
    joined = int(getattr(team, "joined", 0))
    if not joined:
        return _("Nobody has joined it yet. Ask what stands in the way.")
    said = ngettext(
        "%(n)d person has said yes since the cohort began. Ask what stands in the way.",
        "%(n)d people have said yes since the cohort began. Ask what stands in the way.",
        joined,
    )
    return said % {"n": joined}


def _districts(cohorts: dict[int, Cohort], one: DistrictEngagement) -> str:
    return reverse("programs:cohort", args=[cohorts[one.cohort_id].ref])


def _quiet_coaching(seated: Sequence[DistrictEngagement], today: date) -> list[ToDo]:
    live = (
        CoachingEngagement.objects.active()
        .filter(engagement__in=[one.pk for one in seated])
        .annotate(
            last=Max(
                "sessions__occasion__day", filter=Q(sessions__occasion__state=OccasionState.HELD)
            )
        )
        .select_related("engagement__district", "coach__person")
        .order_by("engagement__district__name", "pk")
    )
    return [
        ToDo(
            _("Ask %(district)s whether the coaching fits") % {"district": one.engagement.district},
            10,
            today + timedelta(days=6),
            reverse("coaching:coaching"),
            _("%(coach)s last met them on %(day)s.")
            % {"coach": one.coach, "day": spelling.day(last)},
        )
        for one, last in ((one, _last(one)) for one in live)
        if last is not None and today - last > COACHED_WITHIN
    ]


def _last(one: CoachingEngagement) -> date | None:
    found: date | None = getattr(one, "last", None)
    return found
