"""Which thing of our network stands at each address: the superintendent's wherever she has one."""

from __future__ import annotations

from collections.abc import Callable

from tests.world import World
from throughline.admissions.dossier import Dossier
from throughline.admissions.models import (
    Application,
    Conflict,
    Decision,
    ExceptionCase,
    Review,
)
from throughline.convenings.models import Block, Event, Seat
from throughline.ledger.models import AddOn, Entitlement, Waiver
from throughline.messaging.models import Message
from throughline.people.models import Delegation, Person, PersonMerge, PrivacyRequest
from throughline.teams.models import TeamMembership

Thing = Callable[[World], list[str]]
"""Gives the arguments of an address."""


def nothing(_world: World) -> list[str]:
    """An address of its own."""
    return []


def code(_world: World) -> list[str]:
    """A secret code that leads nowhere."""
    return ["no-such-code"]


def superintendent(world: World) -> Person:
    """Who leads the first district of our cohort."""
    person = world.people["superintendent"]
    assert person is not None
    return person


def program(world: World) -> list[str]:
    """Our program."""
    return [world.ours.cohort.program.ref]


def version(world: World) -> list[str]:
    """The version of it that the cohort runs on."""
    return [*program(world), str(world.ours.version.number)]


def section(world: World) -> list[str]:
    """A section of its draft."""
    return [*program(world), "program"]


def cohort(world: World) -> list[str]:
    """The cohort that runs."""
    return [world.ours.cohort.ref]


def around(world: World) -> list[str]:
    """The partner of our cohort, in that role."""
    partner = world.people["partner"]
    assert partner is not None
    return [*cohort(world), partner.ref, "partner"]


def next_cohort(world: World) -> list[str]:
    """The cohort that takes applications."""
    return [world.draft.call.cohort.ref]


def call(world: World) -> list[str]:
    """The call of the cohort that runs: decided long ago."""
    assert world.ours.call is not None
    return [world.ours.call.ref]


def open_call(world: World) -> list[str]:
    """The call of the next cohort."""
    return [world.draft.call.ref]


def _application(world: World) -> Application:
    return Application.objects.get(
        call=world.ours.call, lead=superintendent(world), engagement=world.ours.engagements[0]
    )


def application(world: World) -> list[str]:
    """The superintendent's application, accepted long ago."""
    return [_application(world).ref]


def draft(world: World) -> list[str]:
    """What the applicant writes for the next cohort."""
    return [world.draft.ref]


def draft_part(world: World) -> list[str]:
    """The first page of it."""
    [(first, _label), *_rest] = Dossier(world.draft).submission.form_version.parts
    return [world.draft.ref, first]


def decision(world: World) -> list[str]:
    """What was decided about it."""
    return [Decision.objects.get(application=_application(world)).ref]


def review(world: World) -> list[str]:
    """What our reviewer wrote about the first application that she read."""
    written = Review.objects.filter(assignment__reviewer=world.people["reviewer"]).counted()
    applied = [one.pk for one in world.ours.applications]
    return [min(written, key=lambda one: applied.index(one.assignment.application_id)).ref]


def tied_review(world: World) -> list[str]:
    """A review that was taken from its reader when she said that she knows the applicant."""
    tie = tie_of(world)
    return [
        Review.objects.get(
            assignment__reviewer=tie.reviewer, assignment__application=tie.application
        ).ref
    ]


def case(world: World) -> list[str]:
    """The application that came by charge rather than by title: a person decided."""
    return [ExceptionCase.objects.get(application=world.ours.applications[5]).ref]


def tie_of(world: World) -> Conflict:
    """Return the tie that a reader declared."""
    return Conflict.objects.get(
        application__call=world.ours.call, reviewer=world.people["tied reviewer"], state="in_force"
    )


def tie(world: World) -> list[str]:
    """The tie of a reader who knows an applicant."""
    return [tie_of(world).ref]


