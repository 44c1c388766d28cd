"""A form over the values of a file: each field is named by the path that errors name too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from throughline.core.blueprint.faults import Fault, Place
from throughline.core.blueprint.leaves import Leaf

SHORTEST, LONGEST = 4, 42
"""Characters that a blank is wide."""


class LeavesForm(forms.Form):
    """Values of a blueprint as they are typed. Whether they fit, the check of the file says."""

    says_optional = False
    template_name = "ui/form.html"

    def __init__(self, leaves: Iterable[Leaf], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.leaves = {leaf.path: leaf for leaf in leaves}
        self.elsewhere: list[Fault] = []
        for path, leaf in self.leaves.items():
            self.fields[path] = _field(leaf)

    def changes(self) -> dict[Place, Any]:
        """Return what was typed and differs from the file, by place."""
        found = {}
        for path, leaf in self.leaves.items():
            if path not in self.data:
                continue
            value = leaf.read(str(self.data[path]))
            if value != leaf.value:
                found[leaf.place] = value
        return found

    def blame(self, faults: Sequence[Fault]) -> None:
        """Put each fault beside the field that it names; keep the rest for the head of the page."""
        for fault in faults:
            if fault.path in self.fields:
                self.add_error(fault.path, explained(fault))
            else:
                self.elsewhere.append(fault)
                self.add_error(None, f"{fault.path}: {explained(fault)}")


def explained(fault: Fault) -> str:
    """Say in a sentence what was expected and what stands there."""
    sentence = _("Expected %(expected)s, but it says %(got)s.") % {
        "expected": fault.expected, "got": fault.got,
    }  # fmt: skip
    return f"{sentence} {capfirst(fault.hint)}".strip()


def question_of(leaf: Leaf) -> str:
    """Ask for a value; a rare one is asked for in the words of the reference."""
    questions = {
        "title": _("What is it called?"),
        "name": _("What is it called?"),
        "min": _("What is the least?"),
        "max": _("What is the most?"),
        "count": _("How many are there?"),
        "count_lead": _("Does the lead count as one?"),
        "length": _("How long is it?"),
        "opens": _("When does it open?"),
        "closes": _("When does it close?"),
        "begins": _("When does it begin?"),
        "ends": _("When does it end?"),
        "every": _("How often does it come?"),
        "on": _("On which day of the week?"),
        "time": _("At what time does it begin?"),
        "window": _("How far may you move it?"),
        "attends": _("Who is expected?"),
        "invited": _("Who is welcome too?"),
        "who": _("For whom is it?"),
        "mode": _("How do people meet?"),
        "word": _("Which of your words names it?"),
        "role": _("For which role is it?"),
        "roles": _("For which roles is it?"),
        "quantity": _("How much is promised?"),
        "period": _("How often is it granted?"),
        "overrun": _("What happens beyond it?"),
        "strength": _("Is it a rule or advice?"),
        "rule": _("What is checked?"),
        "required": _("Must it be answered?"),
        "ask": _("What do you ask?"),
        "form": _("Which form is filled in?"),
        "due": _("When is it due?"),
        "minutes": _("How many minutes does it take?"),
        "key": _("By which key do other parts of the file find it?"),
        "source": _("Who says so? A key from Sources, a colon, and where it says it"),
        "note": _("What should readers of the file know?"),
    }
    return questions.get(str(leaf.place[-1]), str(capfirst(leaf.label)))


def _field(leaf: Leaf) -> forms.Field:
    widget: forms.Widget
    label = question_of(leaf)
    attributes: dict[str, Any] = {"aria-label": label, "autocomplete": "off"}
    if leaf.kind in ("choice", "yes-no"):
        choices = leaf.options()
        if leaf.kind == "yes-no" and not leaf.labels:
            choices = [("true", _("yes")), ("false", _("no"))]
        if not leaf.typed():
            choices.insert(0, ("", "—"))
        widget = forms.Select(choices=choices, attrs=attributes)
    elif leaf.kind in ("long", "lines", "pairs"):
        rows = min(max(len(leaf.typed()) // 50 + 1, leaf.typed().count("\n") + 1), 12)
        widget = forms.Textarea(attrs={**attributes, "rows": rows, "placeholder": leaf.hint()})
    else:
        hint = leaf.hint() or _("not said")
        size = min(max(len(leaf.typed() or hint) + 1, SHORTEST), LONGEST)
        if leaf.kind == "number":
            attributes["inputmode"] = "numeric"
        widget = forms.TextInput(attrs={**attributes, "size": size, "placeholder": hint})
    return forms.CharField(
        label=label, initial=leaf.typed(), required=False, widget=widget, strip=False
    )
