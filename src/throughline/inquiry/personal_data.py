"""What inquiry holds about a person: what she wrote. The work is the team's."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughline.inquiry.models import Challenge, ChallengeVersion, Citation, MissingEvidence
from throughline.people.personal import Held, Listed, opened

HELD: tuple[Listed, ...] = (
    Held(
        Challenge, _("Challenges that you wrote"), ("author", "counterpart"),
        {
            "sentence": (_("Challenge"), "sentence"),
            "words": (_("Your words"), opened),
            "readers": (_("Who reads it"), "tier"),
            "state": (_("State"), "state"),
            "saved": (_("Saved"), "saved_at"),
        },
        related=("author__sealing_key",),
    ),
    Held(
        ChallengeVersion, _("Versions of a challenge that you put"), ("by",),
        {"words": (_("Challenge"), "words"), "at": (_("At"), "at")},
    ),
    Held(
        Citation, _("Evidence that you cited"), ("by",),
        {"kind": (_("Kind"), "kind"), "why": (_("Why"), "why"), "at": (_("At"), "at")},
    ),
    Held(
        MissingEvidence, _("Evidence that you found missing"), ("by",),
        {"kind": (_("Kind"), "kind"), "reason": (_("Why"), "reason")},
    ),
)  # fmt: skip
