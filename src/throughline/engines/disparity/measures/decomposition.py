"""How much of a gap lies in different rates within strata, and how much in the mix of strata."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from throughline.engines.disparity.refusals import NotDefined, TooFew


@dataclass(frozen=True, slots=True)
class Stratum:
    """A school or a grade: events and students of the one group and of the other."""

    events: int
    n: int
    other: int
    m: int

    def __post_init__(self) -> None:
        if not (0 <= self.events <= self.n and 0 <= self.other <= self.m):
            raise NotDefined("A stratum has no more events than students, and neither below zero.")


@dataclass(frozen=True, slots=True)
class Decomposition:
    """Differences of shares, exact: ``gap == rate_part + mix_part`` always.

    ``one_sided`` strata have students of one group only; all they add is mix. It describes, it
    does not explain: a part is not a cause.
    """

    gap: Fraction
    rate_part: Fraction
    mix_part: Fraction
    strata: int
    one_sided: int


def kitagawa(strata: Sequence[Stratum]) -> Decomposition:
    """Split the difference of two groups' rates into a part of rates and a part of mix.

    References
    ----------
    Kitagawa 1955, Journal of the American Statistical Association 50:1168.

    Examples
    --------
    >>> parts = kitagawa([Stratum(1, 2, 1, 4), Stratum(1, 2, 1, 1)])
    >>> parts.gap == parts.rate_part + parts.mix_part
    True
    """
    kept = [stratum for stratum in strata if stratum.n or stratum.m]
    n, m = sum(stratum.n for stratum in kept), sum(stratum.m for stratum in kept)
    if not n or not m:
        raise TooFew("One of the two groups has no students in any of the strata.")
    rate_part = mix_part = Fraction(0)
    for stratum in kept:
        ours, theirs = _rates(stratum)
        weight, other_weight = Fraction(stratum.n, n), Fraction(stratum.m, m)
        rate_part += (weight + other_weight) / 2 * (ours - theirs)
        mix_part += (ours + theirs) / 2 * (weight - other_weight)
    return Decomposition(
        gap=Fraction(sum(s.events for s in kept), n) - Fraction(sum(s.other for s in kept), m),
        rate_part=rate_part,
        mix_part=mix_part,
        strata=len(kept),
        one_sided=sum(not (stratum.n and stratum.m) for stratum in kept),
    )


def _rates(stratum: Stratum) -> tuple[Fraction, Fraction]:
    """Return both rates; a group without students in the stratum takes the other's."""
    ours = Fraction(stratum.events, stratum.n) if stratum.n else None
    theirs = Fraction(stratum.other, stratum.m) if stratum.m else None
    if ours is None:
        return theirs or Fraction(0), theirs or Fraction(0)
    return ours, ours if theirs is None else theirs