def coaching(world: World) -> list[str]:
    """Who coaches the superintendent."""
    return [world.session.coaching.ref]


def session(world: World) -> list[str]:
    """A session of the two."""
    return [world.session.ref]


def session_file(world: World) -> list[str]:
    """When that session is."""
    return [world.session.occasion.ref]


def commitment(world: World) -> list[str]:
    """What the two agreed there."""
    return [world.commitment.ref]


def _next_event(world: World) -> Event:
    return Event.objects.get(scope=world.ours.cohort.scope_id, state="published")


def event(world: World) -> list[str]:
    """The convening that is being answered."""
    return [_next_event(world).ref]


def seat(world: World) -> list[str]:
    """The superintendent's seat there."""
    return [Seat.objects.get(event=_next_event(world), person=superintendent(world)).ref]


def bookings(world: World) -> list[str]:
    """The convening, and the superintendent's district."""
    return [_next_event(world).ref, world.ours.engagements[0].ref]


def _first_half_day(world: World) -> Block:
    return _next_event(world).blocks.get(position=1)


def half_day(world: World) -> list[str]:
    """The first half-day of it."""
    return [_first_half_day(world).ref]


def occasion(world: World) -> list[str]:
    """When that half-day is."""
    return [_first_half_day(world).occasion.ref]


def feed(world: World) -> list[str]:
    """The secret address of the superintendent's calendar."""
    return [world.feed]


def place(world: World) -> list[str]:
    """The superintendent's district, whose published figures are loaded."""
    found = world.ours.engagements[0].district.place
    assert found is not None
    return [found.code]


def finding(world: World) -> list[str]:
    """A figure that the team kept."""
    return [world.finding.ref]


def own_finding(world: World) -> list[str]:
    """A figure that the superintendent kept for herself."""
    return [world.own_finding.ref]


def challenge(world: World) -> list[str]:
    """The team's challenge."""
    return [world.challenge.ref]


def team(world: World) -> list[str]:
    """The superintendent's team."""
    return [world.team.ref]


def meeting(world: World) -> list[str]:
    """When that team meets next."""
    return [world.meeting.ref]


def member(world: World) -> list[str]:
    """The teacher in it."""
    return [TeamMembership.objects.get(team=world.team, person=world.people["teacher"]).ref]


def _days(world: World) -> Entitlement:
    return Entitlement.objects.get(
        promise__key="convening-days", holder_person=superintendent(world)
    )


def entitlement(world: World) -> list[str]:
    """The days of convenings that the superintendent was promised."""
    return [_days(world).ref]


def asked(world: World) -> list[str]:
    """What the superintendent asked for beyond them."""
    return [AddOn.objects.get(entitlement=_days(world)).ref]


def two_records(world: World) -> list[str]:
    """The records of the teacher and the alumna, who are two."""
    found = (world.people["teacher"], world.people["alumna"])
    return [one.ref for one in found if one is not None]


def merge(world: World) -> list[str]:
    """The decision that the learner was entered twice."""
    return [PersonMerge.objects.get(kept=world.people["learner"]).ref]


def deletion(world: World) -> list[str]:
    """The alumna asked that her record be emptied."""
    return [PrivacyRequest.objects.get(person=world.people["alumna"]).ref]


def rule(world: World) -> list[str]:
    """A rule of good standing, for the superintendent."""
    return [*cohort(world), superintendent(world).ref, "good_standing", "attendance"]


def waiver(world: World) -> list[str]:
    """A rule that was set aside for her."""
    return [Waiver.objects.get(person=superintendent(world)).ref]


def letter(world: World) -> list[str]:
    """The message that waits in the outbox."""
    return [Message.objects.get(scope=world.ours.cohort.scope, key="book-your-travel").ref]


def assistant(world: World) -> list[str]:
    """What the superintendent lets her assistant do."""
    return [
        Delegation.objects.get(
            principal=superintendent(world), delegate=world.people["assistant"]
        ).ref
    ]
