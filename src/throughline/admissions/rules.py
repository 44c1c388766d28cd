"""Who may apply, read, decide and answer, and what to do when not."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from throughline.admissions.enums import (
    OPEN_REVIEWS,
    ApplicationState,
    AssignmentState,
    CallState,
    CaseState,
    ConflictState,
    DecisionState,
    Outcome,
    SeesOthers,
)
from throughline.admissions.models import (
    Application,
    Call,
    Conflict,
    ExceptionCase,
    Review,
    ReviewAssignment,
)
from throughline.admissions.models import (
    Decision as Decided,
)
from throughline.core.decision import YES, Decision, no
from throughline.people.enums import STAFF_ROLES, Role, Verb
from throughline.people.models import Person
from throughline.people.rights import delegated

DECIDES = frozenset({*STAFF_ROLES, Role.COMMITTEE})
SIGNS = frozenset({Role.DIRECTOR, Role.COMMITTEE})


def can_start(person: Person | None, call: Call, now: datetime) -> Decision:
    """Anybody of the network begins an application while the call is open."""
    if person is not None and person.network_id != call.network_id:
        return no(_("Only people of this network can apply."))
    if now < call.opens_at:
        return no(_("This call is not open yet."))
    if not call.takes_applications(now):
        return no(_("Applications for this cohort have closed."))
    return YES


def can_write(person: Person, application: Application, now: datetime) -> Decision:
    """The lead writes, and who has the verb for her; while it is a draft and the call is open."""
    if application.state != ApplicationState.DRAFT:
        return no(_("This application has been sent. Take it back to change an answer."))
    if not application.call.takes_applications(now):
        return no(_("Applications for this cohort have closed."))
    if application.lead_id in person.ids:
        return YES
    refusal = no(_("Only the applicant, or an assistant whom she named, can fill this in."))
    return delegated(person, application.scope_id, Verb.EDIT_APPLICATION, refusal)


def is_signer(person: Person, application: Application) -> bool:
    """Whether statements of this application are hers to sign: the lead's alone, never a delegate's."""
    return application.lead_id in person.ids


def can_submit(person: Person, application: Application, now: datetime) -> Decision:
    """Only the applicant sends it, because sending signs; until deadline and grace are over."""
    if not is_signer(person, application):
        return no(
            _("Only %(name)s can send this application, because sending signs it.")
            % {"name": application.lead}
        )
    if not application.call.takes_applications(now):
        return no(_("Applications for this cohort have closed."))
    return YES


def can_take_back(person: Person, application: Application, now: datetime) -> Decision:
    """The applicant takes a sent application back to change it, until the call closes."""
    if not is_signer(person, application):
        return no(_("Only the applicant can take this application back."))
    if not application.call.takes_applications(now):
        return no(_("The call has closed, so this application stays as it was sent."))
    return YES


def can_withdraw(person: Person, application: Application) -> Decision:
    """The applicant withdraws for good until reading begins."""
    if not is_signer(person, application):
        return no(_("Only the applicant can withdraw this application."))
    return YES


def is_closed_to(person: Person, application: Application) -> bool:
    """Whether a tie, or anything else that excludes, closes this application to her."""
    return person.excluded_scopes().filter(descendant=application.scope_id).exists()


def can_staff(person: Person | None, call: Call) -> Decision:
    """Staff of the cohort run its call; the system may."""
    if person is None or person.holds(call.cohort.scope_id, *STAFF_ROLES):
        return YES
    return no(_("Only the host's staff can do this."))


def can_decide_case(person: Person, case: ExceptionCase) -> Decision:
    """Staff without a tie to the district decide a case, once."""
    if not (decision := can_staff(person, case.application.call)):
        return decision
    if is_closed_to(person, case.application):
        return no(_("You have a tie to this district, so somebody else decides."))
    if case.state != CaseState.OPEN:
        return no(_("This case has been decided."))
    return YES


def can_declare(person: Person, assignment: ReviewAssignment) -> Decision:
    """A reader answers for herself whether she has a tie."""
    if assignment.reviewer_id not in person.ids:
        return no(_("Only the reader herself answers this."))
    return YES


def can_dismiss(person: Person, conflict: Conflict) -> Decision:
    """Staff set a tie aside, with a reason; nobody her own."""
    if conflict.reviewer_id in person.same_ids:
        return no(_("Somebody else decides about your own tie."))
    if is_closed_to(person, conflict.application):
        return no(_("You have a tie to this district, so somebody else decides."))
    if conflict.state != ConflictState.IN_FORCE:
        return no(_("This tie has been set aside."))
    return can_staff(person, conflict.application.call)


def can_review(person: Person, review: Review) -> Decision:
    """An assigned reader without a tie scores, once she said that she has none."""
    assignment = review.assignment
    if assignment.reviewer_id not in person.ids or assignment.state != AssignmentState.PUBLISHED:
        return no(_("This application is not assigned to you."))
    if is_closed_to(person, assignment.application):
        return no(_("You have a tie to this district, so somebody else reads it."))
    if not assignment.phase.is_active or not assignment.phase.may_score:
        return no(_("Reading has closed."))
    if assignment.no_tie_at is None:
        return no(_("Say first whether you have a tie to this district."))
    if review.state not in OPEN_REVIEWS:
        return no(_("Your review is in. Ask the host to reopen it."))
    return YES


def sees_others(review: Review) -> bool:
    """Whether its reader sees what the other readers gave."""
    sees = review.assignment.phase.sees_others
    if sees == SeesOthers.ALWAYS:
        return True
    return sees == SeesOthers.AFTER_OWN and review.is_in


def has_tie(person: Person, call: Call) -> bool:
    """Whether an application of this call is closed to her."""
    closed = person.excluded_scopes()
    return Application.objects.filter(call=call, scope__in=closed).exists()


def can_choose(person: Person, call: Call) -> Decision:
    """Staff without a tie to any applicant propose, change and adopt the list."""
    if not (decision := can_staff(person, call)):
        return decision
    return _without_tie(person, call)


def can_sign_list(person: Person, call: Call) -> Decision:
    """Directors and the committee sign; whoever has a tie to an applicant leaves it to others."""
    if not person.holds(call.cohort.scope_id, *SIGNS):
        return no(_("Only a director or a member of the selection committee signs."))
    return _without_tie(person, call)


def _without_tie(person: Person, call: Call) -> Decision:
    if has_tie(person, call):
        return no(_("You have a tie to one of the districts, so others decide about this list."))
    return YES


def can_release(person: Person, call: Call) -> Decision:
    """Staff without a tie release all decisions at once."""
    if call.state != CallState.DECIDING:
        return no(_("There is no list of decisions that waits to be sent."))
    return can_choose(person, call)


def can_answer(person: Person, decision: Decided, now: datetime) -> Decision:
    """The applicant herself answers her offer, in time."""
    if not is_signer(person, decision.application):
        return no(_("Only the applicant can answer, because an answer binds her district."))
    if decision.state == DecisionState.STAGED or decision.outcome not in {
        Outcome.OFFER,
        Outcome.WAITLIST,
    }:
        return no(_("There is nothing to answer here."))
    if decision.outcome == Outcome.OFFER and decision.answer_by and now >= decision.answer_by:
        return no(
            _(
                "The time to answer is over, and the seat has gone to the next district. Write to us."
            )
        )
    return YES
