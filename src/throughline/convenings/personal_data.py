"""What convenings hold about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughline.convenings.models import Registration, Seat, SeatMove
from throughline.people.personal import Held, Listed, Points

HELD: tuple[Listed, ...] = (
    Held(
        Seat, _("Your places at events"), ("person",),
        {
            "event": (_("Event"), "event"),
            "part": (_("As"), "part"),
            "coverage": (_("Who pays"), "coverage"),
            "state": (_("State"), "state"),
            "answered": (_("Answered"), "answered_at"),
        },
        related=("event",),
    ),
    Held(
        SeatMove, _("Places that changed hands"), ("from_person", "to_person"),
        {
            "event": (_("Event"), "seat.event"),
            "from": (_("From"), "from_person"),
            "to": (_("To"), "to_person"),
            "at": (_("At"), "at"),
        },
        related=("seat__event", "from_person", "to_person"),
    ),
    Points(Registration, "a district's booking; the places in it are shown"),
)  # fmt: skip
