"""Moments and conditions of a file in plain words, for a host who edits it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from throughline.core.blueprint.conditions import (
    Compare,
    Joined,
    Not,
    Path,
    Present,
    Tree,
    Value,
    parse_condition,
)
from throughline.core.blueprint.leaves import Leaf
from throughline.core.blueprint.moments import Moment, parse_moment
from throughline.core.blueprint.speech import Speech
from throughline.core.blueprint.tables import Table
from throughline.core.blueprint.whole import Whole
from throughline.programs.calendar import series_of
from throughline.ui import spelling


class Plain:
    """Says what the values of one file mean."""

    def __init__(self, whole: Whole, speech: Speech) -> None:
        self._whole = whole
        self._speech = speech

    def reading(self, pieces: Iterable[object]) -> str:
        """Say what the rules and moments among the values of a sentence mean, if there are any."""
        leaves = [piece for piece in pieces if isinstance(piece, Leaf)]
        return "; ".join(filter(None, (self._of(leaf) for leaf in leaves)))

    def _of(self, leaf: Leaf) -> str:
        if leaf.kind not in ("text", "long") or not isinstance(leaf.value, str):
            return ""
        name = leaf.place[-1]
        try:
            if name == "rule":
                return self.condition(parse_condition(leaf.value).tree)
            if name in ("opens", "closes"):
                return self.moment(parse_moment(leaf.value))
        except ValueError:
            return ""
        return ""

    def moment(self, moment: Moment) -> str:
        """Return "3 working days after Application closes"."""
        text = self._anchor(moment.anchor)
        for step in moment.steps:
            sentence = _("%(span)s after %(moment)s")
            if step.sign < 0:
                sentence = _("%(span)s before %(moment)s")
            text = sentence % {"span": spelling.span(step.span), "moment": text}
        return text

    def _anchor(self, name: str) -> str:
        if name in ("start", "end"):
            return _("the first day") if name == "start" else _("the last day")
        if name in self._titles:
            return f"“{self._speech.fill(self._titles[name])}”"
        root, _dot, rest = name.partition(".")
        key, _dot, which = rest.partition(".")
        if root == "series" and key in self._series:
            title = self._speech.fill(self._series[key])
            last = _("the last %(title)s") % {"title": title}
            return last if which == "last" else f"{title} {which}"
        return name

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {
            name: _(dated.says) % {"title": dated.title}
            for _place, table in self._whole.tables(Table)
            for dated in table.dated()
            for name in dated.names
        }

    @cached_property
    def _series(self) -> dict[str, str]:
        return {key: one.title for key, (_place, one) in series_of(self._whole).items()}

    def condition(self, tree: Tree) -> str:
        """Return "percent of the promise so far (convening days) is at least 80"."""
        match tree:
            case Compare("=", Path(name), Value(True)):
                return self._fact(name)
            case Compare(word, left, right):
                words = {
                    "=": _("%(left)s is %(right)s"),
                    "!=": _("%(left)s is not %(right)s"),
                    "<": _("%(left)s is below %(right)s"),
                    "<=": _("%(left)s is at most %(right)s"),
                    ">": _("%(left)s is above %(right)s"),
                    ">=": _("%(left)s is at least %(right)s"),
                    "in": _("%(left)s is one of %(right)s"),
                    "includes": _("%(left)s includes %(right)s"),
                }
                return words[word] % {"left": self._side(left), "right": self._side(right)}
            case Present(is_answered, of):
                side = {"fact": self._side(of)}
                return (_("%(fact)s is answered") if is_answered else _("%(fact)s is empty")) % side
            case Not(part):
                return _("not: %(rule)s") % {"rule": self.condition(part)}
            case Joined(word, parts):
                between = _(", and ") if word == "and" else _(", or ")
                return between.join(self.condition(part) for part in parts)
        return self._side(tree)

    def _side(self, side: Any) -> str:
        if isinstance(side, Path):
            return self._fact(side.name)
        if isinstance(side, Value):
            if isinstance(side.value, bool):
                return _("yes") if side.value else _("no")
            return str(side.value)
        return str(side)

    def _fact(self, path: str) -> str:
        """Return what a fact is about, and the key that it is asked for."""
        for fact in self._whole.facts:
            root, place, _end = fact.path.partition("{")
            if path == fact.path:
                return path.replace(".", " ") if fact.kind == "text" else fact.meaning
            if place and path.startswith(root):
                key = path.removeprefix(root).replace("-", " ").replace(".", ", ")
                return f"{fact.meaning} ({key})"
        return capfirst(path)
