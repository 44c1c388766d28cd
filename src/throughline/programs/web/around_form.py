"""Shape of an invitation to take part around a cohort."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AroundForm(forms.Form):
    """Somebody who takes part without a seat."""

    full_name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Enter a name.")}
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("A code to sign in is sent there."),
        error_messages={
            "required": _("Enter an e-mail address."),
            "invalid": _("Enter an e-mail address like name@district.org."),
        },
    )
    role = forms.ChoiceField(
        label=_("Role"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these roles.")},
    )
    organization = forms.CharField(
        label=_("Organization"),
        help_text=_("Whom this person stands for, such as a partner organization."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, roles: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = list(roles)
