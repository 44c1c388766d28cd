"""What programs hold about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughline.people.personal import Held, Listed, Points
from throughline.programs.models import (
    BlueprintUpgrade,
    CohortSeat,
    OnboardingDone,
    Succession,
)

HELD: tuple[Listed, ...] = (
    Held(
        CohortSeat, _("Your seat"), ("person",),
        {"cohort": (_("Cohort"), "cohort"), "number": (_("Number"), "number")},
        related=("cohort",),
    ),
    Held(
        Succession, _("Who followed whom"), ("leaving", "taking_over"),
        {
            "district": (_("District"), "engagement.district"),
            "leaving": (_("Left"), "leaving"),
            "taking_over": (_("Followed"), "taking_over"),
            "on": (_("On"), "on"),
        },
        related=("engagement__district", "leaving", "taking_over"),
    ),
    Held(
        OnboardingDone, _("First steps that are done"), ("person",),
        {
            "what": (_("What"), "item.words"),
            "done": (_("Done"), "done_at"),
            "waived": (_("Excused because"), "waived_reason"),
        },
        related=("item",),
    ),
    Points(BlueprintUpgrade, "a decision of the host about a cohort"),
)  # fmt: skip
