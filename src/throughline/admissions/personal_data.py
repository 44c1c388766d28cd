"""What admissions hold about a person. Reviews of an application are shown as released feedback."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from throughline.admissions.enums import DecisionState
from throughline.admissions.models import (
    Application,
    Conflict,
    DateCommitment,
    Decision,
    EligibilityResult,
    ExceptionCase,
    Review,
    ReviewAssignment,
    Reviewer,
    Score,
    SelectionRun,
)
from throughline.people.personal import Held, Listed, Points

HELD: tuple[Listed, ...] = (
    Held(
        Application, _("Your applications"), ("lead",),
        {
            "number": (_("Number"), "number"),
            "call": (_("Call"), "call"),
            "district": (_("District"), "engagement.district"),
            "state": (_("State"), "state"),
            "started": (_("Begun"), "started_at"),
            "submitted": (_("Sent"), "submitted_at"),
        },
        related=("call", "engagement__district"),
    ),
    Held(
        DateCommitment, _("Dates of an application"), ("application__lead",),
        {
            "date": (_("Date"), "calendar_key"),
            "can_attend": (_("Can attend"), "can_attend"),
            "why_not": (_("Why not"), "why_not"),
        },
    ),
    Held(
        EligibilityResult, _("What the rules said of an application"), ("application__lead",),
        {
            "outcome": (_("Outcome"), "outcome"),
            "reason": (_("Why"), "reason"),
            "facts": (_("From"), "facts"),
        },
    ),
    Held(
        ExceptionCase, _("Exceptions that you asked for"), ("application__lead",),
        {"asked": (_("Why"), "asked_because"), "state": (_("State"), "state")},
    ),
    Held(
        Decision, _("Decisions on an application"), ("application__lead",),
        {
            "outcome": (_("Decision"), "outcome"),
            "state": (_("State"), "state"),
            "feedback": (_("Feedback"), "feedback"),
            "released": (_("Released"), "released_at"),
        },
        only=~Q(state=DecisionState.STAGED),
    ),
    Held(
        Reviewer, _("You as a reader of applications"), ("person",),
        {"call": (_("Call"), "call"), "topics": (_("Topics"), "topics")},
        related=("call",),
    ),
    Held(
        Conflict, _("Your ties"), ("reviewer",),
        {
            "ground": (_("Because"), "ground"),
            "found": (_("Found by"), "found"),
            "state": (_("State"), "state"),
            "at": (_("At"), "at"),
        },
    ),
    Held(
        Review, _("Reviews that you wrote"), ("assignment__reviewer",),
        {
            "application": (_("Application"), "assignment.application"),
            "comment": (_("For the committee"), "comment"),
            "for_applicant": (_("For the applicant"), "for_applicant"),
            "state": (_("State"), "state"),
            "submitted": (_("Sent"), "submitted_at"),
        },
        related=("assignment__application",),
    ),
    Held(
        Score, _("Scores that you gave"), ("review__assignment__reviewer",),
        {
            "application": (_("Application"), "review.assignment.application"),
            "criterion": (_("Criterion"), "criterion"),
            "level": (_("Level"), "level"),
            "comment": (_("Why"), "comment"),
        },
        related=("review__assignment__application", "criterion", "level"),
    ),
    Points(ReviewAssignment, "who reads what; the review says the rest"),
    Points(SelectionRun, "the committee's work on a whole call"),
)  # fmt: skip
