"""What evidence holds about a person: what she wrote. Nothing here is about one student."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughline.evidence.models import Finding
from throughline.people.personal import Held, Listed, opened

HELD: tuple[Listed, ...] = (
    Held(
        Finding, _("Findings that you pinned"), ("author", "counterpart"),
        {
            "sentence": (_("Finding"), "sentence"),
            "words": (_("Your words"), opened),
            "readers": (_("Who reads it"), "tier"),
            "pinned": (_("Pinned"), "pinned_at"),
        },
        related=("author__sealing_key",),
    ),
)  # fmt: skip
