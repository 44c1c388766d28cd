"""Rates that somebody has published, compared as they are: points, ranges, and what n allows."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from throughline.commands.disparity_answers import Answer, empty_group, nobody, whole_answer
from throughline.commands.disparity_input import sentences
from throughline.commands.disparity_rate_figures import (
    figures,
    is_told,
    rate_evidence,
    rate_interval,
    rate_sentence,
)
from throughline.commands.speaking import Stop

if TYPE_CHECKING:
    from throughline.engines.disparity.published import Percent
    from throughline.engines.disparity.rates import GroupRate, Rates
    from throughline.engines.disparity.reading import Source

NOT_HIDDEN = "These rates were published by the source; nothing was hidden here."
NO_SIZES = "Without the number of students there is no interval."
RANGES = "Where a range was published, every figure is a range, and its middle is nobody's rate."


class Other(NamedTuple):
    """Whom groups are compared with. ``apart``: they share no student with a group."""

    rate: GroupRate
    words: str
    apart: bool


def rates_answer(asked: argparse.Namespace, source: Source) -> Answer:
    """Compare published rates.

    Raises
    ------
    Stop
        A cell is no rate, or there is nobody to compare with.
    """
    from throughline.engines.disparity.rates import read_rates

    with sentences():
        rates = read_rates(source, asked.group, asked.rate, asked.n, unit=asked.unit)
        other = _other(asked.compare_to, rates, good=asked.outcome_is == "good")
        groups = [_group(asked, rates, one, other) for one in rates.groups]
    table = {
        "outcome": asked.outcome[0] if asked.outcome else asked.rate,
        "grouping": list(rates.by),
        "compared_with": other.words,
        "comparator_hidden": False,
        "comparator_absent": False,
        "coverage": None if rates.coverage is None else float(rates.coverage),
        "everyone": nobody() if rates.everyone is None else {**nobody(), **_rate(rates.everyone)},
        "groups": groups,
    }
    ranges = any(one.printed is None and one.range is not None for one in rates.groups)
    compared = [one for one in rates.groups if one is not other.rate and is_told(one)]
    notes = [NOT_HIDDEN, *([] if asked.n else [NO_SIZES]), *([RANGES] if ranges else [])]
    return whole_answer(
        asked, source, [table], hash_hides=False, comparisons=len(compared), notes=notes
    )


def _other(text: str, rates: Rates, *, good: bool) -> Other:
    if text == "all-others":
        raise Stop(
            "Rates alone do not say what the rate of all other students is. Say with whom to "
            "compare: --compare-to everyone, highest, goal:0.8, or one of: "
            f"{', '.join(' / '.join(one.labels) for one in rates.groups)}."
        )
    if text == "everyone":
        if rates.everyone is None or rates.everyone.range is None:
            raise Stop(
                "The file states no rate of all students. Add a row called All, or compare with a "
                "group or a goal."
            )
        return Other(rates.everyone, "all students", apart=False)
    if text == "highest":
        return _best(rates, good=good)
    if text.startswith("goal:"):
        return _goal(text)
    one = rates.group(*_labels(text, rates))
    if not is_told(one):
        raise Stop(f"No rate is published for {text}, so nobody can be compared with it.")
    return Other(one, _words(rates, one), apart=_apart(rates))


def _apart(rates: Rates) -> bool:
    """Whether groups can share no student: together they are not more than everyone."""
    sizes = [one.n or 0 for one in rates.groups]
    return rates.everyone is None or rates.everyone.n is None or sum(sizes) <= rates.everyone.n


def _labels(text: str, rates: Rates) -> Sequence[str]:
    return [text] if len(rates.by) == 1 else [part.strip() for part in text.split(",")]


def _words(rates: Rates, one: GroupRate) -> str:
    from throughline.engines.disparity.naming import students_of

    return students_of(rates.by, one.labels)


def _goal(text: str) -> Other:
    from throughline.engines.disparity.comparators import Goal
    from throughline.engines.disparity.published import Percent
    from throughline.engines.disparity.rates import GroupRate
    from throughline.engines.disparity.values import exact

    share = exact(text.removeprefix("goal:"))
    if share is None:
        raise Stop(f"{text} is no goal. Write a share above 0 and up to 1, such as goal:0.8.")
    percent = 100 * Goal(share).share
    words = f"the goal of {float(percent):.1f}".removesuffix(".0")
    return Other(GroupRate((), None, percent, Percent(percent, percent)), f"{words} %", apart=False)


def _best(rates: Rates, *, good: bool) -> Other:
    known = [(one, one.range) for one in rates.groups if one.range is not None]
    if not known:
        raise Stop("No group has a published rate. Check the column given with --rate.")
    one, best = max(known, key=lambda pair: pair[1].low if good else -pair[1].high)
    rest = [other for group, other in known if group is not one]
    if any(_overlap(best, other) for other in rest):
        raise Stop(
            "The published figures do not tell which group does best. Name a group to compare with."
        )
    return Other(
        one, f"{_words(rates, one)} ({'highest' if good else 'lowest'} rate)", apart=_apart(rates)
    )


def _overlap(one: Percent, other: Percent) -> bool:
    return one.low < other.high and other.low < one.high


def _group(asked: argparse.Namespace, rates: Rates, one: GroupRate, other: Other) -> Answer:
    answer = {**empty_group(rates.by, one.labels, asked.measures), **_rate(one)}
    if one.range is not None:
        answer["is_comparator"] = one is other.rate
        if one is not other.rate:
            for name, found in figures(one, other.rate, apart=other.apart).items():
                if name in answer["measures"]:
                    answer["measures"][name] |= {**found, "compared_with": other.words}
    return {
        **answer,
        "sentence": rate_sentence(_words(rates, one), one, other.rate, other.words),
        "evidence": rate_evidence(one),
    }


def _rate(one: GroupRate) -> Answer:
    if one.range is None:
        return {"n": one.n}
    return {
        "n": one.n,
        "rate": None if one.printed is None else float(one.printed / 100),
        "rate_range": [float(one.range.low / 100), float(one.range.high / 100)],
        "rate_interval": rate_interval(one),
    }
