"""Charts as HTML and inline SVG, drawn from plain values: no library, no script, no style attribute.

Every chart has a twin ``describe_...`` that says it in a sentence, for readers who cannot see it,
for e-mail and for documents. Colors come from classes, so dark, print and high contrast follow.
"""

from throughline.ui.charts.bars import bar, dot_line
from throughline.ui.charts.dot_rows import Comparator, Row, describe_dot_rows, dot_rows
from throughline.ui.charts.slopes import Line, describe_slope, slope
from throughline.ui.charts.steps import (
    Span,
    Step,
    describe_phases,
    describe_timeline,
    phases,
    thread,
    timeline,
)

__all__ = [
    "Comparator",
    "Line",
    "Row",
    "Span",
    "Step",
    "bar",
    "describe_dot_rows",
    "describe_phases",
    "describe_slope",
    "describe_timeline",
    "dot_line",
    "dot_rows",
    "phases",
    "slope",
    "thread",
    "timeline",
]
