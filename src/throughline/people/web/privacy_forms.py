"""Forms about one's own data."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.people.models.privacy import WORDS_MAX


class DeletionForm(forms.Form):
    """What somebody wants to say with the request, if anything."""

    words = forms.CharField(
        label=_("Anything the host should know"),
        required=False,
        max_length=WORDS_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RefusalForm(forms.Form):
    """Why a record stays."""

    reason = forms.CharField(
        label=_("Why it stays"),
        help_text=_("Whoever asked reads this."),
        max_length=WORDS_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why it stays; whoever asked reads this.")},
    )
