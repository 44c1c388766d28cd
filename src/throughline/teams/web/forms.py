"""Forms of teams: they check shape and give values."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.teams.enums import MemberKind


class MemberForm(forms.Form):
    """A future member of a team."""

    full_name = forms.CharField(
        label=_("Name"),
        max_length=200,
        error_messages={"required": _("Enter the member's name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("The invitation goes there. You can add it later by naming the member again."),
        error_messages={"invalid": _("Enter an e-mail address like name@district.org.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Where in the system"), choices=MemberKind.choices)
    is_cabinet = forms.BooleanField(
        label=_("Is a member of the superintendent's cabinet"), required=False
    )


class WaiveForm(forms.Form):
    """Why a team may start although a rule says no."""

    reason = forms.CharField(
        label=_("Why the size rule does not hold for this team"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why the rule does not hold for this team.")},
        help_text=_("Your name and this reason stay with the team."),
    )
