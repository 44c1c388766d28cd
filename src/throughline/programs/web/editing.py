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

    @property
    def tables(self) -> list[str]:
        """Return the paths of the tables that the values stand in, in the order of the file."""
        return list(dict.fromkeys(table_of(leaf) for leaf in self.leaves.values()))

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


def table_of(leaf: Leaf) -> str:
    """Return the path of the table that a value stands in."""
    return leaf.path[: -len(str(leaf.place[-1])) - 1]


def _field(leaf: Leaf) -> forms.Field:
    widget: forms.Widget
    attributes: dict[str, Any] = {"aria-label": capfirst(leaf.label), "autocomplete": "off"}
    if leaf.kind in ("choice", "yes-no"):
        choices = [(one, one) for one in leaf.choices] or [("true", _("yes")), ("false", _("no"))]
        if not leaf.typed():
            choices.insert(0, ("", "—"))
        widget = forms.Select(choices=choices, attrs=attributes)
    elif leaf.kind in ("long", "lines", "pairs"):
        rows = min(max(len(leaf.typed()) // 50 + 1, leaf.typed().count("\n") + 1), 12)
        widget = forms.Textarea(attrs={**attributes, "rows": rows, "placeholder": leaf.hint()})
    else:
        size = min(max(len(leaf.typed() or leaf.hint()) + 1, SHORTEST), LONGEST)
        if leaf.kind == "number":
            attributes["inputmode"] = "numeric"
        widget = forms.TextInput(attrs={**attributes, "size": size, "placeholder": leaf.hint()})
    return forms.CharField(
        label=capfirst(leaf.label), initial=leaf.typed(), required=False, widget=widget, strip=False
    )
