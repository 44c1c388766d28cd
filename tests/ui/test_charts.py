"""Charts that are tables: what is drawn, what is hidden, what is said."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest

from throughline.ui import charts

BLACK = charts.Row("Black students", low=80, high=84, n=412)
WHITE = charts.Row("White students", low=88, high=88, n=1204)
HIDDEN = charts.Row(
    "Pacific Islander students", low=41, high=43, value=42, n=7, hidden="Fewer than 10 students"
)
STATE = charts.Comparator("the state", 84)


def test_a_hidden_row_shows_its_reason_and_none_of_its_numbers():
    html = str(charts.dot_rows([BLACK, HIDDEN], caption="Graduates.", comparator=STATE))

    row = re.search(r'<tr class="off">.*?</tr>', html)
    assert row
    assert "Fewer than 10 students" in row[0]
    assert re.findall(r"\b(4[1-3]|7)\b", re.sub(r"<svg.*?</svg>", "", row[0])) == []
    assert "cx" not in row[0]
    assert '<line class="span"' not in row[0]


def test_a_row_without_numbers_is_hidden_even_when_nobody_gave_a_reason():
    html = str(charts.dot_rows([charts.Row("Asian students")], caption="Graduates."))

    assert "Not published" in html
    assert "None" not in html


def test_a_published_range_is_drawn_as_a_range_and_never_as_a_point():
    html = str(charts.dot_rows([BLACK], caption="Graduates."))

    assert '<line class="span" x1="80.0%" x2="84.0%" y1="50%" y2="50%"/>' in html
    assert "<circle" not in html
    assert "<b><bdi>80–84%</bdi></b>" in html


def test_a_single_published_number_is_a_point():
    html = str(charts.dot_rows([WHITE], caption="Graduates."))

    assert '<circle class="at" cx="88.0%" cy="50%" r="7.5"/>' in html
    assert "<b><bdi>88%</bdi></b>" in html
    assert "<bdi>1,204</bdi>" in html


def test_a_value_with_a_likely_range_shows_both():
    row = charts.Row("Asian students", low=63, high=79, value=72, n=121)

    html = str(charts.dot_rows([row], caption="Placed."))
    assert "<b><bdi>72%</bdi></b>" in html
    assert '<td class="num likely"><bdi>63–79%</bdi></td>' in html


def test_the_comparator_is_named_in_the_caption():
    html = str(charts.dot_rows([BLACK], caption="Graduates.", comparator=STATE))

    assert "<caption>Graduates. Dashed line: the state, 84%.</caption>" in html


def test_rows_stay_in_the_order_given():
    html = str(charts.dot_rows([WHITE, HIDDEN, BLACK], caption="Graduates."))

    assert re.findall(r'<th scope="row">(\w+)', html) == ["White", "Pacific", "Black"]


def test_every_row_has_as_many_cells_as_the_head():
    for rows in ([BLACK, HIDDEN, WHITE], [charts.Row("All", value=5, low=1, high=9), HIDDEN]):
        html = str(charts.dot_rows(rows, caption="Graduates.", all_students=rows[0]))
        counts = {len(re.findall(r"<t[hd]\b", row)) for row in re.findall(r"<tr.*?</tr>", html)}
        assert len(counts) == 1


def test_what_people_typed_is_escaped_everywhere():
    evil = "<script>alert(1)</script>"
    row = charts.Row(evil, hidden=evil)
    drawn = [
        charts.dot_rows([row], caption=evil, comparator=charts.Comparator(evil, 5)),
        charts.slope([charts.Line(evil, 1, 2)], then=evil, now=evil, subject=evil),
        charts.phases([charts.Step(evil, "here")]),
        charts.thread([charts.Step(evil, "here")], label=evil),
        charts.timeline([charts.Span(evil, date(2026, 1, 1), date(2026, 1, 2), href='"' + evil)]),
    ]

    assert [one for one in drawn if "<script" in one or 'href=""' in one] == []


def test_no_chart_writes_a_style():
    drawn = [
        charts.dot_rows([BLACK, HIDDEN], caption="Graduates."),
        charts.slope([charts.Line("A", 1, 2)], then="then", now="now", subject="Share"),
        charts.bar(1, 2, 5, pace=0.5),
        charts.dot_line([1, 2], 1.5, low=1, high=4),
        charts.timeline([charts.Span("A", date(2026, 1, 1), date(2026, 1, 2))]),
    ]

    assert [one for one in drawn if "style" in one] == []


def test_the_description_says_ends_comparator_and_how_many_are_hidden():
    said = charts.describe_dot_rows(
        [BLACK, HIDDEN, WHITE], subject="Graduation rate", comparator=STATE
    )

    assert said == (
        "Graduation rate: from 80–84% (Black students) to 88% (White students). "
        "The state: 84%. 1 group is hidden."
    )


def test_the_description_of_hidden_rows_gives_nothing_away():
    said = charts.describe_dot_rows([HIDDEN], subject="Graduation rate")

    assert said == "Graduation rate: no group can be shown. 1 group is hidden."


def test_labels_of_a_slope_never_touch():
    lines = [charts.Line(str(value), value, value) for value in (50, 50.5, 51, 90)]

    html = str(charts.slope(lines, then="2022–23", now="2025–26", subject="Share"))
    places = sorted(float(y) for y in re.findall(r'<text class="lab" x="240" y="([\d.]+)"', html))
    assert all(below - above >= 16.9 for above, below in pairwise(places))


def test_a_slope_without_lines_or_with_one_flat_line_is_still_drawn():
    assert "<svg" in charts.slope([], then="a", now="b", subject="Share")
    assert "nan" not in charts.slope([charts.Line("A", 5, 5)], then="a", now="b", subject="S")


def test_a_bar_never_leaves_its_rail():
    html = str(charts.bar(30, 5, 20, pace=2))

    assert set(re.findall(r'(?:width|x1)="([\d.]+)%"', html)) == {"100", "100.0"}


def test_a_bar_of_nothing_is_empty():
    assert 'class="done" width="0.0%"' in charts.bar(0, 0, 0)


def test_a_bar_has_no_negative_length():
    with pytest.raises(ValueError, match="negative"):
        charts.bar(-1, 0, 5)


def test_phases_say_where_we_are_in_words():
    steps = [charts.Step("Listen", "done"), charts.Step("Choose", "here")]

    assert charts.describe_phases(steps) == "Step 2 of 2: Choose."
    assert 'aria-current="step"' in charts.phases(steps)
    assert charts.describe_phases(steps[:1]) == "1 of 1 steps are done."


def test_a_timeline_marks_today_only_when_it_is_inside():
    spans = [charts.Span("Listen", date(2026, 1, 1), date(2026, 1, 10))]

    assert 'class="limit"' in charts.timeline(spans, today=date(2026, 1, 10))
    assert 'class="limit"' not in charts.timeline(spans, today=date(2026, 1, 11))
    assert charts.timeline([]) == ""
