"""Figures in words. Percent is a rate; percentage points are a difference; no cause is claimed."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from throughline.engines.disparity import NOTHING, PROTECTED
from throughline.evidence.figures import Figure, Gap
from throughline.evidence.groups import ALL

HIDDEN = gettext_lazy("Hidden to protect privacy")
"""Said wherever a figure is protected, whatever the reason."""


def school_year(ending: int) -> str:
    """Name a school year by both of its years, as in 2014–15."""
    return f"{ending - 1}–{ending % 100:02d}"


def listed(words: Sequence[object]) -> str:
    """Join words as a sentence does: A, B and C."""
    texts = [str(word) for word in words]
    if len(texts) < 2:
        return "".join(texts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(texts[:-1]), "last": texts[-1]}


def lower_first(text: object) -> str:
    """Begin a group's name in lower case inside a sentence, unless it is a proper name."""
    words = str(text)
    common = tuple(
        pgettext(
            "how names of student groups begin that are no proper names, divided by |",
            "All |Economically|Multilingual|Students ",
        ).split("|")
    )
    return words[0].lower() + words[1:] if words.startswith(common) else words


def printed_words(printed: str) -> str:
    """Say a printed rate in words: GE95 is "95% or more"."""
    if printed in NOTHING:
        return _("No figure")
    if printed == PROTECTED:
        return str(HIDDEN)
    side, number = printed[:2], printed[2:]
    if side in {"GE", "GT"}:
        return _("%(number)s%% or more") % {"number": number}
    if side == "LE":
        return _("%(number)s%% or less") % {"number": number}
    if side == "LT":
        return _("Less than %(number)s%%") % {"number": number}
    return f"{printed.replace('-', '–')}%"


def range_words(figure: Figure | None) -> str:
    """Say the range of a figure as it was published, or as whole percents that contain the sum."""
    if figure is None or figure.whole is None:
        return "–"
    if figure.printed:
        return printed_words(figure.printed)
    low, high = figure.whole
    return f"{low}%" if low == high else f"{low}–{high}%"


def gap_words(gap: Gap | None, *, short: bool = False) -> str:
    """Say a difference in percentage points, both ends, without a sign.

    The short form stands under a heading that says percentage points.
    """
    if gap is None:
        return "–"
    if short and (gap.is_below or gap.is_above):
        words = _("%(least)d–%(most)d below") if gap.is_below else _("%(least)d–%(most)d above")
        least, most = sorted((abs(gap.low), abs(gap.high)))
        return words % {"least": least, "most": most}
    if short:
        return _("ranges overlap")
    if gap.is_below:
        return _("%(least)d to %(most)d points below") % {"least": -gap.high, "most": -gap.low}
    if gap.is_above:
        return _("%(least)d to %(most)d points above") % {"least": gap.low, "most": gap.high}
    return _("%(below)d below to %(above)d above: ranges overlap") % {
        "below": -gap.low,
        "above": gap.high,
    }


def change_words(gap: Gap | None) -> str:
    """Say how a rate moved between two years, in percentage points."""
    if gap is None:
        return "–"
    if gap.is_below:
        return _("%(least)d–%(most)d points lower") % {"least": -gap.high, "most": -gap.low}
    if gap.is_above:
        return _("%(least)d–%(most)d points higher") % {"least": gap.low, "most": gap.high}
    return _("Ranges overlap")


def takeaway(
    place: str, year: int, comparator: str, below: Sequence[tuple[Figure, Gap]], compared: int
) -> str:
    """Say the year's figures in one sentence: what the ranges make certain, and nothing else."""
    names = {"year": school_year(year), "place": place, "comparator": lower_first(comparator)}
    if not compared:
        return _("In %(year)s, no figures of student groups can be compared in %(place)s.") % names
    if not below:
        return (
            _(
                "In %(year)s, the published ranges do not put any student group "
                "in %(place)s below %(comparator)s for certain."
            )
            % names
        )
    names["groups"] = listed([lower_first(figure.group.label) for figure, _gap in below])
    points = min(-gap.high for _figure, gap in below)
    return ngettext(
        "In %(year)s, %(place)s graduated %(groups)s at a rate at least "
        "%(points)d percentage point below that of %(comparator)s.",
        "In %(year)s, %(place)s graduated %(groups)s at a rate at least "
        "%(points)d percentage points below that of %(comparator)s.",
        points,
    ) % {**names, "points": points}


def finding(place: str, year: int, focal: Figure, comparator_label: str, other: Figure) -> str:
    """Say one figure and its comparator, both as ranges."""
    return _(
        "%(year)s, %(place)s: %(rate)s of %(group)s graduated in four years "
        "(%(students)s students); %(comparator)s: %(other)s."
    ) % {
        "year": school_year(year),
        "place": place,
        "rate": range_words(focal),
        "group": lower_first(focal.group.label),
        "students": f"{focal.total.n:,}",
        "comparator": lower_first(comparator_label),
        "other": range_words(other),
    }


def over_time(first: int, last: int, moves: Sequence[tuple[Figure, Gap]]) -> str:
    """Say whose rates moved for certain between two years, and how many cannot be told."""
    years = {"first": school_year(first), "last": school_year(last)}
    up = [_together(figure) for figure, gap in moves if gap.is_above]
    down = [_together(figure) for figure, gap in moves if gap.is_below]
    if up and down:
        words = _("From %(first)s to %(last)s, the rate rose for %(up)s, and fell for %(down)s.")
    elif up:
        words = _("From %(first)s to %(last)s, the rate rose for %(up)s.")
    elif down:
        words = _("From %(first)s to %(last)s, the rate fell for %(down)s.")
    else:
        return (
            _(
                "From %(first)s to %(last)s, the published ranges are too wide "
                "to tell whether any rate moved."
            )
            % years
        )
    said = words % {**years, "up": listed(up), "down": listed(down)}
    untold = len(moves) - len(up) - len(down)
    if not untold:
        return said
    rest = ngettext(
        "For %(count)d other group the ranges are too wide to tell.",
        "For %(count)d other groups the ranges are too wide to tell.",
        untold,
    )
    return f"{said} {rest % {'count': untold}}"


def _together(figure: Figure) -> str:
    if figure.group.key == ALL:
        return _("all students together")
    return lower_first(figure.group.label)
