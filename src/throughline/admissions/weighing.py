"""What a list is worth: how it compares with the best there is, and what each rule costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from throughline.admissions.cohort_rules import CohortRule
from throughline.admissions.selection import Placed, Selection
from throughline.ui import spelling


@dataclass(frozen=True, slots=True)
class Certificate:
    """How a list compares with the best one under the rules, and with the best one without any.

    Means are on the rubric's scale, ``total`` is their sum over the seats.
    """

    mean: float
    total: float
    best: float
    free: float
    is_best: bool
    is_kept: bool
    is_free: bool
    left_out: list[str]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule, whether the list keeps it, and what the proposal would gain without it."""

    words: str
    bounds: str
    is_kept: bool
    costs: float | None
    changes: str
    is_required: bool = True


def certificate(shown: Selection) -> Certificate | None:
    """Return the proof of a list.

    Nothing for a reader to whom an application is closed, nor after scores have changed.
    """
    proof = shown.plan.get("proof")
    if not proof or not shown.seats or not shown.is_whole or shown.is_stale:
        return None
    unit = proof["unit"]
    total = _total(shown.seats, unit)
    together = proof["prices"][-1]
    seats = len(shown.seats)
    free_seats = seats - len(together["out"]) + len(together["into"])
    names = {one.key: one.words for one in shown.rules}
    is_kept = {one.key for one in broken(shown) if one.is_required} <= {*proof["left_out"]}
    return Certificate(
        mean=total / unit / seats,
        total=total / unit,
        best=proof["value"] / unit / seats,
        free=proof["free"] / unit / free_seats,
        is_best=is_kept and total == proof["value"],
        is_kept=is_kept,
        is_free=not together["points"],
        left_out=[names[key] for key in proof["left_out"] if key in names],
    )


def _total(seats: Sequence[Placed], unit: int) -> int:
    """Return the exact points of a list: means are whole numbers of ``unit``."""
    means = (one.exact for one in seats)
    return int(sum((mean for mean in means if mean is not None), Fraction(0)) * unit)


def broken(shown: Selection, seats: Sequence[str] | None = None) -> list[CohortRule]:
    """Return the rules and numbered aims that these seats (default: the list's) do not keep."""
    taken = shown.seat_refs if seats is None else seats
    return [one for one in shown.rules if not one.holds(taken)]


def rule_lines(shown: Selection) -> list[RuleLine]:
    """Return every rule that names a number and can be counted, the dearest first."""
    prices = {one["rule"]: one for one in _prices(shown)}
    lines = [
        RuleLine(
            one.words,
            one.bounds,
            one.holds(shown.seat_refs),
            *_cost(shown, prices.get(one.key)),
            one.is_required,
        )
        for one in shown.rules
        if one.rule is not None
    ]
    return sorted(lines, key=lambda line: -(line.costs or 0))


def all_rules(shown: Selection) -> RuleLine | None:
    """Return the price of all rules together, where there is more than one."""
    prices = _prices(shown)
    if len(prices) < 3:
        return None
    return RuleLine(_("All rules together"), "", True, *_cost(shown, prices[-1]))


def aims(shown: Selection) -> list[str]:
    """Return aims that no number binds or that cannot be counted, in words."""
    return [one.words for one in shown.rules if one.rule is None]


def _prices(shown: Selection) -> list[dict[str, Any]]:
    proof = shown.plan.get("proof") if shown.is_whole else None
    return list(proof["prices"]) if proof else []


def _cost(shown: Selection, price: dict[str, Any] | None) -> tuple[float | None, str]:
    if price is None:
        return None, ""
    names = {one.application.ref: str(one.application.engagement) for one in shown.rows}
    out = [names[ref] for ref in price["out"] if ref in names]
    into = [names[ref] for ref in price["into"] if ref in names]
    costs = price["points"] / shown.plan["proof"]["unit"]
    if out and into:
        return costs, _("%(into)s for %(out)s") % {
            "into": spelling.listed(into, len(into)),
            "out": spelling.listed(out, len(out)),
        }
    return costs, spelling.listed(into, len(into))
