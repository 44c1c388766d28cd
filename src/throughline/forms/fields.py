"""One Django form field for each kind of question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.forms.districts import DistrictField
from throughline.forms.enums import FieldKind
from throughline.forms.models import FieldVersion
from throughline.forms.values import Options

LONGEST = 60_000
"""Characters of one answer. Guidance in words is no limit; this keeps a page loadable."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A question as it is put on one page: its words filled in, its options known."""

    wording: FieldVersion
    ask: str
    hint: str
    options: Options
    is_required: bool

    def limit(self, name: str) -> int | None:
        value = self.wording.settings.get(name)
        return int(value) if value is not None else None

    @property
    def subject(self) -> str:
        """The question as it stands inside a sentence."""
        return self.ask.rstrip(".?: ")


def field_for(setting: Setting) -> forms.Field:
    """Return the field that asks this question."""
    make = _MAKERS.get(FieldKind(setting.wording.kind), _text)
    made = make(setting)
    made.label = setting.ask
    made.help_text = made.help_text or setting.hint
    made.required = setting.is_required
    made.widget.is_required = setting.is_required
    return made


def _required(sentence: str) -> dict[str, str]:
    return {"required": sentence, "invalid": sentence, "invalid_choice": sentence}


def _enter(setting: Setting) -> str:
    return _("Enter an answer to “%(ask)s”.") % {"ask": setting.subject}


def _choose(setting: Setting) -> str:
    return _("Choose an answer to “%(ask)s”.") % {"ask": setting.subject}


def _text(setting: Setting) -> forms.Field:
    return forms.CharField(
        max_length=500,
        error_messages={
            **_required(_enter(setting)),
            "max_length": _("Enter at most %(limit_value)d characters; this has %(show_value)d."),
        },
    )


def _long_text(setting: Setting) -> forms.Field:
    most = setting.limit("words")
    rows = 4 if most and most <= 150 else 8
    made = forms.CharField(
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": rows, **({"data-words": most} if most else {})}),
        error_messages={
            **_required(_enter(setting)),
            "max_length": _("This is longer than a page can hold. Shorten it, please."),
        },
    )
    made.help_text = " ".join(part for part in (setting.hint, _guidance(most)) if part)
    return made


def _guidance(most: int | None) -> str:
    if not most:
        return ""
    return _("Up to %(most)d words. Longer is not cut off; readers may stop there.") % {
        "most": most
    }


def _number(setting: Setting) -> forms.Field:
    return _bounded(setting, forms.DecimalField, _("Enter a number, such as 12 or 12.5."))


def _whole_number(setting: Setting) -> forms.Field:
    return _bounded(setting, forms.IntegerField, _("Enter a whole number, such as 12."))


def _money(setting: Setting) -> forms.Field:
    sentence = _("Enter an amount in dollars and cents, such as 1250.00.")
    return _bounded(
        setting, lambda **extra: forms.DecimalField(decimal_places=2, **extra), sentence
    )


def _bounded(setting: Setting, make: Callable[..., forms.Field], sentence: str) -> forms.Field:
    made = make(
        error_messages={"invalid": sentence, "required": sentence, "max_decimal_places": sentence}
    )
    lowest, highest = setting.limit("min"), setting.limit("max")
    if lowest is not None:
        made.validators.append(
            MinValueValidator(lowest, _("Enter a number of %(limit_value)s or more."))
        )
    if highest is not None:
        made.validators.append(
            MaxValueValidator(highest, _("Enter a number of %(limit_value)s or less."))
        )
    return made


def _date(_setting: Setting) -> forms.Field:
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=_required(_("Enter a date with month, day and year.")),
    )


def _email(_setting: Setting) -> forms.Field:
    return forms.EmailField(
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages=_required(_("Enter an e-mail address like name@district.org.")),
    )


def _phone(_setting: Setting) -> forms.Field:
    return forms.RegexField(
        r"^\+?[0-9 ().\-]{7,20}(\s*(x|ext\.?)\s*\d{1,6})?$",
        widget=forms.TextInput(attrs={"type": "tel"}),
        error_messages=_required(_("Enter a phone number with area code, such as 404-555-0123.")),
    )


