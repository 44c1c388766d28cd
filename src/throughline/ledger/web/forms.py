"""Shapes of what people fill in about promises."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from throughline.ledger import trying
from throughline.ledger.enums import Unit

PARTS_OF: dict[str, int] = {Unit.MINUTES: 60, Unit.HALF_DAYS: 2, Unit.CENTS: 100}
"""How many units of the ledger are one of what people say: hours, days, money."""

ASKED_IN = {Unit.MINUTES: _("How many more hours?"), Unit.HALF_DAYS: _("How many more days?")}


def clause_field() -> forms.CharField:
    """Ask what a grant of more rests on."""
    return forms.CharField(
        label=_("What does it rest on?"),
        help_text=_(
            "The clause of an agreement, a decision or an invoice; empty where there is none."
        ),
        max_length=500,
        required=False,
    )


class MoreForm(forms.Form):
    """More of something that was promised."""

    amount = forms.DecimalField(
        label=_("How many more?"),
        min_value=Decimal("0.01"),
        max_value=Decimal(100_000),
        decimal_places=2,
        error_messages={"required": _("Say how many more.")},
    )
    reason = forms.CharField(
        label=_("Why is more needed?"),
        help_text=_("One sentence, without names: it stays in the ledger."),
        max_length=500,
        error_messages={"required": _("Say why more is needed.")},
    )
    clause = clause_field()

    def __init__(self, *args: Any, unit: str, for_staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = PARTS_OF.get(unit, 1)
        self.fields["amount"].label = ASKED_IN.get(Unit(unit), _("How many more?"))
        if not for_staff:
            del self.fields["clause"]

    def clean_amount(self) -> Decimal:
        """Ask for whole units: minutes, half-days, sessions."""
        amount: Decimal = self.cleaned_data["amount"]
        if (amount * self.parts) % 1:
            raise forms.ValidationError(_("This cannot be counted in so small parts."))
        return amount

    @property
    def quantity(self) -> int:
        """What was asked for, in the unit of the promise."""
        return int(self.cleaned_data["amount"] * self.parts)


class AnswerForm(forms.Form):
    """The staff's answer to somebody who asked for more."""

    decision = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("grant", _("Grant it")), ("decline", _("Decline it"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    clause = clause_field()
    answer = forms.CharField(
        label=_("Why not, if you decline?"),
        help_text=_("Whoever asked reads it."),
        max_length=500,
        required=False,
    )


class WaiveForm(forms.Form):
    """Why a rule does not bind one person."""

    reason = forms.CharField(
        label=_("Why does this rule not bind here?"),
        help_text=_(
            "One sentence. It stands in the record of changes, beside your name; she reads it too."
        ),
        max_length=500,
        error_messages={"required": _("Say why this rule does not bind here.")},
    )


class TryForm(forms.Form):
    """What would be known of somebody, fact by fact; what is left empty is not known yet."""

    def __init__(self, *args: Any, asked: Mapping[str, tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked = list(asked.items())
        for place, (_path, (words, like)) in enumerate(self._asked):
            field: forms.Field = forms.CharField(
                label=capfirst(words), max_length=60, required=False
            )
            if isinstance(like, bool):
                choices = [("", _("Not known yet")), ("yes", _("yes")), ("no", _("no"))]
                field = forms.ChoiceField(label=capfirst(words), choices=choices, required=False)
            elif str(like):
                field.help_text = _("A rule names: %(value)s") % {"value": like}
            self.fields[f"fact{place}"] = field

    def clean(self) -> dict[str, Any]:
        """Read each value as the kind of value that the rules compare it with."""
        cleaned = super().clean() or {}
        self.values: dict[str, Any] = {}
        for place, (path, (_words, like)) in enumerate(self._asked):
            typed = str(cleaned.get(f"fact{place}", "")).strip()
            if not typed:
                continue
            try:
                self.values[path] = trying.read(typed, like)
            except ValueError as error:
                self.add_error(f"fact{place}", str(error))
        return cleaned
