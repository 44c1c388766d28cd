"""Rules tried on people who do not exist, before anybody is judged by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from throughline.core.blueprint.amounts import Amount, parse_amount
from throughline.ledger.standing import Known, Rule, Verdict, constants, fact_words, judge
from throughline.programs.models import BlueprintVersion


@dataclass(frozen=True, slots=True)
class Sample:
    """Somebody made up: a name, and what would be known of her."""

    name: str
    facts: Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Tried:
    """One rule, and how it comes out for each sample, by its name."""

    rule: Rule
    cells: Sequence[tuple[str, Verdict]]


def tried(
    rules: Sequence[Rule], samples: Sequence[Sample], version: BlueprintVersion
) -> list[Tried]:
    """Judge every sample by every rule."""
    return [
        Tried(rule, [(one.name, judge(rule, one.facts, version)) for one in samples])
        for rule in rules
    ]


def samples(rules: Sequence[Rule], version: BlueprintVersion) -> list[Sample]:
    """Return people around the numbers that the rules name: at the highest, the lowest and below."""
    asked = {path: sorted(values, key=_size) for path, values in constants(rules).items()}
    around = [
        (_("The most that a rule names"), {path: _step(of[-1], 0) for path, of in asked.items()}),
        (_("The least that a rule names"), {path: _step(of[0], 0) for path, of in asked.items()}),
        (_("One less than that"), {path: _step(of[0], -1) for path, of in asked.items()}),
    ]
    if all(len(of) == 1 for of in asked.values()):
        around = [(_("Exactly what the rules name"), around[0][1]), around[2]]
    found = [somebody(name, values, version) for name, values in around]
    return [*found, Sample(_("Nothing is known yet"), {})]


def _size(value: Any) -> Decimal:
    amount = as_amount(value)
    if amount is not None:
        return Decimal(amount.high)
    return value if isinstance(value, Decimal) else Decimal(0)


def _step(value: Any, by: int) -> Any:
    """Return a value so far from what a rule names; below it, a text or a yes becomes another."""
    amount = as_amount(value)
    if amount is not None:
        number = max(amount.high + by, 0)
        return Amount("exactly", number, number, amount.unit)
    if isinstance(value, bool):
        return value if by >= 0 else not value
    if isinstance(value, Decimal):
        return max(value + by, Decimal(0))
    return value if by >= 0 else "none"


def as_amount(value: Any) -> Amount | None:
    """Return the amount that a text literal of a rule means, if it is one."""
    try:
        return parse_amount(value) if isinstance(value, str) and value[:1].isdigit() else None
    except ValueError:
        return None


def read(text: str, like: Any) -> Any:
    """Return what somebody typed for a fact, as the kind of value that the rule compares it with.

    Raises
    ------
    ValueError
        It is of another kind; the message says which is expected.
    """
    if as_amount(like) is not None:
        try:
            return parse_amount(text)
        except ValueError as error:
            raise ValueError(_("Enter an amount, such as “%(like)s”.") % {"like": like}) from error
    if isinstance(like, Decimal):
        try:
            return Decimal(text)
        except InvalidOperation as error:
            raise ValueError(_("Enter a number.")) from error
    return text == "yes" if isinstance(like, bool) else text


def somebody(name: str, values: Mapping[str, Any], version: BlueprintVersion) -> Sample:
    """Return a sample with these facts."""
    return Sample(name, {path: _known(path, value, version) for path, value in values.items()})


def _known(path: str, value: Any, version: BlueprintVersion) -> Known:
    if isinstance(value, bool):
        shown = _("yes") if value else _("no")
    else:
        shown = value.words() if isinstance(value, Amount) else str(value)
    return Known(value, f"{fact_words(path, version)}: {shown}.")