def _web_address(_setting: Setting) -> forms.Field:
    return forms.URLField(
        assume_scheme="https",
        error_messages=_required(_("Enter a web address like https://district.org/plan.")),
    )


class YesOrNoField(forms.TypedChoiceField):
    """Yes, no, or not answered yet: an unanswered question is not a "no"."""

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)


def _yes_or_no(setting: Setting) -> forms.Field:
    return YesOrNoField(
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda typed: typed == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages=_required(_choose(setting)),
    )


def _choice(setting: Setting) -> forms.Field:
    few = len(setting.options) <= 7
    choices = list(setting.options) if few else [("", _("Choose one")), *setting.options]
    return forms.ChoiceField(
        choices=choices,
        widget=forms.RadioSelect if few else forms.Select,
        error_messages=_required(_choose(setting)),
    )


def _choices(setting: Setting) -> forms.Field:
    most = setting.limit("max")
    made = forms.MultipleChoiceField(
        choices=list(setting.options),
        widget=forms.CheckboxSelectMultiple,
        error_messages=_required(_choose(setting)),
    )
    made.help_text = setting.hint or _("Choose all that apply.")
    if most:
        made.validators.append(_at_most(most))
    return made


def _at_most(most: int) -> Callable[[Any], None]:
    def check(chosen: Any) -> None:
        if len(chosen) > most:
            raise forms.ValidationError(
                ngettext("Choose at most %(most)d.", "Choose at most %(most)d.", most)
                % {"most": most}
            )

    return check


def _scale(setting: Setting) -> forms.Field:
    lowest, highest = setting.limit("min") or 1, setting.limit("max") or 5
    labels = setting.wording.spoken("labels", [])
    points = list(range(lowest, highest + 1))
    named = [(str(point), _point(point, points, labels)) for point in points]
    return forms.TypedChoiceField(
        choices=named,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages=_required(_choose(setting)),
    )


def _point(point: int, points: list[int], labels: list[str]) -> str:
    if len(labels) == len(points):
        return f"{point} · {labels[points.index(point)]}"
    if len(labels) == 2 and point in {points[0], points[-1]}:
        return f"{point} · {labels[0 if point == points[0] else 1]}"
    return str(point)


def _attest(setting: Setting) -> forms.Field:
    sentence = _("Check the box to confirm: “%(ask)s”.") % {"ask": setting.subject}
    return forms.BooleanField(widget=forms.CheckboxInput, error_messages=_required(sentence))


def _confirm_dates(setting: Setting) -> forms.Field:
    made = forms.MultipleChoiceField(
        choices=list(setting.options),
        widget=forms.CheckboxSelectMultiple,
        error_messages=_required(
            _("Check each date that you can attend. Leave a date unchecked if you cannot.")
        ),
    )
    made.help_text = setting.hint or _(
        "Check each date that you can attend in full. Reviewers see which ones are open."
    )
    return made


def _district(setting: Setting) -> forms.Field:
    made = DistrictField(
        error_messages=_required(_("Enter the name of your district and choose it from the list.")),
    )
    made.help_text = setting.hint or _(
        "Type the first letters of its name, then choose it. Names are those of the federal list."
    )
    return made


_MAKERS: dict[FieldKind, Callable[[Setting], forms.Field]] = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _long_text,
    FieldKind.NUMBER: _number,
    FieldKind.WHOLE_NUMBER: _whole_number,
    FieldKind.MONEY: _money,
    FieldKind.DATE: _date,
    FieldKind.EMAIL: _email,
    FieldKind.PHONE: _phone,
    FieldKind.WEB_ADDRESS: _web_address,
    FieldKind.YES_OR_NO: _yes_or_no,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.SCALE: _scale,
    FieldKind.ATTEST: _attest,
    FieldKind.CONFIRM_DATES: _confirm_dates,
    FieldKind.DISTRICT: _district,
}
