"""The chart that is the table: a row for each group, its range drawn, its numbers beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.ui.charts.marks import isolated, joined, number, share, span_words
from throughline.ui.icons import icon

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Row:
    """One group.

    ``low`` and ``high`` are the range as published, or the likely range around ``value``. A row
    with ``hidden`` (a sentence such as "Fewer than 10 students") shows that instead of numbers,
    whatever else is set. ``n_words`` replaces the count where only a bound is known ("<10").
    """

    group: str
    low: float | None = None
    high: float | None = None
    value: float | None = None
    n: int | None = None
    n_words: str = ""
    hidden: str = ""
    is_focus: bool = False

    @property
    def is_hidden(self) -> bool:
        return bool(self.hidden) or (self.low is None and self.value is None)

    @property
    def ends(self) -> tuple[float, float]:
        low = self.value if self.low is None else self.low
        high = self.value if self.high is None else self.high
        return (low or 0.0), (high if high is not None else low or 0.0)

    @property
    def reason(self) -> str:
        return self.hidden or _("Not published")


@dataclass(frozen=True, slots=True)
class Comparator:
    """What the groups are compared with, by name: the state, all students, the team's own goal."""

    label: str
    value: float


def dot_rows(
    rows: Sequence[Row],
    *,
    caption: str,
    comparator: Comparator | None = None,
    all_students: Row | None = None,
    unit: str = "%",
    scale: tuple[float, float] = (0, 100),
    value_head: str | None = None,
    described_by: str = "",
) -> SafeString:
    """Draw groups in the order given. The caption must say what is counted, when, in which order.

    The comparator is a dashed line, and its name and value are added to the caption. When rows
    carry a value and a range, the range gets a column of its own ("Likely range"); when they carry
    a published range only, that is the number. ``all_students`` stands under a rule at the end.
    """
    has_values = any(row.value is not None for row in rows)
    head = value_head or (_("Rate") if has_values else _("As published"))
    columns = [head, *([_("Likely range")] if has_values else []), _("Students")]
    drawn = [_row(row, comparator, scale, unit, has_values) for row in rows]
    foot = (
        format_html("<tfoot>{}</tfoot>", _row(all_students, comparator, scale, unit, has_values))
        if all_students
        else ""
    )
    return format_html(
        '<div class="chart"><table class="dots"{}><caption>{}</caption><thead><tr><th scope="col">{}</th>'
        '<th scope="col"><span class="vh">{}</span></th>{}</tr></thead><tbody>{}</tbody>{}</table></div>',
        format_html(' aria-describedby="{}"', described_by) if described_by else "",
        _full_caption(caption, comparator, unit),
        _("Group"),
        _("Picture of the same numbers"),
        joined([format_html('<th scope="col" class="num">{}</th>', name) for name in columns]),
        joined(drawn),
        foot,
    )


def describe_dot_rows(
    rows: Sequence[Row],
    *,
    subject: str,
    comparator: Comparator | None = None,
    unit: str = "%",
) -> str:
    """Say the chart in sentences: ends of the range, comparator, how many groups are hidden."""
    shown = [row for row in rows if not row.is_hidden]
    parts = []
    if shown:
        lowest = min(shown, key=lambda row: row.ends)
        highest = max(shown, key=lambda row: row.ends[::-1])
        parts.append(
            _("%(subject)s: from %(low)s (%(lowest)s) to %(high)s (%(highest)s).")
            % {
                "subject": subject,
                "low": _number_words(lowest, unit),
                "lowest": lowest.group,
                "high": _number_words(highest, unit),
                "highest": highest.group,
            }
        )
    else:
        parts.append(_("%(subject)s: no group can be shown.") % {"subject": subject})
    if comparator:
        name = comparator.label[:1].upper() + comparator.label[1:]
        parts.append(f"{name}: {number(comparator.value)}{unit}.")
    if hidden := len(rows) - len(shown):
        parts.append(
            ngettext("%(count)d group is hidden.", "%(count)d groups are hidden.", hidden)
            % {"count": hidden}
        )
    return " ".join(parts)


def _full_caption(caption: str, comparator: Comparator | None, unit: str) -> str:
    if comparator is None:
        return caption
    line = _("Dashed line: %(label)s, %(value)s.") % {
        "label": comparator.label,
        "value": f"{number(comparator.value)}{unit}",
    }
    return f"{caption} {line}"


def _row(
    row: Row,
    comparator: Comparator | None,
    scale: tuple[float, float],
    unit: str,
    has_values: bool,
) -> SafeString:
    if row.is_hidden:
        return _hidden_row(row, has_values)
    likely = (
        format_html('<td class="num likely">{}</td>', isolated(span_words(*row.ends, unit)))
        if has_values
        else ""
    )
    return format_html(
        '<tr{}><th scope="row">{}</th><td class="track" aria-hidden="true">{}</td>'
        '<td class="num"><b>{}</b></td>{}<td class="num count">{}</td></tr>',
        SafeString(' class="focus"') if row.is_focus else "",
        row.group,
        _track(row, comparator, scale),
        isolated(_number_words(row, unit)),
        likely,
        _count(row),
    )


def _hidden_row(row: Row, has_values: bool) -> SafeString:
    gap = SafeString(f'<td class="num likely">{NOTHING}</td>') if has_values else ""
    return format_html(
        '<tr class="off"><th scope="row">{}</th><td class="track"><span class="veil">{}'
        '<span>{}</span></span></td><td class="num">{}</td>{}<td class="num count">{}</td></tr>',
        row.group,
        icon("lock"),
        row.reason,
        NOTHING,
        gap,
        isolated(row.n_words or NOTHING),
    )


def _track(row: Row, comparator: Comparator | None, scale: tuple[float, float]) -> SafeString:
    parts = []
    if comparator:
        parts.append(
            format_html(
                '<line class="ref" x1="{0}" x2="{0}" y1="0" y2="100%"/>',
                share(comparator.value, *scale),
            )
        )
    low, high = row.ends
    if high > low:
        parts.append(
            format_html(
                '<line class="span" x1="{}" x2="{}" y1="50%" y2="50%"/>',
                share(low, *scale),
                share(high, *scale),
            )
        )
    point = row.value if row.value is not None else (low if low == high else None)
    if point is not None:
        parts.append(
            format_html('<circle class="at" cx="{}" cy="50%" r="7.5"/>', share(point, *scale))
        )
    return format_html('<svg focusable="false">{}</svg>', joined(parts))


def _number_words(row: Row, unit: str) -> str:
    if row.value is not None:
        return f"{number(row.value)}{unit}"
    return span_words(*row.ends, unit)


def _count(row: Row) -> SafeString:
    return isolated(row.n_words or (number(row.n) if row.n is not None else NOTHING))
