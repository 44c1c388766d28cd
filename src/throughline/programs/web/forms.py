"""Shapes of what hosts fill in about programs."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.programs.shelf import Shipped
from throughline.ui.forms import Tile


class OpenForm(forms.Form):
    """Which program, from which day, under which name."""

    program = forms.ChoiceField(
        label=_("Program"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a program.")},
    )
    starts_on = forms.DateField(
        label=_("First day"),
        help_text=_("Every other date follows from it, and moves for holidays."),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Choose the first day."), "invalid": _("Choose a day.")},
    )
    label = forms.CharField(
        label=_("Name of the cohort"),
        help_text=_("Such as Cohort 1. Applicants read it."),
        max_length=60,
        error_messages={"required": _("Enter a name, such as Cohort 1.")},
    )

    def __init__(self, *args: object, programs: Sequence[Shipped], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["program"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [(one.key, Tile(one.name, hint=one.summary)) for one in programs]
