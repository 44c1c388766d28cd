"""Closed lists of admissions, and the lives of a call, an application and a decision."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CallState(models.TextChoices):
    """How far a call has come. Whether it takes applications today is a question of its dates."""

    OPEN = "open", _("Taking applications")
    REVIEWING = "reviewing", _("In review")
    DECIDING = "deciding", _("Decisions staged")
    RELEASED = "released", _("Decisions sent")


CALL_MAY_BECOME = {
    CallState.OPEN: frozenset({CallState.REVIEWING}),
    CallState.REVIEWING: frozenset({CallState.DECIDING}),
    CallState.DECIDING: frozenset({CallState.REVIEWING, CallState.RELEASED}),
    CallState.RELEASED: frozenset(),
}
"""The whole life of a call. A staged list can be taken back as long as nothing was sent."""


class ApplicationState(models.TextChoices):
    """The life of an application."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Sent")
    IN_REVIEW = "in_review", _("In review")
    DECIDED = "decided", _("Decided")
    WITHDRAWN = "withdrawn", _("Withdrawn")


APPLICATION_MAY_BECOME = {
    ApplicationState.DRAFT: frozenset({ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN}),
    ApplicationState.SUBMITTED: frozenset(
        {
            ApplicationState.DRAFT,
            ApplicationState.IN_REVIEW,
            ApplicationState.DECIDED,
            ApplicationState.WITHDRAWN,
        }
    ),
    ApplicationState.IN_REVIEW: frozenset({ApplicationState.DECIDED}),
    ApplicationState.DECIDED: frozenset(),
    ApplicationState.WITHDRAWN: frozenset(),
}
"""The whole life of an application. It is *decided* when its decision is released, not before."""

SENT_STATES = (
    ApplicationState.SUBMITTED,
    ApplicationState.IN_REVIEW,
    ApplicationState.DECIDED,
)
"""What counts as an application that came in."""


class RuleOutcome(models.TextChoices):
    """What an eligibility rule says. The result of an application is the worst of its rules."""

    ELIGIBLE = "eligible", _("Yes")
    PERSON = "person", _("A person decides")
    NOT_ELIGIBLE = "not_eligible", _("Not by this rule")


class CaseState(models.TextChoices):
    """The life of a case that a person decides."""

    OPEN = "open", pgettext_lazy("state", "Open")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")


CASE_MAY_BECOME = {
    CaseState.OPEN: frozenset({CaseState.GRANTED, CaseState.REFUSED}),
    CaseState.GRANTED: frozenset(),
    CaseState.REFUSED: frozenset(),
}


class SeesOthers(models.TextChoices):
    """When a reader sees what other readers gave."""

    NEVER = "never", _("Never")
    AFTER_OWN = "after_own", _("After their own review is in")
    ALWAYS = "always", _("Always")


class TieGround(models.TextChoices):
    """What sort of tie a reader has."""

    DISTRICT = "district", _("Works or worked in the district")
    FAMILY = "family", _("Family")
    BUSINESS = "business", _("Business")
    SUPERVISOR = "supervisor", _("Supervisor")
    DECLARED = "declared", _("Said so")


class Found(models.TextChoices):
    """How a tie became known."""

    COMPUTED = "computed", _("Computed")
    DECLARED = "declared", _("Declared")
    REPORTED = "reported", _("Reported by somebody else")


class ConflictState(models.TextChoices):
    """The life of a tie."""

    IN_FORCE = "in_force", _("In force")
    DISMISSED = "dismissed", _("Dismissed")


class AssignmentState(models.TextChoices):
    """The life of an assignment of a reader."""

    PROPOSED = "proposed", _("Proposed")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ReviewState(models.TextChoices):
    """The life of a review."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Sent")
    REOPENED = "reopened", _("Reopened")


REVIEW_MAY_BECOME = {
    ReviewState.DRAFT: frozenset({ReviewState.SUBMITTED}),
    ReviewState.SUBMITTED: frozenset({ReviewState.REOPENED}),
    ReviewState.REOPENED: frozenset({ReviewState.SUBMITTED}),
}

OPEN_REVIEWS = (ReviewState.DRAFT, ReviewState.REOPENED)


class RunState(models.TextChoices):
    """The life of a proposed list."""

    PROPOSED = "proposed", _("Proposed")
    ADOPTED = "adopted", _("Adopted")
    DISCARDED = "discarded", _("Discarded")


RUN_MAY_BECOME = {
    RunState.PROPOSED: frozenset({RunState.ADOPTED, RunState.DISCARDED}),
    RunState.ADOPTED: frozenset({RunState.DISCARDED}),
    RunState.DISCARDED: frozenset(),
}


class Outcome(models.TextChoices):
    """What a decision says."""

    OFFER = "offer", _("Offer a seat")
    WAITLIST = "waitlist", _("Alternate")
    DECLINE = "decline", _("Decline")
    REFER = "refer", _("Refer elsewhere")


class DecisionState(models.TextChoices):
    """The life of a decision."""

    STAGED = "staged", _("Staged")
    RELEASED = "released", _("Released")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("Lapsed")


DECISION_MAY_BECOME = {
    DecisionState.STAGED: frozenset({DecisionState.RELEASED}),
    DecisionState.RELEASED: frozenset(
        {DecisionState.ACCEPTED, DecisionState.DECLINED, DecisionState.LAPSED}
    ),
    DecisionState.ACCEPTED: frozenset(),
    DecisionState.DECLINED: frozenset(),
    DecisionState.LAPSED: frozenset(),
}
"""The whole life of a decision. A staged one may be changed, a released one never."""


class DeclineReason(models.TextChoices):
    """Why an application has no seat, in words that a report can count."""

    COMPETITION = "competition", _("More strong applications than seats")
    NOT_ELIGIBLE = "not_eligible", _("A rule of eligibility is not met")
    INCOMPLETE = "incomplete", _("The reading was not complete")
    SELECTED = "selected", _("Selected")
