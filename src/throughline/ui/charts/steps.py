"""How far along: phases, a timeline of spans, and the thread of nine stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from throughline.ui.charts.marks import joined, share
from throughline.ui.spelling import days

State = Literal["done", "here", "ahead"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a way, in words, and whether it is behind, under or before us."""

    label: str
    state: State


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasts, from its first to its last day."""

    label: str
    begins_on: date
    ends_on: date
    href: str = ""


def phases(steps: Sequence[Step]) -> SafeString:
    """Draw steps in a row; on phones only the step that we are in keeps its words."""
    drawn = [
        format_html(
            '<li{}><span>{}<span class="vh">{}</span></span></li>',
            SafeString(_PHASE[step.state]),
            step.label,
            {"done": _(", done"), "here": "", "ahead": _(", to come")}[step.state],
        )
        for step in steps
    ]
    return format_html('<ol class="phases">{}</ol>', joined(drawn))


def describe_phases(steps: Sequence[Step]) -> str:
    """Say where we are among the steps."""
    for place, step in enumerate(steps, 1):
        if step.state == "here":
            return _("Step %(place)d of %(count)d: %(label)s.") % {
                "place": place,
                "count": len(steps),
                "label": step.label,
            }
    done = sum(step.state == "done" for step in steps)
    return _("%(done)d of %(count)d steps are done.") % {"done": done, "count": len(steps)}


def thread(steps: Sequence[Step], *, label: str) -> SafeString:
    """Draw the nine stages of an inquiry on one line."""
    drawn = [
        format_html(
            '<li class="{}"><span class="vh">{}{}</span></li>',
            {"done": "", "here": "now", "ahead": "later"}[step.state],
            step.label,
            {"done": "", "here": _(", where you are"), "ahead": _(", not yet")}[step.state],
        )
        for step in steps
    ]
    return format_html('<ol class="thread-mini" aria-label="{}">{}</ol>', label, joined(drawn))


def timeline(spans: Sequence[Span], *, today: date | None = None) -> SafeString:
    """Draw spans of days under one another on one scale; each row says its days in words."""
    if not spans:
        return SafeString("")
    first = min(span.begins_on for span in spans).toordinal()
    last = max(span.ends_on for span in spans).toordinal() + 1
    mark = (
        format_html(
            '<line class="limit" x1="{0}" x2="{0}" y1="-25%" y2="125%"/>',
            share(today.toordinal(), first, last),
        )
        if today and first <= today.toordinal() < last
        else ""
    )
    return format_html(
        '<ol class="timeline">{}</ol>',
        joined([_span(span, first, last, mark) for span in spans]),
    )


def describe_timeline(spans: Sequence[Span]) -> str:
    """Say each span with its days."""
    return " ".join(f"{span.label}: {days(span.begins_on, span.ends_on)}." for span in spans)


def _span(span: Span, first: int, last: int, mark: SafeString | str) -> SafeString:
    start, end = span.begins_on.toordinal(), span.ends_on.toordinal() + 1
    width = max((end - start) / (last - first) * 100, 1.0)
    name = format_html('<a href="{}">{}</a>', span.href, span.label) if span.href else span.label
    return format_html(
        '<li><span class="name">{}</span> <bdi class="when">{}</bdi>'
        '<svg class="bar" aria-hidden="true" focusable="false"><rect class="rail" width="100%" '
        'height="100%" rx="3"/><rect class="done" x="{}" width="{}" height="100%" rx="3"/>'
        "{}</svg></li>",
        name,
        days(span.begins_on, span.ends_on),
        share(start, first, last),
        f"{width:.1f}%",
        mark,
    )


_PHASE: dict[str, str] = {
    "done": ' class="done"',
    "here": ' aria-current="step"',
    "ahead": "",
}
