"""Shapes of what people fill in about coaching."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.coaching.actions import NextStep
from throughline.coaching.enums import MOST_COACHED, Belongs, Mode
from throughline.coaching.models import Coach
from throughline.core.tiers import Tier
from throughline.people.models import Person
from throughline.teams.models import Team

OTHER = "other"
LENGTHS = [("45", "45"), ("60", "60"), ("90", "90"), ("120", "120"), (OTHER, _("Other"))]


class LengthForm(forms.Form):
    """How long a session is or was."""

    length = forms.ChoiceField(
        label=_("How many minutes?"),
        choices=LENGTHS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how many minutes.")},
    )
    other_minutes = forms.IntegerField(
        label=_("Other length, in minutes"), min_value=5, max_value=720, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the length in numbers where "Other" is chosen."""
        cleaned = super().clean() or {}
        if cleaned.get("length") == OTHER and not cleaned.get("other_minutes"):
            self.add_error("other_minutes", _("Say how many minutes."))
        return cleaned

    @property
    def minutes(self) -> int:
        """The length that was chosen."""
        length = self.cleaned_data["length"]
        return int(self.cleaned_data["other_minutes"] if length == OTHER else length)


def length_of(minutes: int) -> dict[str, object]:
    """Return what the two fields of a length show for ``minutes``."""
    if str(minutes) in dict(LENGTHS):
        return {"length": str(minutes)}
    return {"length": OTHER, "other_minutes": minutes}


class WhenForm(LengthForm):
    """When a session is or was, and how they meet."""

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Choose a day.")},
    )
    starts_local = forms.TimeField(
        label=_("Begins at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Say when it begins.")},
    )
    mode = forms.ChoiceField(
        label=_("How?"),
        choices=Mode.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you meet.")},
    )


class BeyondForm(WhenForm):
    """Time that draws on a promise; why more is needed is asked only where it goes beyond."""

    overrun_reason = forms.CharField(
        label=_("Why is more needed?"),
        help_text=_("One sentence, without names: it stays in the ledger."),
        max_length=500,
        required=False,
    )

    @property
    def asks_why(self) -> bool:
        """Whether the question is shown: once it was asked, or answered."""
        return "overrun_reason" in self.errors or bool(self.data.get("overrun_reason"))


class PlanForm(BeyondForm):
    """A session to come."""

    place_words = forms.CharField(label=_("Place"), max_length=200, required=False)


