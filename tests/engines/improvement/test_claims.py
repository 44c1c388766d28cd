"""The claim ladder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from throughline.engines.improvement import (
    AdoptedChange,
    BadCount,
    Charted,
    Claim,
    ControlChart,
    Count,
    Evidence,
    Experience,
    Gap,
    GapPeriod,
    Level,
    Measured,
    Shift,
    Strata,
    change,
    claim,
    decompose,
    frozen_shift,
    gap_change,
    p_chart,
    xmr,
)

BASELINE = [5, 6, 4, 5, 7, 6, 5, 4, 6, 7, 5, 6]
BETTER = frozen_shift([*BASELINE, *[8] * 8], baseline=12, better="up")
WORSE = frozen_shift([*BASELINE, *[3] * 8], baseline=12, better="up")
STILL = frozen_shift([*BASELINE, *[5, 6] * 4], baseline=12, better="up")
HIGHER = change(Count(120, 200), Count(150, 200), better="up")
SAME = change(Count(120, 200), Count(123, 200), better="up")


def period(name: str, focal: int, reference: int) -> GapPeriod:
    """Return a period in which of 2,000 students a group 1,000 and 1,600 came to these."""
    old_focal, old_reference = Count(1000, 2000), Count(1600, 2000)
    new_focal, new_reference = Count(focal, 2000), Count(reference, 2000)
    return GapPeriod(
        name,
        gap_change(Gap(old_focal, old_reference), Gap(new_focal, new_reference), better="up"),
        decompose(
            Strata((old_focal,), (new_focal,)), Strata((old_reference,), (new_reference,)),
            better="up",
        ),
    )  # fmt: skip


FULL = Evidence(
    activities=4,
    adopted=(AdoptedChange("No suspensions in kindergarten", True),),
    processes=(Charted("Restorative circles held", BETTER),),
    experiences=(Experience("I belong here", HIGHER, 0.9),),
    outcomes=(Measured("Days in class", BETTER),),
    balancing=(Measured("Teacher absence", STILL),),
    gaps=(period("2025", 1200, 1610), period("2026", 1250, 1620)),
)


def test_nothing_logged_is_not_started():
    assert claim(Evidence()) == Claim(None, (), ("Log an activity.",), ())
    assert claim(Evidence()).words == "Not started"


@pytest.mark.parametrize(
    ("evidence", "level", "words"),
    [
        (Evidence(activities=1), Level.STARTED, "Started"),
        (replace(FULL, processes=(), experiences=(), outcomes=(), gaps=()), 1, "Changed something"),
        (replace(FULL, experiences=(), outcomes=(), gaps=()), 2, "Process moved"),
        (replace(FULL, outcomes=(), gaps=()), 3, "Students feel it"),
        (replace(FULL, gaps=()), 4, "Outcome moved"),
        (FULL, 5, "Gap narrowed"),
    ],
)
def test_each_step_needs_its_evidence(evidence, level, words):
    told = claim(evidence)

    assert (told.level, told.words) == (level, words)


def test_the_top_has_reasons_for_every_level_and_nothing_above():
    told = claim(FULL)

    assert told.would_raise == ()
    assert [reason.split(":")[0] for reason in told.reasons] == [
        "4 activities logged.",
        "Adopted, with evidence",
        "Restorative circles held",
        "I belong here",
        "Days in class",
        "No adverse signal in 1 balancing measure.",
        "2025",
        "2026",
    ]


def test_an_adopted_change_without_evidence_says_what_to_attach():
    told = claim(Evidence(1, adopted=(AdoptedChange("Later start of school", False),)))

    assert told.level == Level.STARTED
    assert told.would_raise == ("Attach the evidence for: Later start of school.",)


def test_a_null_result_stays_and_says_what_would_raise_it():
    told = claim(replace(FULL, processes=(Charted("Circles", STILL),), experiences=(), outcomes=(), gaps=()))  # fmt: skip

    assert told.level == Level.CHANGED_SOMETHING
    assert told.would_raise == (
        f"Circles: {STILL.sentence}",
        "A process or driver measure with a signal against its frozen baseline.",
    )


def test_a_level_above_a_missing_one_is_named_and_not_reached():
    told = claim(replace(FULL, processes=()))

    assert told.level == Level.CHANGED_SOMETHING
    assert told.also_met == (Level.STUDENTS_FEEL_IT, Level.OUTCOME_MOVED, Level.GAP_NARROWED)
    assert told.would_raise[-1] == (
        "The evidence for “Students feel it”, “Outcome moved”, “Gap narrowed” is there; "
        "“Process moved” is missing below it."
    )


def test_a_point_past_a_frozen_limit_moves_the_process():
    chart = p_chart(
        [20, 22, 19, 21, 18, 20, 23, 20, 19, 21, 20, 22, 30, 6, 19], [100] * 15,
        baseline=12, better="down",
    )  # fmt: skip

    told = claim(replace(FULL, processes=(Charted("Referrals", chart),)))

    assert told.level == Level.GAP_NARROWED
    assert f"Referrals: {chart.sentence}" in told.reasons


def test_a_process_that_moved_the_wrong_way_does_not_count():
    assert claim(replace(FULL, processes=(Charted("Circles", WORSE),))).level == 1


def test_more_measures_looked_at_need_a_rarer_signal():
    bare = frozen_shift([*BASELINE, *[8] * 7, 4], baseline=12, better="up")
    assert bare.improved(0.05)

    alone = claim(replace(FULL, processes=(Charted("Circles", bare),)))
    among_three = claim(
        replace(
            FULL,
            processes=(
                Charted("Circles", bare),
                Charted("Visits", STILL),
                Charted("Calls", STILL),
            ),
        )
    )

    assert (alone.level, among_three.level) == (5, 1)
    assert among_three.would_raise[3].endswith(
        "With 3 measures looked at, noise alone may show as much in at most 1.7 % of cases for each."
    )


def test_students_feel_it_only_where_it_is_stated_who_answered():
    told = claim(replace(FULL, experiences=(Experience("I belong here", HIGHER, None),)))

    assert told.level == Level.PROCESS_MOVED
    assert told.would_raise[0] == "State the response rate of I belong here."


def test_a_low_response_is_stated_with_a_warning():
    told = claim(replace(FULL, experiences=(Experience("I belong here", HIGHER, 0.62),)))

    assert told.level == Level.GAP_NARROWED
    assert any(
        reason.endswith("Response 62.0 %, under 80.0 %: who did not answer may think differently.")
        for reason in told.reasons
    )


def test_an_interval_that_includes_no_change_is_no_experience_felt():
    told = claim(replace(FULL, experiences=(Experience("I belong here", SAME, 0.9),)))

    assert told.level == Level.PROCESS_MOVED
    assert told.would_raise[0] == f"I belong here: {SAME.sentence}"


def test_an_adverse_balancing_measure_holds_the_outcome_back():
    told = claim(replace(FULL, balancing=(Measured("Teacher absence", WORSE),)))

    assert told.level == Level.STUDENTS_FEEL_IT
    assert told.would_raise[0].startswith("A balancing measure got worse. Teacher absence: A shift")


def test_no_balancing_measure_is_said():
    assert "No balancing measure was looked at." in claim(replace(FULL, balancing=())).reasons


def test_a_yearly_outcome_counts_by_its_interval():
    assert claim(replace(FULL, outcomes=(Measured("Graduated", HIGHER),))).level == 5
    assert claim(replace(FULL, outcomes=(Measured("Graduated", SAME),))).level == 3


def test_one_period_is_not_enough_for_a_narrowed_gap():
    told = claim(replace(FULL, gaps=FULL.gaps[:1]))

    assert told.level == Level.OUTCOME_MOVED
    assert told.would_raise[-1].endswith("in 2 periods or more; so far in 1.")


def test_leveling_down_is_no_narrowed_gap():
    told = claim(replace(FULL, gaps=(FULL.gaps[0], period("2026", 1010, 1300))))

    assert told.level == Level.OUTCOME_MOVED
    assert "Leveling down" in told.would_raise[0]


def test_one_period_of_leveling_down_speaks_against_two_others():
    told = claim(replace(FULL, gaps=(*FULL.gaps, period("2027", 1010, 1300))))

    assert told.level == Level.OUTCOME_MOVED
    assert len(told.would_raise) == 1
    assert told.would_raise[0].startswith("2027: ")
    assert "Leveling down" in told.would_raise[0]


def test_of_ten_experience_measures_one_needs_a_rarer_interval():
    bare = change(Count(120, 200), Count(141, 200), better="up")
    asked = (Experience("I belong here", bare, 0.9),)
    others = tuple(Experience(f"Question {at}", SAME, 0.9) for at in range(9))

    assert claim(replace(FULL, experiences=asked)).level == Level.GAP_NARROWED
    assert claim(replace(FULL, experiences=asked + others)).level == Level.PROCESS_MOVED


def test_a_period_that_widened_speaks_against_the_others():
    told = claim(replace(FULL, gaps=(*FULL.gaps, period("2027", 800, 1700))))

    assert told.level == Level.OUTCOME_MOVED
    assert told.would_raise[0].startswith("2027: The gap went from -30.0 percentage points")


def test_a_response_share_over_one_is_refused():
    with pytest.raises(BadCount, match="between 0 and 1"):
        Experience("I belong here", HIGHER, 90.0)


def test_more_evidence_of_the_same_kind_never_lowers_the_number_of_reasons():
    told = claim(replace(FULL, adopted=(*FULL.adopted, AdoptedChange("Later start", True))))

    assert len(told.reasons) == len(claim(FULL).reasons) + 1


def process_claim(charts: Sequence[Shift | ControlChart]) -> Level | None:
    return claim(
        Evidence(1, (AdoptedChange("A change", True),), tuple(Charted("m", each) for each in charts))
    ).level  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("looked_at", [1, 3])
def test_noise_reaches_process_moved_in_at_most_5_percent_however_many_measures(looked_at):
    noise = np.random.default_rng(looked_at).standard_normal((1500, looked_at, 24)).tolist()

    reached = [
        process_claim([frozen_shift(row, baseline=12, better="up") for row in rows])
        for rows in noise
    ]

    assert np.mean([level == Level.PROCESS_MOVED for level in reached]) <= 0.05 + 0.01


@pytest.mark.slow
def test_noise_charted_two_ways_reaches_process_moved_in_at_most_5_percent():
    noise = np.random.default_rng(17).standard_normal((1500, 24)).tolist()

    reached = [
        process_claim([
            frozen_shift(row, baseline=12, better="up"), xmr(row, baseline=12, better="up")
        ])
        for row in noise
    ]  # fmt: skip

    assert np.mean([level == Level.PROCESS_MOVED for level in reached]) <= 0.05 + 0.01


@pytest.mark.slow
def test_a_real_shift_of_one_and_a_half_sigma_reaches_process_moved_in_most_runs():
    series = np.random.default_rng(18).standard_normal((800, 24))
    series[:, 12:] += 1.5

    reached = [
        process_claim([frozen_shift(row, baseline=12, better="up")]) for row in series.tolist()
    ]

    assert np.mean([level == Level.PROCESS_MOVED for level in reached]) > 0.6
