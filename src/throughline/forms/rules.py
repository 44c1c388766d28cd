"""Which questions are asked, and who may sign. Who may answer is the question of the noun above."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from throughline.core.blueprint.conditions import parse_condition
from throughline.core.decision import YES, Decision, no
from throughline.forms.models import SignedText
from throughline.people.models import Person


def is_shown(
    condition: str, answers: Mapping[str, Any], facts: Mapping[str, Any] | None = None
) -> bool:
    """Whether a question is asked: only when its condition is true, not while it is unknown."""
    if not condition:
        return True
    return parse_condition(condition).judge({**(facts or {}), **answers}) is True


def can_sign(person: Person, signed_text: SignedText, part: str) -> Decision:
    """A person signs for herself, in a part that the text wants. There is no signing for another."""
    if person.network_id != signed_text.network_id:
        return no(_("This text belongs to another network."))
    if part not in signed_text.wants:
        return no(_("Nobody is asked to sign this text in that part."))
    return YES