class LogForm(BeyondForm):
    """What a session was."""

    travel_minutes = forms.IntegerField(
        label=_("Minutes on the road"),
        help_text=_("Kept apart; never counted as coaching."),
        min_value=0,
        max_value=1440,
        required=False,
    )
    topics = forms.MultipleChoiceField(
        label=_("About"), widget=forms.CheckboxSelectMultiple, required=False
    )
    next_step = forms.CharField(label=_("Next step you agreed"), max_length=300, required=False)
    due_on = forms.DateField(
        label=_("By when?"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    shared_summary = forms.CharField(
        label=_("Summary you share"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    shared_with = forms.ChoiceField(
        label=_("Who can read the summary?"), widget=forms.RadioSelect, required=False
    )
    private_note = forms.CharField(
        label=_("Note for yourself"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    log_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        topics: Sequence[tuple[str, str]],
        tiers: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        about, readers = self.fields["topics"], self.fields["shared_with"]
        assert isinstance(about, forms.MultipleChoiceField)  # noqa: S101 - tells the type checker
        assert isinstance(readers, forms.ChoiceField)  # noqa: S101 - tells the type checker
        about.choices = list(topics)
        readers.choices = [(tier, Tier(tier).label) for tier in tiers]

    def clean(self) -> dict[str, Any]:
        """Ask for a day where a next step is named, and for readers where a summary is."""
        cleaned = super().clean()
        if cleaned.get("next_step") and not cleaned.get("due_on"):
            self.add_error("due_on", _("Say by when the next step is done."))
        if cleaned.get("shared_summary") and not cleaned.get("shared_with"):
            self.add_error("shared_with", _("Choose who reads the summary."))
        return cleaned

    def next_steps(self) -> list[NextStep]:
        """Return the next step, if one was agreed."""
        words = self.cleaned_data["next_step"].strip()
        return [NextStep(words, self.cleaned_data["due_on"])] if words else []


class CorrectForm(LengthForm):
    """What was wrong in a log. Staff correct minutes; what was said is not theirs to change."""

    mode = forms.ChoiceField(label=_("How?"), choices=Mode.choices, widget=forms.RadioSelect)
    travel_minutes = forms.IntegerField(
        label=_("Minutes on the road"),
        help_text=_("Kept apart; never counted as coaching."),
        min_value=0,
        max_value=1440,
        required=False,
    )
    topics = forms.MultipleChoiceField(
        label=_("About"), widget=forms.CheckboxSelectMultiple, required=False
    )
    shared_summary = forms.CharField(
        label=_("Summary you share"), widget=forms.Textarea(attrs={"rows": 5}), required=False
    )
    reason = forms.CharField(
        label=_("What was wrong?"),
        help_text=_("One sentence. It stands in the record of changes, beside your name."),
        max_length=200,
        error_messages={"required": _("Say what was wrong.")},
    )

    def __init__(
        self, *args: Any, topics: Sequence[tuple[str, str]], is_coach: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        about = self.fields["topics"]
        assert isinstance(about, forms.MultipleChoiceField)  # noqa: S101 - tells the type checker
        about.choices = list(topics)
        if not is_coach:
            for name in ("mode", "travel_minutes", "topics", "shared_summary"):
                del self.fields[name]

    def changes(self) -> dict[str, Any]:
        """Return what the action is asked for, in the words of the action."""
        given = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"length", "other_minutes"}
        }
        if "travel_minutes" in given:
            given["travel_minutes"] = given["travel_minutes"] or 0
        return {**given, "minutes": self.minutes}


class CoachForm(forms.Form):
    """Somebody who is to coach."""

    full_name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Enter the coach's name.")}
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_(
            "She signs in with a code that is sent there. If you know her already, the address finds her."
        ),
        error_messages={
            "required": _("Enter the coach's e-mail address."),
            "invalid": _("Enter an e-mail address like name@district.org."),
        },
    )
    belongs = forms.ChoiceField(
        label=_("How does the coach belong to the network?"),
        choices=Belongs.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    is_former_superintendent = forms.BooleanField(label=_("Has led a district"), required=False)
    load_cap = forms.IntegerField(
        label=_("How many leaders or teams at the same time?"),
        min_value=1,
        max_value=MOST_COACHED,
        error_messages={"required": _("Say how many the coach can take.")},
    )


class AssignForm(forms.Form):
    """Who coaches whom."""

    coach = forms.ChoiceField(label=_("Coach"), error_messages={"required": _("Choose a coach.")})
    whom = forms.ChoiceField(
        label=_("Coaches"), error_messages={"required": _("Choose a person or a team.")}
    )

    def __init__(
        self,
        *args: Any,
        coaches: Sequence[Coach],
        people: Sequence[tuple[Person, str]],
        teams: Sequence[Team],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        coach, whom = self.fields["coach"], self.fields["whom"]
        assert isinstance(coach, forms.ChoiceField)  # noqa: S101 - tells the type checker
        assert isinstance(whom, forms.ChoiceField)  # noqa: S101 - tells the type checker
        coach.choices = [("", ""), *((one.ref, str(one)) for one in coaches)]
        whom.choices = [
            ("", ""),
            *((f"person:{one.ref}", f"{one}, {district}") for one, district in people),
            *((f"team:{one.ref}", f"{one}, {one.engagement.district}") for one in teams),
        ]
