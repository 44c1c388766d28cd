"""Shapes of what people fill in about events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.convenings.enums import Coming
from throughline.people.models import Person
from throughline.ui import spelling


class AnswerForm(forms.Form):
    """Whether somebody comes: to all of it, to one day, or not."""

    coming = forms.ChoiceField(
        label=gettext_lazy("Will you come?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the answers.")},
    )

    def __init__(self, *args: object, days: Iterable[date], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["coming"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        some = [
            (f"{Coming.ONE_DAY}:{day}", _("Only on %(day)s") % {"day": spelling.day(day)})
            for day in days
        ]
        if len(some) < 2:
            some = []
        field.choices = [
            (Coming.YES, Coming.YES.label),
            *some,
            (Coming.NO, Coming.NO.label),
        ]

    def answer(self) -> tuple[str, date | None]:
        """Return what was chosen, and the day if it is one."""
        coming, _sep, day = str(self.cleaned_data["coming"]).partition(":")
        return coming, date.fromisoformat(day) if day else None


class PeopleForm(forms.Form):
    """Who gets a seat."""

    people = forms.MultipleChoiceField(
        label=gettext_lazy("Who else comes?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one person.")},
    )

    def __init__(self, *args: object, people: Iterable[Person], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["people"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [(person.ref, str(person)) for person in people]


class PlaceForm(forms.Form):
    """Where people meet, and what it is about."""

    theme = forms.CharField(label=gettext_lazy("What it is about"), max_length=200, required=False)
    place_words = forms.CharField(
        label=gettext_lazy("Place"),
        help_text=gettext_lazy("A building and a city, such as Foundry Hall, Atlanta."),
        max_length=300,
        error_messages={"required": gettext_lazy("Say where people meet: a building and a city.")},
    )


class MoveForm(forms.Form):
    """To which day an event moves."""

    first_day = forms.DateField(
        label=gettext_lazy("New first day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": gettext_lazy("Choose a day.")},
    )
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=200, required=False)


class CancelForm(forms.Form):
    """Why an event is canceled."""

    because = forms.CharField(
        label=gettext_lazy("Why is it canceled?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say why, in a sentence that people will read.")},
    )
