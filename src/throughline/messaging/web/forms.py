"""Forms of the outbox."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class HourForm(forms.Form):
    """The hour before which a message does not go, in the zone of whoever sets it."""

    until = forms.DateTimeField(
        label=_("Not before"),
        required=False,
        help_text=_("In your time zone. Leave it empty to send as soon as you release it."),
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "class": "short"}, format="%Y-%m-%dT%H:%M"
        ),
        error_messages={"invalid": _("Enter a day and an hour.")},
    )


class ReleaseForm(forms.Form):
    """A word that the letter has been read, before it goes to people."""

    use_required_attribute = False

    read = forms.BooleanField(
        label=_("I have read this letter as one of its readers gets it"),
        error_messages={"required": _("Read the letter first, then check this box.")},
    )


class DiscardForm(forms.Form):
    """Why a message is thrown away; the trail keeps it."""

    reason = forms.CharField(
        label=_("Why it is not sent"),
        required=False,
        max_length=300,
        help_text=_("Kept in the trail, for colleagues."),
    )
