"""Forms of evidence: they check shape and give values."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.core.tiers import Tier
from throughline.evidence.answers import GraduationPage
from throughline.evidence.lenses import Lenses
from throughline.evidence.sentences import school_year
from throughline.people.enums import ScopeKind
from throughline.people.models import Scope

NOTE_MAX = 2000

Choices = list[tuple[Any, Any]]


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Set what a field offers, when that depends on what is shown."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class AskForm(forms.Form):
    """What to show: sent with GET, so that a question can be bookmarked."""

    by = forms.ChoiceField(label=_("Compare"), required=False)
    compare_with = forms.ChoiceField(label=_("With"), required=False)
    year = forms.TypedChoiceField(label=_("School year"), required=False, coerce=int)
    look = forms.ChoiceField(label=_("School by school"), required=False)

    def __init__(self, page: GraduationPage, lenses: Lenses) -> None:
        super().__init__(
            initial={
                "by": page.asked.lens,
                "compare_with": page.asked.comparator,
                "year": page.year,
                "look": page.asked.look,
            }
        )
        groups = [(group.key, group.label) for group in page.groups]
        offered: dict[str, Choices] = {
            "by": [*lenses.choices()],
            "compare_with": groups,
            "year": [(year, school_year(year)) for year in reversed(page.years)],
            "look": groups,
        }
        for name, choices in offered.items():
            _offer(self, name, choices)


class DistrictForm(forms.Form):
    """Part of a district's name, and its state."""

    name = forms.CharField(label=_("Name of the district"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, data: object, states: list[tuple[str, str]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        _offer(self, "state", [("", _("All states")), *states])


class KeepForm(forms.Form):
    """Which figure to keep, for whom, and a note."""

    group = forms.ChoiceField(
        label=_("Which students?"),
        error_messages={"required": _("Choose the students this finding is about.")},
    )
    note = forms.CharField(
        label=_("Your note"),
        help_text=_("What you notice or wonder. It is read with the finding."),
        required=False,
        max_length=NOTE_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    tier = forms.ChoiceField(label=_("Who reads it?"), widget=forms.RadioSelect)
    year = forms.IntegerField(widget=forms.HiddenInput)
    comparator = forms.CharField(widget=forms.HiddenInput)
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, page: GraduationPage, scope: Scope, data: object = None) -> None:
        in_a_team = scope.kind == ScopeKind.TEAM
        super().__init__(
            data,  # type: ignore[arg-type]
            initial={
                "year": page.year,
                "comparator": page.asked.comparator,
                "tier": Tier.TEAM if in_a_team else Tier.HOST,
                "once": uuid4(),
            },
        )
        tiers = [Tier.MINE, *([Tier.TEAM] if in_a_team else []), Tier.HOST, Tier.NETWORK]
        compared = page.asked.comparator
        offered: dict[str, Choices] = {
            "group": [("", _("Choose"))]
            + [
                (row.key, row.label)
                for row in page.rows
                if row.low is not None and row.key != compared
            ],
            "tier": [(tier.value, tier.label) for tier in tiers],
        }
        for name, choices in offered.items():
            _offer(self, name, choices)
