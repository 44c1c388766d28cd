"""Change the words of a challenge, without undoing anyone else's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, DomainError, NotAllowed
from throughline.inquiry.enums import EDITABLE, PARTS, ChallengeState
from throughline.inquiry.models import Challenge
from throughline.inquiry.rules import can_edit
from throughline.people.models import Person


class EditedMeanwhile(DomainError):  # noqa: N818 - says what happened
    """Somebody changed the same parts since the form was opened. ``theirs`` holds their words."""

    def __init__(self, theirs: Mapping[str, str]) -> None:
        super().__init__(
            _(
                "Somebody changed the same words a moment ago. Theirs stand beside yours; nothing is lost."
            )
        )
        self.theirs = dict(theirs)


@transaction.atomic
def edit_challenge(
    challenge: Challenge, words: Mapping[str, str], *, revision: int, by: Person, now: datetime
) -> Challenge:
    """Save the parts that differ. ``revision`` is the one that the form was opened at.

    A challenge that the team is being asked about becomes a draft again.

    Raises
    ------
    NotAllowed
        ``by`` is not in the team, or the team has agreed already.
    BadInput
        Who, or what they live through, would be empty.
    EditedMeanwhile
        A part was changed by somebody else since then, or at this very moment.
    """
    if not (decision := can_edit(by, challenge)):
        raise NotAllowed(decision.reason)
    now_there = Challenge.objects.get(pk=challenge.pk)
    changed = {
        part: words[part].strip()
        for part in PARTS
        if part in words and words[part].strip() != getattr(now_there, part)
    }
    for part, sentence in {
        "who": _("Say which students this is about."),
        "experience": _("Say what they live through."),
    }.items():
        if part in changed and not changed[part]:
            raise BadInput(sentence, field=part)
    theirs = {
        part: getattr(now_there, part)
        for part in changed
        if now_there.edited.get(part, 1) > revision
    }
    if theirs:
        raise EditedMeanwhile(theirs)
    if not changed:
        return now_there
    following = now_there.revision + 1
    saved = Challenge.objects.filter(
        pk=challenge.pk, revision=now_there.revision, state__in=sorted(EDITABLE)
    ).update(
        **changed,
        state=ChallengeState.DRAFT,
        revision=following,
        edited={**now_there.edited, **dict.fromkeys(changed, following)},
        saved_at=now,
    )
    if not saved:
        raise EditedMeanwhile({part: getattr(now_there, part) for part in changed})
    challenge.refresh_from_db()
    trail.record(by, "edited", challenge, now=now, fields=changed)
    return challenge
