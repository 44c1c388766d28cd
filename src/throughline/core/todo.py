"""One thing that somebody owes: a verb, an object and the minutes it takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ToDo:
    """A line of "Next for me".

    ``title`` begins with a verb; ``minutes`` is an honest estimate; ``href`` leads straight to the
    place where it is done; ``about`` names the district, person or event, if the title does not.
    A higher ``weight`` comes first among things due on the same day.
    """

    title: str
    minutes: int
    due_on: date | None
    href: str
    about: str = ""
    weight: int = 0
