"""Bars and dot lines inside a table row. The numbers stand in the row; the drawing is for the eye."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from throughline.ui.charts.marks import joined, share


def bar(done: float, planned: float, of: float, *, pace: float | None = None) -> SafeString:
    """Draw how much of ``of`` is done, and what is planned on top; ``pace`` is a share, 0 to 1.

    Raises
    ------
    ValueError
        A length is negative.
    """
    if min(done, planned, of) < 0:
        raise ValueError("A bar cannot have a negative length.")
    whole = of or 1
    mark = (
        format_html(
            '<line class="limit" x1="{0}" x2="{0}" y1="-25%" y2="125%"/>', share(pace, 0, 1)
        )
        if pace is not None
        else ""
    )
    return format_html(
        '<svg class="bar" aria-hidden="true" focusable="false">'
        '<rect class="rail" width="100%" height="100%" rx="3"/>'
        '<rect class="next" width="{}" height="100%" rx="3"/>'
        '<rect class="done" width="{}" height="100%" rx="3"/>{}</svg>',
        share(done + planned, 0, whole),
        share(done, 0, whole),
        mark,
    )


def dot_line(
    each: Sequence[float],
    mid: float | None,
    *,
    low: float,
    high: float,
    is_apart: bool = False,
) -> SafeString:
    """Draw what several people gave as rings, and their mean as a dot, on one scale.

    ``is_apart`` colors rings that lie far from one another; the row says so in words.
    """
    parts = ['<line class="rail" x1="0" x2="100%" y1="50%" y2="50%"/>']
    if each:
        parts.append(
            format_html(
                '<line class="span" x1="{}" x2="{}" y1="50%" y2="50%"/>',
                share(min(each), low, high),
                share(max(each), low, high),
            )
        )
    parts += [
        format_html('<circle class="each" cx="{}" cy="50%" r="4"/>', share(one, low, high))
        for one in each
    ]
    if mid is not None:
        parts.append(
            format_html('<circle class="mid" cx="{}" cy="50%" r="6"/>', share(mid, low, high))
        )
    return format_html(
        '<svg class="dotline{}" aria-hidden="true" focusable="false">{}</svg>',
        " apart" if is_apart else "",
        joined(parts),
    )
