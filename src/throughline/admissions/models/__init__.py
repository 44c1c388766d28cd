"""Tables of admissions, one noun a file."""

from throughline.admissions.models.application import (
    Application,
    ApplicationPart,
    Attestation,
    DateCommitment,
)
from throughline.admissions.models.call import Call
from throughline.admissions.models.decision import Decision, SelectionRun, WaitlistEntry
from throughline.admissions.models.eligibility import EligibilityResult, ExceptionCase
from throughline.admissions.models.review import (
    Conflict,
    Review,
    ReviewAssignment,
    Reviewer,
    ReviewPhase,
    Score,
)

__all__ = [
    "Application",
    "ApplicationPart",
    "Attestation",
    "Call",
    "Conflict",
    "DateCommitment",
    "Decision",
    "EligibilityResult",
    "ExceptionCase",
    "Review",
    "ReviewAssignment",
    "ReviewPhase",
    "Reviewer",
    "Score",
    "SelectionRun",
    "WaitlistEntry",
]
