"""Did a gap narrow for a good reason: focal group better, reference group worse, or other mix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from throughline.engines.improvement.changes import Change, change
from throughline.engines.improvement.intervals import Count
from throughline.engines.improvement.refusals import Mismatched, NotBehind, TooFew
from throughline.engines.improvement.series import check_better
from throughline.engines.improvement.wording import points

ALLOWED = 0.05


@dataclass(frozen=True, slots=True)
class Strata:
    """One group at two times, by school or grade: the same strata in the same order."""

    before: tuple[Count, ...]
    after: tuple[Count, ...]

    def __post_init__(self) -> None:
        if len(self.before) != len(self.after):
            raise Mismatched(
                f"There are {len(self.before)} strata before and {len(self.after)} after."
            )
        if not _whole(self.before).n or not _whole(self.after).n:
            raise TooFew("A group without students at one of the times has no rate to compare.")


@dataclass(frozen=True, slots=True)
class Decomposition:
    """How much of a narrowing each part makes, in exact percentage points.

    ``narrowed`` = ``focal`` - ``reference`` + ``mix``: rate change within strata of the focal and
    of the reference group, and change of where students are. Positive is better for students in
    the first two; ``only_once`` strata had students of a group at one of the times alone, and
    count as mix.
    """

    narrowed: Fraction
    focal: Fraction
    reference: Fraction
    mix: Fraction
    focal_change: Change
    only_once: int

    @property
    def leveling_down(self) -> bool:
        """Whether the reference group's decline makes over half, or the focal group did not move."""
        if self.narrowed <= 0:
            return False
        return -self.reference > self.narrowed / 2 or not self.focal_change.improved(ALLOWED)

    @property
    def is_mix(self) -> bool:
        """Whether over half of a narrowing is a change of where students are."""
        return self.narrowed > 0 and self.mix > self.narrowed / 2

    @property
    def sentence(self) -> str:
        """Return the parts and what they add up to."""
        parts = (
            f"focal group {points(float(self.focal))}, reference group "
            f"{points(float(self.reference))}, mix {points(float(self.mix))}"
        )
        if self.narrowed <= 0:
            return f"The gap did not narrow ({parts})."
        text = f"The gap narrowed by {float(self.narrowed):.1f} percentage points ({parts})."
        if self.leveling_down:
            text += f" Leveling down: {self._why()}."
        if self.is_mix:
            text += " Over half of it is a change of where students are."
        return text

    def _why(self) -> str:
        if -self.reference > self.narrowed / 2:
            return "over half of it is a decline of the reference group"
        return "the focal group's own interval includes no change"


def decompose(focal: Strata, reference: Strata, *, better: str) -> Decomposition:
    """Split the narrowing of a gap over strata (Kitagawa 1955, over time).

    Raises
    ------
    NotBehind
        Before, the focal group was not behind the reference group.
    Mismatched, TooFew, NoDirection
        The strata of the two groups differ, a group is empty, or no direction is given.
    """
    direction = check_better(better)
    if len(focal.before) != len(reference.before):
        raise Mismatched("Both groups need the same strata in the same order.")
    sign = 100 if direction == "up" else -100
    behind = sign * (_share(reference.before) - _share(focal.before))
    if behind <= 0:
        raise NotBehind("The focal group was not behind at first, so there is no gap to narrow.")
    focal_rate, focal_mix = (sign * part for part in _parts(focal))
    reference_rate, reference_mix = (sign * part for part in _parts(reference))
    mix = focal_mix - reference_mix
    return Decomposition(
        focal_rate - reference_rate + mix, focal_rate, reference_rate, mix,
        change(_whole(focal.before), _whole(focal.after), better=direction),
        _only_once(focal) + _only_once(reference),
    )  # fmt: skip


def _parts(group: Strata) -> tuple[Fraction, Fraction]:
    """Return the rate part and the mix part of a group's change, as exact shares."""
    all_before, all_after = _whole(group.before).n, _whole(group.after).n
    rates = mix = Fraction(0)
    for then, now in zip(group.before, group.after, strict=True):
        if not then.n and not now.n:
            continue
        was = Fraction(then.events, then.n) if then.n else Fraction(now.events, now.n)
        became = Fraction(now.events, now.n) if now.n else was
        weight_then, weight_now = Fraction(then.n, all_before), Fraction(now.n, all_after)
        rates += (weight_then + weight_now) / 2 * (became - was)
        mix += (was + became) / 2 * (weight_now - weight_then)
    return rates, mix


def _only_once(group: Strata) -> int:
    return sum(bool(a.n) != bool(b.n) for a, b in zip(group.before, group.after, strict=True))


def _whole(counts: Sequence[Count]) -> Count:
    return Count(sum(each.events for each in counts), sum(each.n for each in counts))


def _share(counts: Sequence[Count]) -> Fraction:
    whole = _whole(counts)
    return Fraction(whole.events, whole.n)
