"""Two points in time for each group, joined by a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from throughline.ui.charts.marks import joined, number

WIDTH, HEIGHT = 380, 330
LEFT, RIGHT, TOP, BOTTOM = 46, 230, 14, 290
LINE_OF_TEXT = 17.0
"""Units between two labels that are not to touch."""


@dataclass(frozen=True, slots=True)
class Line:
    """One group then and now. ``kind`` is "" for a group, "hl" for one in focus, "dist" for all."""

    label: str
    then: float
    now: float
    kind: str = ""


def slope(
    lines: Sequence[Line], *, then: str, now: str, subject: str, unit: str = "%"
) -> SafeString:
    """Draw a slope chart. Text in it is 13 px; it is never wider than 380 px, so it stays so."""
    values = [value for line in lines for value in (line.then, line.now)]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    reach = (high - low) or 1.0

    def y(value: float) -> float:
        return BOTTOM - (value - low) / reach * (BOTTOM - TOP)

    left = _apart([y(line.then) for line in lines])
    right = _apart([y(line.now) for line in lines])
    drawn = [
        format_html(
            '<g class="{}"><line class="ln" x1="{}" y1="{}" x2="{}" y2="{}"/>'
            '<circle class="pt" cx="{}" cy="{}" r="5"/><circle class="pt" cx="{}" cy="{}" r="5"/>'
            '<text class="lab" x="{}" y="{}" text-anchor="end">{}</text>'
            '<text class="lab" x="{}" y="{}">{} {}</text></g>',
            line.kind,
            *(LEFT, _r(y(line.then)), RIGHT, _r(y(line.now))),
            *(LEFT, _r(y(line.then)), RIGHT, _r(y(line.now))),
            *(LEFT - 10, _r(left[place] + 4), f"{number(line.then)}{unit}"),
            *(RIGHT + 10, _r(right[place] + 4), f"{number(line.now)}{unit}", line.label),
        )
        for place, line in enumerate(lines)
    ]
    axes = [
        format_html(
            '<line class="ax" x1="{0}" x2="{0}" y1="6" y2="298"/>'
            '<text class="lab b" x="{0}" y="320" text-anchor="middle">{1}</text>',
            x,
            name,
        )
        for x, name in ((LEFT, then), (RIGHT, now))
    ]
    return format_html(
        '<svg class="ch" viewBox="0 0 {} {}" width="{}" role="img" aria-label="{}">{}</svg>',
        *(WIDTH, HEIGHT, WIDTH),
        describe_slope(lines, then=then, now=now, subject=subject, unit=unit),
        joined(axes + drawn),
    )


def describe_slope(
    lines: Sequence[Line], *, then: str, now: str, subject: str, unit: str = "%"
) -> str:
    """Say the chart in sentences, one for each line."""
    told = [
        _("%(label)s: %(then)s, then %(now)s.")
        % {
            "label": line.label,
            "then": f"{number(line.then)}{unit}",
            "now": f"{number(line.now)}{unit}",
        }
        for line in lines
    ]
    start = _("%(subject)s, %(then)s and %(now)s.") % {
        "subject": subject,
        "then": then,
        "now": now,
    }
    return " ".join([start, *told])


def _apart(places: Sequence[float]) -> list[float]:
    """Push labels down until none touches the one above it; their order stays."""
    moved = list(places)
    order = sorted(range(len(places)), key=lambda place: places[place])
    for above, here in pairwise(order):
        moved[here] = max(moved[here], moved[above] + LINE_OF_TEXT)
    return moved


def _r(value: float) -> str:
    return f"{value:.1f}"
