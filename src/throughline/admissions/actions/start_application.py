"""Begin an application: an engagement, its scope and a proposed team, in one step."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from throughline.admissions.eligibility import admissions_of
from throughline.admissions.enums import ApplicationState
from throughline.admissions.models import Application, ApplicationPart, Call
from throughline.admissions.rules import can_start
from throughline.audit import trail
from throughline.core import chance
from throughline.core.errors import NotAllowed, WrongState
from throughline.core.locks import take
from throughline.core.refs import ALPHABET
from throughline.forms.actions.save_answers import save_answers
from throughline.forms.actions.start_submission import start_submission
from throughline.forms.enums import FieldKind
from throughline.forms.models import Submission
from throughline.forms.queries import questions
from throughline.people.actions import NamedPlace, add_organization, give_role, name_place
from throughline.people.enums import OrganizationKind, Role
from throughline.people.models import Organization, Person, Place
from throughline.programs.actions.begin_engagement import begin_engagement
from throughline.programs.enums import EngagementState
from throughline.programs.models import DistrictEngagement
from throughline.programs.sections import section
from throughline.teams.actions.propose_team import propose_team
from throughline.teams.blueprint import TeamsSection

SPOKEN = 4
"""How many characters of a number are random: enough to read aloud, too many to guess in a call."""


@transaction.atomic
def start_application(
    call: Call,
    *,
    district_place: Place | NamedPlace,
    by: Person,
    now: datetime,
    title_key: str = "",
) -> Application:
    """Begin an application for the district at ``district_place``; again returns the one begun.

    A place that is in no list is named by her: an organization of any country may apply.

    Raises
    ------
    NotAllowed
        The call is not open.
    WrongState
        Somebody else of this district has begun one.
    BadInput
        The named place has no name, or its country is none.
    """
    if not (decision := can_start(by, call, now)):
        raise NotAllowed(decision.reason)
    take(call)  # one press sent twice, or two tabs of one person, begin one application
    mine = _live(call).filter(lead__in=by.ids).first()
    if mine is not None:
        return mine
    engagement = _begin(call, _district(call, district_place, by, now), by, now)
    taken = _live(call).filter(engagement=engagement).first()
    if taken is not None or engagement.state != EngagementState.APPLYING:
        raise WrongState(
            _(
                "Somebody of this district has begun an application. "
                "Ask your colleague to name you as assistant, or write to us."
            )
        )
    give_role(by, Role.APPLICANT, engagement.scope, by=None, now=now, from_on=now.date())
    application = Application.objects.create(
        network_id=call.network_id,
        call=call,
        number=_number(call),
        engagement=engagement,
        team=propose_team(engagement, name="", by=by, now=now, ring=_ring(call)),
        scope=engagement.scope,
        lead=by,
        stage=_stage(call),
        started_at=now,
    )
    submission = start_submission(call.form_version, scope=engagement.scope, by=by, now=now)
    ApplicationPart.objects.create(
        network_id=call.network_id,
        application=application,
        stage=application.stage,
        submission=submission,
    )
    _carry_over(submission, engagement.district, title_key, by, now)
    trail.record(by, "started", application, now=now, scope=engagement.scope_id)
    return application


def _live(call: Call) -> QuerySet[Application]:
    return Application.objects.filter(call=call).exclude(state=ApplicationState.WITHDRAWN)


def _district(call: Call, place: Place | NamedPlace, by: Person, now: datetime) -> Organization:
    kind = OrganizationKind.DISTRICT_OFFICE
    if isinstance(place, NamedPlace):
        return name_place(call.network, place, kind=kind, by=by, now=now)
    return add_organization(call.network, kind=kind, name=place.name, place=place, by=by, now=now)


def _begin(call: Call, district: Organization, by: Person, now: datetime) -> DistrictEngagement:
    return begin_engagement(call.cohort, district, state=EngagementState.APPLYING, by=by, now=now)


def _number(call: Call) -> str:
    """Return a number that can be said aloud and tells nobody how many applied: RELN27-4KXM."""
    short = "".join(one for one in call.cohort.version.short.upper() if one.isalnum())[:8]
    while True:
        spoken = "".join(chance.pick(ALPHABET) for _place in range(SPOKEN))
        number = f"{short}{call.cohort.starts_on:%y}-{spoken}"
        if not Application.objects.filter(network_id=call.network_id, number=number).exists():
            return number


def _ring(call: Call) -> str:
    rings = section(call.cohort.version, "teams", TeamsSection).rings
    return next(iter(rings), "design-team")


def _stage(call: Call) -> str:
    stages = admissions_of(call.cohort.version).stages
    return next(stage.key for stage in stages if stage.form)


def _carry_over(
    submission: Submission, district: Organization, title_key: str, by: Person, now: datetime
) -> None:
    """What was said in the eligibility check is not asked again."""
    values: dict[str, object] = {}
    for one in questions(submission.form_version):
        if one.wording.kind == FieldKind.DISTRICT and district.place is not None:
            values[one.key] = district.place.code
        elif one.key == "title" and title_key:
            values[one.key] = title_key
    if values:
        save_answers(submission, values, by=by, now=now)
