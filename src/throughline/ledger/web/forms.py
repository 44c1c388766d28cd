"""Shapes of what people fill in about promises."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.ledger.enums import Unit

PARTS_OF: dict[str, int] = {Unit.MINUTES: 60, Unit.HALF_DAYS: 2, Unit.CENTS: 100}
"""How many units of the ledger are one of what people say: hours, days, money."""

ASKED_IN = {Unit.MINUTES: _("How many more hours?"), Unit.HALF_DAYS: _("How many more days?")}


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
    clause = forms.CharField(
        label=_("What does it rest on?"),
        help_text=_(
            "The clause of an agreement, a decision or an invoice; empty where there is none."
        ),
        max_length=500,
        required=False,
    )

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
    clause = forms.CharField(
        label=_("What does it rest on?"),
        help_text=_(
            "The clause of an agreement, a decision or an invoice; empty where there is none."
        ),
        max_length=500,
        required=False,
    )
    answer = forms.CharField(
        label=_("Why not, if you decline?"),
        help_text=_("Whoever asked reads it."),
        max_length=500,
        required=False,
    )
