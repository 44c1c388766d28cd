"""What a release prints and hides, and what an audit of it finds."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.engines.disclosure import (
    Audit,
    Axis,
    Outcome,
    Policy,
    Printed,
    Refusal,
    Release,
    Table,
    Unusable,
    audit,
    protect,
    tabulate,
)

SCHOOLS = [("A", "North"), ("B", "North"), ("C", "South"), ("D", "South")]


def released(table, policy=None, **more) -> Release:
    answer = protect(table, policy, **more)
    assert isinstance(answer, Release)
    return answer


def district(*, outcomes=("graduated",)):
    """Four schools in two districts, four groups; some small."""
    rng = np.random.default_rng(7)
    n = rng.multinomial(600, [0.02, 0.2, 0.3, 0.48], size=4).ravel().tolist()
    events = [Outcome(name, tuple(rng.binomial(n, 0.85).tolist())) for name in outcomes]
    axes = (
        Axis(("school", "district"), tuple(SCHOOLS)),
        Axis.flat("race", ["Pacific", "Black", "Hispanic", "White"]),
    )
    return Table(axes, tuple(n), tuple(events))


def truth(table):
    grid = table.grid
    n = grid.add_up(np.array(table.n)).tolist()
    out = {(key, None): {"n": value} for key, value in zip(grid.keys, n, strict=True)}
    for one in table.outcomes:
        events = grid.add_up(np.array(one.events)).tolist()
        for key, all_, some in zip(grid.keys, n, events, strict=True):
            out[key, one.name] = {"n": all_, "events": some, "not_events": all_ - some}
    return out


def shown(release):
    return [
        (cell, kind, printed)
        for cell in release.cells
        for kind in ("n", "events", "not_events")
        if (printed := cell.printed(kind)) is not None
    ]


def test_a_small_count_hides_and_so_do_those_that_would_give_it_away():
    table = tabulate(
        ["school", "race"],
        [["A", "Black"], ["A", "White"], ["B", "Black"], ["B", "White"]],
        [3, 40, 50, 60],
    )

    release = released(table, Policy(threshold=10))

    assert {cell.key: (cell.n and cell.n.exact, dict(cell.reasons)) for cell in release.cells} == {
        ("A", "Black"): (None, {"n": "small"}),
        ("A", "White"): (None, {"n": "complementary"}),
        ("A", "*"): (43, {}),
        ("B", "Black"): (None, {"n": "complementary"}),
        ("B", "White"): (None, {"n": "complementary"}),
        ("B", "*"): (110, {}),
        ("*", "Black"): (53, {}),
        ("*", "White"): (100, {}),
        ("*", "*"): (153, {}),
    }
    assert release.hidden_share == 4 / 9


def test_nothing_hides_where_nobody_is_few():
    table = tabulate(["race"], [["Black"], ["White"]], [40, 60], {"graduated": [30, 45]})

    release = released(table)

    assert [cell.hidden for cell in release.cells] == [(), (), ()]
    assert release.audit == Audit(0, 0, None, 0, release.audit.method)


@pytest.mark.parametrize(
    ("n", "events", "hidden"),
    [
        (9, 4, ("n", "events", "not_events")),
        (40, 4, ("events", "not_events")),
        (40, 36, ("events", "not_events")),
        (15, 0, ("events", "not_events")),
        (15, 15, ("events", "not_events")),
        (20, 0, ()),
        (20, 20, ()),
        (20, 10, ()),
    ],
)
def test_an_outcome_hides_with_its_complement_when_either_is_small_or_tells_of_everyone(
    n, events, hidden
):
    groups = [["Black"], ["White"], ["Asian"]]
    table = tabulate(["race"], groups, [n, 400, 300], {"graduated": [events, 200, 150]})

    release = released(table)

    assert release.cells[0].hidden == hidden


def test_combinations_that_do_not_occur_are_printed_as_zero():
    table = tabulate(["school", "race"], [["A", "Black"], ["B", "White"]], [40, 60])

    release = released(table)

    assert {cell.key: cell.n.exact for cell in release.cells}["A", "White"] == 0


def test_a_hierarchy_is_protected_on_every_level():
    release = released(district())

    assert isinstance(release, Release)
    assert release.audit.passed
    assert release.attributes == ("school", "district", "race")
    assert ("*", "North", "Pacific") in {cell.key for cell in release.cells}


def test_every_number_shown_is_true():
    table = district(outcomes=("graduated", "suspended"))

    release = released(table)

    true = truth(table)
    assert {
        (cell.key, cell.outcome, kind): printed.exact for cell, kind, printed in shown(release)
    } == {
        (cell.key, cell.outcome, kind): true[cell.key, cell.outcome][kind]
        for cell, kind, _printed in shown(release)
    }


def test_the_same_table_gives_the_same_release():
    assert protect(district()) == protect(district())


def test_showing_one_complementary_count_again_fails_the_audit():
    table = district()
    release = released(table)
    true = truth(table)
    places = [
        place
        for place, cell in enumerate(release.cells)
        if cell.reasons and {why for _count, why in cell.reasons} == {"complementary"}
    ]

    audits = [audit(_with_shown(release, place, true)) for place in places]

    assert len(audits) >= 3
    assert [found.passed for found in audits] == [False] * len(audits)


def _with_shown(release, place, true):
    cell = release.cells[place]
    counts = true[cell.key, cell.outcome]
    shown_again = replace(
        cell,
        **{kind: Printed(value, value, str(value)) for kind, value in counts.items()},
        hidden=(),
        reasons=(),
    )
    cells = (*release.cells[:place], shown_again, *release.cells[place + 1 :])
    return replace(release, cells=cells)


def test_hiding_only_small_counts_gives_some_away_exactly():
    release = released(district())
    true = truth(release.table)
    places = [
        place
        for place, cell in enumerate(release.cells)
        if cell.reasons and "small" not in dict(cell.reasons).values()
    ]
    for place in places:
        release = _with_shown(release, place, true)

    found = audit(release)

    assert found.recoverable > 0
    assert found.narrowest_width == 0


def test_when_time_runs_out_nothing_is_released():
    ticks = count(0, 1000)

    answer = protect(district(), Policy(seconds=60), clock=lambda: float(next(ticks)))

    assert isinstance(answer, Refusal)
    assert "did not finish within 60 seconds" in answer.sentence


def test_only_tables_that_were_asked_for_are_printed():
    release = released(district(), tables=[["district", "race"], ["school"]])

    keys = {cell.key for cell in release.cells}
    assert ("*", "North", "Black") in keys
    assert ("A", "North", "*") in keys
    assert ("A", "North", "Black") not in keys


def test_a_table_that_is_too_large_to_audit_is_refused():
    axes = tuple(Axis.flat(name, [str(i) for i in range(90)]) for name in "abc")
    table = Table(axes, (20,) * 90**3)

    answer = protect(table)

    assert "more than can be audited" in answer.sentence


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"threshold": 4}, "5 to 30"),
        ({"threshold": 31}, "5 to 30"),
        ({"mode": "noise"}, "suppress, ladder or round"),
        ({"base": 2}, "hides nobody"),
    ],
)
def test_a_policy_that_does_not_protect_cannot_be_made(wrong, words):
    with pytest.raises(Unusable, match=words):
        Policy(**wrong)


@st.composite
def tables(draw):
    schools = draw(st.integers(2, 4))
    paths = [(f"s{i}", f"d{draw(st.integers(0, 1))}") for i in range(schools)]
    groups = draw(st.integers(2, 3))
    axes = (Axis(("school", "district"), tuple(paths)), Axis.flat("race", "XYZ"[:groups]))
    sizes = st.one_of(st.integers(0, 12), st.integers(0, 200))
    n = draw(st.lists(sizes, min_size=schools * groups, max_size=schools * groups))
    outcomes = tuple(
        Outcome(name, tuple(draw(st.integers(0, size)) for size in n))
        for name in ("a", "b")[: draw(st.integers(0, 2))]
    )
    return Table(axes, tuple(n), outcomes)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(tables())
def test_any_hierarchy_is_released_with_true_numbers_and_no_hidden_count_is_narrow(table):
    release = released(table)

    assert isinstance(release, Release)
    assert release.audit.passed
    assert release.audit.narrowest_width is None or release.audit.narrowest_width >= 2
    true = truth(table)
    assert [
        (cell.key, kind)
        for cell, kind, printed in shown(release)
        if printed.exact != true[cell.key, cell.outcome][kind]
    ] == []
