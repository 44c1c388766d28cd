"""Closed lists of forms: kinds of question, lives of a submission and of a signed text."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FieldKind(models.TextChoices):
    """What sort of answer a question wants. The values are those of the blueprint."""

    TEXT = "text", _("Text")
    LONG_TEXT = "long text", _("Long text")
    NUMBER = "number", _("Number")
    WHOLE_NUMBER = "whole number", _("Whole number")
    MONEY = "money", _("Money")
    DATE = "date", _("Date")
    YES_OR_NO = "yes or no", _("Yes or no")
    CHOICE = "choice", _("One choice")
    CHOICES = "choices", _("Several choices")
    SCALE = "scale", _("Scale")
    RANK = "rank", _("Rank")
    ATTEST = "attest", _("Statement to confirm")
    CONFIRM_DATES = "confirm dates", _("Dates to confirm")
    EMAIL = "email", _("E-mail address")
    PHONE = "phone", _("Phone number")
    WEB_ADDRESS = "web address", _("Web address")
    PERSON = "person", _("Person")
    ROSTER = "roster", _("People of a team")
    DISTRICT = "district", _("District")
    SCHOOL = "school", _("School")
    FILE = "file", _("File")
    FILES = "files", _("Files")
    VIDEO = "video", _("Video")
    STATEMENT = "statement", _("Text without a question")
    TABLE = "table", _("Table")
    NUMBER_PER_GROUP = "number per group", _("Number for each student group")


NOT_ASKED_HERE = frozenset(
    {
        FieldKind.ROSTER,
        FieldKind.FILE,
        FieldKind.FILES,
        FieldKind.VIDEO,
        FieldKind.STATEMENT,
        FieldKind.PERSON,
        FieldKind.TABLE,
        FieldKind.RANK,
        FieldKind.NUMBER_PER_GROUP,
    }
)
"""Kinds that a page of answers shows but does not ask: the noun that owns them does, or nobody yet."""


class SubmissionState(models.TextChoices):
    """The life of a filled-in form."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Sent")
    WITHDRAWN = "withdrawn", _("Withdrawn")


SUBMISSION_MAY_BECOME: dict[SubmissionState, frozenset[SubmissionState]] = {
    SubmissionState.DRAFT: frozenset({SubmissionState.SUBMITTED, SubmissionState.WITHDRAWN}),
    SubmissionState.SUBMITTED: frozenset({SubmissionState.DRAFT, SubmissionState.WITHDRAWN}),
    SubmissionState.WITHDRAWN: frozenset(),
}
"""A sent form can be taken back as long as the noun above allows it; a withdrawn one stays."""


class EnteredFrom(models.TextChoices):
    """How answers came in."""

    PAGE = "page", _("Page")
    PAPER = "paper", _("Paper")
    PHONE = "phone", _("Phone")
    IMPORT = "import", _("Import")


class SignableKind(models.TextChoices):
    """What sort of text is signed."""

    ATTESTATION = "attestation", _("Attestation")
    AGREEMENT = "agreement", _("Agreement")
    MOU = "mou", _("Memorandum of understanding")
    PLEDGE = "pledge", _("Pledge")
    DATA_AGREEMENT = "data_agreement", _("Data agreement")


class SignedState(models.TextChoices):
    """The life of one wording put before its parties."""

    DRAFTED = "drafted", _("Drafted")
    OUT = "out", _("Waiting for signatures")
    SIGNED = "signed", _("Signed")
    ENDED = "ended", _("Ended")


SIGNED_MAY_BECOME: dict[SignedState, frozenset[SignedState]] = {
    SignedState.DRAFTED: frozenset({SignedState.OUT}),
    SignedState.OUT: frozenset({SignedState.SIGNED, SignedState.ENDED}),
    SignedState.SIGNED: frozenset({SignedState.ENDED}),
    SignedState.ENDED: frozenset(),
}


class SignsAs(models.TextChoices):
    """In which part somebody signs."""

    APPLICANT = "applicant", _("Applicant")
    LEAD = "lead", _("Team lead")
    SPONSOR = "sponsor", _("Sponsor")
    MEMBER = "member", _("Member")
    HOST = "host", _("Host")
    DISTRICT = "district", _("District")
    FUNDER = "funder", _("Funder")
