"""Ranges, rounding, pooling, and the attacker who is told why a count hides."""

from __future__ import annotations

import doctest
from dataclasses import replace

import pytest

from tests.engines.disclosure.attacker import possible_values
from throughline.engines.disclosure import (
    Policy,
    Pooled,
    Refusal,
    Release,
    Unusable,
    audit,
    band,
    bands,
    counts,
    pool,
    pooling,
    protect,
    rounded,
    tabulate,
)


@pytest.mark.parametrize("module", [bands, counts, pooling])
def test_the_examples_in_the_docstrings_are_right(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("events", "n", "text"),
    [
        (3, 5, "PS"),
        (4, 10, "LT50"),
        (5, 10, "GE50"),
        (3, 16, "LE20"),
        (20, 25, "GE80"),
        (4, 47, "LE10"),
        (6, 47, "11-19"),
        (190, 200, "GE95"),
        (98, 200, "45-49"),
        (1, 400, "LE1"),
        (334, 400, "84"),
        (399, 400, "GE99"),
    ],
)
def test_the_ladder_prints_rates_as_the_federal_files_do(events, n, text):
    assert band(events, n).text == text


@pytest.mark.parametrize("n", [6, 10, 15, 16, 30, 31, 60, 61, 99, 200, 300, 301, 450])
def test_every_step_of_the_ladder_holds_exactly_the_counts_that_print_it_and_at_least_three(n):
    printed = [band(events, n) for events in range(n + 1)]

    for one in set(printed):
        assert [events for events in range(n + 1) if printed[events] == one] == list(
            range(one.low, one.high + 1)
        )
        assert one.high - one.low >= 2


def test_a_rate_above_one_has_no_range():
    with pytest.raises(Unusable, match="more students with the outcome"):
        band(11, 10)


def released(table, policy=None) -> Release:
    answer = protect(table, policy)
    assert isinstance(answer, Release)
    return answer


def schools():
    return tabulate(
        ["school", "race"],
        [[school, race] for school in "ABC" for race in ("Native", "Black", "White")],
        [4, 40, 90, 12, 55, 120, 30, 61, 200],
        {"graduated": [3, 33, 80, 12, 50, 110, 22, 52, 171]},
    )


def test_the_ladder_prints_ranges_and_hides_groups_under_the_threshold():
    release = released(schools(), Policy(mode="ladder"))

    cells = {cell.key: cell for cell in release.cells}
    assert release.audit.passed
    assert cells["A", "Native"].hidden == ("n", "events", "not_events")
    shown = cells["C", "*"]
    assert (shown.n.exact, shown.events.low, shown.events.high) == (291, 232, 245)
    assert shown.events.exact is None


@pytest.mark.parametrize(
    ("mode", "is_weaker"), [("suppress", False), ("ladder", True), ("round", True)]
)
def test_the_audit_says_what_ranges_do_not_promise(mode, is_weaker):
    release = released(schools(), Policy(mode=mode))

    said = "it may be known to be under the threshold"
    assert (said in release.audit.method, said in audit(release).method) == (is_weaker, is_weaker)


def test_a_range_of_the_ladder_may_tell_that_a_count_is_small():
    """Three possible values are all that is promised of it, as in the federal files."""
    table = tabulate(["race"], [["Black"], ["White"]], [30, 300], {"graduated": [3, 200]})

    release = released(table, Policy(mode="ladder"))

    shown = {cell.key: cell for cell in release.cells}["Black",].events
    assert (shown.low, shown.high) == (0, 6)


def test_rounded_counts_are_printed_as_the_range_they_stand_for():
    release = released(schools(), Policy(mode="round", base=5))

    assert release.audit.passed
    cell = {cell.key: cell for cell in release.cells}["A", "Native"]
    assert (cell.n.low, cell.n.high, cell.hidden) == (3, 7, ())
    assert [rounded(count, 5) for count in (0, 2, 3, 12)] == [(0, 2), (0, 2), (3, 7), (8, 12)]


def test_rounding_that_gives_a_count_away_is_refused():
    table = tabulate(["race"], [["Black"], ["White"], ["Asian"], ["Native"]], [7] * 4)

    answer = protect(table, Policy(mode="round", base=5))

    assert isinstance(answer, Refusal)
    assert "could still be worked out" in answer.sentence


def test_margins_that_are_rounded_one_by_one_can_pin_a_small_count_and_are_refused():
    """Only 7 is left of 3 to 7 for one of these counts: all tables were listed once."""
    groups = [[a, b, c] for a in "XY" for b in "XY" for c in "XY"]
    table = tabulate(["a", "b", "c"], groups, [70, 7, 13, 24, 12, 75, 81, 52])

    answer = protect(table, Policy(mode="round", base=5))

    assert isinstance(answer, Refusal)
    assert answer.audit.recoverable == 1
    assert "round to a larger base" in answer.sentence


def test_small_groups_are_pooled_with_their_names_and_schools_never_are():
    table, pooled = pool(schools(), ["race"], threshold=35)

    assert pooled == (Pooled("race", "Native, Black", ("Native", "Black")),)
    assert table.n == (90, 44, 120, 67, 200, 91)
    assert table.outcomes[0].events == (80, 36, 110, 62, 171, 74)
    nested = tabulate(
        ["school", "district"],
        [["A", "N"], ["B", "N"]],
        [3, 4],
        hierarchies=[["school", "district"]],
    )
    with pytest.raises(Unusable, match="cannot be pooled"):
        pool(nested, ["school"], threshold=10)


def test_nothing_is_pooled_where_nothing_would_be_left_to_compare():
    table = tabulate(["race"], [["Black"], ["White"]], [3, 4])

    assert pool(table, ["race"], threshold=10) == (table, ())


def leaky():
    """A hidden pair adds up to 11: told that one of them is not small, it has to be 10 or 11."""
    return tabulate(
        ["school", "race"],
        [["A", "Black"], ["A", "White"], ["B", "Black"], ["B", "White"]],
        [1, 10, 10, 20],
    )


def test_reasons_can_give_away_what_hiding_protects():
    release = released(leaky(), Policy(reasons=True))

    told = audit(release, knowledge="reasons")

    assert release.audit.passed
    assert not told.passed
    assert told.knowledge == "reasons"
    assert not release.reasons_are_safe


def test_reasons_that_leave_three_values_everywhere_are_safe():
    table = tabulate(
        ["school", "race"],
        [["A", "Black"], ["A", "White"], ["B", "Black"], ["B", "White"]],
        [4, 80, 90, 70],
    )

    release = released(table, Policy(reasons=True))

    assert release.reasons_are_safe
    told = audit(release, knowledge="reasons")
    assert (told.passed, told.checked, told.recoverable) == (True, 4, 0)


def test_a_count_of_an_outcome_is_attacked_with_its_reason_too():
    table = tabulate(
        ["race"], [["Black"], ["White"], ["Asian"]], [40, 60, 70], {"graduated": [36, 33, 50]}
    )
    release = released(table)

    told = audit(release, knowledge="reasons")

    hidden = {(cell.key, count) for cell in release.cells for count in cell.hidden}
    assert told.checked == len(hidden)
    assert set(possible_values(release, 70)) == hidden


def test_an_audit_that_runs_out_of_time_passes_nothing():
    release = released(schools())
    ticks = iter(range(0, 10**9, 10**6))

    told = audit(release, knowledge="reasons", clock=lambda: float(next(ticks)))

    assert told.broken == told.checked > 0
    assert not told.passed
    assert replace(told, seconds=0.0) == told
