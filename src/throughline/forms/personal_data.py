"""What forms hold about a person."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext_lazy as _

from throughline.forms.models import (
    Answer,
    AnswerHistory,
    Draft,
    Signature,
    Submission,
)
from throughline.forms.queries import unpark
from throughline.people.models import Person
from throughline.people.personal import Held, Listed, Points
from throughline.people.sealing import KeyGone


def _typed(row: Draft, person: Person) -> list[object] | None:
    if row.person_id != person.pk:
        return None
    try:
        return [one.value for one in unpark(person, row)]
    except (KeyGone, json.JSONDecodeError):
        return None


def _question(row: Any, _person: Person) -> str:
    return str(row.field_version.ask)


HELD: tuple[Listed, ...] = (
    Held(
        Answer, _("Answers that you wrote"), ("written_by",),
        {
            "question": (_("Question"), _question),
            "answer": (_("Answer"), "value"),
            "readers": (_("Who reads it"), "tier"),
            "saved": (_("Saved"), "saved_at"),
        },
        related=("field_version",),
        stays=_("Answers of a district that took part stay with it; personal ones are emptied."),
    ),
    Held(
        AnswerHistory, _("Earlier answers of yours"), ("by",),
        {"answer": (_("Answer"), "value"), "at": (_("Replaced"), "at")},
    ),
    Held(
        Signature, _("What you signed"), ("signer",),
        {
            "text": (_("Text"), "signed_text.text.body"),
            "name": (_("As"), "typed_name"),
            "part": (_("For"), "part"),
            "at": (_("Signed"), "signed_at"),
        },
        related=("signed_text__text",),
        stays=_("A signature is kept, with the name that was typed, for seven years after its text ends."),
    ),
    Held(
        Draft, _("Typed and not sent"), ("person",),
        {"words": (_("Text, sealed with your key"), _typed), "saved": (_("Saved"), "saved_at")},
        removed=True,
    ),
    Points(Submission, "the frame of answers, which are shown one by one"),
)  # fmt: skip
