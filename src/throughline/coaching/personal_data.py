"""What coaching holds about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughline.coaching.models import Coach, CoachingEngagement, CoachTie, Note
from throughline.people.personal import Held, Listed, opened

HELD: tuple[Listed, ...] = (
    Held(
        Coach, _("You as a coach"), ("person",),
        {
            "belongs": (_("Belongs to"), "belongs"),
            "former_superintendent": (_("Former superintendent"), "is_former_superintendent"),
            "topics": (_("Topics"), "topics"),
            "load": (_("At most, districts"), "load_cap"),
        },
    ),
    Held(
        CoachTie, _("Ties of you as a coach"), ("coach__person",),
        {
            "organization": (_("With"), "organization"),
            "person": (_("With"), "person"),
            "ground": (_("Because"), "ground"),
            "expires": (_("Until"), "expires_on"),
        },
        related=("organization", "person"),
    ),
    Held(
        CoachingEngagement, _("Your coaching"), ("coachee", "coach__person"),
        {
            "coach": (_("Coach"), "coach"),
            "coachee": (_("With"), "coachee"),
            "from": (_("From"), "from_on"),
            "to": (_("To"), "to_on"),
            "state": (_("State"), "state"),
        },
        related=("coach__person", "coachee"),
    ),
    Held(
        Note, _("Notes that you wrote, or that one person wrote for you"),
        ("author", "counterpart"),
        {
            "author": (_("By"), "author"),
            "words": (_("Text"), opened),
            "readers": (_("Who reads it"), "tier"),
            "written": (_("Written"), "written_at"),
        },
        related=("author__sealing_key",),
        stays=_("Private texts are lost with their key. What was shared stays with those it was for."),
    ),
)  # fmt: skip
