"""Forms of inquiry: they check shape and give values."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.evidence.lenses import Lenses, lenses_at
from throughline.inquiry.enums import OFFERED_TIERS, PARTS, EvidenceKind
from throughline.inquiry.models import Challenge
from throughline.teams.models import Team


class WordsForm(forms.Form):
    """The blanks of the sentence, and the revision that they were read at."""

    who = forms.CharField(
        label=_("Which students?"),
        help_text=_("Name them as they name themselves."),
        max_length=300,
        error_messages={"required": _("Say which students this is about.")},
    )
    experience = forms.CharField(
        label=_("What do they live through?"),
        help_text=_("What the system does or fails to do, in their day."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what they live through.")},
    )
    where = forms.CharField(label=_("Where?"), required=False, max_length=300)
    since = forms.CharField(label=_("Since when?"), required=False, max_length=200)
    why_now = forms.CharField(
        label=_("Why now?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, lenses: Lenses, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        looks = _("This program looks at: %(lenses)s.") % {"lenses": "; ".join(lenses.labels)}
        self.fields["who"].help_text = f"{self.fields['who'].help_text} {looks}"


class EditForm(WordsForm):
    """The words of a challenge that stands."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, challenge: Challenge, data: object = None) -> None:
        initial = {part: getattr(challenge, part) for part in PARTS}
        super().__init__(
            data,
            lenses=lenses_at(challenge.scope_id),
            initial={**initial, "revision": challenge.revision},
        )


class StartForm(WordsForm):
    """The words of a new challenge, and who reads it."""

    tier = forms.ChoiceField(
        label=_("Who reads it?"),
        choices=[(tier.value, tier.label) for tier in OFFERED_TIERS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who reads it.")},
    )
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, team: Team, data: object = None) -> None:
        super().__init__(
            data,
            lenses=lenses_at(team.scope_id),
            initial={"tier": OFFERED_TIERS[0], "once": uuid4()},
        )


class MissingForm(forms.Form):
    """What is missing, and why."""

    kind = forms.ChoiceField(choices=EvidenceKind.choices, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why is it missing?"),
        help_text=_("And when you will have it. It is shown with the challenge."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why it is missing, and when you will have it.")},
    )

    def __init__(self, kind: str, data: object = None) -> None:
        super().__init__(
            data,  # type: ignore[arg-type]
            initial={"kind": kind},
            auto_id=f"id_{kind}_%s",
        )
