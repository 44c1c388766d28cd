"""Shapes of what stands on a meeting's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.meetings.actions.close_meeting import Was
from throughline.meetings.enums import DecidedHow, Mark
from throughline.meetings.models import Attendance
from throughline.people.models import Person


class AgendaForm(forms.Form):
    """One thing to talk about."""

    words = forms.CharField(
        label=gettext_lazy("What to talk about"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say what.")},
    )
    item_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"), min_value=1, max_value=720, required=False
    )


class DecisionForm(forms.Form):
    """What was decided."""

    decision = forms.CharField(
        label=gettext_lazy("What was decided?"),
        max_length=500,
        error_messages={"required": gettext_lazy("Say what.")},
    )
    decided_how = forms.ChoiceField(label=gettext_lazy("How?"), choices=DecidedHow.choices)


class CommitForm(forms.Form):
    """Who does what by when."""

    promise = forms.CharField(
        label=gettext_lazy("What will be done?"),
        max_length=300,
        error_messages={"required": gettext_lazy("Say what will be done.")},
    )
    owner = forms.ChoiceField(label=gettext_lazy("Who?"))
    due_on = forms.DateField(
        label=gettext_lazy("By when?"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": gettext_lazy("Choose a day.")},
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)  # noqa: S101 - tells the type checker
        owner.choices = [(one.ref, str(one)) for one in people]


class CloseForm(forms.Form):
    """How long a meeting took and who was there, everybody in one form."""

    minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes did it take?"),
        error_messages={"required": gettext_lazy("Say how many minutes.")},
    )
    decision_maker = forms.ChoiceField(
        label=gettext_lazy("Was somebody there who can decide for the district?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the answers.")},
    )
    overrun_reason = forms.CharField(
        label=gettext_lazy("Why is more needed?"),
        help_text=gettext_lazy("One sentence, without names: it stays in the ledger."),
        max_length=500,
        required=False,
    )
    says_optional = False

    def __init__(
        self,
        *args: Any,
        people: Sequence[Person],
        marks: Mapping[int, Attendance],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(people)
        for one in self.people:
            mark = marks.get(one.pk)
            self.fields[f"mark-{one.ref}"] = forms.ChoiceField(
                label=str(one),
                choices=[("", _("Choose")), *Mark.choices],
                initial=mark.status if mark else "",
                error_messages={
                    "required": _("Say whether %(name)s was there.") % {"name": one},
                },
            )
            self.fields[f"minutes-{one.ref}"] = forms.IntegerField(
                label=_("Minutes, if only for part: %(name)s") % {"name": one},
                min_value=1,
                required=False,
                initial=mark.minutes if mark and mark.status == Mark.PARTIAL else None,
            )

    def clean(self) -> dict[str, Any]:
        """Ask for minutes of who was there for part, and of nobody else."""
        cleaned = super().clean() or {}
        for one in self.people:
            is_part = cleaned.get(f"mark-{one.ref}") == Mark.PARTIAL
            if is_part and not cleaned.get(f"minutes-{one.ref}"):
                self.add_error(f"minutes-{one.ref}", _("Say how many minutes."))
        return cleaned

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the two fields of each person."""
        return [(self[f"mark-{one.ref}"], self[f"minutes-{one.ref}"]) for one in self.people]

    @property
    def asks_why(self) -> bool:
        """Whether the question is shown: once it was asked, or answered."""
        return "overrun_reason" in self.errors or bool(self.data.get("overrun_reason"))

    def marks(self) -> list[Was]:
        """Return everybody's mark, in the words of the action."""
        found = []
        for one in self.people:
            status = self.cleaned_data[f"mark-{one.ref}"]
            part = self.cleaned_data[f"minutes-{one.ref}"] if status == Mark.PARTIAL else None
            found.append(Was(one, status, part))
        return found
