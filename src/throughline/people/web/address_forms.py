"""Forms of a person's addresses."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import BaseConfirmCodeForm
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class AddressForm(forms.Form):
    """A further address, which gets a code."""

    email = forms.EmailField(
        label=gettext_lazy("Further e-mail address"),
        help_text=gettext_lazy("We send a code there. It counts once you have entered the code."),
        error_messages={
            "required": gettext_lazy("Enter your e-mail address."),
            "invalid": gettext_lazy("Enter an e-mail address like name@district.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, sent: Any, *, confirmed: set[str]) -> None:
        super().__init__(sent)
        self.confirmed = confirmed

    def clean_email(self) -> str:
        """Return the address in lower case, unless she has it already."""
        email = str(self.cleaned_data["email"]).lower()
        if email in self.confirmed:
            raise forms.ValidationError(_("This address is already yours."))
        return email


class AddressCodeForm(BaseConfirmCodeForm):
    """The code that was sent to a further address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.widget.attrs.pop("placeholder", None)
        field.error_messages["required"] = _("Enter the code that we sent.")

    def clean_code(self) -> str:
        """Return the code if it is the one that was sent."""
        try:
            return str(super().clean_code())
        except forms.ValidationError:
            raise forms.ValidationError(
                _("This is not the code that we sent. Look at the newest mail.")
            ) from None
