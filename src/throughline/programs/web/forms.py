"""Shapes of what hosts fill in about programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughline.core.blueprint.reading import LARGEST
from throughline.programs.models import BlueprintVersion
from throughline.programs.shelf import Shipped
from throughline.ui.forms import Tile


class CopyForm(forms.Form):
    """Which program to begin from, and what the copy is called."""

    program = forms.ChoiceField(
        label=_("Begin from"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a program to begin from.")},
    )
    name = forms.CharField(
        label=_("Name of your program"),
        help_text=_("Such as Promise Network. Everybody reads it."),
        max_length=120,
        error_messages={"required": _("Enter a name for your program.")},
    )
    short = forms.CharField(
        label=_("Short name"),
        help_text=_("For subjects of letters and for menus."),
        max_length=30,
        required=False,
    )

    def __init__(self, *args: object, programs: Sequence[Shipped], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        _offer(self.fields["program"], programs)


class FileForm(forms.Form):
    """The whole file, and which text of it the person had before her."""

    source = forms.CharField(
        label=_("The file"),
        help_text=_("Comments and layout stay as you write them."),
        widget=forms.Textarea(
            attrs={"rows": 30, "spellcheck": "false", "class": "code", "autocomplete": "off"}
        ),
        strip=False,
        error_messages={"required": _("The file is empty. Nothing was saved.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class ArrivingForm(forms.Form):
    """A program's file, uploaded or, the second time, as the text that was read."""

    says_optional = False

    source = forms.FileField(
        label=_("The file"),
        help_text=_("It ends in .toml."),
        required=False,
    )
    text = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def clean(self) -> dict[str, Any]:
        """Put the text of the file in the place of the upload."""
        values: dict[str, Any] = super().clean() or {}
        upload = values.get("source")
        if upload is None:
            values["source"] = values.get("text", "").replace("\r\n", "\n")
        elif upload.size > LARGEST:
            self.add_error("source", gettext("This file is too large to be a program."))
        else:
            try:
                values["source"] = upload.read().decode("utf-8")
            except UnicodeDecodeError:
                self.add_error(
                    "source", gettext("This file is no text. Choose one ending in .toml.")
                )
        if not values.get("source"):
            self.add_error("source", gettext("Choose a file."))
        return values


class MoveStartForm(forms.Form):
    """Another first day, and why."""

    starts_on = forms.DateField(
        label=_("First day"),
        help_text=_("Every date that is not pinned follows it."),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Choose the first day."), "invalid": _("Choose a day.")},
    )
    reason = forms.CharField(
        label=_("Why"), help_text=_("Kept with the change."), max_length=300, required=False
    )


class UpgradeForm(forms.Form):
    """Under which version a cohort goes on."""

    version = forms.ChoiceField(
        label=_("Version"),
        error_messages={
            "required": _("Choose a version."), "invalid_choice": _("Choose a version."),
        },
    )  # fmt: skip

    def __init__(
        self, *args: object, versions: Sequence[BlueprintVersion], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["version"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [
            (str(one.number), gettext("Version %(number)d") % {"number": one.number})
            for one in versions
        ]


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
        _offer(self.fields["program"], programs)


def _offer(field: forms.Field, programs: Sequence[Shipped]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
    field.choices = [(one.key, Tile(one.name, hint=one.summary)) for one in programs]
