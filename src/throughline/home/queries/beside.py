"""What stands beside "Next for me": her district, its thread, its coaching, and what others owe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.admissions.enums import ApplicationState
from throughline.admissions.models import Application
from throughline.coaching.models import CoachingEngagement
from throughline.coaching.queries import Line, lines_of
from throughline.home.queries.coming import Waiting
from throughline.inquiry.enums import ENDED, ChallengeState, EvidenceKind
from throughline.inquiry.models import Challenge
from throughline.people.models import Delegation, Person
from throughline.programs.models import Cohort, DistrictEngagement
from throughline.teams.enums import MemberState
from throughline.teams.models import Team, TeamMembership
from throughline.ui import spelling
from throughline.ui.charts import Step, thread

AGREED = frozenset({ChallengeState.AGREED, ChallengeState.ACTIVE})


@dataclass(frozen=True, slots=True)
class Thread:
    """A team's inquiry so far: what is drawn, the sentence, and where it stands."""

    drawing: str
    sentence: str
    standing: str
    href: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Everything beside the list of things to do; each part may be empty."""

    thread: Thread | None
    coaching: Sequence[Line]
    waiting: Sequence[Waiting]
    helpers: Sequence[str]
    helped: Sequence[str]


def district_of(person: Person, cohort: Cohort | None) -> DistrictEngagement | None:
    """Return the one district through which somebody is in a cohort; nothing for coaches of several."""
    if cohort is None or person.is_staff:
        return None
    found = (
        DistrictEngagement.objects.visible_to(person)
        .seated()
        .filter(cohort=cohort)
        .select_related("district__place")
        .order_by("pk")[:2]
    )
    districts = list(found)
    return districts[0] if len(districts) == 1 else None


def beside(person: Person, district: DistrictEngagement | None, *, now: datetime) -> Beside:
    """Return the cards of the side column. Seven queries at most, and none for staff."""
    if person.is_staff:
        return Beside(None, [], [], [], [])
    team = None
    if district is not None:
        team = Team.objects.visible_to(person).live().filter(engagement=district).first()
    coaching = CoachingEngagement.objects.visible_to(person).active()
    helpers, helped = _assistants(person)
    return Beside(
        thread=_thread(person, team, district) if team is not None and district else None,
        coaching=lines_of(coaching, now=now),
        waiting=[*_not_answered(team), *_being_read(person)],
        helpers=helpers,
        helped=helped,
    )


def _thread(person: Person, team: Team, district: DistrictEngagement) -> Thread:
    found = (
        Challenge.objects.visible_to(person)
        .exclude(state__in=sorted(ENDED))
        .filter(owner_scope=team.scope_id, is_priority=True)
        .first()
    )
    if found is None:
        place = district.district.place
        href = reverse("evidence:districts")
        if place is not None:
            href = reverse("evidence:graduation", args=[place.code])
        return Thread(
            _drawing("", set()), _("Not begun yet."),
            _("It begins with a figure of your district."), href,
        )  # fmt: skip
    cited = set(found.citations.values_list("kind", flat=True))
    return Thread(
        _drawing(found.state, cited),
        found.sentence,
        f"{found.get_state_display()}.",
        reverse("inquiry:challenge", args=[found.ref]),
    )


def _drawing(state: str, cited: set[str]) -> str:
    """Draw the nine stages; what the network does not keep yet is ahead."""
    has_figure, has_voice = EvidenceKind.QUANTITATIVE in cited, EvidenceKind.VOICE in cited
    steps = [
        Step(_("Finding"), "done" if has_figure else "ahead" if state else "here"),
        Step(_("Listening"), "done" if has_voice else "ahead"),
        Step(_("Challenge"), "done" if state in AGREED else "here" if state else "ahead"),
        *(Step(label, "ahead") for label in _later()),
    ]
    return thread(steps, label=_("From finding to outcome"))


def _later() -> list[str]:
    return [_("Cause"), _("Idea"), _("Test"), _("Measure"), _("Claim"), _("Outcome")]


def _not_answered(team: Team | None) -> list[Waiting]:
    if team is None:
        return []
    asked = TeamMembership.objects.filter(team=team, state=MemberState.INVITED)
    names = [str(one) for one in asked.order_by("position", "pk")]
    if not names:
        return []
    said = ngettext(
        "%(names)s answers the invitation to your team.",
        "%(names)s answer the invitation to your team.",
        len(names),
    )
    return [Waiting(said % {"names": spelling.listed(names)}, "")]


def _being_read(person: Person) -> list[Waiting]:
    sent = (
        Application.objects.written_by(person)
        .filter(state__in=[ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW])
        .select_related("engagement__district")
    )
    return [
        Waiting(
            _("Readers read the application of %(district)s.") % {"district": one.engagement},
            _("You hear from us by e-mail. Nothing is asked of you until then."),
        )
        for one in sent
    ]


def _assistants(person: Person) -> tuple[list[str], list[str]]:
    """Return who may act for her, and for whom she may act, by name. One query."""
    held = Delegation.objects.visible_to(person).live().select_related("delegate", "principal")
    pairs = list(held)
    helpers = {str(one.delegate) for one in pairs if person.is_in([one.principal_id])}
    helped = {str(one.principal) for one in pairs if person.is_in([one.delegate_id])}
    return sorted(helpers), sorted(helped)
