"""Shapes of what a team fills in about its meetings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from throughline.core.blueprint.phrases import DAYS
from throughline.meetings.enums import OccasionState
from throughline.meetings.turns import NTHS
from throughline.people.zones import place_of, zone_choices

NTH_LABELS = (
    pgettext_lazy("of the month", "First"),
    pgettext_lazy("of the month", "Second"),
    pgettext_lazy("of the month", "Third"),
    pgettext_lazy("of the month", "Fourth"),
    pgettext_lazy("of the month", "Last"),
)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Choose a day.")},
    )


def _begins() -> forms.TimeField:
    return forms.TimeField(
        label=_("Begins at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Say when it begins.")},
    )


class LengthForm(forms.Form):
    """How long a meeting is, in whose time, and where."""

    minutes = forms.IntegerField(
        label=_("How many minutes?"), error_messages={"required": _("Say how many minutes.")}
    )
    beyond_because = forms.CharField(
        label=_("Why another length than the program asks for?"),
        help_text=_("Only if it is shorter or longer."),
        max_length=300,
        required=False,
    )
    place_words = forms.CharField(label=_("Place"), max_length=200, required=False)
    zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("By country, then by the nearest city."),
        error_messages={"invalid_choice": _("Choose a time zone of the list.")},
    )

    def __init__(self, *args: Any, zone: str, has_rails: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["zone"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        offered = zone_choices()
        listed = {one for _country, zones in offered for one, _place in zones}
        own = [] if zone in listed else [(zone, place_of(zone))]
        field.choices = [*own, *offered]
        field.initial = zone
        if not has_rails:
            del self.fields["beyond_because"]


class MeetingForm(LengthForm):
    """One meeting."""

    day = _day(_("Day"))
    starts_local = _begins()
    field_order = ("day", "starts_local")


class SeriesForm(LengthForm):
    """One meeting a month."""

    nth = forms.ChoiceField(
        label=_("Which of the month?"), choices=tuple(zip(NTHS, NTH_LABELS, strict=True))
    )
    weekday = forms.ChoiceField(
        label=_("Weekday"), choices=[(day, WEEKDAYS[number]) for number, day in enumerate(DAYS)]
    )
    starts_local = _begins()
    starts_on = _day(_("Not before"))
    ends_on = _day(_("Not after"))
    skips = forms.TypedMultipleChoiceField(
        label=_("Months without a meeting"),
        choices=list(MONTHS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = ("nth", "weekday", "starts_local", "starts_on", "ends_on", "skips")

    def given(self) -> dict[str, Any]:
        """Return what was filled in, in the words of the action."""
        kept = {key: one for key, one in self.cleaned_data.items() if key not in {"nth", "weekday"}}
        return {**kept, "rule": f"{self.cleaned_data['nth']} {self.cleaned_data['weekday']}"}


class MoveForm(forms.Form):
    """Another time or place; ``seen`` is how often the meeting had been moved before."""

    day = _day(_("Day"))
    starts_local = _begins()
    place_words = forms.CharField(label=_("Place"), max_length=200, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class OffForm(forms.Form):
    """Why a meeting does not take place."""

    becomes = forms.ChoiceField(
        label=_("What happens to it?"),
        choices=[
            (OccasionState.SKIPPED.value, _("This turn of the series is skipped")),
            (OccasionState.CANCELLED.value, _("It is canceled")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    because = forms.CharField(
        label=_("Why?"),
        help_text=_("One sentence, without names: everybody of the team reads it."),
        max_length=300,
        error_messages={"required": _("Say why.")},
    )

    def __init__(self, *args: Any, is_turn: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["becomes"].initial = OccasionState.SKIPPED
        if not is_turn:
            del self.fields["becomes"]

    @property
    def is_skipped(self) -> bool:
        """Whether a turn of a series is left out."""
        return self.cleaned_data.get("becomes") == OccasionState.SKIPPED
