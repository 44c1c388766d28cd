"""The claim ladder: from figures to a level 0-5, the reasons, and what would raise it.

A pure function. Noise must not climb it: where several measures of one kind were looked at, each
must pass at 5 % divided by their number. Words are "together with", never "caused".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from throughline.engines.improvement.chances import ALLOWED
from throughline.engines.improvement.evidence import (
    Charted,
    Evidence,
    Experience,
    GapPeriod,
    Measured,
)
from throughline.engines.improvement.wording import percent, times

GOOD_RESPONSE = 0.8
"""Under this share of answers, who did not answer may think differently."""

LEAST_PERIODS = 2


class Level(IntEnum):
    """How far a claim goes. Each level needs those below it."""

    STARTED = 0
    CHANGED_SOMETHING = 1
    PROCESS_MOVED = 2
    STUDENTS_FEEL_IT = 3
    OUTCOME_MOVED = 4
    GAP_NARROWED = 5

    @property
    def words(self) -> str:
        """Return the level as it is said."""
        return self.name.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Claim:
    """The level reached (None: nothing logged), why, what would raise it, and what is met above it.

    ``also_met`` are levels whose own evidence is there while one below is missing.
    """

    level: Level | None
    reasons: tuple[str, ...]
    would_raise: tuple[str, ...]
    also_met: tuple[Level, ...]

    @property
    def words(self) -> str:
        """Return the level in words."""
        return "Not started" if self.level is None else self.level.words


@dataclass(frozen=True, slots=True)
class _Step:
    met: bool
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def claim(evidence: Evidence) -> Claim:
    """Return the highest level whose evidence, and all below it, is there.

    Examples
    --------
    >>> told = claim(Evidence(activities=3))
    >>> told.words, told.would_raise
    ('Started', ('Adopt a policy or practice and attach the evidence.',))
    """
    steps = [rule(evidence) for rule in _RULES]
    reached = next((at for at, step in enumerate(steps) if not step.met), len(steps))
    above = tuple(Level(at) for at in range(reached, len(steps)) if steps[at].met)
    would_raise = steps[reached].missing if reached < len(steps) else ()
    if above:
        named = ", ".join(f"“{level.words}”" for level in above)
        missing = Level(reached).words
        would_raise += (f"The evidence for {named} is there; “{missing}” is missing below it.",)
    return Claim(
        Level(reached - 1) if reached else None,
        tuple(reason for step in steps[:reached] for reason in step.reasons),
        would_raise,
        above,
    )


def _started(evidence: Evidence) -> _Step:
    if evidence.activities < 1:
        return _Step(False, missing=("Log an activity.",))
    return _Step(True, (f"{times(evidence.activities, 'activity', 'activities')} logged.",))


def _changed_something(evidence: Evidence) -> _Step:
    proven = [each.what for each in evidence.adopted if each.has_evidence]
    if proven:
        return _Step(True, tuple(f"Adopted, with evidence: {what}." for what in proven))
    if evidence.adopted:
        return _Step(
            False,
            missing=tuple(f"Attach the evidence for: {each.what}." for each in evidence.adopted),
        )
    return _Step(False, missing=("Adopt a policy or practice and attach the evidence.",))


def _process_moved(evidence: Evidence) -> _Step:
    looked = evidence.processes
    if not looked:
        return _Step(
            False,
            missing=(
                "Follow a process or driver measure: freeze a baseline of at least 12 points, "
                "then chart at least 6 more.",
            ),
        )
    return _any_improved(
        looked, "A process or driver measure with a signal against its frozen baseline."
    )


def _students_feel_it(evidence: Evidence) -> _Step:
    looked = evidence.experiences
    if not looked:
        return _Step(False, missing=("Ask students before and after, and state who answered.",))
    allowed = ALLOWED / len(looked)
    counted = [each for each in looked if each.change.improved(allowed)]
    stated = [each for each in counted if each.response_share is not None]
    if stated:
        return _Step(True, tuple(_answered(each) for each in stated) + _looked_at(looked))
    if counted:
        return _Step(
            False,
            missing=tuple(f"State the response rate of {each.measure}." for each in counted),
        )
    return _Step(
        False,
        missing=(
            *(f"{each.measure}: {each.change.sentence}" for each in looked),
            "A student-experience measure whose interval excludes no change."
            + _stricter(len(looked)),
        ),
    )


def _answered(each: Experience) -> str:
    share = each.response_share or 0.0
    warning = (
        ""
        if share >= GOOD_RESPONSE
        else f", under {percent(GOOD_RESPONSE)}: who did not answer may think differently"
    )
    return f"{each.measure}: {each.change.sentence} Response {percent(share)}{warning}."


def _outcome_moved(evidence: Evidence) -> _Step:
    looked = evidence.outcomes
    if not looked:
        return _Step(False, missing=("Follow an outcome of the focal group.",))
    step = _any_improved(
        looked,
        "An outcome of the focal group with a signal, or an interval that excludes no change, on "
        "the wanted side.",
    )
    harmed = [each for each in evidence.balancing if each.movement.worsened(ALLOWED)]
    if harmed:
        told = tuple(
            f"A balancing measure got worse. {each.measure}: {each.movement.sentence}"
            for each in harmed
        )
        return _Step(False, missing=(step.missing if not step.met else ()) + told)
    if not step.met:
        return step
    watched = len(evidence.balancing)
    return _Step(
        True,
        (
            *step.reasons,
            f"No adverse signal in {times(watched, 'balancing measure', 'balancing measures')}."
            if watched
            else "No balancing measure was looked at.",
        ),
    )


def _gap_narrowed(evidence: Evidence) -> _Step:
    narrowed = [each for each in evidence.gaps if each.change.narrowed]
    fair = [each for each in narrowed if not each.parts.leveling_down]
    wider = [each for each in evidence.gaps if each.change.widened]
    if len(fair) >= LEAST_PERIODS and len(fair) == len(narrowed) and not wider:
        return _Step(True, tuple(_period(each) for each in fair))
    missing = [_period(each) for each in narrowed if each.parts.leveling_down]
    missing += [f"{each.period}: {each.change.sentence}" for each in wider]
    if len(fair) < LEAST_PERIODS:
        missing.append(
            "The gap's interval excludes no change, in the narrowing direction and without "
            f"leveling down, in {LEAST_PERIODS} periods or more; so far in {len(fair)}."
        )
    return _Step(False, missing=tuple(missing))


def _period(each: GapPeriod) -> str:
    return f"{each.period}: {each.change.sentence} {each.parts.sentence}"


def _any_improved(looked: Sequence[Measured] | Sequence[Charted], wanted: str) -> _Step:
    moved = [each for each in looked if each.movement.improved(ALLOWED / len(looked))]
    if moved:
        told = tuple(f"{each.measure}: {each.movement.sentence}" for each in moved)
        return _Step(True, told + _looked_at(looked))
    seen = tuple(f"{each.measure}: {each.movement.sentence}" for each in looked)
    return _Step(False, missing=(*seen, wanted + _stricter(len(looked))))


def _looked_at(looked: Sequence[object]) -> tuple[str, ...]:
    if len(looked) == 1:
        return ()
    return (f"{len(looked)} measures of this kind were looked at." + _stricter(len(looked)),)


def _stricter(count: int) -> str:
    if count == 1:
        return ""
    return (
        f" With {count} measures looked at, noise alone may show as much in at most "
        f"{percent(ALLOWED / count)} of cases for each."
    )


_RULES: tuple[Callable[[Evidence], _Step], ...] = (
    _started,
    _changed_something,
    _process_moved,
    _students_feel_it,
    _outcome_moved,
    _gap_narrowed,
)
"""One rule a level, lowest first."""
