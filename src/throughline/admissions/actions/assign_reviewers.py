"""Name readers for a call and give each application its readers, nobody to a district of her own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.admissions.actions.ask_for_figures import ask_for_figures
from throughline.admissions.actions.keep_ties import compute_ties
from throughline.admissions.enums import (
    APPLICATION_MAY_BECOME,
    ApplicationState,
    AssignmentState,
    CallState,
    CaseState,
    ConflictState,
)
from throughline.admissions.models import (
    Application,
    Call,
    Conflict,
    Review,
    ReviewAssignment,
    Reviewer,
    ReviewPhase,
)
from throughline.admissions.rules import can_staff
from throughline.admissions.ties import roots_of
from throughline.audit import trail
from throughline.core.errors import NotAllowed, WrongState
from throughline.core.states import states_before
from throughline.messaging.actions.send_message import send_message
from throughline.people.actions import give_role
from throughline.people.enums import Role
from throughline.people.models import Exclusion, Person


@dataclass(frozen=True, slots=True)
class Assigned:
    """What was assigned, and which applications still lack a reader."""

    count: int
    short: list[Application] = field(default_factory=list)


@transaction.atomic
def name_reader(
    call: Call, person: Person, *, by: Person | None, now: datetime, is_experienced: bool = False,
    load_max: int | None = None,
) -> Reviewer:  # fmt: skip
    """Let a person read for this call; again returns the same. Her ties are found at once.

    Raises
    ------
    NotAllowed
        ``by`` is not on the staff.
    """
    if not (decision := can_staff(by, call)):
        raise NotAllowed(decision.reason)
    reader, is_new = Reviewer.objects.get_or_create(
        network_id=call.network_id,
        call=call,
        person=person,
        defaults={"is_experienced": is_experienced, "load_max": load_max},
    )
    if is_new:
        give_role(person, Role.REVIEWER, call.cohort.scope, by=None, now=now)
        trail.record(by, "named reader", call, now=now, scope=call.cohort.scope_id)
        compute_ties(call, now=now, people=[person.pk])
    return reader


@transaction.atomic
def assign_reviewers(call: Call, *, by: Person | None, now: datetime) -> Assigned:
    """Give each application that came in and is eligible as many readers as its phase wants.

    Few first: an application with the fewest possible readers chooses first, and takes those with
    the least to read. Ties are respected; the same input gives the same plan. Calling it again
    fills only what is missing, for example after an exception was granted. Published figures of
    the districts are asked for, so that readers have them beside the answers.

    Raises
    ------
    NotAllowed
        ``by`` is not on the staff.
    WrongState
        The call is still open, is decided, or has no reading.
    """
    if not (decision := can_staff(by, call)):
        raise NotAllowed(decision.reason)
    phase = call.phases.first()
    if phase is None:
        raise WrongState(_("The blueprint of this cohort asks for no reading."))
    if call.takes_applications(now):
        raise WrongState(_("The call is still open. Readers are assigned once it has closed."))
    # Touching the call takes its row: two people who press the button assign once.
    live = Call.objects.filter(pk=call.pk, state__in=[CallState.OPEN, CallState.REVIEWING])
    if not live.update(state=CallState.REVIEWING):
        raise WrongState(_("The list of this call has been adopted; reading is over."))
    ReviewPhase.objects.filter(pk=phase.pk).update(is_active=True)
    call.refresh_from_db()
    compute_ties(call, now=now)
    ready = _ready(call)
    Application.objects.filter(
        pk__in=[one.pk for one in ready],
        state__in=states_before(APPLICATION_MAY_BECOME, ApplicationState.IN_REVIEW),
    ).update(state=ApplicationState.IN_REVIEW)
    found = fill_readers(phase, ready, now=now)
    ask_for_figures(ready, by=by, now=now)
    trail.record(by, "assigned readers", call, now=now, scope=call.cohort.scope_id)
    return found


def fill_readers(
    phase: ReviewPhase, applications: Sequence[Application], *, now: datetime
) -> Assigned:
    """Assign the readers that are missing. Call inside an action."""
    plan = _Plan(phase, applications)
    made, short = [], []
    for application in plan.in_order():
        chosen = plan.choose(application)
        made += [(application, person) for person in chosen]
        if plan.lacks(application):
            short.append(application)
    rows = ReviewAssignment.objects.bulk_create(
        ReviewAssignment(
            network_id=phase.network_id, phase=phase, application=application,
            reviewer_id=person, state=AssignmentState.PUBLISHED,
            because=_("Has the fewest to read among those without a tie."),
        )
        for application, person in made
    )  # fmt: skip
    Review.objects.bulk_create(Review(network_id=phase.network_id, assignment=row) for row in rows)
    _tell(phase, {person for _application, person in made}, now)
    return Assigned(len(rows), short)


class _Plan:
    """Who may read what, and how much each has already."""

    def __init__(self, phase: ReviewPhase, applications: Sequence[Application]) -> None:
        self.wanted = phase.reviews_wanted
        self.applications = applications
        self.readers = list(phase.call.reviewers.order_by("pk"))
        self.limit = {one.person_id: one.load_max for one in self.readers}
        rows = ReviewAssignment.objects.filter(phase=phase).values_list(
            "application", "reviewer", "state"
        )
        self.human = roots_of({*self.limit, *(person for _application, person, _state in rows)})
        self.seen = {(application, self.human[person]) for application, person, _state in rows}
        published = [row for row in rows if row[2] == AssignmentState.PUBLISHED]
        self.load = Counter(person for _application, person, _state in published)
        self.have = Counter(application for application, _person, _state in published)
        self.closed = _closed(applications, self.limit)

    def may(self, application: Application) -> list[int]:
        """Return who can read it: no tie, not asked before under any record of hers, not full."""
        return [
            person
            for person, limit in self.limit.items()
            if (application.pk, self.human[person]) not in self.seen
            and (application.scope_id, person) not in self.closed
            and (limit is None or self.load[person] < limit)
        ]

    def in_order(self) -> list[Application]:
        """Return the applications, those with the fewest possible readers first."""
        return sorted(self.applications, key=lambda one: (len(self.may(one)), one.pk))

    def choose(self, application: Application) -> list[int]:
        lacking = max(self.wanted - self.have[application.pk], 0)
        least = sorted(self.may(application), key=lambda person: (self.load[person], person))
        one_each = list({self.human[person]: person for person in reversed(least)}.values())
        chosen = sorted(one_each, key=least.index)[:lacking]
        self.load.update(chosen)
        self.have[application.pk] += len(chosen)
        self.seen |= {(application.pk, self.human[person]) for person in chosen}
        return chosen

    def lacks(self, application: Application) -> bool:
        return self.have[application.pk] < self.wanted


def _closed(
    applications: Sequence[Application], people: dict[int, int | None]
) -> set[tuple[int, int]]:
    """Return pairs of scope and person that a live exclusion of any of her records keeps apart."""
    root_of = roots_of(set(people))
    found = Exclusion.objects.live().filter(
        person__in=root_of, scope__in=[one.scope_id for one in applications]
    )
    kept_apart = {
        (scope, root_of[record]) for scope, record in found.values_list("scope", "person")
    }
    in_force = Conflict.objects.filter(
        reviewer__in=people, application__in=applications, state=ConflictState.IN_FORCE
    ).annotate(at_scope=F("application__scope"))
    return {
        *((scope, one) for scope, root in kept_apart for one in people if root_of[one] == root),
        *in_force.values_list("at_scope", "reviewer"),
    }


def _ready(call: Call) -> list[Application]:
    """Return applications that came in and that no open or refused case keeps from reading."""
    return list(
        Application.objects.filter(
            call=call, state__in=[ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW]
        )
        .exclude(cases__state__in=[CaseState.OPEN, CaseState.REFUSED])
        .order_by("pk")
    )


def _tell(phase: ReviewPhase, people: set[int], now: datetime) -> None:
    if not people:
        return
    call = phase.call
    count = len(people)
    send_message(
        call.network,
        key=f"readers:{call.ref}:{now:%Y%m%d%H%M%S}:{count}",
        kind="action",
        subject=_("Applications are waiting for you to read"),
        body=ngettext(
            "Dear {person.name}, an application is assigned to you. Sign in to read it.",
            "Dear {person.name}, applications are assigned to you. Sign in to read them. "
            "You are first asked whether you have a tie to each district.",
            count,
        ),
        to=list(Person.objects.filter(pk__in=people).order_by("pk")),
        scope=call.cohort.scope,
        about=("admissions.call", call.ref),
        by=None,
        now=now,
    )
