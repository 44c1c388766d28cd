"""Tables of inquiry, one noun a file."""

from throughline.inquiry.models.challenge import Challenge, ChallengeVersion
from throughline.inquiry.models.citation import Citation, MissingEvidence

__all__ = ["Challenge", "ChallengeVersion", "Citation", "MissingEvidence"]
