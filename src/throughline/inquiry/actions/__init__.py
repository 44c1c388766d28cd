"""Use cases of inquiry, one a file."""

from throughline.inquiry.actions.agree_challenge import agree_challenge
from throughline.inquiry.actions.cite_finding import cite_finding
from throughline.inquiry.actions.edit_challenge import EditedMeanwhile, edit_challenge
from throughline.inquiry.actions.explain_missing import explain_missing
from throughline.inquiry.actions.propose_challenge import propose_challenge
from throughline.inquiry.actions.start_challenge import start_challenge

__all__ = [
    "EditedMeanwhile",
    "agree_challenge",
    "cite_finding",
    "edit_challenge",
    "explain_missing",
    "propose_challenge",
    "start_challenge",
]
