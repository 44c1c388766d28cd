"""Which of five tones a state is shown in. The word says it; the tone only helps the eye."""

from __future__ import annotations

from enum import Enum
from typing import Any

OK, INFO, WARN, BAD, PLAIN = "ok", "info", "warn", "bad", ""

TONES = {
    OK: "done accepted active seated confirmed delivered released complete completed signed sent "
    "held published ready open present formed adopted agreed paid kept eligible offered",
    INFO: "in_progress submitted proposed running scheduled invited forming in_review staged "
    "registered assigned started planned queued paused under_review booked asked",
    WARN: "waiting waitlisted alternate due late missing needs_exception conflict partial unsure "
    "incomplete person_decides",
    BAD: "failed bounced refused blocked",
}
_TONE_OF = {key: tone for tone, keys in TONES.items() for key in keys.split()}


def tone_of(state: Any) -> str:
    """Return the tone of an enum's key. What is not listed, such as "declined", is plain."""
    return _TONE_OF.get(str(getattr(state, "value", state)).lower().replace(" ", "_"), PLAIN)


class ToneEnum(Enum):
    """A closed list that a page shows as tags: each value is a key, a label and a tone."""

    @property
    def label(self) -> str:
        return str(self.value[1])

    @property
    def tone(self) -> str:
        return str(self.value[2])
